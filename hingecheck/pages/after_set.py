"""What a person says about a set: the after-set questions with what follows from them, and notes."""

from __future__ import annotations

import streamlit as st

from exercises.aftercare import care, labels
from exercises.safety import LEAST_PAIN, MOST_PAIN, Weight
from hingecheck.history import remarks
from hingecheck.history.connection import History
from hingecheck.history.records import SavedSet
from hingecheck.jobs import saving
from hingecheck.pages import elements, state


def questions(history: History, saved: SavedSet) -> None:
    """Ask, and say what follows."""
    st.header("After the set", anchor=False)
    given = saving.with_later_answers(saved).answers
    if given is not None:
        pain = "pain not said" if given.pain is None else f"pain {given.pain} of 10"
        elements.piece("kicker", texts=["You answered", pain, *labels(given.felt)])
        for advice in given.advice:
            (st.error if advice.weight is Weight.STOP else st.warning)(elements.plain(advice.say))
        if not given.advice:
            st.success("Nothing speaks against going on as you do.")
    asked = {question.id: question for question in care().questions}
    places = {choice.id: choice.label for choice in asked["felt"].choices}
    with st.expander("Answer again" if given is not None else "Two questions", expanded=given is None), \
            st.form(f"questions-{saved.line.id}", border=False):
        pain_now = st.select_slider(asked["pain"].ask, ["not said", *range(LEAST_PAIN, MOST_PAIN + 1)],
                                    value="not said" if given is None or given.pain is None else given.pain)
        felt = st.pills(asked["felt"].ask, list(places), selection_mode="multi", format_func=lambda one: places[one],
                        default=list(given.felt) if given is not None else None)
        if st.form_submit_button("Save answers"):
            with state.shown_errors():
                remarks.answer(history, saved.line.id, None if isinstance(pain_now, str) else pain_now, felt)
                st.rerun()


def notes(history: History, saved: SavedSet) -> None:
    """Show the notes about the set, and take another."""
    for note in saved.notes:
        with st.container(border=True):
            elements.piece("kicker", texts=[note.author, f"{note.made_at.astimezone(state.zone()):%d %B %Y, %H:%M}"])
            elements.sentences([note.text])
    with st.expander("Add a note"), st.form(f"note-{saved.line.id}", border=False, clear_on_submit=True):
        text = st.text_area("Note", max_chars=20_000)
        if st.form_submit_button("Save note") and text.strip():
            with state.shown_errors():
                remarks.add_note(history, saved.person.id, text, set_id=saved.line.id)
                st.rerun()
