"""Draw a list of sets as buttons that open their reviews."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from hingecheck.history.records import SetLine
from hingecheck.pages import elements, state


def draw(lines: Iterable[SetLine]) -> None:
    """Draw one button per set, in the given order."""
    for line in lines:
        when = f"{line.made_at.astimezone(state.zone()):%d %B %Y, %H:%M}"
        if st.button(elements.plain(f"{when}: {line.headline} ({line.video})"), key=f"set-{line.id}", width="stretch"):
            state.go("review", set=str(line.id))
