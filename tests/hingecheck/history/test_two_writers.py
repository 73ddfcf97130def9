"""Real processes that write at once: all of what each of them saved is there, and nothing else."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from hingecheck.history import files, people, queries, remarks, sets
from hingecheck.history.connection import read_transaction
from hingecheck.history.records import HistoryError, NewSet
from hingecheck.history.store import open_history
from hingecheck.history.tables import PersonRow
from tests.helpers import saved_sets

ROOT = Path(__file__).resolve().parents[3]
EACH, WRITERS = 9, 2


def together(folder, url, person):
    """Start the writers at one moment and wait for all of them."""
    start = str(time.time() + 2.0)
    script = str(ROOT / "tests" / "helpers" / "history_writer.py")
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    running = [subprocess.Popen([sys.executable, script, str(folder), url, person, str(EACH), start], env=environment,
                                stderr=subprocess.PIPE, text=True) for _ in range(WRITERS)]
    for process in running:
        _, output = process.communicate(timeout=120)
        assert process.returncode == 0, output


def kept(history):
    lines = queries.lines(history, limit=None)
    assert {line.id.hex for line in lines} == {
        path.name.replace("-", "") for path in (history.folder / "sets").iterdir()}
    for line in lines:
        assert len(sets.load(history, line.id).report.reps) == line.reps == 5
        assert line.has_answers
        assert files.load_track(history, line.id) is not None
    assert not list((history.folder / "unsettled").iterdir())
    return lines


def test_writers_at_once_on_one_person_lose_nothing_and_share_a_session(history, url_of):
    person = people.add(history, "Ana")
    together(history.folder, url_of(history), str(person.id))
    assert len(kept(history)) == WRITERS * EACH * 2 // 3
    assert len(queries.sessions(history)) == 1


def test_writers_that_make_the_database_at_once_do_it_once(url, tmp_path):
    together(tmp_path, url, "")
    with open_history(tmp_path, url) as history:
        assert len(people.everyone(history)) == WRITERS
        assert len(kept(history)) == WRITERS * EACH * 2 // 3
        assert len(queries.sessions(history)) == WRITERS


def test_a_reader_sees_one_state_while_another_writes(history):
    with read_transaction(history) as session:
        assert session.query(PersonRow).count() == 0
        people.add(history, "Ana")
        assert session.query(PersonRow).count() == 0
    with read_transaction(history) as session:
        assert session.query(PersonRow).count() == 1


@pytest.mark.parametrize("how", ["delete", "relabel"])
def test_what_another_window_deleted_is_said_so(history, url_of, how):
    person = people.add(history, "Ana")
    set_id = sets.save(history, NewSet(saved_sets.report(), saved_sets.EXERCISE), person.id)
    with open_history(history.folder, url_of(history)) as other:
        sets.delete(other, set_id)
    with pytest.raises(HistoryError, match="any more"):
        sets.delete(history, set_id) if how == "delete" else remarks.relabel(history, set_id, 1, "good")
