"""Reps of a set -> the two that are laid beside each other: the best one, and the one with the most to correct."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from exercises.exercise_model import Exercise
from exercises.results import Rep, Verdict
from hingecheck.report import display, verdict_words
from language.translate import _


@dataclass(frozen=True)
class Compared:
    """Two reps, either of which may be missing, and the words above and under their images."""

    best: Rep | None = None
    worst: Rep | None = None
    title: str = ""
    about: str = ""
    best_title: str = ""
    worst_title: str = ""


def compared(reps: Sequence[Rep], exercise: Exercise | None = None) -> Compared:
    """Choose two reps to compare: by the back where the exercise asks something of it, otherwise by what is broken."""
    if exercise is not None and exercise.posture is not None:
        return Compared()  # the times of a posture are no repetitions of one thing
    return _by_back(reps, exercise) if display.judges_back(exercise) else _by_faults(reps)


def _by_back(reps: Sequence[Rep], exercise: Exercise | None) -> Compared:
    """The least spinal flexion among the good reps and the most rounded of all; sure verdicts before borderline."""
    seen = [rep for rep in reps if rep.verdict != Verdict.UNSEEN.value and rep.spine_flexion_deg is not None]
    good = [rep for rep in seen if verdict_words.look(rep.verdict).tone == "good"]
    best = min(good, key=lambda rep: (rep.borderline, abs(rep.spine_flexion_deg or 0.0)), default=None)
    worst = max(seen, key=lambda rep: (rep.verdict == "rounded", rep.spine_flexion_deg or 0.0), default=None)
    worst = None if worst is best else worst
    rounded = worst is not None and worst.verdict == "rounded"
    when = _("The same moment of two reps, at the bottom.") if best and worst else _("One rep, at the bottom.")
    has_hip = "hip_flexion_deg" in display.quantities(exercise)
    lines = _("The white arc is the hip; the thick line is the back.") if has_hip else _("The thick line is the back.")
    return Compared(
        best, worst,
        title=_("Neutral against rounding") if best and rounded else _("Where the back bends"),
        about=f"{when} {lines}",
        # A measurement has a word of its own and no best.
        best_title=_("Least bend in the spine") if best and best.word else _("Best rep"),
        worst_title=_("Most rounded") if rounded else _("Most bend in the spine"))


def _by_faults(reps: Sequence[Rep]) -> Compared:
    """The first good rep that is sure, and the first with the most broken rules; nothing where one is missing."""
    good = [rep for rep in reps if verdict_words.look(rep.verdict).tone == "good"]
    bad = [rep for rep in reps if verdict_words.look(rep.verdict).tone in {"watch", "fault"}]
    if not good or not bad:
        return Compared()
    return Compared(
        min(good, key=lambda rep: rep.borderline), max(bad, key=_broken), title=_("Side by side"),
        about=_("The same moment of two reps: where the movement has come furthest."), best_title=_("Best rep"),
        worst_title=_("Most to correct"))


def _broken(rep: Rep) -> int:
    return sum(finding.verdict is Verdict.BROKEN for finding in rep.findings)
