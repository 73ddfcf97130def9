"""Offer some weeks of a person on one page, as PDF: made on the click, for whoever treats them."""

from __future__ import annotations

from datetime import date, datetime

import streamlit as st

from exercises.library import load_library
from hingecheck.history.connection import History
from hingecheck.history.records import Person
from hingecheck.pages import language_choice, state
from hingecheck.progress import weeks_pdf, weeks_summary
from language.translate import _

#: Where everything is asked for.
_ALL_WEEKS = 520
_OLDEST = date(1900, 1, 1)


def draw(history: History, person: Person, weeks: int | None) -> None:
    """Draw the section for so many weeks; None = all."""
    with st.expander(_("One page for whoever treats you")):
        left, right = st.columns(2)
        born = left.date_input(_("Born on"), None, _OLDEST, date.today(), key=f"born-{person.id}")
        by = right.text_input(_("Made by"), max_chars=100, key=f"made-by-{person.id}")

        def make() -> bytes:
            now = datetime.now(state.zone())
            summary = weeks_summary.summarise(history, person, weeks or _ALL_WEEKS, now, load_library().exercise)
            return weeks_pdf.render(summary, weeks_pdf.Head(born, by.strip()))

        st.download_button(_("Weeks (PDF)"), language_choice.deferred(make), f"hingecheck-weeks-{date.today()}.pdf",
                           "application/pdf", on_click="ignore", key=f"weeks-{person.id}")
        st.caption(_("What was prescribed and done, how far, what changed beyond the measurement's scatter, and pain, "
                     "in the period chosen above. Both fields may stay empty; they are printed and not saved."))
