"""Draw the download buttons of a saved set: page, PDF, tables, JSON, video. A file is made on the click."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import streamlit as st

from hingecheck.history import files
from hingecheck.history.connection import History
from hingecheck.history.records import SavedSet
from hingecheck.jobs import saving
from hingecheck.pages import language_choice, other_programs
from hingecheck.report import data_files
from language.translate import _


def draw(history: History, saved: SavedSet, video: Path | None) -> None:
    """Draw the buttons."""
    st.header(_("Export"), anchor=False)
    st.caption(_("Files for you or for somebody who treats you. Nothing is sent anywhere."))
    stem = f"hingecheck-{saved.line.made_at:%Y-%m-%d}-{str(saved.line.id)[:8]}"
    downloads: list[tuple[str, str, str, Callable[[], str | bytes]]] = [
        (_("Report (HTML)"), "html", "text/html", partial(saving.saved_report_page, history, saved)),
        (_("Report (PDF)"), "pdf", "application/pdf", partial(saving.saved_report_pdf, history, saved)),
        (_("Reps (CSV)"), "reps.csv", "text/csv", partial(data_files.reps_csv, saved.report)),
        (_("Everything (JSON)"), "json", "application/json", lambda: data_files.to_json(
            saving.with_hand_angles(history, saved, saving.with_later_answers(saved))[0]))]
    track = files.load_track(history, saved.line.id)
    if track is not None:
        downloads.append((_("Curves (CSV)"), "series.csv", "text/csv", partial(data_files.series_csv, track)))
    if video is not None:
        downloads.append((_("Video (MP4)"), "mp4", "video/mp4", video.read_bytes))
    with st.container(horizontal=True):
        for label, suffix, mime, make in downloads:
            st.download_button(label, language_choice.deferred(make), f"{stem}.{suffix}", mime,
                               key=f"export-{suffix}", on_click="ignore")
    other_programs.draw(history, saved, stem)
