"""A finished job -> the history; a set of the history -> its report's files again."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from coach import html, report, wording
from coach.history import files, sets
from coach.history.connection import History
from coach.history.records import NewSet, SavedSet
from coach.job import Done
from exercises.aftercare import with_answers
from exercises.model import Exercise
from exercises.outcome import SetReport
from exercises.safety import Answers


def keep(history: History, done: Done, exercise: Exercise, person_id: UUID, video: bool = False,
         session_id: UUID | None = None) -> UUID:
    """Keep what came of one video; the annotated video only when the person wants it.

    Raises
    ------
    HistoryError
        It cannot be kept; then nothing of it is.
    """
    analysis = done.analysis
    new = NewSet(done.report, exercise, None if analysis is None else analysis.track,
                 {} if analysis is None else analysis.key_images, done.files.get("video") if video else None)
    return sets.save(history, new, person_id, session_id)


def answered(saved: SavedSet) -> SetReport:
    """Return the report with the after-set answers that came later, and what follows from them."""
    if saved.answers is None:
        return saved.report
    return with_answers(saved.report, saved.exercise, Answers(pain=saved.answers.pain, felt=saved.answers.felt))


def said(saved: SavedSet) -> tuple[str, ...]:
    """Return what people said about a set, a line each: other verdicts beside the original ones, then notes."""
    marks = (f"Rep {one.rep}: {one.author} says {wording.look(one.verdict).word!r}, judged "
             f"{wording.look(one.original).word!r}. {one.note}".rstrip() for one in saved.relabels)
    return (*marks, *(f"{note.author}: {note.text}" for note in saved.notes))


def page(history: History, saved: SavedSet) -> str:
    """Return the report of a kept set as HTML, as of the day it was made, with what was said about it since."""
    set_id = saved.line.id
    return html.render(answered(saved), files.track(history, set_id), saved.exercise,
                       files.key_images(history, set_id), saved.line.made_at.astimezone(), said=said(saved))


def write(history: History, saved: SavedSet, folder: Path) -> dict[str, Path]:
    """Write report.html, report.json, reps.csv and series.csv of a kept set into a folder, which is made if need be.

    Raises
    ------
    ReportError
        When the folder cannot be made or written.
    """
    written = report.write_data(folder, saved.report, files.track(history, saved.line.id))
    written["html"] = report.write_text(folder / "report.html", page(history, saved))
    return written
