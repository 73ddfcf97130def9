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
from language.numbers import localised
from language.translate import _, plural


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
    lines = [_judged_by(terms)]
    if terms.sets is not None:
        lines.append(_count(exercise, terms, result.done))
    done: set[Side | None] = {progress.side for progress in result.done}
    others = sorted({rep.side for rep in reps if rep.side is not None and rep.side not in done})
    if others and terms.sides:
        lines.append(_("The left side is not part of the prescription.") if others[0] == "left"
                     else _("The right side is not part of the prescription."))
    return lines


def _judged_by(terms: PrescriptionTerms) -> str:
    if terms.person:
        text = (_("Judged by the prescription for {person}: {changes}.") if terms.changes
                else _("Judged by the prescription for {person}."))
    else:
        text = _("Judged by a prescription: {changes}.") if terms.changes else _("Judged by a prescription.")
    return text.format(person=terms.person, changes="; ".join(terms.changes))


def _counts(exercise: Exercise, rep: Rep) -> bool:
    """Return whether a rep counts towards the prescription."""
    timed = [rule.id for rule in exercise.rules if rule.measure == "hold_s" and rule.bound.sign < 0]
    if exercise.hold is None or not timed:
        return rep.whole
    return any(finding.rule in timed and finding.verdict is Verdict.MET for finding in rep.findings)


def _count(exercise: Exercise, terms: PrescriptionTerms, done: Sequence[SideProgress]) -> str:
    if exercise.hold is None:
        text = _("Prescribed reps: {done}.")
    else:
        text = (_("Prescribed holds of {seconds} s: {done}.") if terms.hold_at_least_s
                else _("Prescribed holds: {done}."))
    text = text.format(done=", ".join(map(_part, done)), seconds=localised(f"{terms.hold_at_least_s or 0:g}"))
    return f"{text} {_enough(done)}".rstrip()


def _part(side: SideProgress) -> str:
    if side.of is not None and side.done > side.of:
        text = _more_than(side.side, side.of)
    else:
        text = {None: _("{done} of {of} done"), "left": _("{done} of {of} done on the left"),
                "right": _("{done} of {of} done on the right")}[side.side]
    return text.format(done=side.done, of=side.of)


def _more_than(side: Side | None, of: int) -> str:
    """Return the sentence about more than prescribed, with its fields {done} and {of}."""
    if side is None:
        return plural("{done} done where {of} is enough", "{done} done where {of} are enough", of)
    if side == "left":
        return plural("{done} done on the left where {of} is enough", "{done} done on the left where {of} are enough",
                      of)
    return plural("{done} done on the right where {of} is enough", "{done} done on the right where {of} are enough", of)


def _enough(done: Sequence[SideProgress]) -> str:
    if all(side.of is not None and side.done >= side.of for side in done):
        return _("That is all for this session: more adds little.")
    return ""
