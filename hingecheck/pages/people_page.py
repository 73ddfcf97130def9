"""People: profiles, prescriptions, goals and full bend, everything out of and into one archive, deletion that asks."""

from __future__ import annotations

import streamlit as st

from hingecheck.history import archive_export, archive_import, people, queries
from hingecheck.history.connection import History
from hingecheck.history.records import Person
from hingecheck.pages import elements, goals_section, state


def page() -> None:
    """Draw the page."""
    st.title("People")
    history = state.history()
    told = st.session_state.pop("told", None)
    if told is not None:
        st.success(elements.plain(told))
    person = state.person()
    if person is None:
        st.write("Nobody is here yet. The first analysis makes a profile called Me, or add one with a name.")
        _add(history)
    else:
        _profile(history, person)
        goals_section.draw(history, person)
        _add(history)
    _archive(history, person)
    if person is not None:
        _delete(history, person)
    _put_back(history)
    st.caption(f"Your history lies in {elements.plain(history.place)}.")


def _say(text: str) -> None:
    """Say it after the page has run again."""
    st.session_state["told"] = text
    st.rerun()


def _add(history: History) -> None:
    with st.expander("Add a person"), st.form("add", border=False, clear_on_submit=True):
        name = st.text_input("Name", max_chars=200)
        if st.form_submit_button("Add"):
            with state.shown_errors():
                added = people.add(history, name)
                state.choose(added.id)
                _say(f"{added.name} is here now.")


def _profile(history: History, person: Person) -> None:
    number = queries.count(history, person.id)
    elements.piece("kicker", texts=[person.name, f"{number} {'set' if number == 1 else 'sets'}",
                                 f"since {person.created_at.astimezone(state.zone()):%d %B %Y}"])
    if person.notes:
        elements.sentences([person.notes])
    with st.expander("Change name and notes"), st.form(f"change-{person.id}", border=False):
        name = st.text_input("Name", value=person.name, max_chars=200)
        notes = st.text_area("Notes", value=person.notes, max_chars=20_000)
        if st.form_submit_button("Save"):
            with state.shown_errors():
                people.change(history, person.id, name, notes)
                _say("Saved.")


def _archive(history: History, person: Person | None) -> None:
    st.header("Backup", anchor=False)
    st.caption("One zip file with everything, for another computer or for safety. It is not locked: keep it where only "
               "you can read it.")
    with st.container(horizontal=True):
        if st.button("Make a backup of everything"):
            _make(history, None)
        if person is not None and st.button(f"Make one of {elements.plain(person.name)} alone"):
            _make(history, person)
    made = st.session_state.get("backup")
    if made is not None and made.is_file():
        st.download_button("Download the backup", made.read_bytes, made.name, "application/zip", on_click="ignore")
    given = st.file_uploader("Read a backup in", type=["zip"])
    if given is not None and st.button("Read it in"):
        path = state.workspace().make() / "backup.zip"
        path.write_bytes(given.getbuffer())
        with state.shown_errors():
            came = archive_import.import_archive(history, path)
            _say(f"New: {came.new['people']} people, {came.new['sets']} sets. {came.known_sets} sets were here before.")


def _make(history: History, person: Person | None) -> None:
    path = state.workspace().make() / "hingecheck-backup.zip"
    with state.shown_errors():
        archive_export.export_archive(history, path, None if person is None else person.id)
        st.session_state["backup"] = path


def _delete(history: History, person: Person) -> None:
    name = elements.plain(person.name)
    st.header("Leave or delete", anchor=False)
    if st.button(f"Take {name} out of the lists (nothing is deleted)"):
        with state.shown_errors():
            people.archive(history, person.id)
            _say(f"{person.name} is out of the lists.")
    with st.expander(f"Delete {name} with everything"):
        number = queries.count(history, person.id)
        st.write(f"{number} sets with their numbers, pictures, videos, answers and notes go for good.")
        sure = st.checkbox("Yes, delete all of it", key=f"sure-{person.id}")
        if st.button("Delete for good", disabled=not sure):
            with state.shown_errors():
                people.delete(history, person.id)
                st.session_state.pop("set_id", None)
                _say(f"{person.name} and everything of theirs is deleted.")


def _put_back(history: History) -> None:
    gone = [one for one in people.everyone(history, archived=True) if one.archived_at is not None]
    if not gone:
        return
    with st.expander("Taken out of the lists"):
        for one in gone:
            if st.button(f"Put {elements.plain(one.name)} back", key=f"back-{one.id}"):
                with state.shown_errors():
                    people.archive(history, one.id, archived=False)
                    _say(f"{one.name} is back.")
