"""Answers after a set -> what to tell the person, worst first; an exercise's dose. Read from `care/safety.toml`."""

from __future__ import annotations

from functools import cache
from importlib import resources

from exercises import sides, tomlfile
from exercises.dose import Dose
from exercises.exercise_model import Exercise
from exercises.measures import nearest
from exercises.results import SetReport
from exercises.safety import LEAST_PAIN, MOST_PAIN, Advice, Answered, Answers, Care, Follow, Weight


@cache
def care() -> Care:
    """Return what holds for every exercise.

    Raises
    ------
    ExerciseError
        The file is wrong.
    """
    with resources.as_file(resources.files("exercises.care") / "safety.toml") as path:
        return tomlfile.checked(Care, tomlfile.read(path), path.name)


def answers_of(pain: int | None, felt: tuple[str, ...]) -> Answers:
    """Check what a person answered.

    Raises
    ------
    ValueError
        A pain outside of 0 to 10, or a place that is not among the choices; the message names the nearest.
    """
    if pain is not None and not LEAST_PAIN <= pain <= MOST_PAIN:
        raise ValueError(f"pain: expected a whole number from {LEAST_PAIN} to {MOST_PAIN}, got {pain}")
    places = care().places
    for place in felt:
        if place not in places:
            raise ValueError(f"felt: expected one of {', '.join(places)}, got {place!r}{nearest(place, places)}")
    return Answers(pain=pain, felt=tuple(dict.fromkeys(felt)))


def follow_up(answers: Answers, exercise: Exercise | None, easier: str = "") -> tuple[Advice, ...]:
    """Return what follows from a person's answers, worst first; empty where all is well.

    Parameters
    ----------
    answers : Answers
    exercise : Exercise or None
        What was done; None where that is not known.
    easier : str
        Name of its easier form; default: made from `exercise.easier`.

    Examples
    --------
    >>> from exercises.load import load
    >>> [advice.weight.value for advice in follow_up(Answers(pain=5, felt=("ends",)), load("hip_hinge"))]
    ['stop', 'ease']
    >>> follow_up(Answers(pain=1, felt=("middle",)), load("hip_hinge"))
    ()
    """
    name = easier or (exercise.easier.replace("_", " ") if exercise is not None else "")
    found = []
    for follow in care().follows:
        if _holds(follow, answers, exercise):
            found.append(_advice(follow, name))
            name = "" if follow.easier else name  # said once
    return tuple(found)


def answered(answers: Answers, exercise: Exercise | None, easier: str = "") -> Answered:
    """Return the answers with what follows from them, as the report keeps them."""
    return Answered(pain=answers.pain, felt=answers.felt, advice=follow_up(answers, exercise, easier))


def with_answers(report: SetReport, exercise: Exercise | None, answers: Answers) -> SetReport:
    """Return a report that keeps the answers and their advice; after a "stop" it no longer asks for the other side."""
    kept = answered(answers, exercise)
    summary = report.summary
    stop = any(advice.weight is Weight.STOP for advice in kept.advice)
    if stop and exercise is not None and report.side_skipped is not None:
        more = sides.sentences(exercise, report.reps)
        summary = tuple(sentence for sentence in summary if sentence not in more)
    return report.model_copy(update={"answers": kept, "summary": summary})


def labels(places: tuple[str, ...]) -> tuple[str, ...]:
    """Return places in the words of the question."""
    words = {choice.id: choice.label for question in care().questions for choice in question.choices}
    return tuple(words.get(place, place) for place in places)


def dose_of(exercise: Exercise) -> Dose:
    """Return an exercise's dose, the general advice where it has none of its own; a hold only where there is one."""
    own, general = exercise.dose, care().dose
    return Dose(repeats=own.repeats or general.repeats, hold_s=own.hold_s or _usual_hold(exercise),
                per_week=own.per_week or general.per_week)


def _usual_hold(exercise: Exercise) -> tuple[float, float] | None:
    """The general advice for a hold; what the exercise's own rule asks for where that is less."""
    if exercise.hold is None:
        return None
    asked = [rule.bound.limit for rule in exercise.rules if rule.measure == "hold_s" and rule.bound.sign < 0]
    usual = care().dose.hold_s
    return (asked[0], asked[0]) if asked and asked[0] < usual[0] else usual


def _holds(follow: Follow, answers: Answers, exercise: Exercise | None) -> bool:
    when, position = follow.when, exercise.position.value if exercise is not None else ""
    return ((when.pain_at_least is None or (answers.pain is not None and answers.pain >= when.pain_at_least))
            and (when.felt is None or when.felt in answers.felt)
            and (not when.positions or position in when.positions)
            and position not in when.not_positions)


def _advice(follow: Follow, easier: str) -> Advice:
    extra = follow.easier.format(easier=easier) if easier and follow.easier else ""
    return Advice(id=follow.id, weight=follow.weight, say=" ".join(filter(None, (follow.say, extra))),
                  source=follow.source)
