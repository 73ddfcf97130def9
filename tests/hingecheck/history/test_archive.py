import json
import shutil
import zipfile
from datetime import timedelta

import numpy as np
import pytest
from sqlalchemy import text

from exercises.report_parts import FullBend
from hingecheck.history import files, goals, people, queries, remarks, sets
from hingecheck.history.archive_format import MANIFEST
from hingecheck.history.archive_in import read_in
from hingecheck.history.archive_out import export
from hingecheck.history.connection import reading
from hingecheck.history.records import HistoryError, NewSet
from hingecheck.history.store import open_history
from hingecheck.history.tables import Base
from tests.helpers import saved_sets
from tests.helpers.new_sets import NOON


def filled(history, video):
    """Two people with everything that can be kept; the set that has all of it."""
    video.write_bytes(b"film" * 1000)
    ana, ben = people.add(history, "Ana <b>", "left knee\noperated"), people.add(history, "Ben")
    picture = {1: np.full((30, 40, 3), 90, np.uint8)}
    bend = saved_sets.report().model_copy(update={"full_bend": FullBend(spine_flexion_deg=61.5, uncertainty_deg=6.25)})
    full = sets.save(history, NewSet(bend, saved_sets.EXERCISE, saved_sets.track(), picture, video, NOON), ana.id)
    sets.save(history, NewSet(saved_sets.refused(), saved_sets.EXERCISE, made_at=NOON + timedelta(days=1)), ana.id)
    sets.save(history, NewSet(saved_sets.report(), saved_sets.EXERCISE, saved_sets.track(), made_at=NOON), ben.id)
    remarks.relabel(history, full, 3, "neutral", "this was fine", "Dr. K")
    remarks.answer(history, full, 3, ["lower back", "middle of the muscle"])
    remarks.add_note(history, ana.id, "n" * 10_000, set_id=full)
    goals.prescribe(history, ana.id, "hip_hinge", '{"sets": 3}', NOON)
    goals.set_goal(history, ana.id, "doorway_hamstring_stretch", "leg_raise_deg", 90, "left")
    people.archive(history, ben.id)
    return ana, ben, full


def everything(history):
    """Every row of every table, and every file."""
    with reading(history) as session:
        found = {table.name: sorted(map(repr, session.execute(table.select())))
                 for table in Base.metadata.sorted_tables if table.name != "about"}
    root = history.folder / "sets"
    return {**found, "files": {str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*.*")}}


@pytest.fixture
def other(tmp_path):
    """Another history, always SQLite: an archive goes from any database to any other."""
    with open_history(tmp_path / "other", "") as found:
        yield found


def test_everything_goes_through_an_archive_and_back(history, other, tmp_path):
    _, _, full = filled(history, tmp_path / "a.mp4")
    counts = export(history, tmp_path / "all.zip")
    assert {name: counts[name] for name in ("people", "sets", "reps", "files", "full_bends")} == {
        "people": 2, "sets": 3, "reps": 10, "files": 4, "full_bends": 1}
    came = read_in(other, tmp_path / "all.zip")
    assert (came.new["people"], came.new["sets"], came.known_sets) == (2, 3, 0)
    assert everything(other) == everything(history)
    assert sets.load(other, full).report == sets.load(history, full).report
    assert files.video(other, full).read_bytes() == b"film" * 1000
    assert not list((other.folder / "unsettled").iterdir())


def test_an_archive_from_sqlite_goes_into_the_other_database(history, other, tmp_path):
    filled(other, tmp_path / "a.mp4")
    export(other, tmp_path / "all.zip")
    read_in(history, tmp_path / "all.zip")
    assert everything(other) == everything(history)


def test_importing_twice_changes_nothing(history, tmp_path):
    ana, _, full = filled(history, tmp_path / "a.mp4")
    export(history, tmp_path / "all.zip")
    people.change(history, ana.id, name="Anna")
    remarks.relabel(history, full, 1, "rounded")
    before = everything(history)
    came = read_in(history, tmp_path / "all.zip")
    assert (set(came.new.values()), came.known_sets) == ({0}, 3)
    assert everything(history) == before


def test_what_was_deleted_comes_back_and_newer_remarks_are_added(history, other, tmp_path):
    _, _, full = filled(history, tmp_path / "a.mp4")
    export(history, tmp_path / "old.zip")
    read_in(other, tmp_path / "old.zip")
    remarks.relabel(history, full, 5, "neutral", "also fine")
    export(history, tmp_path / "new.zip")
    read_in(other, tmp_path / "new.zip")
    assert [one.rep for one in sets.load(other, full).relabels] == [3, 5]
    sets.delete(history, full)
    read_in(history, tmp_path / "new.zip")
    assert everything(history) == everything(other)


def test_one_person_s_archive_holds_nothing_of_anybody_else(history, other, tmp_path):
    ana, ben, _ = filled(history, tmp_path / "a.mp4")
    export(history, tmp_path / "ana.zip", ana.id)
    with zipfile.ZipFile(tmp_path / "ana.zip") as archive:
        whole = b"".join(archive.read(name) for name in archive.namelist())
        assert json.loads(archive.read(MANIFEST))["person"] == "Ana <b>"
    assert str(ben.id).encode() not in whole
    assert b"Ben" not in whole
    read_in(other, tmp_path / "ana.zip")
    assert [one.name for one in people.everyone(other, archived=True)] == ["Ana <b>"]
    people.delete(history, ben.id)
    assert everything(other) == everything(history)


def changed(source, target, change):
    """A copy of an archive in which `change` (name, bytes) -> bytes or None (left out)."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            data = change(name, old.read(name))
            if data is not None:
                new.writestr(name, data)
    return target


def signed(source, target, name, data):
    """A copy in which one file is another, and the manifest says so: well made, and wrong."""
    import hashlib

    def change(member, old):
        if member == MANIFEST:
            manifest = json.loads(old)
            manifest["members"][name] = {"size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
            return json.dumps(manifest).encode()
        return data if member == name else old

    target = changed(source, target, change)
    with zipfile.ZipFile(target, "a") as archive:
        if name not in archive.namelist():
            archive.writestr(name, data)
    return target


def line_of(archive, table, **values):
    with zipfile.ZipFile(archive) as opened:
        rows = [json.loads(line) for line in opened.read(f"{table}.jsonl").splitlines()]
    rows[-1].update(values)
    return b"".join(json.dumps(row).encode() + b"\n" for row in rows)


BAD = {
    "not a zip": (lambda good, bad: bad.write_bytes(b"hello"), "no archive"),
    "cut short": (lambda good, bad: bad.write_bytes(good.read_bytes()[:5000]), "no archive"),
    "a byte changed": (lambda good, bad: changed(
        good, bad, lambda name, data: data.replace(b"hip", b"lip") if name == "sets.jsonl" else data), "damaged"),
    "a file missing": (lambda good, bad: changed(
        good, bad, lambda name, data: None if name == "reps.jsonl" else data), "damaged"),
    "no manifest": (lambda good, bad: changed(
        good, bad, lambda name, data: None if name == MANIFEST else data), "no manifest"),
    "a newer one": (lambda good, bad: changed(
        good, bad, lambda name, data: data.replace(b'"version": 1', b'"version": 99') if name == MANIFEST else data),
        "newer HingeCheck"),
    "another zip": (lambda good, bad: changed(
        good, bad, lambda name, data: b"{}" if name == MANIFEST else data), "manifest does not fit"),
    "a way out": (lambda good, bad: signed(good, bad, "sets/../../evil.txt", b"x"), "belongs in no archive"),
    "a wrong id": (lambda good, bad: signed(good, bad, "sets.jsonl", line_of(good, "sets", id="17")), "line 3 of sets"),
    "a wrong number": (lambda good, bad: signed(
        good, bad, "reps.jsonl", line_of(good, "reps", start_s="soon")), "line 10 of reps.*start_s"),
    "an unknown key": (lambda good, bad: signed(
        good, bad, "people.jsonl", line_of(good, "people", shoe_size=43)), "unknown key shoe_size"),
    "no person": (lambda good, bad: signed(good, bad, "people.jsonl", b""), "not in it"),
    "a broken report": (lambda good, bad: signed(
        good, bad, "documents.jsonl", line_of(good, "documents", report="{}")), "line 3 of documents"),
    "a folder": (lambda good, bad: bad.mkdir(), "(directory|Permission)"),
    "nothing": (lambda good, bad: None, "No such file"),
}


@pytest.mark.parametrize("kind", BAD)
def test_a_bad_archive_is_named_and_nothing_of_it_comes_in(history, other, tmp_path, kind):
    make, said = BAD[kind]
    filled(other, tmp_path / "a.mp4")
    export(other, tmp_path / "good.zip")
    make(tmp_path / "good.zip", tmp_path / "bad.zip")
    before = everything(history)
    with pytest.raises(HistoryError, match=f"bad.zip.*{said}.*Nothing was changed"):
        read_in(history, tmp_path / "bad.zip")
    assert everything(history) == before
    assert not list(history.folder.glob("unsettled/*"))
    read_in(history, tmp_path / "good.zip")
    assert everything(history) == everything(other)


def test_an_archive_of_before_a_column_reads_in_with_its_default(history, other, tmp_path):
    filled(other, tmp_path / "a.mp4")
    export(other, tmp_path / "good.zip")
    with zipfile.ZipFile(tmp_path / "good.zip") as opened:
        rows = [json.loads(line) for line in opened.read("reps.jsonl").splitlines()]
    old = b"".join(json.dumps({key: value for key, value in row.items() if key != "rules_broken"}).encode() + b"\n"
                   for row in rows)
    read_in(history, signed(tmp_path / "good.zip", tmp_path / "old.zip", "reps.jsonl", old))
    with reading(history) as session:
        assert set(session.scalars(text("SELECT rules_broken FROM reps"))) == {""}


def test_an_archive_that_cannot_be_written_leaves_nothing(history, tmp_path):
    filled(history, tmp_path / "a.mp4")
    (tmp_path / "file").write_text("")
    with pytest.raises(HistoryError, match="cannot write the archive"):
        export(history, tmp_path / "file" / "all.zip")
    shutil.rmtree(history.folder / "sets")
    assert export(history, tmp_path / "bare" / "all.zip")["files"] == 0
    assert [path.name for path in (tmp_path / "bare").iterdir()] == ["all.zip"]
    assert queries.count(history) == 3
