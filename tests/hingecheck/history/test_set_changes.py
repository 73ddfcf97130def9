"""Test renaming, moving and tagging a set: what goes with it, what stays, and that each can be taken back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from hingecheck.history import people, queries, remarks, set_changes, sets, tags
from hingecheck.history.connection import History
from hingecheck.history.records import HistoryError
from hingecheck.history.store import open_history
from tests.helpers.new_sets import NOON, new_set


@pytest.fixture
def history(tmp_path: Path) -> Iterator[History]:
    with open_history(tmp_path / "data", "") as history:
        yield history


def test_a_set_is_renamed_and_its_report_stays(history: History) -> None:
    set_id = sets.save(history, new_set(), people.add(history, "Ana").id)
    file_name = sets.load(history, set_id).report.video
    assert set_changes.rename(history, set_id, "First visit") == file_name
    saved = sets.load(history, set_id)
    assert (saved.line.video, saved.report.video) == ("First visit", file_name)
    assert set_changes.rename(history, set_id, file_name) == "First visit"
    with pytest.raises(HistoryError, match="the name of the set"):
        set_changes.rename(history, set_id, " ")


def test_a_set_moves_with_its_notes_into_the_right_session_and_back(history: History) -> None:
    ana, ben = people.add(history, "Ana"), people.add(history, "Ben")
    set_id = sets.save(history, new_set(), ana.id)
    of_ben = sets.save(history, new_set(NOON + timedelta(hours=1)), ben.id)
    remarks.add_note(history, ana.id, "better today", set_id=set_id)
    assert set_changes.move(history, set_id, ben.id) == ana.id
    moved = sets.load(history, set_id)
    assert moved.person.id == ben.id
    assert moved.session.id == sets.load(history, of_ben).session.id
    assert [note.text for note in remarks.notes(history, ben.id)] == ["better today"]
    assert queries.sessions(history, ana.id) == (), "no empty session stays"
    assert set_changes.move(history, set_id, ben.id) == ben.id, "it is there already"
    assert set_changes.move(history, set_id, ana.id) == ben.id
    assert sets.load(history, set_id).person.id == ana.id
    assert [line.id for line in queries.lines(history, ben.id)] == [of_ben]
    assert [note.text for note in remarks.notes(history, ana.id)] == ["better today"]


def test_a_tag_is_one_word_once_and_goes_again(history: History) -> None:
    ana = people.add(history, "Ana")
    set_id, other = (sets.save(history, new_set(NOON + timedelta(hours=hour)), ana.id) for hour in (0, 1))
    for word in ("clinic", "#barefoot", "clinic"):
        tags.add(history, set_id, word)
    tags.add(history, other, "clinic")
    remarks.add_note(history, ana.id, "not #one", set_id=set_id)
    assert tags.words(sets.load(history, set_id).notes) == ("barefoot", "clinic")
    assert tags.of_person(history, ana.id) == {"barefoot": {set_id}, "clinic": {set_id, other}}
    tags.remove(history, set_id, "clinic")
    assert tags.words(sets.load(history, set_id).notes) == ("barefoot",)
    for wrong in ("", "two words", "#"):
        with pytest.raises(HistoryError, match="a tag is one word"):
            tags.add(history, set_id, wrong)
