"""Your own programmes: each with how long it takes, to change, delete or do live; and a form that makes a new one."""

from __future__ import annotations

from functools import partial

import streamlit as st

from exercises.programme import Programme
from exercises.programme_draft import ProgrammeDraft, copy_of, draft_of, new_draft
from exercises.programme_library import ProgrammeEntry, Programmes, load_programmes
from exercises.tomlfile import ExerciseError
from hingecheck.pages import deletion, elements, programme_form, programme_list, state, visitors
from hingecheck.progress import own_programmes
from language.translate import _

#: Session state: what is being made; what is said once after it.
_DRAFT, _NOTICE = "programme_draft", "programme_notice"
_FIRST_EXERCISE = "hip_hinge"


def page() -> None:
    """Draw the page."""
    st.title(_("Your own programmes"), anchor=False)
    notice = st.session_state.pop(_NOTICE, None)
    if notice is not None:
        st.success(elements.plain(notice))
    programmes = programme_list.visible_programmes()
    is_keeper = visitors.is_keeper(state.history())
    draft: ProgrammeDraft | None = st.session_state.get(_DRAFT)
    if draft is not None and is_keeper:
        _draw_draft(draft, programmes)
        return
    for entry in programmes.entries.values():
        if entry.origin is not None:
            _draw_own(entry, programmes, is_keeper)
    if not is_keeper:
        st.info(programme_list.who_may())
        return
    _draw_beginning(programmes)
    for file in programmes.invalid:
        st.text("\n".join(f"{file.origin}: {problem}" for problem in file.problems))
    st.caption(elements.plain(_("Each is a file in {folder}.").format(folder=programmes.folder)))


def _draw_own(entry: ProgrammeEntry, programmes: Programmes, is_keeper: bool) -> None:
    """Draw a programme of the person's own with what can be done with it."""
    one = entry.programme
    with st.container(border=True, key=f"own-programme-{one.id}"):
        elements.piece("titled", title=_(one.name), text=_(one.summary))
        programme_list.draw_facts(one, programmes)
        with st.container(horizontal=True):
            if st.button(_("Do it live"), key=f"live-{one.id}"):
                state.go("live", programme=one.id)
            if st.button(_("Your week"), key=f"week-{one.id}"):
                state.go("progress", programme=one.id)
            if is_keeper and st.button(_("Change"), key=f"change-{one.id}"):
                _begin(draft_of(one, programmes.exercises.exercise))
            if is_keeper and st.button(_("Delete"), key=f"delete-{one.id}"):
                assert entry.origin is not None
                deletion.begin(entry.origin, _(one.name), partial(own_programmes.delete, entry.origin),
                               partial(state.go, "programme"))
                st.rerun()


def _draw_beginning(programmes: Programmes) -> None:
    """Draw what a new programme begins with."""
    st.header(_("Make your own programme"), anchor=False)
    known: dict[str, Programme] = {name: entry.programme for name, entry in programmes.entries.items()}
    names = ["", *known]
    asked = st.query_params.get("programme", "")
    name = st.selectbox(
        _("Begin with"), names, index=names.index(asked) if asked in known else 0, key="programme_begin",
        format_func=lambda name: _("A copy of: {name}").format(name=_(known[name].name)) if name else _("One exercise"))
    if st.button(_("Begin"), type="primary"):
        find = programmes.exercises.exercise
        _begin(copy_of(known[name], find) if name else new_draft(find(_FIRST_EXERCISE)))


def _begin(draft: ProgrammeDraft) -> None:
    st.session_state[_DRAFT] = draft
    st.rerun()


def _draw_draft(draft: ProgrammeDraft, programmes: Programmes) -> None:
    """Draw the form, and below it the way out: saved, or not."""
    programme_form.draw(draft, programmes)
    with st.container(horizontal=True):
        is_saved = st.button(_("Save the programme"), type="primary")
        with st.popover(_("Do not save")):
            if st.button(_("Throw away what is typed")):
                st.session_state.pop(_DRAFT)
                st.rerun()
    if is_saved:
        _save(draft)


def _save(draft: ProgrammeDraft) -> None:
    own = load_programmes().entries.get(draft.id)
    if own is not None and own.origin is not None:
        deletion.take_back(own.origin)  # asked for in another window meanwhile
    try:
        saved = own_programmes.save(draft)
    except ExerciseError as error:
        st.error(_("This programme cannot be saved yet."))
        st.text("\n".join(error.problems))
        return
    st.session_state.pop(_DRAFT)
    st.session_state[_NOTICE] = _("{name} is saved.").format(name=saved.name)
    st.rerun()
