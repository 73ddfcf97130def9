"""Draw a list of sets, newest day first: exercise, key image, side, what came of each rep; each opens its review."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from itertools import groupby
from pathlib import Path

import streamlit as st

from exercises.results import Rep
from hingecheck.history import files, sets, tags
from hingecheck.history.connection import History
from hingecheck.history.records import SavedSet, SetLine
from hingecheck.pages import deletion, elements, page_words, state
from hingecheck.report import set_sentences, verdict_words
from hingecheck.report.relabelled import relabelled
from language import numbers
from language.translate import _
from language.words import listed
from pose.frames import reduced
from pose.io.image_codec import decode_image, encode_jpeg

#: Of a thumbnail, pixels: twice as many as it takes on a page.
_THUMBNAIL_PX, _THUMBNAIL_QUALITY = 240, 80


def draw(history: History, lines: Iterable[SetLine]) -> None:
    """Draw one row per set under the day on which it was made, in the given order."""
    kept = [line for line in lines if not deletion.is_pending(line.id)]
    for day, of_day in groupby(kept, lambda line: line.made_at.astimezone(state.zone()).date()):
        st.subheader(_day(day, datetime.now(state.zone()).date()), anchor=False)
        with st.container(key=f"sets-{day}"):
            for line in of_day:
                _draw_row(history, line)


def _day(day: date, today: date) -> str:
    days = (today - day).days
    return {0: _("Today"), 1: _("Yesterday")}.get(days) or numbers.day(day, "full")


def _draw_row(history: History, line: SetLine) -> None:
    saved = sets.load(history, line.id)
    verdicts = {relabel.rep: relabel.verdict for relabel in saved.relabels}
    report = relabelled(saved.report, verdicts)
    headline = set_sentences.headline(report, set_sentences.good_word(saved.exercise))
    with st.container(key=f"set-row-{line.id}"):
        elements.piece("tile_picture", source=_thumbnail(history, saved))
        name = page_words.exercise_name(line.exercise, saved.exercise.name)
        if st.button(elements.plain(name), key=f"set-{line.id}", width="stretch"):
            state.go("review", set=str(line.id))
        looks = [(verdict_words.look_of(rep), rep.borderline) for rep in report.reps]
        details = facts(line, report.reps, tags.words(saved.notes))
        elements.piece("set_row", headline=headline, looks=looks, texts=details)


def facts(line: SetLine, reps: Iterable[Rep], words: Iterable[str]) -> list[str]:
    """Return what stands in a row below the reps: time, sides, name of the video, tags."""
    names = sorted({rep.side for rep in reps if rep.side})
    sides = [listed([_(side) for side in names])] if names else []
    return [f"{line.made_at.astimezone(state.zone()):%H:%M}", *sides, line.video, *(f"#{word}" for word in words)]


def _thumbnail(history: History, saved: SavedSet) -> str:
    """Return the address of a small key image of the set's first rep; "" where it has none."""
    paths = files.key_image_paths(history, saved.line.id)
    return _small(str(next(iter(paths.values())))) if paths else ""


@st.cache_data(max_entries=500, show_spinner=False)
def _small(path: str) -> str:
    image = decode_image(Path(path).read_bytes())
    return "" if image is None else elements.source(encode_jpeg(reduced(image, _THUMBNAIL_PX), _THUMBNAIL_QUALITY))
