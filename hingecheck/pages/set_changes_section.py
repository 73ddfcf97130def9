"""Draw what a set is called, its tags and whose it is, each with a way to change it, and to take the change back."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from uuid import UUID

import streamlit as st

from hingecheck.history import people, remarks, set_changes, tags
from hingecheck.history.connection import History
from hingecheck.history.records import SavedSet
from hingecheck.pages import elements, state, visitors
from language.translate import _

#: Session state: set id, what was changed in words, and what takes it back.
_UNDO = "set_change_undo"


def draw_undo(history: History, set_id: UUID) -> None:
    """Say what was last changed about this set in this window, with a button that takes it back."""
    last: tuple[UUID, str, Callable[[History], object]] | None = st.session_state.get(_UNDO)
    if last is None or last[0] != set_id:
        return
    with st.container(horizontal=True, key="undo-change", vertical_alignment="center"):
        elements.piece("kicker", texts=[last[1]])
        if st.button(_("Undo"), key="undo-change-button"):
            with state.report_errors():
                last[2](history)
                st.session_state.pop(_UNDO)
                st.rerun()


def draw(history: History, saved: SavedSet) -> None:
    """Draw the tags of a set, and the forms that change tags, name and person."""
    own = visitors.may_change(history, saved.person.id)
    words = tags.words(saved.notes)
    if words:
        elements.piece("kicker", texts=[f"#{word}" for word in words])
    title = _("Name, tags, person") if own else _("Tags")
    with st.expander(title):
        if own:
            _draw_name(history, saved)
        _draw_tags(history, saved, words)
        if own:
            _draw_move(history, saved)


def _draw_name(history: History, saved: SavedSet) -> None:
    set_id = saved.line.id
    with st.form(f"rename-{set_id}", border=False):
        name = st.text_input(_("Name of the set"), value=saved.line.video, max_chars=200)
        if st.form_submit_button(_("Save name")) and name.strip() != saved.line.video:
            with state.report_errors():
                before = set_changes.rename(history, set_id, name.strip())
                _done(set_id, _("The set is now called {name}.").format(name=name.strip()),
                      partial(set_changes.rename, set_id=set_id, name=before))


def _draw_tags(history: History, saved: SavedSet, words: tuple[str, ...]) -> None:
    set_id = saved.line.id
    with st.form(f"tag-{set_id}", border=False, clear_on_submit=True):
        word = st.text_input(_("Tag, one word"), max_chars=41)
        if st.form_submit_button(_("Add tag")) and word.strip():
            with state.report_errors():
                after = tags.add(history, set_id, word, state.author() or remarks.SELF)
                for added in set(after) - set(words):
                    _done(set_id, _("Tagged with {tag}.").format(tag=added),
                          partial(tags.remove, set_id=set_id, word=added))
    for tag in words:
        if st.button(_("Remove the tag {tag}").format(tag=elements.plain(tag)), key=f"untag-{tag}"):
            with state.report_errors():
                tags.remove(history, set_id, tag)
                _done(set_id, _("The tag {tag} is removed.").format(tag=tag),
                      partial(tags.add, set_id=set_id, word=tag, author=state.author() or remarks.SELF))


def _draw_move(history: History, saved: SavedSet) -> None:
    set_id, before = saved.line.id, saved.person
    others = {one.id: one.name for one in people.everyone(history)
              if one.id != before.id and visitors.may_change(history, one.id)}
    if not others:
        return
    with st.form(f"move-{set_id}", border=False):
        chosen = st.selectbox(_("Move this set to"), list(others), index=None, placeholder=_("Choose a person"),
                              format_func=others.__getitem__)
        if st.form_submit_button(_("Move the set")) and chosen is not None:
            with state.report_errors():
                set_changes.move(history, set_id, chosen)
                _done(set_id, _("The set is now {person}'s.").format(person=others[chosen]),
                      partial(set_changes.move, set_id=set_id, person_id=before.id))


def _done(set_id: UUID, text: str, undo: Callable[[History], object]) -> None:
    st.session_state[_UNDO] = (set_id, text, undo)
    st.rerun()
