"""Draw the after-set questions with the advice that follows from the answers, and the notes on a set."""

from __future__ import annotations

import streamlit as st

from exercises.aftercare import care, labels
from exercises.safety import LEAST_PAIN, MOST_PAIN, Weight
from hingecheck.history import remarks, tags
from hingecheck.history.connection import History
from hingecheck.history.records import SavedSet
from hingecheck.jobs import saving
from hingecheck.pages import elements, page_words, state
from language.translate import _, mark

_NO_ANSWER = mark("not given")


def draw_questions(history: History, saved: SavedSet) -> None:
    """Draw the saved answers with their advice, and the form for new ones."""
    st.header(_("After the set"), anchor=False)
    answers = saving.with_later_answers(saved).answers
    if answers is not None:
        pain = _("pain not given") if answers.pain is None else _("pain {pain} of 10").format(pain=answers.pain)
        elements.piece("kicker", texts=[_("Your answers"), pain, *labels(answers.felt)])
        for advice in answers.advice:
            (st.error if advice.weight is Weight.STOP else st.warning)(elements.plain(_(advice.say)))
        if not answers.advice:
            st.success(_("You can continue as before."))
    questions = {question.id: question for question in care().questions}
    places = {choice.id: choice.label for choice in questions["felt"].choices}
    with st.expander(_("Answer again") if answers is not None else _("Two questions"), expanded=answers is None), \
            st.form(f"questions-{saved.line.id}", border=False):
        new_pain = st.select_slider(_(questions["pain"].ask), [_NO_ANSWER, *range(LEAST_PAIN, MOST_PAIN + 1)],
                                    format_func=lambda one: _(one) if isinstance(one, str) else str(one),
                                    value=_NO_ANSWER if answers is None or answers.pain is None else answers.pain)
        felt = st.pills(_(questions["felt"].ask), list(places), selection_mode="multi",
                        format_func=lambda place: _(places[place]),
                        default=list(answers.felt) if answers is not None else None)
        if st.form_submit_button(_("Save answers")):
            with state.report_errors():
                remarks.answer(history, saved.line.id, None if isinstance(new_pain, str) else new_pain, felt)
                st.rerun()


def draw_notes(history: History, saved: SavedSet) -> None:
    """Draw the notes on the set, and the form for another."""
    for note in (note for note in saved.notes if not tags.is_tag(note)):
        with st.container(border=True):
            elements.piece("kicker", texts=[note.author, page_words.day_and_time(note.made_at)])
            elements.sentences([note.text])
    with st.expander(_("Add a note")), st.form(f"note-{saved.line.id}", border=False, clear_on_submit=True):
        text = st.text_area(_("Note"), max_chars=20_000)
        if st.form_submit_button(_("Save note")) and text.strip():
            with state.report_errors():
                remarks.add_note(history, saved.person.id, text, set_id=saved.line.id,
                                 author=state.author() or remarks.SELF)
                st.rerun()
