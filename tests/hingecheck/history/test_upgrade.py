"""Upgrade from the first schema with data in it; databases that are no history or too new; unusable places."""

import os
import sqlite3
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text

from hingecheck.cli import doctor
from hingecheck.history import goals, people, queries, sets
from hingecheck.history.connection import connect, data_folder
from hingecheck.history.records import HistoryError, NewSet
from hingecheck.history.store import open_history
from hingecheck.history.tables import Base
from hingecheck.history.upgrade import revisions
from tests.helpers import saved_sets
from tests.helpers.first_schema import BEND, first_schema


def test_a_history_of_the_first_schema_is_upgraded_with_its_data(url, tmp_path):
    expected = first_schema(tmp_path, url)
    with open_history(tmp_path / "old", url) as history:
        with history.engine.begin() as connection:
            for table in Base.metadata.sorted_tables:
                if table.name not in ("about", "full_bends"):
                    rows = [dict(row._mapping) for row in connection.execute(table.select())]
                    assert sorted(map(repr, rows)) == sorted(map(repr, expected[table.name])), table.name
        (line,) = [line for line in queries.lines(history) if line.reps == 5]
        person = people.find(history, "Ana")
        own = goals.full_bend(history, person.id)
        assert (own.full_bend, own.set_id, own.made_at) == (BEND, line.id, line.made_at)
        assert history.database_id
        assert (line.judged_reps, line.good_reps) == (4, 2)
        sets.save(history, NewSet(saved_sets.report(), saved_sets.EXERCISE), person.id)
        assert queries.count(history) == 4


def test_the_migrations_lead_to_the_tables_of_the_program(history):
    with history.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": False})
        assert compare_metadata(context, Base.metadata) == []
        assert context.get_current_revision() == revisions()[0]


def test_the_database_itself_deletes_rows_with_their_parents(history):
    """Also when a person deletes rows with SQL."""
    person = people.add(history, "Ana")
    sets.save(history, NewSet(saved_sets.report(), saved_sets.EXERCISE), person.id)
    with history.engine.execution_options(writes=True).begin() as connection:
        connection.execute(text("DELETE FROM people"))
        assert {table.name: connection.execute(text(f"SELECT count(*) FROM {table.name}")).scalar()
                for table in Base.metadata.sorted_tables if table.name != "about"} == dict.fromkeys(
            (table.name for table in Base.metadata.sorted_tables if table.name != "about"), 0)


def test_a_history_of_a_newer_program_is_refused(url, tmp_path):
    with open_history(tmp_path, url) as history, history.engine.execution_options(writes=True).begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(HistoryError, match=r"newer HingeCheck \(schema 9999.*HINGECHECK_DATA_DIR"):
        open_history(tmp_path, url)


def test_the_database_of_another_program_is_refused(url, tmp_path):
    other = connect(tmp_path, url)
    with other.engine.execution_options(writes=True).begin() as connection:
        connection.execute(text("CREATE TABLE people (shoe_size INTEGER)"))
    other.close()
    with pytest.raises(HistoryError, match="belongs to another program"):
        open_history(tmp_path, url)


@pytest.mark.parametrize("url", [""])
def test_a_step_that_fails_leaves_the_old_schema_whole(url, tmp_path):
    first_schema(tmp_path, url)
    with sqlite3.connect(tmp_path / "old" / "history.sqlite3") as file:
        # A report that is not JSON makes the last part of the second step fail.
        file.execute("UPDATE documents SET report = '{\"full_bend\":{' WHERE report LIKE '%\"full_bend\":{%'")
    with pytest.raises(HistoryError, match=r"could not be upgraded .*Nothing in it was changed"):
        open_history(tmp_path / "old", url)
    with sqlite3.connect(tmp_path / "old" / "history.sqlite3") as file:
        assert file.execute("SELECT version_num FROM alembic_version").fetchall() == [("0001",)]
        assert "goals" not in [name for (name,) in file.execute("SELECT name FROM sqlite_master")]


def test_a_damaged_schema_whose_bytes_are_no_text_gets_the_remedy(tmp_path):
    open_history(tmp_path, "").close()
    file = tmp_path / "history.sqlite3"
    whole = file.read_bytes()
    assert whole.count(b"CREATE TABLE people") == 1
    file.write_bytes(whole.replace(b"CREATE TABLE people", b"CREATE TABLX \xf4eople"))
    with pytest.raises(HistoryError, match=r"The file is damaged\. Replace it with a backup"):
        open_history(tmp_path, "")


@pytest.mark.parametrize("damage", [
    "UPDATE people SET id = substr(id, 1, 3) || '}' || substr(id, 5)",
    "UPDATE people SET created_at = replace(created_at, '-', '?')"])
def test_a_damaged_value_gets_the_remedy(tmp_path, damage):
    with open_history(tmp_path, "") as history:
        people.add(history, "Ana")
    with sqlite3.connect(tmp_path / "history.sqlite3") as file:
        file.execute(damage)
    with open_history(tmp_path, "") as history, pytest.raises(HistoryError, match="The file is damaged"):
        people.everyone(history)


@pytest.mark.parametrize(("content", "message"), [
    (b"hello, I am a text file" * 99, "not a database.*HINGECHECK_DATA_DIR"),
    (b"SQLite format 3\x00" + b"x" * 4000, "The file is not a history")])
def test_a_file_that_is_no_database_is_reported(tmp_path, content, message):
    (tmp_path / "history.sqlite3").write_bytes(content)
    with pytest.raises(HistoryError, match=message):
        open_history(tmp_path, "")
    assert (tmp_path / "history.sqlite3").read_bytes() == content


def test_an_impossible_folder_is_reported(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(HistoryError, match=r"cannot create the data folder .*HINGECHECK_DATA_DIR"):
        open_history(tmp_path / "file" / "sub", "")
    (tmp_path / "other" / "history.sqlite3").mkdir(parents=True)
    with pytest.raises(HistoryError, match=r"cannot be opened there.*HINGECHECK_DATA_DIR"):
        open_history(tmp_path / "other", "")


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_without_write_permission_is_reported(tmp_path):
    tmp_path.chmod(0o500)
    with pytest.raises(HistoryError, match="HINGECHECK_DATA_DIR"):
        open_history(tmp_path, "")


@pytest.mark.parametrize(("address", "message"), [
    ("postgresql://me:secret@127.0.0.1:1/none", "Is the server running"),
    ("no address", "not the address of a database"),
    ("mysql://me:secret@host/db", "begins with mysql")])
def test_a_server_that_cannot_be_reached_is_reported_without_its_password(tmp_path, address, message):
    with pytest.raises(HistoryError, match=message) as caught:
        open_history(tmp_path, address)
    assert "HINGECHECK_DATABASE_URL" in str(caught.value)
    assert "secret" not in str(caught.value)


def test_a_missing_database_is_reported(postgresql, tmp_path):
    address = postgresql().replace("history_", "nothing_")
    with pytest.raises(HistoryError, match="Create the database first"):
        open_history(tmp_path, address)


def test_the_doctor_prints_the_place_and_creates_no_history(tmp_path, monkeypatch):
    monkeypatch.setenv("HINGECHECK_DATA_DIR", str(tmp_path / "mine"))
    monkeypatch.delenv("HINGECHECK_DATABASE_URL", raising=False)
    (line,) = doctor.database()
    assert (line.ok, line.state) == (True, f"none yet; it will be {tmp_path / 'mine' / 'history.sqlite3'}")
    assert not (tmp_path / "mine").exists()
    open_history().close()
    (line,) = doctor.database()
    assert (line.ok, line.state) == (True, str(tmp_path / "mine" / "history.sqlite3"))
    monkeypatch.setenv("HINGECHECK_DATABASE_URL", "mysql://x/y")
    (line,) = doctor.database()
    assert (line.ok, line.state.startswith("HINGECHECK_DATABASE_URL begins with mysql")) == (False, True)


def test_the_environment_sets_the_place(tmp_path, monkeypatch):
    monkeypatch.setenv("HINGECHECK_DATA_DIR", str(tmp_path / "mine"))
    assert data_folder() == tmp_path / "mine"
    monkeypatch.setenv("HINGECHECK_DATABASE_URL", "")
    with open_history() as history:
        assert Path(history.place) == tmp_path / "mine" / "history.sqlite3"
    monkeypatch.delenv("HINGECHECK_DATA_DIR")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home"))
    if os.name == "posix" and sys.platform != "darwin":
        assert data_folder() == tmp_path / "home" / "hingecheck"
