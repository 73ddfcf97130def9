"""People: profiles, prescriptions, goals, full bend, backup and import, archiving, and deletion after a tick."""

from __future__ import annotations

import streamlit as st

from hingecheck.history import archive_export, archive_import, people, queries
from hingecheck.history.archive_import import ImportCounts
from hingecheck.history.connection import History
from hingecheck.history.records import Person
from hingecheck.pages import (
    accounts_section,
    consents_section,
    elements,
    goals_section,
    page_words,
    state,
    visitors,
    whose,
)
from language.translate import _, plural

_NOTICE = "notice"


def page() -> None:
    """Draw the page."""
    person = whose.draw()
    st.title(_("People"), anchor=False)
    history = state.history()
    notice = st.session_state.pop(_NOTICE, None)
    if notice is not None:
        st.success(elements.plain(notice))
    if person is None:
        st.write(_("There is no profile yet. The first analysis creates one called Me. You can also add one with a "
                   "name."))
        _draw_new_person(history)
    else:
        _draw_profile(history, person)
        goals_section.draw(history, person)
        consents_section.draw(history, person)
        _draw_new_person(history)
    accounts_section.draw(history)
    _draw_backup(history, person)
    if person is not None:
        _draw_removal(history, person)
    if visitors.is_keeper(history):
        _draw_archived(history)
        st.caption(_("Your history is stored in {name}.").format(name=elements.plain(history.place)))


def _rerun_with_notice(text: str) -> None:
    """Run the page again with a notice at its top."""
    st.session_state[_NOTICE] = text
    st.rerun()


def _sets(count: int) -> str:
    return plural("{count} set", "{count} sets", count).format(count=count)


def _draw_new_person(history: History) -> None:
    if not visitors.is_keeper(history):
        return
    with st.expander(_("Add a person")), st.form("add", border=False, clear_on_submit=True):
        name = st.text_input(_("Name"), max_chars=200)
        if st.form_submit_button(_("Add")):
            with state.report_errors():
                person = people.add(history, name)
                whose.choose(person.id)
                _rerun_with_notice(_("{name} was added.").format(name=person.name))


def _draw_profile(history: History, person: Person) -> None:
    elements.piece("kicker", texts=[person.name, _sets(queries.count(history, person.id)),
                                    _("since {day}").format(day=page_words.day(person.created_at))])
    if person.notes:
        elements.sentences([person.notes])
    if not visitors.may_change(history, person.id):
        return
    with st.expander(_("Change name and notes")), st.form(f"change-{person.id}", border=False):
        name = st.text_input(_("Name"), value=person.name, max_chars=200)
        notes = st.text_area(_("Notes"), value=person.notes, max_chars=20_000)
        if st.form_submit_button(_("Save")):
            with state.report_errors():
                people.change(history, person.id, name, notes)
                _rerun_with_notice(_("Name and notes are saved."))


def _draw_backup(history: History, person: Person | None) -> None:
    is_keeper = visitors.is_keeper(history)
    is_own = person is not None and visitors.may_change(history, person.id)
    if not is_keeper and not is_own:
        return
    st.header(_("Backup"), anchor=False)
    st.caption(_("One zip file with everything, for another computer or for safety. It is not encrypted. Store it "
                 "where only you can read it."))
    with st.container(horizontal=True):
        if is_keeper and st.button(_("Make a backup of everything")):
            _write_backup(history, None)
        if person is not None and is_own and st.button(_("Make a backup of {name} only").format(
            name=elements.plain(person.name))):
            _write_backup(history, person)
    backup = st.session_state.get("backup")
    if backup is not None and backup.is_file():
        st.download_button(_("Download the backup"), backup.read_bytes, backup.name, "application/zip",
                           on_click="ignore")
    upload = st.file_uploader(_("Import a backup"), type=["zip"]) if is_keeper else None
    if is_keeper:
        elements.upload_limits(["zip"])
    if upload is not None and st.button(_("Import it")):
        path = state.workspace().make() / "backup.zip"
        path.write_bytes(upload.getbuffer())
        with state.report_errors():
            result = archive_import.import_archive(history, path)
            _rerun_with_notice(_imported(result))


def _imported(result: ImportCounts) -> str:
    new = result.new["people"]
    people_text = plural("{count} person", "{count} people", new).format(count=new)
    sentences = [_("Imported: {people}, {sets}. Already in the history: {known}.").format(
        people=people_text, sets=_sets(result.new["sets"]), known=_sets(result.known_sets))]
    if result.restored_files:
        files = plural("{count} file", "{count} files", result.restored_files).format(count=result.restored_files)
        sentences.append(_("Restored of these: {files}.").format(files=files))
    return " ".join(sentences)


def _write_backup(history: History, person: Person | None) -> None:
    path = state.workspace().make() / "hingecheck-backup.zip"
    with state.report_errors():
        archive_export.export_archive(history, path, None if person is None else person.id)
        st.session_state["backup"] = path


def _draw_removal(history: History, person: Person) -> None:
    if not visitors.may_change(history, person.id):
        return
    name = elements.plain(person.name)
    is_keeper = visitors.is_keeper(history)
    st.header(_("Archive or delete") if is_keeper else _("Delete"), anchor=False)
    # Only who sees the archived ones gets one back.
    if is_keeper and st.button(_("Archive {name} (nothing is deleted)").format(name=name)):
        with state.report_errors():
            people.archive(history, person.id)
            _rerun_with_notice(_("{name} is archived.").format(name=person.name))
    with st.expander(_("Delete {name} with everything").format(name=name)):
        st.write(_("This deletes {sets} with numbers, pictures, videos, answers and notes. It cannot be "
                   "undone.").format(sets=_sets(queries.count(history, person.id))))
        confirmed = st.checkbox(_("Yes, delete all of it"), key=f"sure-{person.id}")
        if st.button(_("Delete for good"), disabled=not confirmed):
            with state.report_errors():
                people.delete(history, person.id)
                st.session_state.pop("set_id", None)
                _rerun_with_notice(_("{name} and all their data are deleted.").format(name=person.name))


def _draw_archived(history: History) -> None:
    archived = [person for person in people.everyone(history, archived=True) if person.archived_at is not None]
    if not archived:
        return
    with st.expander(_("Archived people")):
        for person in archived:
            if st.button(_("Restore {name}").format(name=elements.plain(person.name)), key=f"back-{person.id}"):
                with state.report_errors():
                    people.archive(history, person.id, archived=False)
                    _rerun_with_notice(_("{name} is restored.").format(name=person.name))
