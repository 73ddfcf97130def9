"""Prescribed exercise and reps of a set -> how much was done on each side, and the sentences about it.

A hold counts when it lasted, a rep without a hold when it is complete; the rules judge how well it was done. More than
prescribed is never praised.
"""

from __future__ import annotations

from collections.abc import Sequence

from exercises.dose import PrescriptionProgress, PrescriptionTerms, SideProgress
from exercises.exercise_model import Exercise
from exercises.hold_model import Side
from exercises.results import Rep, Verdict


def prescription_progress(exercise: Exercise, reps: Sequence[Rep]) -> PrescriptionProgress | None:
    """Return how much of the prescription was done in a set; None without a prescription."""
    terms = exercise.prescribed
    if terms is None:
        return None
    counted = [rep for rep in reps if _counts(exercise, rep)]
    if not terms.sides:
        return PrescriptionProgress(prescribed=terms, done=(SideProgress(done=len(counted), of=terms.sets),))
    done = [SideProgress(side=side, done=sum(rep.side == side for rep in counted), of=terms.sets)
            for side in terms.sides]
    return PrescriptionProgress(prescribed=terms, done=tuple(done))


def sentences(exercise: Exercise, reps: Sequence[Rep]) -> list[str]:
    """Return the sentences: by whose limits the set was judged, and how much was done on each side."""
    result = prescription_progress(exercise, reps)
    if result is None:
        return []
    terms = result.prescribed
    whose = f"the prescription for {terms.person}" if terms.person else "a prescription"
    changed = f": {'; '.join(terms.changes)}" if terms.changes else ""
    lines = [f"Judged by {whose}{changed}."]
    if terms.sets is not None:
        lines.append(_count(exercise, terms, result.done))
    done: set[Side | None] = {progress.side for progress in result.done}
    others = sorted({rep.side for rep in reps if rep.side is not None and rep.side not in done})
    if others and terms.sides:
        lines.append(f"The {others[0]} side is not part of the prescription.")
    return lines


def _counts(exercise: Exercise, rep: Rep) -> bool:
    """Return whether a rep counts towards the prescription."""
    timed = [rule.id for rule in exercise.rules if rule.measure == "hold_s" and rule.bound.sign < 0]
    if exercise.hold is None or not timed:
        return rep.whole
    return any(finding.rule in timed and finding.verdict is Verdict.MET for finding in rep.findings)


def _count(exercise: Exercise, terms: PrescriptionTerms, done: Sequence[SideProgress]) -> str:
    each = f" of {terms.hold_at_least_s:g} s" if exercise.hold is not None and terms.hold_at_least_s else ""
    what = f"{'holds' if exercise.hold is not None else 'reps'}{each}"
    text = f"Prescribed {what}: {', '.join(map(_part, done))}."
    return f"{text} {_enough(done)}".rstrip()


def _part(side: SideProgress) -> str:
    where = f" on the {side.side}" if side.side else ""
    if side.of is not None and side.done > side.of:
        return f"{side.done} done{where} where {side.of} {'is' if side.of == 1 else 'are'} enough"
    return f"{side.done} of {side.of} done{where}"


def _enough(done: Sequence[SideProgress]) -> str:
    if all(side.of is not None and side.done >= side.of for side in done):
        return "That is all for this session: more adds little."
    return ""
