"""Answers after a set -> advice for the person, worst first; the dose of an exercise. Data: `care/safety.toml`."""

from __future__ import annotations

from functools import cache
from importlib import resources

from exercises import sides, tomlfile
from exercises.dose import Dose
from exercises.exercise_model import Exercise
from exercises.load import catalogue_ids, load
from exercises.measures import suggestion
from exercises.results import Rep, SetReport
from exercises.safety import LEAST_PAIN, MOST_PAIN, Advice, AdviceRule, Answers, AnswersWithAdvice, Care, Weight
from language.current import SOURCE, use
from language.translate import _
from language.words import small


@cache
def care() -> Care:
    """Return the care data for all exercises.

    Raises
    ------
    ExerciseError
        The file is invalid.
    """
    with resources.as_file(resources.files("exercises.care") / "safety.toml") as path:
        return tomlfile.validate(Care, tomlfile.read_toml(path), path.name)


def check_answers(pain: int | None, felt: tuple[str, ...]) -> Answers:
    """Validate a person's answers.

    Raises
    ------
    ValueError
        A pain outside 0 to 10, or a place that is not among the choices; the message names the nearest.
    """
    if pain is not None and not LEAST_PAIN <= pain <= MOST_PAIN:
        raise ValueError(_("pain: expected a whole number from {least} to {most}, got {pain}").format(
            least=LEAST_PAIN, most=MOST_PAIN, pain=pain))
    places = care().places
    for place in felt:
        if place not in places:
            raise ValueError(_("felt: expected one of {places}, got {place}").format(
                places=", ".join(places), place=repr(place)) + suggestion(place, places))
    return Answers(pain=pain, felt=tuple(dict.fromkeys(felt)))


def follow_up(answers: Answers, exercise: Exercise | None, easier: str = "") -> tuple[Advice, ...]:
    """Return the advice for a person's answers, worst first; empty where all is well.

    Parameters
    ----------
    answers : Answers
    exercise : Exercise or None
        The exercise of the set; None where unknown.
    easier : str
        Name of its easier form; default: from `exercise.easier`.

    Examples
    --------
    >>> from exercises.load import load
    >>> [advice.weight.value for advice in follow_up(Answers(pain=5, felt=("ends",)), load("hip_hinge"))]
    ['stop', 'ease']
    >>> follow_up(Answers(pain=1, felt=("middle",)), load("hip_hinge"))
    ()
    """
    name = easier or (_name_of(exercise.easier) if exercise is not None else "")
    advice = []
    for rule in care().follows:
        if _applies(rule, answers, exercise):
            advice.append(_advice(rule, name))
            name = "" if rule.easier else name  # mentioned once
    return tuple(advice)


def with_advice(answers: Answers, exercise: Exercise | None, easier: str = "") -> AnswersWithAdvice:
    """Return the answers with the advice, as saved in the report."""
    return AnswersWithAdvice(pain=answers.pain, felt=answers.felt, advice=follow_up(answers, exercise, easier))


def with_answers(report: SetReport, exercise: Exercise | None, answers: Answers) -> SetReport:
    """Return a report with the answers and their advice; after a "stop" it no longer asks for the other side."""
    answered = with_advice(answers, exercise)
    summary = report.summary
    stop = any(advice.weight is Weight.STOP for advice in answered.advice)
    if stop and exercise is not None and report.side_skipped is not None:
        about_sides = report.side_sentences or _in_old_reports(exercise, report.reps)
        summary = tuple(sentence for sentence in summary if sentence not in about_sides)
    return report.model_copy(update={"answers": answered, "summary": summary})


def _in_old_reports(exercise: Exercise, reps: tuple[Rep, ...]) -> tuple[str, ...]:
    """Return the sentences about the sides as reports have them that were written before there were languages."""
    with use(SOURCE):
        return tuple(sides.sentences(exercise, reps))


def labels(places: tuple[str, ...]) -> tuple[str, ...]:
    """Return the labels of places in the question, in the current language."""
    words = {choice.id: choice.label for question in care().questions for choice in question.choices}
    return tuple(_(words.get(place, place)) for place in places)


def dose_of(exercise: Exercise) -> Dose:
    """Return the dose of an exercise, from the general advice where it has none; hold time only where it has a hold."""
    dose, general = exercise.dose, care().dose
    return Dose(repeats=dose.repeats or general.repeats, hold_s=dose.hold_s or _default_hold(exercise),
                per_week=dose.per_week or general.per_week)


def _default_hold(exercise: Exercise) -> tuple[float, float] | None:
    """Return the general advice for a hold, or the limit of the exercise's own rule where that is less."""
    if exercise.hold is None:
        return None
    limits = [rule.bound.limit for rule in exercise.rules if rule.measure == "hold_s" and rule.bound.sign < 0]
    default = care().dose.hold_s
    return (limits[0], limits[0]) if limits and limits[0] < default[0] else default


def _applies(rule: AdviceRule, answers: Answers, exercise: Exercise | None) -> bool:
    when, position = rule.when, exercise.position.value if exercise is not None else ""
    return ((when.pain_at_least is None or (answers.pain is not None and answers.pain >= when.pain_at_least))
            and (when.felt is None or when.felt in answers.felt)
            and (not when.positions or position in when.positions)
            and position not in when.not_positions)


def _advice(rule: AdviceRule, easier: str) -> Advice:
    extra = _(rule.easier).format(easier=easier) if easier and rule.easier else ""
    return Advice(id=rule.id, weight=rule.weight, say=" ".join(filter(None, (_(rule.say), extra))),
                  source=rule.source)


def _name_of(exercise: str) -> str:
    """Return the name of an exercise as it stands inside a sentence; of a person's own, its id as words."""
    if exercise not in catalogue_ids():
        return exercise.replace("_", " ")
    return small(_(load(exercise).name))
