"""Draw what a set's video says of itself: the day it was filmed, that it was saved before, and how fast it plays."""

from __future__ import annotations

from datetime import datetime

import streamlit as st

from hingecheck.history import copies
from hingecheck.history.records import SavedSet
from hingecheck.jobs import saving
from hingecheck.pages import page_words, slow_motion_question, state
from language.translate import _


def draw(saved: SavedSet) -> None:
    """Draw the facts; nothing where there is nothing to say."""
    filmed = saving.filmed_at(saved.report)
    today = page_words.day(datetime.now(state.zone()))
    if filmed is not None and filmed == saved.line.made_at and page_words.day(filmed) != today:
        st.caption(_("Filmed on {day}: this set counts for that day.").format(day=page_words.day(filmed)))
    for other in copies.copies(state.history(), saved.person.id, saved.report):
        if other.id != saved.line.id:
            day = page_words.day(other.made_at)
            st.caption(_("The same video is also the set of {day}. It counts once.").format(day=day))
            state.link("review", _("Open that set"), set=str(other.id))
    slow_motion_question.draw(saved)

