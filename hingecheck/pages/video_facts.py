"""Draw what a set's video says of itself: the day it was filmed, that it was saved before, and how fast it plays."""

from __future__ import annotations

from datetime import datetime

import streamlit as st

from hingecheck.history import queries
from hingecheck.history.records import SavedSet
from hingecheck.pages import slow_motion, state


def draw(saved: SavedSet) -> None:
    """Draw the facts; nothing where there is nothing to say."""
    filmed = saved.report.recorded_at
    if filmed is not None and filmed == saved.line.made_at and _day(filmed) != _day(datetime.now(state.zone())):
        st.caption(f"Filmed on {_day(filmed)}: this set counts for that day.")
    for other in queries.copies(state.history(), saved.person.id, saved.report):
        if other.id != saved.line.id:
            st.caption(f"The same video is also the set of {_day(other.made_at)}. It counts once.")
            state.link("review", "Open that set", set=str(other.id))
    slow_motion.draw(saved)


def _day(moment: datetime) -> str:
    return f"{moment.astimezone(state.zone()):%d %B %Y}"
