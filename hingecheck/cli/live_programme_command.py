"""`hingecheck live --programme ID`: what it needs before the camera starts, and the summary and the question after it.

As in `main`, nothing is imported until a command needs it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING
from uuid import UUID

import typer

from hingecheck.cli import programmes_command
from language.numbers import number
from language.translate import _

if TYPE_CHECKING:
    from exercises.exercise_model import Exercise, FindExercise
    from hingecheck.live.live_programme import LiveProgramme
    from hingecheck.live.snapshot import Snapshot

_FAILED = 1


def prepare(name: str, person: str | None, language: str, own: bool) -> LiveProgramme:
    """Return the programme to be led through; print what to do first and what to be careful about.

    `own`: with the person's own limits. What cannot be used is a message and exit code 1.
    """
    from exercises.programme_plan import duration_s
    from exercises.tomlfile import ExerciseError
    from hingecheck.live.live_programme import make_live_programme
    from hingecheck.live.raised_arm import SIGN

    programmes, programme = programmes_command.find_programme(name, person)
    find = _own(person, programmes.exercises.exercise) if own else programmes.exercises.exercise
    try:
        plan = make_live_programme(programme, find, language)
    except ExerciseError as error:
        raise typer.BadParameter(str(error), param_hint="--language") from error
    exercises = {activity.exercise.id: activity.exercise for activity in plan.activities}.values()
    typer.echo(_("{name}, about {minutes} minutes").format(
        name=_(programme.name), minutes=number(duration_s(programme, find) / 60)), err=True)
    for index, activity in enumerate(plan.activities):
        if index == 0 or plan.activities[index - 1].step != activity.step:
            typer.echo(f"  {_(activity.exercise.name)}", err=True)
    before = [one.before for one in exercises if one.before]
    cautions = programme.cautions or [line for one in exercises for line in one.cautions]
    for line in dict.fromkeys((*before, *cautions)):
        typer.echo(_(line), err=True)
    typer.echo(_(SIGN), err=True)
    return plan


def conclude(plan: LiveProgramme, last: Snapshot) -> None:
    """Print how much was done, and ask the one question of the end where a set was saved."""
    names = {activity.exercise.id: _(activity.exercise.name) for activity in plan.activities}
    for part in last.done:
        typer.echo(programmes_command.part_line(names[part.exercise], part))
    if last.set_id is None:
        return
    typer.echo(_("Saved in the history: hingecheck history show {set_id}").format(
        set_id=_session_id(last.set_id)[:8]))
    pain = _ask_pain()
    if pain is not None:
        _save_pain(last.set_id, pain)


def _own(person: str | None, find: FindExercise) -> FindExercise:
    """Return what finds exercises with the person's own limits; a person who is not in the history yet has none."""
    from hingecheck.cli import history_access, set_owner
    from hingecheck.history import personal_exercises

    with history_access.opened() as history:
        own, problems = personal_exercises.for_person(history, set_owner.find(history, person).id)
    for problem in problems:
        typer.echo(problem, err=True)

    def find_own(name: str) -> Exercise:
        return own[name] if name in own else find(name)

    return find_own


def _session_id(set_id: UUID) -> str:
    from hingecheck.cli import history_access
    from hingecheck.history import sets

    with history_access.opened() as history:
        return str(sets.load(history, set_id).session.id)


def _ask_pain(read: Callable[[], str] = input) -> int | None:
    """Ask for the pain after the programme until the answer is one; None where there is none."""
    from exercises.aftercare import care, check_answers

    question = next(one.ask for one in care().questions if one.id == "pain")
    while True:
        typer.echo(_("{question} Enter: no answer.").format(question=_(question)))
        try:
            text = read().strip()
            return check_answers(int(text), ()).pain if text else None
        except EOFError:  # nobody is there to answer
            return None
        except ValueError:
            typer.echo(_("Expected a whole number from 0 to 10, got {text!r}.").format(text=text), err=True)


def _save_pain(set_id: UUID, pain: int) -> None:
    """Save the answer with the last set of the session; print the advice that follows from it."""
    from exercises.aftercare import follow_up
    from exercises.safety import Answers
    from hingecheck.cli import history_access
    from hingecheck.history import remarks, sets

    with history_access.opened() as history:
        remarks.answer(history, set_id, pain)
        exercise = sets.load(history, set_id).exercise
    for advice in follow_up(Answers(pain=pain, felt=()), exercise):
        typer.echo(advice.say)
