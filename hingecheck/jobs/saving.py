"""A finished job -> the history; a set of the history -> its report's files again."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from exercises.aftercare import with_answers
from exercises.exercise_model import Exercise
from exercises.results import SetReport
from exercises.safety import Answers
from hingecheck.history import files, sets
from hingecheck.history.connection import History
from hingecheck.history.records import NewSet, SavedSet
from hingecheck.jobs.video_job import VideoResult
from hingecheck.report import data_files, html_report, pdf_report, wording


def save_set(history: History, result: VideoResult, exercise: Exercise, person_id: UUID, video: bool = False,
         session_id: UUID | None = None) -> UUID:
    """Keep what came of one video; the annotated video only when the person wants it.

    Raises
    ------
    HistoryError
        It cannot be kept; then nothing of it is.
    """
    film = result.files.get("video") if video else None
    new = NewSet(result.report, exercise, result.analysis.track, result.key_images, film)
    return sets.save(history, new, person_id, session_id)


def with_later_answers(saved: SavedSet) -> SetReport:
    """Return the report with the after-set answers that came later, and what follows from them."""
    if saved.answers is None:
        return saved.report
    return with_answers(saved.report, saved.exercise, Answers(pain=saved.answers.pain, felt=saved.answers.felt))


def remarks(saved: SavedSet) -> tuple[str, ...]:
    """Return what people said about a set, a line each: other verdicts beside the original ones, then notes."""
    marks = (f"Rep {one.rep}: {one.author} says {wording.look(one.verdict).word!r}, judged "
             f"{wording.look(one.original).word!r}. {one.note}".rstrip() for one in saved.relabels)
    return (*marks, *(f"{note.author}: {note.text}" for note in saved.notes))


def saved_report_page(history: History, saved: SavedSet) -> str:
    """Return the report of a kept set as HTML, as of the day it was made, with what was said about it since."""
    set_id = saved.line.id
    return html_report.render(with_later_answers(saved), files.track(history, set_id), saved.exercise,
                       files.key_images(history, set_id), saved.line.made_at.astimezone(), said=remarks(saved))


def write_saved_report(history: History, saved: SavedSet, folder: Path) -> dict[str, Path]:
    """Write report.html, report.json, reps.csv and series.csv of a kept set into a folder, which is made if need be.

    Raises
    ------
    ReportError
        When the folder cannot be made or written.
    """
    written = data_files.write_data(folder, saved.report, files.track(history, saved.line.id))
    written["html"] = data_files.write_text(folder / "report.html", saved_report_page(history, saved))
    return written


def saved_report_pdf(history: History, saved: SavedSet) -> bytes:
    """Return the report of a saved set as PDF, with what was said about it since it was judged."""
    set_id = saved.line.id
    return pdf_report.render(pdf_report.PdfContent(
        with_later_answers(saved), saved.exercise, saved.person.name, saved.line.made_at, files.track(history, set_id),
        files.key_pictures(history, set_id), remarks(saved)))
