"""Verdicts, findings and numbers of a report -> the words and signs a person reads; the same in every output."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from exercises.aftercare import labels
from exercises.exercise_model import Exercise
from exercises.measures import with_unit
from exercises.odd_reps import reps_inside
from exercises.report_parts import Agreement
from exercises.results import Finding, Recognition, Rep, SetReport, Verdict
from exercises.rule_model import Rule
from exercises.safety import AnswersWithAdvice
from hingecheck.analysis.setup_check import TickState
from pose.quantity import QUANTITIES

Tone = Literal["good", "watch", "fault", "unseen"]


@dataclass(frozen=True)
class Look:
    """How a verdict is shown: a word, a tone (colour and pattern) and a sign of one character for the terminal."""

    word: str
    tone: Tone
    sign: str


#: Of the set-up check.
TICKS = {
    TickState.GOOD: Look("good", "good", "\u2713"),
    TickState.CHANGE: Look("change this", "fault", "\u2715"),
    TickState.UNSEEN: Look("not seen", "unseen", "?"),
}

_VERDICTS: dict[str, Look] = {
    "neutral": Look("Neutral", "good", "\u2713"),
    "good": Look("Good", "good", "\u2713"),
    "rounded": Look("Rounded", "fault", "\u2715"),
    "squatted": Look("Squatted", "watch", "!"),
    "shallow": Look("Too shallow", "watch", "!"),
    "slumped": Look("Slumped", "fault", "\u2715"),
    "stooped": Look("Stooped", "fault", "\u2715"),
    "fault": Look("To correct", "fault", "\u2715"),
    "unseen": Look("Not judged", "unseen", "?"),
}

_RULES: dict[str, str] = {
    "rounding": "Back keeps its curve",
    "bend_small": "A full bend",
    "knees_bent": "Knees hardly bent",
    "knee_bent": "Knee straight",
    "knee_short": "Knee nearly straight",
    "other_leg_lifted": "Other leg stays down",
    "hold_short": "Held long enough",
    "slump": "Sitting tall",
    "stoop": "Standing tall",
    "too_shallow": "Deep enough",
    "bouncing": "No bouncing",
    "pulsing": "Held still",
    "locked_knees": "Knees not locked",
    "too_fast": "Slow on the way down",
    "heels_up": "Heels stay down",
    "hips_not_back": "Hips travel back",
    "pelvis_lifted": "Pelvis stays down",
    "seat_lifted": "Seat stays on the heels",
    "seat_off_wall": "Seat close to the wall",
    "leaning": "A turn, not a lean",
    "side_skipped": "Both sides done",
    "trunk_moved": "Trunk stays still",
    "trunk_back": "No leaning back",
    "head_forward": "Head over the shoulders",
    "head_up": "Head not thrown up",
    "head_dropped": "Head not dropped",
}

ANGLES: dict[str, str] = {
    "hip_flexion_deg": "Hip flexion", "spine_flexion_deg": "Spine flexion", "knee_flexion_deg": "Knee flexion",
    "leg_raise_deg": "Leg raise",
}


#: What a rep is called that breaks a rule, where the verdict itself says only that there is something to correct.
_FAULTS: dict[str, str] = {
    "rounding": "Back rounded",
    "bend_small": "Not a full bend",
    "knees_bent": "Knees bent",
    "knee_bent": "Knee bent",
    "knee_short": "Knee bent",
    "other_leg_lifted": "Other leg lifted",
    "hold_short": "Held too briefly",
    "slump": "Slumped",
    "stoop": "Stooped",
    "too_shallow": "Too shallow",
    "bouncing": "Bounced",
    "pulsing": "Not held still",
    "locked_knees": "Knees locked",
    "too_fast": "Too fast",
    "heels_up": "Heels lifted",
    "hips_not_back": "Hips not back",
    "pelvis_lifted": "Pelvis lifted",
    "seat_lifted": "Seat lifted",
    "seat_off_wall": "Seat off the wall",
    "leaning": "Leaned",
    "side_skipped": "One side left out",
    "trunk_moved": "Trunk moved",
    "trunk_back": "Leaned back",
    "head_forward": "Head forward",
    "head_up": "Head thrown up",
    "head_dropped": "Head dropped",
}


def look(verdict: str) -> Look:
    """Return how a rep's verdict is shown; a word of an exercise's own is shown as it stands, as a fault."""
    return _VERDICTS.get(verdict) or Look(verdict.replace("_", " ").capitalize(), "fault", "\u2715")


def look_of(rep: Rep) -> Look:
    """Return how a rep is shown: as its verdict, in the exercise's own word where it has one."""
    if rep.outside:
        return Look("Not part of the set?", "unseen", "\u2013")
    shown = look(rep.verdict)
    word = rep.word.capitalize() or (_fault_name(rep) if rep.verdict == "fault" else "")
    return replace(shown, word=word) if word else shown


def _fault_name(rep: Rep) -> str:
    """Return what was wrong in a rep, by the gravest rule that it breaks; "" where that has no name."""
    broken = [finding for finding in rep.findings if finding.verdict is Verdict.BROKEN]
    gravest = sorted(broken, key=lambda finding: finding.severity != "fault")
    return _FAULTS.get(gravest[0].rule, "") if gravest else ""


def finding_look(finding: Finding) -> Look:
    """Return how a rule's verdict is shown."""
    if finding.verdict is Verdict.UNSEEN:
        return Look("Not seen", "unseen", "?")
    if finding.verdict is Verdict.BROKEN:
        return Look("Broken", "fault" if finding.severity == "fault" else "watch", "\u2715")
    return Look("Watch", "watch", "!") if finding.watched else Look("Met", "good", "\u2713")


def rule_name(rule_id: str) -> str:
    """Return a rule's name as what good looks like."""
    return _RULES.get(rule_id, rule_id.replace("_", " ").capitalize())


def amount(value: float | None, uncertainty: float | None = None, unit: str = "deg") -> str:
    """Return a number with its uncertainty and unit, "38 \u00b1 6\u00b0", or "not seen"."""
    if value is None:
        return "not seen"
    digits, scale = 1 if unit == "s" else 0, 100 if unit == "ratio" else 1
    band = "" if uncertainty is None else f" \u00b1 {scale * uncertainty:.{digits}f}"
    # Adding zero turns -0 into 0.
    return with_unit(f"{round(scale * value, digits) + 0:.{digits}f}{band}", unit)


def exact(value: float, unit: str = "deg") -> str:
    """Return a limit or a goal with its unit: what was set has no band and no digits of its own."""
    return with_unit(f"{100 * value if unit == 'ratio' else value:g}", unit)


def limit(finding: Finding, rule: Rule | None) -> str:
    """Return a finding's limit with its side, "at most 30\u00b0"; "" where none is known."""
    bound = finding.limit
    if rule is not None and bound is None:
        bound = rule.bound.at_most if rule.bound.at_most is not None else rule.bound.at_least
    if bound is None:
        return ""
    if rule is not None:
        above = rule.bound.at_most is not None
    elif finding.margin is not None and finding.value is not None:
        above = (bound - finding.value) * finding.margin >= 0
    else:
        return exact(bound, finding.unit)
    return f"{'at most' if above else 'at least'} {exact(bound, finding.unit)}"


def tempo(rep: Rep) -> tuple[float, float, float]:
    """Return the seconds down, at the bottom and up."""
    return rep.bottom_s - rep.start_s, rep.leave_s - rep.bottom_s, rep.end_s - rep.leave_s


def goes_down(signal: str) -> bool:
    """Return whether a rep of this signal goes down and up; a heel, a chest or a turning trunk does not."""
    return signal in {"", "bend_deg", "hip_flexion_deg"}


def tempo_words(rep: Rep, signal: str = "") -> tuple[str, str, str]:
    """Return what the three times of `tempo` are called: only a rep that is not held goes down and up."""
    return ("down", "held", "up") if rep.held is None and goes_down(signal) else ("to get there", "there", "back")


def one_of_many(report: SetReport) -> str:
    """Return what one entry of `reps` is called: a posture is left some times, which are no repetitions."""
    return "rep" if report.posture is None else "time"


def borderline(rep: Rep) -> str:
    """Return what makes a rep borderline, with the number; "" where it is not."""
    if not rep.borderline:
        return ""
    for finding in rep.findings:
        if finding.borderline and finding.value is not None:
            number = amount(finding.value, finding.uncertainty, finding.unit)
            near = "" if finding.limit is None else f", limit {exact(finding.limit, finding.unit)}"
            return f"{rule_name(finding.rule)}: {number}{near}"
    return "too near to a limit to be sure"


def unseen_reason(rep: Rep) -> str:
    """Return why a rep was not judged; "" where nothing is known."""
    if rep.outside:
        return f"may not be part of the set: {rep.outside}"
    reasons = [finding.reason for finding in rep.findings if finding.verdict is Verdict.UNSEEN and finding.reason]
    return reasons[0] if reasons else ""


def headline(report: SetReport, good: str = "") -> str:
    """Return one line about the set: "3 of 5 reps neutral"; by default in the word of its own good reps.

    Where every rep that was judged is borderline, no count is sure: "3 reps too close to call".
    """
    if report.status == "error":
        return "This file could not be read"
    if report.status == "refused":
        return "This clip could not be judged" if report.exercise or not report.recognised \
            or not report.recognised.candidates else "Which exercise is this?"
    if report.posture is not None:
        return _posture(report)
    if not report.reps:
        return "No reps found"
    reps = reps_inside(report.reps)
    judged = [rep for rep in reps if rep.verdict != "unseen"]
    unseen, outside = len(reps) - len(judged), len(report.reps) - len(reps)
    one = "hold" if all(rep.held is not None for rep in reps) else "rep"
    if not judged:
        return f"{_count(unseen, one)}, none could be judged"
    fine = [rep for rep in judged if look(rep.verdict).tone == "good"]
    right = len(fine)
    good = good or (look_of(fine[0]).word.lower() if fine else "good" if one == "hold" else "neutral")
    text = f"{right} of {_count(len(judged), one)} {good}"
    if all(rep.borderline for rep in judged):
        text = f"{_count(len(judged), one)} too close to call"
    text += f", {unseen} not seen" if unseen else ""
    return f"{text}, {outside} perhaps not part of the set" if outside else text


def _posture(report: SetReport) -> str:
    """One line about a posture: how often it was left and for how long in all."""
    assert report.posture is not None
    watched = f"{report.posture.watched_s:.0f} s"
    faults = [rep for rep in report.reps if look_of(rep).tone == "fault"]
    if not faults or not report.posture.fault_s:
        return f"Nothing to correct in about {watched}"
    often = "1 time" if len(faults) == 1 else f"{len(faults)} times"
    longest = "" if len(faults) == 1 else f", longest about {report.posture.longest_s:.0f} s"
    return f"{look_of(faults[0]).word} {often}, about {report.posture.fault_s:.0f} of {watched}{longest}"


def recognised(found: Recognition, names: Mapping[str, str], options: bool = True) -> str:
    """Return which exercise a clip was taken for, and how to say otherwise; "" where it was not detected.

    Parameters
    ----------
    found : Recognised
    names : mapping of str to str
        Exercise id -> its name; an id that is not in it stands for itself.
    options : bool
        False where there is no command line.
    """
    if found.exercise is None:
        return ""
    text = f"Taken as: {names.get(found.exercise, found.exercise)}"
    if found.runner_up is not None:
        option = f": --exercise {found.runner_up}" if options else ""
        text += f" (or {names.get(found.runner_up, found.runner_up)}{option})"
    because = f" Seen: {found.because}." if found.because else ""
    doubt = "" if found.sure or found.runner_up is None else \
        " Both fit, and their verdicts differ: if you meant the other one, have the set judged by it."
    return f"{text}.{because}{doubt}"


def good_word(exercise: Exercise | None) -> str:
    """Return what a rep with nothing to correct is called in an exercise; "" where that is not known."""
    return "" if exercise is None else exercise.good_word or look(exercise.good).word.lower()


def agreement(found: Agreement) -> str:
    """Return how one quantity agrees with the hand's values, as one line."""
    low, high = found.limits_deg
    label = QUANTITIES[found.quantity].label
    text = (f"{label.capitalize()} against hand, {found.n} moments: bias {found.bias_deg:+.1f}\u00b0, "
            f"SD {found.sd_deg:.1f}\u00b0, 95 % limits of agreement {low:.1f} to {high:.1f}\u00b0, "
            f"mean absolute error {found.mean_absolute_error_deg:.1f}\u00b0.")
    return f"{text} {found.note}".rstrip()


def answers(given: AnswersWithAdvice) -> str:
    """Return what the person answered after the set, as one line."""
    pain = "" if given.pain is None else f"pain {given.pain} of 10"
    felt = f"felt {', '.join(labels(given.felt))}" if given.felt else ""
    return f"You answered: {', '.join(filter(None, (pain, felt)))}."


def _count(number: int, one: str) -> str:
    return f"{number} {one}" if number == 1 else f"{number} {one}s"
