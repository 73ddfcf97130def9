"""A judged set -> one line about it: its result, its exercise, how it agrees with the hand, what was answered."""

from __future__ import annotations

from collections.abc import Mapping

from exercises.aftercare import labels
from exercises.exercise_model import Exercise
from exercises.measures import label_of
from exercises.odd_reps import reps_inside
from exercises.report_parts import Agreement
from exercises.results import Recognition, SetReport
from exercises.safety import AnswersWithAdvice
from hingecheck.report.verdict_words import look, look_of
from language.numbers import localised, number
from language.translate import _, plural
from language.words import large_start


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


def recognised(recognition: Recognition, names: Mapping[str, str], options: bool = True) -> str:
    """Return which exercise was detected, and how to choose another; "" where none was.

    Parameters
    ----------
    recognition : Recognition
    names : mapping of str to str
        Exercise id -> its name; an id that is not in it stands for itself.
    options : bool
        False where there is no command line.
    """
    if recognition.exercise is None:
        return ""
    name = _(names.get(recognition.exercise, recognition.exercise))
    if recognition.runner_up is None:
        lines = [_("Taken as: {exercise}.").format(exercise=name)]
    else:
        option = f": --exercise {recognition.runner_up}" if options else ""
        other = f"{_(names.get(recognition.runner_up, recognition.runner_up))}{option}"
        lines = [_("Taken as: {exercise} (or {other}).").format(exercise=name, other=other)]
    if recognition.because:
        lines.append(_("Seen: {what}.").format(what=recognition.because))
    if not recognition.sure and recognition.runner_up is not None:
        lines.append(_("Both fit, and their verdicts differ: if you meant the other one, have the set judged by it."))
    return " ".join(lines)


def good_word(exercise: Exercise | None) -> str:
    """Return what a rep with nothing to correct is called in an exercise; "" where that is not known."""
    return "" if exercise is None else _(exercise.good_word) or look(exercise.good).word.lower()


def agreement(pairs: Agreement) -> str:
    """Return how one quantity agrees with the hand's values, as one line."""
    low, high = pairs.limits_deg
    label = label_of(pairs.quantity)
    text = _("{label} against hand, {count} moments: bias {bias}°, SD {sd}°, 95 % limits of agreement {low} to "
             "{high}°, mean absolute error {error}°.").format(
        label=large_start(label), count=pairs.n, bias=localised(f"{pairs.bias_deg:+.1f}"), sd=number(pairs.sd_deg, 1),
        low=number(low, 1), high=number(high, 1), error=number(pairs.mean_absolute_error_deg, 1))
    return f"{text} {pairs.note}".rstrip()


def answers(given: AnswersWithAdvice) -> str:
    """Return what the person answered after the set, as one line."""
    pain = "" if given.pain is None else _("pain {pain} of 10").format(pain=given.pain)
    felt = _("felt {places}").format(places=", ".join(labels(given.felt))) if given.felt else ""
    return _("You answered: {answers}.").format(answers=", ".join(filter(None, (pain, felt))))


def _count(count: int, is_hold: bool) -> str:
    text = plural("{count} hold", "{count} holds", count) if is_hold else plural("{count} rep", "{count} reps", count)
    return text.format(count=count)
