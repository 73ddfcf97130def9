"""The same video twice, and the day on which a video was filmed."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone
from itertools import permutations
from pathlib import Path

import pytest
from sqlalchemy import update
from typer.testing import CliRunner

from exercises.load import load
from hingecheck.analysis import pipeline
from hingecheck.analysis.video_source import VideoSource, sha256_of, source_from_json
from hingecheck.cli import set_saver
from hingecheck.cli.main import app
from hingecheck.history import copies, people, queries, sets
from hingecheck.history.store import open_history
from hingecheck.history.tables import DocumentRow
from hingecheck.jobs.video_job import VideoResult
from tests.helpers import new_sets, saved_sets

NOVEMBER = datetime(2026, 3, 16, 8, tzinfo=timezone.utc)


def new_set(digest, video="a.mp4", made_at=new_sets.NOON, **changes):
    new = new_sets.new_set(made_at, video=video, **changes)
    return replace(new, report=new.report.model_copy(update={"video_sha256": digest}))


def test_the_same_file_is_known_by_what_is_in_it(history):
    ana, ben = people.add(history, "Ana"), people.add(history, "Ben")
    first = sets.save(history, new_set("aa"), ana.id)
    again = sets.save(history, new_set("aa", "copy of a.mp4", new_sets.NOON + timedelta(days=1)), ana.id)
    sets.save(history, new_set("bb"), ana.id)
    sets.save(history, new_set("", "live"), ana.id)
    sets.save(history, new_set("aa"), ben.id)
    lines = copies.copies(history, ana.id, new_set("aa").report)
    assert [line.id for line in lines] == [first, again]
    assert copies.copies(history, ana.id, new_set("").report) == ()
    assert copies.copied_sets(history, ana.id) == {again}
    assert copies.copied_sets(history, ben.id) == frozenset()


def part(first, last, made_at=new_sets.NOON):
    """Return a set of some reps of the clip, in the clip's own seconds."""
    new = new_set("aa", made_at=made_at)
    return replace(new, report=new.report.model_copy(update={
        "reps": new.report.reps[first - 1:last], "starts_s": new.report.reps[first - 1].start_s - 1}))


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_a_clip_counts_once_as_a_whole_and_in_parts(history, order):
    ana = people.add(history, "Ana")
    clips = (part(1, 5), part(1, 2), part(3, 5))
    ids = {number: sets.save(history, replace(clips[number], made_at=new_sets.NOON + timedelta(days=day)), ana.id)
           for day, number in enumerate(order)}
    assert copies.copied_sets(history, ana.id) == {ids[1], ids[2]}
    assert {line.id for line in copies.copies(history, ana.id, clips[1].report)} == {ids[0], ids[1]}


def test_the_parts_of_a_clip_are_no_copies_of_each_other(history):
    ana = people.add(history, "Ana")
    one = sets.save(history, part(1, 2), ana.id)
    assert copies.copies(history, ana.id, part(3, 5).report) == ()
    assert copies.counted_before(history, ana.id, part(3, 5).report) is None
    sets.save(history, part(3, 5), ana.id)
    assert copies.copied_sets(history, ana.id) == frozenset()
    assert copies.counted_before(history, ana.id, part(1, 2).report).id == one
    assert copies.counted_before(history, ana.id, part(1, 5).report) is None, "it has more reps than either"


def test_the_seconds_are_those_of_the_file(history):
    ana = people.add(history, "Ana")
    sets.save(history, part(1, 2), ana.id)
    slow = part(1, 2).report.model_copy(update={"playback_speed": 0.25})
    assert copies.copies(history, ana.id, slow) == ()


def test_a_set_without_reps_lies_where_it_begins(history):
    ana = people.add(history, "Ana")
    still = new_set("aa").report.model_copy(update={"reps": (), "starts_s": 10.0, "duration_s": 5.0})
    sets.save(history, replace(new_set("aa"), report=still), ana.id)
    later = still.model_copy(update={"starts_s": 15.0})
    assert copies.counted_before(history, ana.id, later) is None
    assert copies.counted_before(history, ana.id, still) is not None


def test_a_damaged_report_hides_no_copy(history):
    ana = people.add(history, "Ana")
    first, again, damaged = (sets.save(history, new_set("aa"), ana.id) for _ in range(3))
    if history.engine.dialect.name == "sqlite":
        with history.engine.begin() as connection:
            connection.execute(update(DocumentRow).where(DocumentRow.set_id == damaged).values(report='{"video'))
        assert len(copies.copied_sets(history, ana.id) & {first, again}) == 1


def test_a_digest_is_of_the_bytes(tmp_path: Path):
    (tmp_path / "a").write_bytes(b"abc")
    (tmp_path / "b").write_bytes(b"abc")
    assert sha256_of(tmp_path / "a") == sha256_of(tmp_path / "b") == (
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    assert sha256_of(tmp_path / "none") == ""


def test_what_is_known_of_a_file_goes_through_json():
    source = VideoSource(0.25, datetime(2026, 8, 11, 18, 29, tzinfo=timezone(timedelta(hours=-6))), "aa")
    assert source_from_json(source.to_json()) == source
    assert source_from_json({}) == VideoSource()


@pytest.fixture
def saver(tmp_path, monkeypatch):
    """A function that saves the set of a video as `hingecheck analyse --save` does."""
    monkeypatch.setenv("HINGECHECK_DATA_DIR", str(tmp_path / "data"))

    def save(digest, recorded_at=None, day=None, video="a.mp4", **changes):
        report = saved_sets.report(video=video).model_copy(
            update={"video_sha256": digest, "recorded_at": recorded_at, **changes})
        analysis = pipeline.SetAnalysis(report, saved_sets.track(), None, (), load("hip_hinge"))
        with set_saver.set_saver(True, "Ana", False, True, day) as (keep, _):
            return keep(VideoResult(analysis))

    return save


def saved_days():
    with open_history() as history:
        return [line.made_at for line in queries.lines(history)]


def test_three_clips_of_three_days_are_three_days_of_practice(saver, capsys):
    for day in range(3):
        assert saver(f"d{day}", NOVEMBER + timedelta(days=2 * day)).problems == ()
    assert sorted(saved_days()) == [NOVEMBER + timedelta(days=2 * day) for day in range(3)]
    assert "filmed on 16 March 2026, so the set counts for that day" in capsys.readouterr().err
    with open_history() as history:
        assert len({line.session_id for line in queries.lines(history)}) == 3


@pytest.mark.parametrize(("recorded_at", "day"), [(NOVEMBER, None), (NOVEMBER, "2026-03-20")])
def test_the_parts_of_a_video_are_listed_in_the_order_of_their_seconds(saver, recorded_at, day):
    reps = saved_sets.report(video="a.mp4").reps
    for number in (2, 0, 4, 1, 3):
        saver("aa", recorded_at, day, reps=reps[number:number + 1], starts_s=reps[number].start_s - 1)
    with open_history() as history:
        (session,) = queries.sessions(history)
        oldest_first = queries.sets_of(history, session.id)
        starts = [sets.load(history, line.id).report.starts_s for line in oldest_first]
        assert starts == sorted(starts)
        assert [line.id for line in queries.lines(history)] == [line.id for line in reversed(oldest_first)]


def test_the_same_video_is_not_saved_twice(saver, capsys):
    saver("aa", NOVEMBER)
    saver("aa", NOVEMBER, video="copy.mp4")
    assert len(saved_days()) == 1
    output = capsys.readouterr().err
    assert "copy.mp4: this video is in the history already" in output
    assert "of 16 March 2026. It was not saved a second time." in output


@pytest.mark.parametrize(("day", "expected"), [("2026-03-20", "2026-03-20"), ("today", None)])
def test_a_day_that_was_named_takes_precedence(saver, day, expected):
    saver("aa", NOVEMBER, day)
    assert f"{saved_days()[0].astimezone():%Y-%m-%d}" == (expected or f"{datetime.now():%Y-%m-%d}")


@pytest.mark.parametrize(("day", "sentence"), [("yesterday", "expected today or a date as 2026-11-16"),
                                               ("2999-01-01", "is still to come")])
def test_a_day_that_is_none(tmp_path, day, sentence):
    answer = CliRunner().invoke(app, ["analyse", "a.mp4", "--save", "--day", day],
                                env={"HINGECHECK_DATA_DIR": str(tmp_path)})
    assert answer.exit_code == 2
    assert sentence in " ".join(answer.output.replace("│", " ").split())


def test_a_day_needs_save():
    answer = CliRunner().invoke(app, ["analyse", "a.mp4", "--day", "today"])
    assert "needs --save" in answer.output


def test_a_set_of_today_asks_nothing(saver, capsys):
    saver("aa", datetime.now(timezone.utc) - timedelta(seconds=5))
    assert "filmed" not in capsys.readouterr().err
