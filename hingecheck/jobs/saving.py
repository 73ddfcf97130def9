"""Save the result of a video in the history, and write the report of a saved set again."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from markupsafe import Markup

from exercises.aftercare import with_answers
from exercises.exercise_model import Exercise
from exercises.results import SetReport
from exercises.safety import Answers
from hingecheck.history import files, hand_angles, sets, tags
from hingecheck.history.connection import History
from hingecheck.history.records import NewSet, SavedSet
from hingecheck.jobs.video_job import VideoResult
from hingecheck.report import data_files, html_report, pdf_report, verdict_words
from hingecheck.report.charts import agreement_plot
from hingecheck.validation.clicked_angles import as_table
from language.translate import _


def save_set(history: History, result: VideoResult, exercise: Exercise, person_id: UUID, video: bool = False,
             session_id: UUID | None = None, made_at: datetime | None = None) -> UUID:
    """Save the set of a video; with `video`, its annotated video too.

    Parameters
    ----------
    made_at : datetime, optional
        When it was done, with its time zone; default: when the video was filmed, else now.

    Raises
    ------
    HistoryError
        The set cannot be saved; then nothing of it is in the history.
    """
    annotated_video = result.files.get("video") if video else None
    new = NewSet(result.report, exercise, result.analysis.track, result.key_images, annotated_video,
                 made_at or filmed_at(result.report))
    return sets.save(history, new, person_id, session_id)


def filmed_at(report: SetReport) -> datetime | None:
    """Return when a set was filmed, which is later than the beginning of its video where it is a part of that."""
    return None if report.recorded_at is None else report.recorded_at + timedelta(seconds=report.starts_s or 0.0)


def with_later_answers(saved: SavedSet) -> SetReport:
    """Return the report with the after-set answers given since, and the advice that follows from them."""
    if saved.answers is None:
        return saved.report
    return with_answers(saved.report, saved.exercise, Answers(pain=saved.answers.pain, felt=saved.answers.felt))


def with_hand_angles(history: History, saved: SavedSet, report: SetReport) -> tuple[SetReport, dict[str, Markup]]:
    """Return the report with the agreement of the angles that were clicked on frames of the set, and a plot of each.

    While no quantity has enough of them, the report is as it was. The agreement with a table of another quantity stays.
    """
    clicked = as_table([one.angle for one in hand_angles.of_set(history, saved.line.id)], _("the clicked angles"))
    if clicked is None:
        return report, {}
    compared, plots = agreement_plot.with_plots(report, files.load_track(history, saved.line.id), clicked)
    others = tuple(line for line in report.agreement if line.quantity not in plots)
    return compared.model_copy(update={"agreement": (*others, *compared.agreement)}), plots


def remark_lines(saved: SavedSet) -> tuple[str, ...]:
    """Return the remarks of people about a set, one line each: relabels beside the original verdicts, then notes."""
    relabels = (_("Rep {rep}: {author} says {verdict!r}, judged {original!r}. {note}").format(
        rep=relabel.rep, author=relabel.author, verdict=verdict_words.look(relabel.verdict).word,
        original=verdict_words.look(relabel.original).word, note=relabel.note).rstrip() for relabel in saved.relabels)
    return (*relabels, *(f"{note.author}: {note.text}" for note in saved.notes if not tags.is_tag(note)))


def saved_report_page(history: History, saved: SavedSet) -> str:
    """Return the report of a saved set as HTML, dated as it was judged, with the remarks made since."""
    set_id = saved.line.id
    report, plots = with_hand_angles(history, saved, with_later_answers(saved))
    return html_report.render(
        report, files.load_track(history, set_id), saved.exercise, files.load_key_images(history, set_id),
        saved.line.made_at.astimezone(), plots, remark_lines(saved))


def write_saved_report(history: History, saved: SavedSet, folder: Path) -> dict[str, Path]:
    """Write report.html, report.json, reps.csv and series.csv of a saved set into a folder, created if missing.

    Raises
    ------
    ReportError
        The folder cannot be created or written.
    """
    paths = data_files.write_data(folder, saved.report, files.load_track(history, saved.line.id))
    paths["html"] = data_files.write_text(folder / "report.html", saved_report_page(history, saved))
    return paths


def saved_report_pdf(history: History, saved: SavedSet) -> bytes:
    """Return the report of a saved set as PDF, with the remarks made since it was judged."""
    set_id = saved.line.id
    return pdf_report.render(pdf_report.PdfContent(
        with_later_answers(saved), saved.exercise, saved.person.name, saved.line.made_at,
        files.load_track(history, set_id), files.key_image_paths(history, set_id), remark_lines(saved)))
