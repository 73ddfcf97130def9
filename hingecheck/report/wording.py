"""Verdicts, findings and numbers of a report -> the words and signs a person reads; the same in every output."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from exercises.aftercare import labels
from exercises.exercise_model import Exercise
from exercises.measures import label_of, with_unit
from exercises.odd_reps import reps_inside
from exercises.report_parts import Agreement
from exercises.results import Finding, Recognition, Rep, SetReport, Verdict
from exercises.rule_model import Rule
from exercises.safety import AnswersWithAdvice
from hingecheck.analysis.setup_check import TickState
from language.numbers import compact, localised, number
from language.translate import _, mark, plural
from language.words import large_start

Tone = Literal["good", "watch", "fault", "unseen"]


@dataclass(frozen=True)
class Look:
    """How a verdict is shown: a word, a tone (colour and pattern) and a sign of one character for the terminal."""

    word: str
    tone: Tone
    sign: str


#: Of the set-up check.
_TICKS = {
    TickState.GOOD: Look(mark("good"), "good", "\u2713"),
    TickState.CHANGE: Look(mark("change this"), "fault", "\u2715"),
    TickState.UNSEEN: Look(mark("not seen"), "unseen", "?"),
}

_OUTSIDE = Look(mark("Not part of the set?"), "unseen", "\u2013")
_FINDINGS = {
    "unseen": Look(mark("Not seen"), "unseen", "?"), "watched": Look(mark("Watch"), "watch", "!"),
    "fault": Look(mark("Broken"), "fault", "\u2715"), "broken": Look(mark("Broken"), "watch", "\u2715"),
    "met": Look(mark("Met"), "good", "\u2713"),
}
_VERDICTS: dict[str, Look] = {
    "neutral": Look(mark("Neutral"), "good", "\u2713"),
    "good": Look(mark("Good"), "good", "\u2713"),
    "rounded": Look(mark("Rounded"), "fault", "\u2715"),
    "squatted": Look(mark("Squatted"), "watch", "!"),
    "shallow": Look(mark("Too shallow"), "watch", "!"),
    "slumped": Look(mark("Slumped"), "fault", "\u2715"),
    "stooped": Look(mark("Stooped"), "fault", "\u2715"),
    "fault": Look(mark("To correct"), "fault", "\u2715"),
    "unseen": Look(mark("Not judged"), "unseen", "?"),
}

_RULES: dict[str, str] = {
    "rounding": mark("Back keeps its curve"),
    "bend_small": mark("A full bend"),
    "knees_bent": mark("Knees hardly bent"),
    "knee_bent": mark("Knee straight"),
    "knee_short": mark("Knee nearly straight"),
    "other_leg_lifted": mark("Other leg stays down"),
    "hold_short": mark("Held long enough"),
    "slump": mark("Sitting tall"),
    "stoop": mark("Standing tall"),
    "too_shallow": mark("Deep enough"),
    "bouncing": mark("No bouncing"),
    "pulsing": mark("Held still"),
    "locked_knees": mark("Knees not locked"),
    "too_fast": mark("Slow on the way down"),
    "heels_up": mark("Heels stay down"),
    "hips_not_back": mark("Hips travel back"),
    "pelvis_lifted": mark("Pelvis stays down"),
    "seat_lifted": mark("Seat stays on the heels"),
    "seat_off_wall": mark("Seat close to the wall"),
    "leaning": mark("A turn, not a lean"),
    "side_skipped": mark("Both sides done"),
    "trunk_moved": mark("Trunk stays still"),
    "trunk_back": mark("No leaning back"),
    "head_forward": mark("Head over the shoulders"),
    "head_up": mark("Head not thrown up"),
    "head_dropped": mark("Head not dropped"),
}

ANGLES: dict[str, str] = {
    "hip_flexion_deg": mark("Hip flexion"), "spine_flexion_deg": mark("Spine flexion"),
    "knee_flexion_deg": mark("Knee flexion"), "leg_raise_deg": mark("Leg raise"),
}


#: What a rep is called that breaks a rule, where the verdict itself says only that there is something to correct.
_FAULTS: dict[str, str] = {
    "rounding": mark("Back rounded"),
    "bend_small": mark("Not a full bend"),
    "knees_bent": mark("Knees bent"),
    "knee_bent": mark("Knee bent"),
    "knee_short": mark("Knee bent"),
    "other_leg_lifted": mark("Other leg lifted"),
    "hold_short": mark("Held too briefly"),
    "slump": mark("Slumped"),
    "stoop": mark("Stooped"),
    "too_shallow": mark("Too shallow"),
    "bouncing": mark("Bounced"),
    "pulsing": mark("Not held still"),
    "locked_knees": mark("Knees locked"),
    "too_fast": mark("Too fast"),
    "heels_up": mark("Heels lifted"),
    "hips_not_back": mark("Hips not back"),
    "pelvis_lifted": mark("Pelvis lifted"),
    "seat_lifted": mark("Seat lifted"),
    "seat_off_wall": mark("Seat off the wall"),
    "leaning": mark("Leaned"),
    "side_skipped": mark("One side left out"),
    "trunk_moved": mark("Trunk moved"),
    "trunk_back": mark("Leaned back"),
    "head_forward": mark("Head forward"),
    "head_up": mark("Head thrown up"),
    "head_dropped": mark("Head dropped"),
}


def look(verdict: str) -> Look:
    """Return how a rep's verdict is shown; a word of an exercise's own is shown as it stands, as a fault."""
    known = _VERDICTS.get(verdict) or Look(verdict.replace("_", " ").capitalize(), "fault", "\u2715")
    return _translated(known)


def tick_look(state: TickState) -> Look:
    """Return how a tick of the set-up check is shown."""
    return _translated(_TICKS[state])


def angle_name(quantity: str) -> str:
    """Return what an angle of the tables is called."""
    return _(ANGLES[quantity])


def _translated(known: Look) -> Look:
    return replace(known, word=_(known.word))


def look_of(rep: Rep) -> Look:
    """Return how a rep is shown: as its verdict, in the exercise's own word where it has one."""
    if rep.outside:
        return _translated(_OUTSIDE)
    shown = look(rep.verdict)
    word = _(rep.word).capitalize() or (_fault_name(rep) if rep.verdict == "fault" else "")
    return replace(shown, word=word) if word else shown


def _fault_name(rep: Rep) -> str:
    """Return what was wrong in a rep, by the gravest rule that it breaks; "" where that has no name."""
    broken = [finding for finding in rep.findings if finding.verdict is Verdict.BROKEN]
    gravest = sorted(broken, key=lambda finding: finding.severity != "fault")
    return _(_FAULTS.get(gravest[0].rule, "")) if gravest else ""


def finding_look(finding: Finding) -> Look:
    """Return how a rule's verdict is shown."""
    if finding.verdict is Verdict.UNSEEN:
        kind = "unseen"
    elif finding.verdict is Verdict.BROKEN:
        kind = "fault" if finding.severity == "fault" else "broken"
    else:
        kind = "watched" if finding.watched else "met"
    return _translated(_FINDINGS[kind])


def rule_name(rule_id: str) -> str:
    """Return a rule's name as what good looks like."""
    return _(_RULES.get(rule_id) or rule_id.replace("_", " ").capitalize())


def amount(value: float | None, uncertainty: float | None = None, unit: str = "deg") -> str:
    """Return a number with its uncertainty and unit, "38 \u00b1 6\u00b0", or "not seen"."""
    if value is None:
        return _("not seen")
    digits, scale = 1 if unit == "s" else 0, 100 if unit == "ratio" else 1
    band = "" if uncertainty is None else f" \u00b1 {scale * uncertainty:.{digits}f}"
    # Adding zero turns -0 into 0.
    return with_unit(localised(f"{round(scale * value, digits) + 0:.{digits}f}{band}"), unit)


def exact(value: float, unit: str = "deg") -> str:
    """Return a limit or a goal with its unit: what was set has no band and no digits of its own."""
    return with_unit(compact(100 * value if unit == "ratio" else value), unit)


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
    return (_("at most {limit}") if above else _("at least {limit}")).format(limit=exact(bound, finding.unit))


def tempo(rep: Rep) -> tuple[float, float, float]:
    """Return the seconds down, at the bottom and up."""
    return rep.bottom_s - rep.start_s, rep.leave_s - rep.bottom_s, rep.end_s - rep.leave_s


def goes_down(signal: str) -> bool:
    """Return whether a rep of this signal goes down and up; a heel, a chest or a turning trunk does not."""
    return signal in {"", "bend_deg", "hip_flexion_deg"}


def tempo_words(rep: Rep, signal: str = "") -> tuple[str, str, str]:
    """Return what the three times of `tempo` are called: only a rep that is not held goes down and up."""
    if rep.held is None and goes_down(signal):
        return _("down"), _("held"), _("up")
    return _("to get there"), _("there"), _("back")


def one_of_many(report: SetReport) -> str:
    """Return what one entry of `reps` is called: a posture is left some times, which are no repetitions."""
    return _("rep") if report.posture is None else _("time")


def borderline(rep: Rep) -> str:
    """Return what makes a rep borderline, with the number; "" where it is not."""
    if not rep.borderline:
        return ""
    for finding in rep.findings:
        if finding.borderline and finding.value is not None:
            text = f"{rule_name(finding.rule)}: {amount(finding.value, finding.uncertainty, finding.unit)}"
            if finding.limit is None:
                return text
            return _("{text}, limit {limit}").format(text=text, limit=exact(finding.limit, finding.unit))
    return _("too near to a limit to be sure")


def unseen_reason(rep: Rep) -> str:
    """Return why a rep was not judged; "" where nothing is known."""
    if rep.outside:
        return _("may not be part of the set: {why}").format(why=rep.outside)
    reasons = [finding.reason for finding in rep.findings if finding.verdict is Verdict.UNSEEN and finding.reason]
    return reasons[0] if reasons else ""


def headline(report: SetReport, good: str = "") -> str:
    """Return one line about the set: "3 of 5 reps neutral"; by default in the word of its own good reps.

    Where every rep that was judged is borderline, no count is sure: "3 reps too close to call".
    """
    if report.status == "error":
        return _("This file could not be read")
    if report.status == "refused":
        return _("This clip could not be judged") if report.exercise or not report.recognised \
            or not report.recognised.candidates else _("Which exercise is this?")
    if report.posture is not None:
        return _posture(report)
    if not report.reps:
        return _("No reps found")
    reps = reps_inside(report.reps)
    judged = [rep for rep in reps if rep.verdict != "unseen"]
    unseen, outside = len(reps) - len(judged), len(report.reps) - len(reps)
    is_hold = all(rep.held is not None for rep in reps)
    if not judged:
        return _("{reps}, none could be judged").format(reps=_count(unseen, is_hold))
    fine = [rep for rep in judged if look(rep.verdict).tone == "good"]
    good = good or (look_of(fine[0]).word.lower() if fine else _("good") if is_hold else _("neutral"))
    text = _("{count} of {reps} {good}").format(count=len(fine), reps=_count(len(judged), is_hold), good=good)
    if all(rep.borderline for rep in judged):
        text = _("{reps} too close to call").format(reps=_count(len(judged), is_hold))
    parts = [text]
    if unseen:
        parts.append(_("{count} not seen").format(count=unseen))
    if outside:
        parts.append(_("{count} perhaps not part of the set").format(count=outside))
    return ", ".join(parts)


def _posture(report: SetReport) -> str:
    """One line about a posture: how often it was left and for how long in all."""
    assert report.posture is not None
    watched = report.posture.watched_s
    faults = [rep for rep in report.reps if look_of(rep).tone == "fault"]
    if not faults or not report.posture.fault_s:
        return _("Nothing to correct in about {watched:.0f} s").format(watched=watched)
    text = plural("{fault} {count} time, about {held:.0f} of {watched:.0f} s",
                  "{fault} {count} times, about {held:.0f} of {watched:.0f} s, longest about {longest:.0f} s",
                  len(faults))
    return text.format(fault=look_of(faults[0]).word, count=len(faults), held=report.posture.fault_s, watched=watched,
                       longest=report.posture.longest_s)


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
    name = _(names.get(found.exercise, found.exercise))
    if found.runner_up is None:
        texts = [_("Taken as: {exercise}.").format(exercise=name)]
    else:
        option = f": --exercise {found.runner_up}" if options else ""
        other = f"{_(names.get(found.runner_up, found.runner_up))}{option}"
        texts = [_("Taken as: {exercise} (or {other}).").format(exercise=name, other=other)]
    if found.because:
        texts.append(_("Seen: {what}.").format(what=found.because))
    if not found.sure and found.runner_up is not None:
        texts.append(_("Both fit, and their verdicts differ: if you meant the other one, have the set judged by it."))
    return " ".join(texts)


def good_word(exercise: Exercise | None) -> str:
    """Return what a rep with nothing to correct is called in an exercise; "" where that is not known."""
    return "" if exercise is None else _(exercise.good_word) or look(exercise.good).word.lower()


def agreement(found: Agreement) -> str:
    """Return how one quantity agrees with the hand's values, as one line."""
    low, high = found.limits_deg
    label = label_of(found.quantity)
    text = _("{label} against hand, {count} moments: bias {bias}°, SD {sd}°, 95 % limits of agreement {low} to "
             "{high}°, mean absolute error {error}°.").format(
        label=large_start(label), count=found.n, bias=localised(f"{found.bias_deg:+.1f}"), sd=number(found.sd_deg, 1),
        low=number(low, 1), high=number(high, 1), error=number(found.mean_absolute_error_deg, 1))
    return f"{text} {found.note}".rstrip()


def answers(given: AnswersWithAdvice) -> str:
    """Return what the person answered after the set, as one line."""
    pain = "" if given.pain is None else _("pain {pain} of 10").format(pain=given.pain)
    felt = _("felt {places}").format(places=", ".join(labels(given.felt))) if given.felt else ""
    return _("You answered: {answers}.").format(answers=", ".join(filter(None, (pain, felt))))


def _count(count: int, is_hold: bool) -> str:
    text = plural("{count} hold", "{count} holds", count) if is_hold else plural("{count} rep", "{count} reps", count)
    return text.format(count=count)
