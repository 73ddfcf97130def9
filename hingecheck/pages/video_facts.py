"""Draw what a set's video says of itself: its day, its speed, that it was saved before or shows more."""

from __future__ import annotations

from datetime import datetime

import streamlit as st

from hingecheck.history import copies
from hingecheck.history.records import SavedSet
from hingecheck.jobs import saving
from hingecheck.pages import page_words, part_list, slow_motion_question, state
from language.translate import _


def draw(saved: SavedSet) -> None:
    """Draw the facts; nothing where there is nothing to say."""
    filmed = saving.filmed_at(saved.report)
    today = page_words.day(datetime.now(state.zone()))
    if filmed is not None and filmed == saved.line.made_at and page_words.day(filmed) != today:
        st.caption(_("Filmed on {day}: this set counts for that day.").format(day=page_words.day(filmed)))
    cut = part_list.draw_cut(saved.report, state.requests().get(saved.line.id), str(saved.line.id))
    if cut is not None:
        state.analyse(cut)
        state.go("analyse")
    for other in copies.copies(state.history(), saved.person.id, saved.report):
        if other.id != saved.line.id:
            st.caption(_("The same video is also another set: {exercise}, {time}. It counts once.").format(
                exercise=page_words.exercise_name(other.exercise), time=page_words.day_and_time(other.made_at)))
            state.link("review", _("Open that set"), set=str(other.id))
    slow_motion_question.draw(saved)

