"""Nobody reaches what belongs to another: every function of the history, by every kind of account."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timezone
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import numpy as np
import pytest
from sqlalchemy import insert

import hingecheck.history
from exercises.load import load
from exercises.report_parts import FullBend
from exercises.results import SetReport
from hingecheck.history import (
    accounts,
    archive_export,
    archive_import,
    consents,
    files,
    goals,
    history_check,
    people,
    personal_exercises,
    prescribed_programme,
    queries,
    recent_videos,
    remarks,
    sets,
    tables,
)
from hingecheck.history.access import AccessError, Role, Viewer
from hingecheck.history.connection import History, read_transaction, write_transaction
from hingecheck.history.records import HistoryError, NewSet
from hingecheck.history.store import open_history
from hingecheck.history.tables import Base
from tests.helpers import saved_sets
from tests.hingecheck.history.conftest import DATABASES

PASSWORD = "four words and more"


@dataclass(frozen=True)
class Home:
    """A history with everything in it of Ana and of Ben, and the accounts of a shared server."""

    history: History
    ana: UUID
    ben: UUID
    set_id: UUID
    session_id: UUID
    note_id: UUID
    goal_id: UUID
    prescription_id: UUID
    video: Path
    archive: Path

    def seen_by(self, role: Role, person_id: UUID | None, *agreed: UUID) -> History:
        return replace(self.history, viewer=Viewer(uuid4(), "Zoe", role, person_id, frozenset(agreed)))


def _of_a_file() -> SetReport:
    return saved_sets.report().model_copy(update={"video_sha256": "ab" * 32})


def _fill(history: History, name: str, video: Path) -> tuple[UUID, ...]:
    person = people.add(history, name).id
    report = _of_a_file().model_copy(update={"full_bend": FullBend(spine_flexion_deg=70.0)})
    # The same video twice: the second counts as a copy.
    sets.save(history, NewSet(_of_a_file(), saved_sets.EXERCISE), person)
    new = NewSet(report, saved_sets.EXERCISE, saved_sets.track(), {3: np.full((6, 8, 3), 90, np.uint8)}, video)
    set_id = sets.save(history, new, person)
    drawn = video.with_name("recent.mp4")
    drawn.write_bytes(b"recent")
    recent_videos.put(history, set_id, drawn)
    remarks.answer(history, set_id, 3)
    remarks.relabel(history, set_id, 3, "neutral")
    note = remarks.add_note(history, person, "sore", set_id=set_id)
    goal = goals.set_goal(history, person, "hip_hinge", "hip_flexion_deg", 80.0)
    prescription = goals.prescribe(history, person, "hip_hinge", 'exercise = "hip_hinge"')
    return person, set_id, queries.sessions(history, person)[0].id, note.id, goal.id, prescription.id


@contextmanager
def _home(folder: Path, url: str) -> Iterator[Home]:
    folder.mkdir()
    video = folder / "drawn.mp4"
    video.write_bytes(b"video")
    with open_history(folder / "data", url) as history:
        ana, *of_ana = _fill(history, "Ana", video)
        ben, *_ = _fill(history, "Ben", video)
        archive = folder / "backup.zip"
        archive_export.export_archive(history, archive)
        yield Home(history, ana, ben, *of_ana, video, archive)


@pytest.fixture(scope="module", params=DATABASES)
def shut(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    """A home for tries that must change nothing."""
    url = "" if request.param == "sqlite" else request.getfixturevalue("postgresql")()
    with _home(tmp_path_factory.mktemp("home") / "shut", url) as home:
        yield home


@pytest.fixture
def home(tmp_path: Path, url: str) -> Iterator[Home]:
    with _home(tmp_path / "home", url) as home:
        yield home


#: Everything of Ana's that a function of the history can be asked for: its name -> what is asked, by whom.
#: "nothing": an answer without anything of Ana's; "error": refused.
ASKED: dict[str, tuple[Callable[[Home, History], Any], str]] = {
    "people.add": (lambda home, of: people.add(of, "Eve"), "error"),
    "people.everyone": (lambda home, of: [person for person in people.everyone(of, archived=True)
                                          if person.id == home.ana], "nothing"),
    "people.get": (lambda home, of: people.get(of, home.ana), "error"),
    "people.find": (lambda home, of: people.find(of, "Ana"), "error"),
    "people.find_or_add": (lambda home, of: people.find_or_add(of, "Ana"), "error"),
    "people.default": (lambda home, of: people.default(of).id == home.ana, "nothing"),
    "people.change": (lambda home, of: people.change(of, home.ana, "Eve"), "error"),
    "people.archive": (lambda home, of: people.archive(of, home.ana), "error"),
    "people.delete": (lambda home, of: people.delete(of, home.ana), "error"),
    "sets.save": (lambda home, of: sets.save(of, NewSet(saved_sets.report(), saved_sets.EXERCISE), home.ana), "error"),
    "sets.update": (lambda home, of: sets.update(of, home.set_id, NewSet(saved_sets.report("N"), saved_sets.EXERCISE)),
                    "error"),
    "sets.load": (lambda home, of: sets.load(of, home.set_id), "error"),
    "sets.delete": (lambda home, of: sets.delete(of, home.set_id), "error"),
    "sets.delete_session": (lambda home, of: sets.delete_session(of, home.session_id), "error"),
    "sets.start_session": (lambda home, of: sets.start_session(of, home.ana), "error"),
    "sets.note_session": (lambda home, of: sets.note_session(of, home.session_id, "x"), "error"),
    "files.load_track": (lambda home, of: files.load_track(of, home.set_id), "error"),
    "files.key_image_paths": (lambda home, of: files.key_image_paths(of, home.set_id), "error"),
    "files.load_key_images": (lambda home, of: files.load_key_images(of, home.set_id), "error"),
    "files.video_path": (lambda home, of: files.video_path(of, home.set_id), "error"),
    "files.save_video": (lambda home, of: files.save_video(of, home.set_id, home.video), "error"),
    "recent_videos.put": (lambda home, of: recent_videos.put(of, home.set_id, home.video), "error"),
    "recent_videos.path": (lambda home, of: recent_videos.path(of, home.set_id), "error"),
    "recent_videos.delete": (lambda home, of: recent_videos.delete(of, home.set_id), "error"),
    "files.delete_video": (lambda home, of: files.delete_video(of, home.set_id), "error"),
    "goals.prescribe": (lambda home, of: goals.prescribe(
        of, home.ana, "hip_hinge", 'exercise = "hip_hinge"'), "error"),
    "goals.prescriptions": (lambda home, of: goals.prescriptions(of, home.ana), "nothing"),
    "goals.prescription_at": (lambda home, of: goals.prescription_at(of, home.ana, "hip_hinge"), "nothing"),
    "goals.delete_prescription": (lambda home, of: goals.delete_prescription(of, home.prescription_id), "nothing"),
    "goals.set_goal": (lambda home, of: goals.set_goal(of, home.ana, "hip_hinge", "leg_raise_deg", 1.0), "error"),
    "goals.goals": (lambda home, of: goals.goals(of, home.ana), "nothing"),
    "goals.delete_goal": (lambda home, of: goals.delete_goal(of, home.goal_id), "nothing"),
    "goals.set_full_bend": (lambda home, of: goals.set_full_bend(of, home.ana, FullBend(spine_flexion_deg=50.0)),
                            "error"),
    "goals.full_bend": (lambda home, of: goals.full_bend(of, home.ana), "nothing"),
    "prescribed_programme.prescribed_programme": (lambda home, of: [
        one for one in prescribed_programme.prescribed_programme(of, home.ana, load) if one], "nothing"),
    "personal_exercises.for_set": (lambda home, of: [one for one in personal_exercises.for_set(
        of, home.ana, saved_sets.EXERCISE)[:1] if one.prescribed], "nothing"),
    "personal_exercises.for_person": (lambda home, of: [one for one in personal_exercises.for_person(
        of, home.ana)[0].values() if one.prescribed], "nothing"),
    "queries.lines": (lambda home, of: [*queries.lines(of, home.ana), *(
        line for line in queries.lines(of) if line.person_id == home.ana)], "nothing"),
    "queries.count": (lambda home, of: queries.count(of, home.ana), "nothing"),
    "queries.exercises": (lambda home, of: queries.exercises(of, home.ana), "nothing"),
    "queries.sessions": (lambda home, of: [*queries.sessions(of, home.ana), *(
        one for one in queries.sessions(of) if one.person_id == home.ana)], "nothing"),
    "queries.sets_of": (lambda home, of: queries.sets_of(of, home.session_id), "nothing"),
    "queries.reps": (lambda home, of: queries.reps(of, home.ana), "nothing"),
    "queries.practice": (lambda home, of: queries.practice(of, home.ana), "nothing"),
    "queries.copies": (lambda home, of: queries.copies(of, home.ana, _of_a_file()), "nothing"),
    "queries.copied_sets": (lambda home, of: queries.copied_sets(of, home.ana), "nothing"),
    "queries.answers": (lambda home, of: queries.answers(of, home.ana), "nothing"),
    "queries.rule_counts": (lambda home, of: queries.rule_counts(of, home.ana), "nothing"),
    "queries.find": (lambda home, of: queries.find(of, str(home.set_id)), "error"),
    "remarks.relabel": (lambda home, of: remarks.relabel(of, home.set_id, 3, "rounded"), "error"),
    "remarks.take_back": (lambda home, of: remarks.take_back(of, home.set_id, 3), "nothing"),
    "remarks.answer": (lambda home, of: remarks.answer(of, home.set_id, 9), "error"),
    "remarks.add_note": (lambda home, of: remarks.add_note(of, home.ana, "x"), "error"),
    "remarks.notes": (lambda home, of: remarks.notes(of, home.ana), "nothing"),
    "remarks.delete_note": (lambda home, of: remarks.delete_note(of, home.note_id), "nothing"),
    "archive_export.export_archive": (lambda home, of: archive_export.export_archive(
        of, home.video.with_name("stolen.zip"), home.ana), "error"),
    "archive_import.import_archive": (lambda home, of: archive_import.import_archive(of, home.archive), "error"),
    "history_check.check": (lambda home, of: history_check.check(of), "error"),
    "accounts.add": (lambda home, of: accounts.add(of, "Eve", Role.OWNER, PASSWORD), "error"),
    "accounts.everyone": (lambda home, of: accounts.everyone(of), "error"),
    "accounts.find": (lambda home, of: accounts.find(of, "Ana"), "error"),
    "accounts.set_password": (lambda home, of: accounts.set_password(of, uuid4(), PASSWORD), "error"),
    "accounts.change": (lambda home, of: accounts.change(of, of.viewer.account_id, Role.OWNER, home.ana), "error"),
    "accounts.delete": (lambda home, of: accounts.delete(of, uuid4()), "error"),
    "consents.therapists": (lambda home, of: consents.therapists(of, home.ana), "error"),
    "consents.agree": (lambda home, of: consents.agree(of, home.ana, of.viewer.account_id), "error"),
}
#: What the server itself asks before it knows who somebody is, and what needs no history of anybody.
OF_THE_SERVER = {"accounts.has_owner", "accounts.log_in", "accounts.of_openid", "accounts.viewer",
                 "set_access.require_set", "upgrade.upgrade", "people.example",
                 "recent_videos.sweep"}
#: Parts of the functions above; their callers ask first.
INNER = {"archive_files.unpack_missing", "archive_files.require_space", "file_changes.folder_of",
         "file_changes.write_errors", "file_changes.file_change", "file_changes.rows_of",
         "file_changes.settle_leftovers", "file_changes.current_path", "connection.read_transaction",
         "connection.write_transaction", "connection.translated_errors"}
#: What a therapist with consent still may not do.
NOT_A_THERAPISTS = {"people.add", "people.change", "people.archive", "people.delete", "sets.delete",
                    "sets.delete_session", "files.save_video", "files.delete_video", "recent_videos.put",
                    "recent_videos.delete", "archive_export.export_archive",
                    "archive_import.import_archive", "history_check.check", "accounts.add", "accounts.everyone",
                    "accounts.find",
                    "accounts.set_password", "accounts.change", "accounts.delete", "consents.therapists",
                    "consents.agree"}


def test_every_function_of_the_history_is_asked() -> None:
    found = set()
    for module in pkgutil.iter_modules(hingecheck.history.__path__):
        if module.name == "migrations":
            continue
        loaded = importlib.import_module(f"hingecheck.history.{module.name}")
        found |= {f"{module.name}.{name}" for name, function in inspect.getmembers(loaded, inspect.isfunction)
                  if function.__module__ == loaded.__name__ and not name.startswith("_")
                  and "history" in inspect.signature(function).parameters}
    assert found - OF_THE_SERVER - INNER == set(ASKED)


def _rows(history: History) -> dict[str, list[str]]:
    with read_transaction(history) as session:
        return {table.name: sorted(repr(row) for row in session.execute(table.select()))
                for table in Base.metadata.sorted_tables}


def _files(history: History) -> list[tuple[str, bytes]]:
    return sorted((str(path), path.read_bytes()) for path in history.folder.glob("sets/*/*"))


@pytest.mark.parametrize("name", ASKED)
def test_nobody_else_reaches_it(shut: Home, name: str) -> None:
    before = _rows(shut.history), _files(shut.history)
    ask, expected = ASKED[name]
    for role, person_id in ((Role.PERSON, shut.ben), (Role.PERSON, None), (Role.THERAPIST, shut.ben)):
        of = shut.seen_by(role, person_id)
        if expected == "error" or (name == "people.default" and person_id is None):
            with pytest.raises(HistoryError):
                ask(shut, of)
        else:
            assert not ask(shut, of)
    assert (_rows(shut.history), _files(shut.history)) == before
    assert not shut.video.with_name("stolen.zip").exists()


@pytest.mark.parametrize("name", sorted(NOT_A_THERAPISTS))
def test_an_agreed_therapist_deletes_nothing(shut: Home, name: str) -> None:
    before = _rows(shut.history), _files(shut.history)
    with pytest.raises(AccessError):
        ASKED[name][0](shut, shut.seen_by(Role.THERAPIST, None, shut.ana))
    assert (_rows(shut.history), _files(shut.history)) == before


def test_an_agreed_therapist_sees_and_comments(home: Home) -> None:
    of = home.seen_by(Role.THERAPIST, None, home.ana)
    changes = {"sets.update", "sets.note_session", "goals.delete_prescription", "goals.delete_goal",
               "remarks.delete_note", "remarks.take_back"}
    for name in [name for name in ASKED if name not in NOT_A_THERAPISTS | changes]:
        assert ASKED[name][0](home, of), name
    for name in sorted(changes):
        before = _rows(home.history)
        ASKED[name][0](home, of)
        assert _rows(home.history) != before, name


def test_the_person_themself_does_everything_with_what_is_theirs(home: Home) -> None:
    own = home.seen_by(Role.PERSON, home.ana)
    assert [person.name for person in people.everyone(own)] == ["Ana"]
    assert len(queries.lines(own)) == 2
    assert sets.load(own, home.set_id).answers is not None
    assert files.load_track(own, home.set_id) is not None
    people.change(own, home.ana, "Anna")
    archive_export.export_archive(own, home.video.with_name("own.zip"), home.ana)
    with pytest.raises(AccessError):
        archive_export.export_archive(own, home.video.with_name("stolen.zip"))
    sets.delete(own, home.set_id)
    assert people.delete(own, home.ana) == 1
    assert [person.name for person in people.everyone(home.history)] == ["Ben"]
    assert queries.count(home.history) == 2


def test_an_owner_sees_everything(home: Home) -> None:
    owner = home.seen_by(Role.OWNER, None)
    assert len(queries.lines(owner)) == 4
    people.delete(owner, home.ana)
    assert [person.name for person in people.everyone(owner)] == ["Ben"]


def test_a_statement_that_cannot_be_checked_is_refused(home: Home) -> None:
    of = home.seen_by(Role.PERSON, home.ben)
    for table in Base.metadata.sorted_tables:
        with pytest.raises(AccessError), read_transaction(of) as session:
            session.execute(table.select())
        with pytest.raises(AccessError), write_transaction(of) as session:
            session.execute(table.delete())


def test_no_new_row_goes_to_another(home: Home) -> None:
    of, now = home.seen_by(Role.PERSON, home.ben), datetime.now(timezone.utc)
    statements = [
        insert(tables.SessionRow).values(id=uuid4(), person_id=home.ana, started_at=now, note=""),
        insert(tables.AnswerRow).values(id=uuid4(), set_id=home.set_id, pain=1, felt=[], made_at=now),
        insert(tables.ConsentRow).values(person_id=home.ben, account_id=uuid4(), made_at=now)]
    rows = [tables.NoteRow(id=uuid4(), person_id=home.ben, session_id=None, set_id=home.set_id, text="x", author="x",
                           made_at=now),
            tables.AnswerRow(id=uuid4(), set_id=home.set_id, pain=1, felt=[], made_at=now)]
    before = _rows(home.history)
    for statement in statements:
        with pytest.raises(AccessError), write_transaction(of) as session:
            session.execute(statement)
    with pytest.raises(AccessError), write_transaction(of) as session:
        session.execute(insert(tables.AnswerRow), [dict(id=uuid4(), set_id=home.set_id, pain=1, felt=[], made_at=now)])
    for row in rows:
        with pytest.raises(AccessError), write_transaction(of) as session:
            session.add(row)
    assert _rows(home.history) == before


def test_no_mapped_table_shows_a_row_of_another(home: Home) -> None:
    accounts.add(home.history, "Ana", Role.PERSON, PASSWORD, home.ana)
    of = home.seen_by(Role.PERSON, None)
    with read_transaction(of) as session:
        for mapper in Base.registry.mappers:
            assert session.query(mapper.class_).all() == [], mapper.class_
    with write_transaction(of) as session:
        for mapper in Base.registry.mappers:
            session.query(mapper.class_).delete()
    assert len(queries.lines(home.history)) == 4
    assert len(accounts.everyone(home.history)) == 1


def test_accounts_stay_out_of_every_archive(home: Home, tmp_path: Path) -> None:
    import zipfile

    accounts.add(home.history, "Ana", Role.PERSON, PASSWORD, home.ana)
    archive_export.export_archive(home.history, tmp_path / "all.zip")
    with zipfile.ZipFile(tmp_path / "all.zip") as archive:
        assert not [name for name in archive.namelist() if "account" in name or "consent" in name]
        assert b"argon2" not in b"".join(archive.read(name) for name in archive.namelist())
