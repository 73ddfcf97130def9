"""A prescribed exercise and the reps of a set -> how much of it was done on each side, and one sentence each.

What counts is a hold that lasted, or a rep where nothing is held: whether it was done well is said by the rules. More
than was prescribed is never praised.
"""

from __future__ import annotations

from collections.abc import Sequence

from exercises.dose import Prescribed, PrescriptionDone, SideDone
from exercises.exercise_model import Exercise
from exercises.hold_model import Side
from exercises.results import Rep, Verdict


def fulfilled(exercise: Exercise, reps: Sequence[Rep]) -> PrescriptionDone | None:
    """Return what a set has of what was prescribed; None where nothing was."""
    wanted = exercise.prescribed
    if wanted is None:
        return None
    counted = [rep for rep in reps if _counts(exercise, rep)]
    if not wanted.sides:
        return PrescriptionDone(prescribed=wanted, done=(SideDone(done=len(counted), of=wanted.sets),))
    done = [SideDone(side=side, done=sum(rep.side == side for rep in counted), of=wanted.sets)
            for side in wanted.sides]
    return PrescriptionDone(prescribed=wanted, done=tuple(done))


def sentences(exercise: Exercise, reps: Sequence[Rep]) -> list[str]:
    """Return what to say about it: by whose limits the set was judged, and how many are done on either side."""
    result = fulfilled(exercise, reps)
    if result is None:
        return []
    wanted = result.prescribed
    whose = f"the prescription for {wanted.person}" if wanted.person else "a prescription"
    changed = f": {'; '.join(wanted.changes)}" if wanted.changes else ""
    lines = [f"Judged by {whose}{changed}."]
    if wanted.sets is not None:
        lines.append(_count(exercise, wanted, result.done))
    done: set[Side | None] = {one.side for one in result.done}
    beside = sorted({rep.side for rep in reps if rep.side is not None and rep.side not in done})
    if beside and wanted.sides:
        lines.append(f"The {beside[0]} side is not part of the prescription.")
    return lines


def _counts(exercise: Exercise, rep: Rep) -> bool:
    """Whether a rep is one of those that were asked for."""
    timed = [rule.id for rule in exercise.rules if rule.measure == "hold_s" and rule.bound.sign < 0]
    if exercise.hold is None or not timed:
        return rep.whole
    return any(finding.rule in timed and finding.verdict is Verdict.MET for finding in rep.findings)


def _count(exercise: Exercise, wanted: Prescribed, done: Sequence[SideDone]) -> str:
    each = f" of {wanted.hold_at_least_s:g} s" if exercise.hold is not None and wanted.hold_at_least_s else ""
    what = f"{'holds' if exercise.hold is not None else 'reps'}{each}"
    text = f"Prescribed {what}: {', '.join(map(_part, done))}."
    return f"{text} {_enough(done)}".rstrip()


def _part(one: SideDone) -> str:
    where = f" on the {one.side}" if one.side else ""
    if one.of is not None and one.done > one.of:
        return f"{one.done} done{where} where {one.of} {'is' if one.of == 1 else 'are'} enough"
    return f"{one.done} of {one.of} done{where}"


def _enough(done: Sequence[SideDone]) -> str:
    if all(one.of is not None and one.done >= one.of for one in done):
        return "That is all for this session: more adds little."
    return ""
