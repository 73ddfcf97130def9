"""What was given to `hingecheck analyse` -> exercise, limits, answers and hand measurements, or why not (BadParameter).

As in `cli`, nothing heavy is imported until it is needed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from language.current import current
from language.translate import _

if TYPE_CHECKING:
    from exercises.exercise_model import Exercise
    from exercises.programme import Programme
    from exercises.report_parts import FullBend
    from exercises.safety import Answers
    from hingecheck.analysis.pipeline import Options
    from hingecheck.history.connection import History
    from hingecheck.history.records import Person
    from hingecheck.jobs.video_task import VideoTask
    from hingecheck.validation.hand_measurements import HandMeasurements

#: Given as the exercise, it is detected automatically.
AUTO = "auto"


def exercise(name: str, prescription: Path | None, explicit: bool) -> Exercise | None:
    """The exercise that was asked for, None for auto; without `explicit`, a prescription says which one it is for."""
    if name == AUTO and prescription is None:
        return None
    from exercises.load import ExerciseError
    from hingecheck.cli import choices

    try:
        definition, notices = choices.exercise(name) if prescription is None else \
            choices.prescribed_exercise(prescription, name if explicit else None)
    except ExerciseError as error:
        raise typer.BadParameter(str(error), param_hint="--prescription" if prescription else "--exercise") from error
    for notice in notices:
        typer.echo(notice, err=True)
    return definition


def answers(pain: int | None, felt: Sequence[str]) -> Answers | None:
    """What the person answered after the set."""
    from hingecheck.cli import choices

    option = "--pain"
    try:
        choices.answers(pain, ())
        option = "--felt"
        return choices.answers(pain, felt)
    except ValueError as error:
        raise typer.BadParameter(str(error).partition(": ")[2] or str(error), param_hint=option) from error


def full_bend(given: str | None, exercise: Exercise | None) -> FullBend | None:
    """The person's full bend that was given; one that would change nothing in the exercise is a mistake."""
    if given is None:
        return None
    from exercises.personal_range import has_personal_limits
    from hingecheck.analysis.full_bend import FullBendError, read

    if exercise is not None and not has_personal_limits(exercise):
        raise typer.BadParameter(_("{id} has no limits that depend on it").format(
                                     id=exercise.id), param_hint="--full-bend")
    try:
        return read(given)
    except FullBendError as error:
        raise typer.BadParameter(str(error), param_hint="--full-bend") from error


def judged_by(exercise: Exercise | None, own: FullBend | None, whose: tuple[History, Person] | None,
              fixed: bool) -> tuple[Exercise | None, dict[str, Exercise]]:
    """The exercise (and for auto all that it may be) with the limits of the full bend given, or of whose set is kept.

    `fixed`: a prescription or a file was given, which goes before a saved prescription.
    """
    from exercises.load import catalogue
    from hingecheck.history import personal_exercises

    if whose is not None:
        history, person = whose
        chosen, known, problems = personal_exercises.for_set(history, person.id, exercise, own, fixed)
        for problem in problems:
            typer.echo(problem, err=True)
        return chosen, known
    known = {} if exercise is not None else catalogue()
    known = {name: personal_exercises.with_full_bend(one, own) for name, one in known.items()}
    return None if exercise is None else personal_exercises.with_full_bend(exercise, own), known


def sources(videos: Sequence[str], out: str | None) -> list[tuple[str, str]]:
    """Where each video lies, and the folder for its results; nothing is looked up for videos that are all files."""
    from hingecheck.jobs import video_sources
    from hingecheck.jobs.addresses import AddressError

    if out is not None and "://" not in out and Path(out).exists() and not Path(out).is_dir():
        raise typer.BadParameter(_("{out} is a file, not a folder").format(out=out), param_hint="--out")
    try:
        video_list = video_sources.find(videos)
    except AddressError as error:
        raise typer.BadParameter(str(error), param_hint="VIDEO...") from error
    folders = video_sources.result_folders(video_list, out)
    return [(source.address, folder) for source, folder in zip(video_list, folders, strict=True)]


def tasks(sources: Sequence[tuple[str, str]], options: Options, **how: bool) -> list[VideoTask]:
    """What is to be done with each video."""
    from hingecheck.jobs.video_task import VideoTask

    return [VideoTask(address, folder, options, language=current(), **how) for address, folder in sources]


def root(out: str | None) -> str:
    """Return the folder for what is written once for all videos."""
    from hingecheck.jobs import video_sources

    return video_sources.DEFAULT_ROOT if out is None else out.rstrip("/")


def measured(file: Path | None, quantity: str | None, inner: bool, videos: int) -> HandMeasurements | None:
    """The angles measured by hand that the video is to be compared with."""
    if file is None:
        if quantity is not None or inner:
            raise typer.BadParameter(_("needs --truth "
                                       "FILE"), param_hint="--truth-inner" if inner else "--truth-quantity")
        return None
    if videos > 1:
        raise typer.BadParameter(_("belongs to one video, got {videos}").format(videos=videos), param_hint="--truth")
    from hingecheck.validation.hand_measurements import read
    from hingecheck.validation.number_format import HandFileError

    try:
        return read(file, quantity, inner)
    except HandFileError as error:
        raise typer.BadParameter(str(error), param_hint="--truth") from error


def programme(name: str | None, parts: bool, others: Mapping[str, bool]) -> Programme | None:
    """The programme that the video shows; `others` are the options that do not go with parts, and whether given."""
    wrong = next((option for option, is_given in others.items() if is_given), None)
    if wrong is not None and (parts or name is not None):
        raise typer.BadParameter(_("does not go with {value}: each part is judged by its own exercise").format(
                                     value="--parts" if parts else "--programme"), param_hint=wrong)
    if name is None:
        return None
    from exercises.programme_library import load_programmes
    from exercises.tomlfile import ExerciseError

    try:
        known = load_programmes()
        return known.file(Path(name)) if name.endswith(".toml") else known.entry(name).programme
    except ExerciseError as error:
        raise typer.BadParameter(str(error), param_hint="--programme") from error


def of_programme(known: dict[str, Exercise], of_video: Programme | None) -> dict[str, Exercise]:
    """The exercises that a video may show: those of its programme alone, where it has one."""
    if of_video is None:
        return known
    from exercises.library import load_library
    from exercises.programme_library import exercises_of

    return exercises_of(of_video, known, load_library().exercise)
