"""Draw whom a person lets see their sets, with a tick for each therapist."""

from __future__ import annotations

import streamlit as st

from hingecheck.history import consents
from hingecheck.history.connection import History
from hingecheck.history.records import Person
from hingecheck.pages import elements, state, visitors
from language.translate import _


def draw(history: History, person: Person) -> None:
    """Draw the section, where there are therapists and the window is this person's."""
    if history.viewer is None or not visitors.may_change(history, person.id):
        return
    therapists = consents.therapists(history, person.id)
    st.header(_("Who sees these sets"), anchor=False)
    if not therapists:
        st.write(_("Only this person and the owner of this server. There is no account of a therapist yet."))
        return
    st.write(_("A therapist with a tick sees the sets, their pictures, videos and answers, and can comment on them "
               "and prescribe. Take the tick away and they see nothing from then on."))
    for therapist in therapists:
        agreed = st.checkbox(elements.plain(therapist.name), value=therapist.has_agreed,
                             key=f"agree-{person.id}-{therapist.account_id}")
        if agreed != therapist.has_agreed:
            with state.report_errors():
                consents.agree(history, person.id, therapist.account_id, agreed)
                st.rerun()
