"""What was given to `hingecheck analyse` -> exercise, limits, answers and hand measurements, or why not (BadParameter).

As in `cli`, nothing heavy is imported until it is needed.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from coach.handmeasured import HandMeasured
    from exercises.model import Exercise
    from exercises.safety import Answers

#: Given as the exercise, it is told from the video.
AUTO = "auto"


def exercise(name: str, prescription: Path | None, explicit: bool) -> Exercise | None:
    """The exercise that was asked for, None for auto; without `explicit`, a prescription says which one it is for."""
    if name == AUTO and prescription is None:
        return None
    from coach import chosen
    from exercises.load import ExerciseError

    try:
        found, notices = chosen.exercise(name) if prescription is None else \
            chosen.prescribed(prescription, name if explicit else None)
    except ExerciseError as error:
        raise typer.BadParameter(str(error), param_hint="--prescription" if prescription else "--exercise") from error
    for notice in notices:
        typer.echo(notice, err=True)
    return found


def answers(pain: int | None, felt: Sequence[str]) -> Answers | None:
    """What the person answered after the set."""
    from coach import chosen

    try:
        return chosen.answers(pain, felt)
    except ValueError as error:
        raise typer.BadParameter(str(error).partition(": ")[2], param_hint=f"--{str(error).partition(':')[0]}") \
            from error


def personal(exercise: Exercise | None, given: str | None) -> tuple[Exercise | None, dict[str, Exercise]]:
    """The exercise (and all of the catalogue for auto) with the limits of the person whose full bend was given."""
    from exercises.load import catalogue

    known = catalogue() if exercise is None else {}
    if given is None:
        return exercise, known
    from coach import full_bend
    from exercises.own_range import has_own_limits, personal

    if exercise is not None and not has_own_limits(exercise):
        raise typer.BadParameter(f"{exercise.id} has no limits that depend on it", param_hint="--full-bend")
    try:
        own = full_bend.read(given)
        known = {name: personal(one, own) if has_own_limits(one) else one for name, one in known.items()}
        return personal(exercise, own) if exercise is not None else None, known
    except full_bend.FullBendError as error:
        raise typer.BadParameter(str(error), param_hint="--full-bend") from error


def measured(file: Path | None, quantity: str | None, inner: bool, videos: Sequence[Path]) -> HandMeasured | None:
    """The angles measured by hand that the video is to be compared with."""
    if file is None:
        if quantity is not None or inner:
            raise typer.BadParameter("needs --truth FILE", param_hint="--truth-inner" if inner else "--truth-quantity")
        return None
    if len(videos) > 1:
        raise typer.BadParameter(f"belongs to one video, got {len(videos)}", param_hint="--truth")
    from coach.handmeasured import read
    from coach.handtime import HandError

    try:
        return read(file, quantity, inner)
    except HandError as error:
        raise typer.BadParameter(str(error), param_hint="--truth") from error
