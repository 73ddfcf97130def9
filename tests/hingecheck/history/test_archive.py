import json
import shutil
import stat
import zipfile
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import text

from exercises.report_parts import FullBend
from hingecheck.history import files, goals, hand_angles, people, queries, remarks, sets
from hingecheck.history.archive_export import export_archive
from hingecheck.history.archive_format import MANIFEST, VERSION
from hingecheck.history.archive_import import import_archive
from hingecheck.history.connection import read_transaction
from hingecheck.history.records import HistoryError, NewSet
from hingecheck.history.store import open_history
from hingecheck.history.tables import Base
from tests.helpers import saved_sets
from tests.helpers.new_sets import NOON, RIGHT_ANGLE


def fill(history, video):
    """Save two people with every kind of data; return them and the set that has all of it."""
    video.write_bytes(b"film" * 1000)
    ana, ben = people.add(history, "Ana <b>", "left knee\noperated"), people.add(history, "Ben")
    images = {1: saved_sets.KEY_IMAGE}
    bend = saved_sets.report().model_copy(update={"full_bend": FullBend(spine_flexion_deg=61.5, uncertainty_deg=6.25)})
    full = sets.save(history, NewSet(bend, saved_sets.EXERCISE, saved_sets.track(), images, video, NOON), ana.id)
    sets.save(history, NewSet(saved_sets.refused(), saved_sets.EXERCISE, made_at=NOON + timedelta(days=1)), ana.id)
    sets.save(history, NewSet(saved_sets.report(), saved_sets.EXERCISE, saved_sets.track(), made_at=NOON), ben.id)
    remarks.relabel(history, full, 3, "neutral", "this was fine", "Dr. K")
    remarks.answer(history, full, 3, ["lower back", "middle of the muscle"])
    remarks.add_note(history, ana.id, "n" * 10_000, set_id=full)
    hand_angles.add(history, full, RIGHT_ANGLE)
    goals.prescribe(history, ana.id, "hip_hinge", '{"sets": 3}', NOON)
    goals.set_goal(history, ana.id, "doorway_hamstring_stretch", "leg_raise_deg", 90, "left")
    people.archive(history, ben.id)
    return ana, ben, full


def content(history):
    """Every row of every table, and every file."""
    with read_transaction(history) as session:
        rows = {table.name: sorted(map(repr, session.execute(table.select())))
                for table in Base.metadata.sorted_tables if table.name != "about"}
    root = history.folder / "sets"
    return {**rows, "files": {str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*.*")}}


@pytest.fixture
def other(tmp_path):
    """Another history, always SQLite: an archive goes from any database to any other."""
    with open_history(tmp_path / "other", "") as opened:
        yield opened


def test_an_archive_carries_everything(history, other, tmp_path):
    _, _, full = fill(history, tmp_path / "a.mp4")
    counts = export_archive(history, tmp_path / "all.zip")
    assert {name: counts[name] for name in ("people", "sets", "reps", "files", "full_bends")} == {
        "people": 2, "sets": 3, "reps": 10, "files": 4, "full_bends": 1}
    counts = import_archive(other, tmp_path / "all.zip")
    assert (counts.new["people"], counts.new["sets"], counts.known_sets) == (2, 3, 0)
    assert content(other) == content(history)
    assert sets.load(other, full).report == sets.load(history, full).report
    assert files.video_path(other, full).read_bytes() == b"film" * 1000
    assert not list((other.folder / "unsettled").iterdir())


def test_an_archive_from_sqlite_can_be_imported_into_every_database(history, other, tmp_path):
    fill(other, tmp_path / "a.mp4")
    export_archive(other, tmp_path / "all.zip")
    import_archive(history, tmp_path / "all.zip")
    assert content(other) == content(history)


def test_importing_twice_changes_nothing(history, tmp_path):
    ana, _, full = fill(history, tmp_path / "a.mp4")
    export_archive(history, tmp_path / "all.zip")
    people.change(history, ana.id, name="Anna")
    remarks.relabel(history, full, 1, "rounded")
    before = content(history)
    counts = import_archive(history, tmp_path / "all.zip")
    assert (set(counts.new.values()), counts.known_sets) == ({0}, 3)
    assert content(history) == before


def test_an_import_restores_a_deleted_set_and_adds_newer_remarks(history, other, tmp_path):
    _, _, full = fill(history, tmp_path / "a.mp4")
    export_archive(history, tmp_path / "old.zip")
    import_archive(other, tmp_path / "old.zip")
    remarks.relabel(history, full, 5, "neutral", "also fine")
    export_archive(history, tmp_path / "new.zip")
    import_archive(other, tmp_path / "new.zip")
    assert [relabel.rep for relabel in sets.load(other, full).relabels] == [3, 5]
    sets.delete(history, full)
    import_archive(history, tmp_path / "new.zip")
    assert content(history) == content(other)


def test_the_archive_of_one_person_has_no_data_of_others(history, other, tmp_path):
    ana, ben, _ = fill(history, tmp_path / "a.mp4")
    export_archive(history, tmp_path / "ana.zip", ana.id)
    with zipfile.ZipFile(tmp_path / "ana.zip") as archive:
        whole = b"".join(archive.read(name) for name in archive.namelist())
        assert json.loads(archive.read(MANIFEST))["person"] == "Ana <b>"
    assert str(ben.id).encode() not in whole
    assert b"Ben" not in whole
    import_archive(other, tmp_path / "ana.zip")
    assert [person.name for person in people.everyone(other, archived=True)] == ["Ana <b>"]
    people.delete(history, ben.id)
    assert content(other) == content(history)


def copy_changed(source, target, change):
    """Copy an archive; `change` takes the name and bytes of a member and returns its bytes, None to omit it."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            data = change(name, old.read(name))
            if data is not None:
                new.writestr(name, data)
    return target


def copy_with(source, target, name, data):
    """Copy an archive with other data in one member and a manifest that fits it."""
    import hashlib

    def change(member, old):
        if member == MANIFEST:
            manifest = json.loads(old)
            manifest["members"][name] = {"size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
            return json.dumps(manifest).encode()
        return data if member == name else old

    target = copy_changed(source, target, change)
    with zipfile.ZipFile(target, "a") as archive:
        if name not in archive.namelist():
            archive.writestr(name, data)
    return target


def lines_with(archive, table, **values):
    """Return the lines of a table with other values in the last."""
    with zipfile.ZipFile(archive) as file:
        rows = [json.loads(line) for line in file.read(f"{table}.jsonl").splitlines()]
    rows[-1].update(values)
    return b"".join(json.dumps(row).encode() + b"\n" for row in rows)


def with_link(good, bad):
    """Make the first member of an archive a symbolic link."""
    with zipfile.ZipFile(good) as source, zipfile.ZipFile(bad, "w") as target:
        for number, info in enumerate(source.infolist()):
            content = source.read(info)
            if number == 0:
                info.create_system, info.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
            target.writestr(info, content)


BAD = {
    "a name that is no text": (lambda good, bad: bad.write_bytes(
        good.read_bytes().replace(b"people.jsonl", b"\xf7\xfb\xf7ple.jsonl")), "damaged"),
    "not a zip": (lambda good, bad: bad.write_bytes(b"hello"), "not an archive"),
    "truncated": (lambda good, bad: bad.write_bytes(good.read_bytes()[:5000]), "not an archive"),
    "a byte changed": (lambda good, bad: copy_changed(
        good, bad, lambda name, data: data.replace(b"hip", b"lip") if name == "sets.jsonl" else data), "damaged"),
    "a file missing": (lambda good, bad: copy_changed(
        good, bad, lambda name, data: None if name == "reps.jsonl" else data), "damaged"),
    "no manifest": (lambda good, bad: copy_changed(
        good, bad, lambda name, data: None if name == MANIFEST else data), "no manifest"),
    "a newer one": (lambda good, bad: copy_changed(
        good, bad, lambda name, data: data.replace(f'"version": {VERSION}'.encode(), b'"version": 99')
        if name == MANIFEST else data),
        "newer HingeCheck"),
    "another zip": (lambda good, bad: copy_changed(
        good, bad, lambda name, data: b"{}" if name == MANIFEST else data), "manifest does not fit"),
    "a path outside": (lambda good, bad: copy_with(good, bad, "sets/../../evil.txt", b"x"),
                       "does not belong in an archive"),
    "a wrong id": (lambda good, bad: copy_with(good, bad, "sets.jsonl", lines_with(good, "sets", id="17")),
                   "line 3 of sets"),
    "a wrong number": (lambda good, bad: copy_with(
        good, bad, "reps.jsonl", lines_with(good, "reps", start_s="soon")), "line 10 of reps.*start_s"),
    "an unknown key": (lambda good, bad: copy_with(
        good, bad, "people.jsonl", lines_with(good, "people", shoe_size=43)), "unknown key shoe_size"),
    "a number no database holds": (lambda good, bad: copy_with(
        good, bad, "reps.jsonl", lines_with(good, "reps", number=2**70)), "line 10 of reps.*number"),
    "no number": (lambda good, bad: copy_with(
        good, bad, "reps.jsonl", lines_with(good, "reps", start_s=float("nan"))), "line 10 of reps.*start_s"),
    "the year 9999": (lambda good, bad: copy_with(
        good, bad, "sets.jsonl", lines_with(good, "sets", made_at="9999-12-31T00:00:00+00:00")), "sets.*made_at"),
    "the year 1": (lambda good, bad: copy_with(
        good, bad, "sets.jsonl", lines_with(good, "sets", made_at="0001-01-01T00:00:00+00:00")), "sets.*made_at"),
    "pain 99": (lambda good, bad: copy_with(
        good, bad, "answers.jsonl", lines_with(good, "answers", pain=99)), "pain .*0 to 10"),
    "an angle that its clicks do not give": (lambda good, bad: copy_with(
        good, bad, "hand_angles.jsonl", lines_with(good, "hand_angles", value_deg=89.0)),
        "line 1 of hand_angles.*value_deg is 89: the three clicks give 90"),
    "clicks on one point": (lambda good, bad: copy_with(
        good, bad, "hand_angles.jsonl", lines_with(good, "hand_angles", last_x_px=300.25, last_y_px=201.0)),
        "the three clicks give nan"),
    "an angle that cannot be clicked": (lambda good, bad: copy_with(
        good, bad, "hand_angles.jsonl", lines_with(good, "hand_angles", quantity="spine_flexion_deg")),
        "spine_flexion_deg' cannot be measured by three clicks"),
    "an angle before the first frame": (lambda good, bad: copy_with(
        good, bad, "hand_angles.jsonl", lines_with(good, "hand_angles", time_s=-1.0)), "time_s is -1"),
    "an angle of a set that is not there": (lambda good, bad: copy_with(
        good, bad, "hand_angles.jsonl", lines_with(good, "hand_angles", set_id=str(UUID(int=7)))),
        "hand_angles.jsonl refers to something that is not in the archive"),
    "a control character": (lambda good, bad: copy_with(
        good, bad, "people.jsonl", lines_with(good, "people", name="\x1b[31mAna")), "control character"),
    "half a character": (lambda good, bad: copy_with(
        good, bad, "people.jsonl", lines_with(good, "people", notes="\ud800")), "invalid character"),
    "NUL": (lambda good, bad: copy_with(
        good, bad, "people.jsonl", lines_with(good, "people", notes="a\x00b")), "invalid character"),
    "a name of 5 MB": (lambda good, bad: copy_with(
        good, bad, "people.jsonl", lines_with(good, "people", name="a" * 5_000_000)), "characters; at most 200"),
    "a set without its report": (lambda good, bad: copy_with(good, bad, "documents.jsonl", b""), "has no report"),
    "nested without end": (lambda good, bad: copy_with(
        good, bad, "people.jsonl", b"[" * 200_000 + b"\n"), "line 1 of people"),
    "a link": (lambda good, bad: with_link(good, bad), "is a link"),
    "no person": (lambda good, bad: copy_with(good, bad, "people.jsonl", b""), "not in the archive"),
    "a broken report": (lambda good, bad: copy_with(
        good, bad, "documents.jsonl", lines_with(good, "documents", report="{}")), "line 3 of documents"),
    "a folder": (lambda good, bad: bad.mkdir(), "(directory|Permission)"),
    "nothing": (lambda good, bad: None, "No such file"),
}


@pytest.mark.parametrize("kind", BAD)
def test_a_bad_archive_is_named_and_imports_nothing(history, other, tmp_path, kind):
    make, message = BAD[kind]
    fill(other, tmp_path / "a.mp4")
    export_archive(other, tmp_path / "good.zip")
    make(tmp_path / "good.zip", tmp_path / "bad.zip")
    before = content(history)
    with pytest.raises(HistoryError, match=f"bad.zip.*{message}.*Nothing was changed"):
        import_archive(history, tmp_path / "bad.zip")
    assert content(history) == before
    assert not list(history.folder.glob("unsettled/*"))
    import_archive(history, tmp_path / "good.zip")
    assert content(history) == content(other)


def test_an_archive_older_than_a_column_takes_its_default(history, other, tmp_path):
    fill(other, tmp_path / "a.mp4")
    export_archive(other, tmp_path / "good.zip")
    with zipfile.ZipFile(tmp_path / "good.zip") as opened:
        rows = [json.loads(line) for line in opened.read("reps.jsonl").splitlines()]
    old = b"".join(json.dumps({key: value for key, value in row.items() if key != "rules_broken"}).encode() + b"\n"
                   for row in rows)
    import_archive(history, copy_with(tmp_path / "good.zip", tmp_path / "old.zip", "reps.jsonl", old))
    with read_transaction(history) as session:
        assert set(session.scalars(text("SELECT rules_broken FROM reps"))) == {""}


def test_an_archive_from_before_angles_by_hand_is_imported(history, other, tmp_path):
    _, _, full = fill(other, tmp_path / "a.mp4")
    export_archive(other, tmp_path / "good.zip")

    def older(name, data):
        if name != MANIFEST:
            return None if name == "hand_angles.jsonl" else data
        manifest = json.loads(data)
        del manifest["members"]["hand_angles.jsonl"]
        return json.dumps({**manifest, "version": 1}).encode()

    copy_changed(tmp_path / "good.zip", tmp_path / "old.zip", older)
    assert import_archive(history, tmp_path / "old.zip").new["hand_angles"] == 0
    assert import_archive(history, tmp_path / "good.zip").new["hand_angles"] == 1
    assert hand_angles.of_set(history, full) == hand_angles.of_set(other, full)


def test_an_archive_that_cannot_be_written_leaves_nothing(history, tmp_path):
    fill(history, tmp_path / "a.mp4")
    (tmp_path / "file").write_text("")
    with pytest.raises(HistoryError, match="cannot write the archive"):
        export_archive(history, tmp_path / "file" / "all.zip")
    shutil.rmtree(history.folder / "sets")
    assert export_archive(history, tmp_path / "bare" / "all.zip")["files"] == 0
    assert [path.name for path in (tmp_path / "bare").iterdir()] == ["all.zip"]
    assert queries.count(history) == 3
