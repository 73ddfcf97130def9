"""What an agreed therapist, the person themself and an owner may do."""

from __future__ import annotations

from pathlib import Path

import pytest

from hingecheck.history import (
    accounts,
    archive_export,
    files,
    people,
    queries,
    sets,
)
from hingecheck.history.access import AccessError, Role
from tests.helpers.history_calls import CALLS, NOT_A_THERAPISTS
from tests.helpers.shared_home import PASSWORD, Home, all_rows


def test_an_agreed_therapist_sees_and_comments(home: Home) -> None:
    of = home.seen_by(Role.THERAPIST, None, home.ana)
    changes = {"sets.update", "sets.note_session", "goals.delete_prescription", "goals.delete_goal",
               "remarks.delete_note", "remarks.take_back", "hand_angles.delete", "tags.remove"}
    for name in [name for name in CALLS if name not in NOT_A_THERAPISTS | changes]:
        assert CALLS[name][0](home, of), name
    for name in sorted(changes):
        before = all_rows(home.history)
        CALLS[name][0](home, of)
        assert all_rows(home.history) != before, name


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


def test_accounts_stay_out_of_every_archive(home: Home, tmp_path: Path) -> None:
    import zipfile

    accounts.add(home.history, "Ana", Role.PERSON, PASSWORD, home.ana)
    archive_export.export_archive(home.history, tmp_path / "all.zip")
    with zipfile.ZipFile(tmp_path / "all.zip") as archive:
        assert not [name for name in archive.namelist() if "account" in name or "consent" in name]
        assert b"argon2" not in b"".join(archive.read(name) for name in archive.namelist())
