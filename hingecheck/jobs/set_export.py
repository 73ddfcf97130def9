"""A saved set, a folder of results or a fresh analysis -> the set as the formats of other programs take it."""

from __future__ import annotations

from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from pydantic import ValidationError

from exercises.library import load_library
from exercises.results import SetReport
from exercises.tomlfile import ExerciseError
from hingecheck.analysis import rejudge
from hingecheck.formats.measured_set import FormatError, MeasuredSet
from hingecheck.history import files
from hingecheck.history.connection import History
from hingecheck.history.records import SavedSet
from hingecheck.jobs import saving
from language.translate import _

REPORT = "report.json"


def of_saved(history: History, saved: SavedSet) -> MeasuredSet:
    """Return a set of the history, with the answers given since it was judged."""
    return MeasuredSet(saving.with_later_answers(saved), files.load_track(history, saved.line.id), saved.exercise.name,
                       saved.line.made_at.astimezone(), saved.person.name, saved.line.id)


def of_folder(folder: Path) -> MeasuredSet:
    """Return the set whose results lie in a folder, as `hingecheck analyse` writes them.

    Raises
    ------
    FormatError
        There is no report in it, or it cannot be read.
    RowsFileError
        What was measured cannot be read.
    """
    try:
        report = SetReport.model_validate_json((folder / REPORT).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, ValidationError) as error:
        raise FormatError(_("{folder}: there is no {file} of HingeCheck in this folder. Give a folder that "
                            "hingecheck analyse wrote, or a saved set.").format(
                              folder=folder, file=REPORT)) from error
    # The same results give the same ids, so that a second export is recognised.
    return MeasuredSet(report, rejudge.measured(folder), exercise_name(report.exercise),
                       id=uuid5(NAMESPACE_URL, report.model_dump_json()))


def exercise_name(exercise: str) -> str:
    """Return what a person calls an exercise; its id where it is no longer known."""
    try:
        return load_library().exercise(exercise).name
    except ExerciseError:
        return exercise
