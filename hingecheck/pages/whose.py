"""Whose pages these are: the person of this window, large, with a way to change; asked once where there are several.

The browser remembers the last person in a cookie of this address, which holds an id and no name. A second cookie, which
ends with the browser, says that the question was answered.
"""

from __future__ import annotations

from contextlib import suppress
from uuid import UUID

import streamlit as st

from hingecheck.history import people
from hingecheck.history.access import Role
from hingecheck.history.records import Person
from hingecheck.pages import elements, state, visitors
from hingecheck.pages.browser_part import browser_part
from language.translate import _

#: Cookies.
LAST, ANSWERED = "hingecheck_person", "hingecheck_answered"
_ANSWERED, _YES = "person_answered", "1"


def current() -> Person | None:
    """Return the person of this window, else the last one of this browser, else the first; None where there is none."""
    profiles = people.everyone(state.history())
    known = {profile.id: profile for profile in profiles}
    for person_id in (state.person_id(), _remembered()):
        if person_id in known:
            return known[person_id]
    return next(iter(profiles), None)


def draw() -> Person | None:
    """Draw the name of the person whose page this is, where there are several; return the person."""
    person, profiles = current(), people.everyone(state.history())
    if person is None:
        _end_without_profile()
    if person is not None and len(profiles) > 1:
        with st.container(horizontal=True, vertical_alignment="center", key="whose"):
            elements.piece("whose", person=person.name)
            with st.popover(_("Change person")):
                for other in profiles:
                    if other.id != person.id:
                        _draw_choice(other, "change")
    return person


def _end_without_profile() -> None:
    """Say on a shared server why there is no person, and end the page; at home the first set makes one."""
    own_view = state.history()
    if visitors.is_keeper(own_view):
        return
    st.info(_("Nobody has agreed yet that you see their sets. Each person does so on their page People.")
            if own_view.viewer is not None and own_view.viewer.role is Role.THERAPIST else
            _("Your account has no profile yet. Ask the person who runs this server to give it one."))
    st.stop()


def is_asked() -> bool:
    """Return whether the person is to be asked for whom a set is: several people, and no answer in this browser yet."""
    answered = st.session_state.get(_ANSWERED) or _cookie(ANSWERED) == _YES
    return len(people.everyone(state.history())) > 1 and not answered


def ask() -> None:
    """Ask for whom the next sets are, with a large button per person, the last one first."""
    last = current()
    st.title(_("Who is this for?"), anchor=False)
    with st.container(key="who"):
        for person in sorted(people.everyone(state.history()), key=lambda one: last is None or one.id != last.id):
            _draw_choice(person, "ask", "primary" if last is not None and person.id == last.id else "secondary")
    elements.piece("kicker", texts=[_("The name stays at the top of each page. You can change it there.")])


def remember() -> None:
    """Let the browser remember the person of this window, if one was chosen in it."""
    person_id = state.person_id()
    if person_id is not None:
        answered = ANSWERED if st.session_state.get(_ANSWERED) else ""
        browser_part("whose")(data={"name": LAST, "value": str(person_id), "answered": answered}, key="whose_out")


def _draw_choice(person: Person, key: str, kind: str = "secondary") -> None:
    st.button(elements.plain(person.name), key=f"{key}-{person.id}", type=kind,  # type: ignore[arg-type]
              on_click=choose, args=(person.id,), width="stretch")


def choose(person_id: UUID) -> None:
    """Make a person the one of this window, as an answer."""
    state.choose_person(person_id)
    st.session_state[_ANSWERED] = True


def _remembered() -> UUID | None:
    with suppress(ValueError):
        return UUID(_cookie(LAST))
    return None


def _cookie(name: str) -> str:
    return st.context.cookies.get(name, "")
