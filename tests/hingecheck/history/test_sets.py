"""A saved set is loaded unchanged, with its files, and is found by queries."""

from datetime import timedelta

import numpy as np
import pytest

from exercises.hold_model import HoldMeasures
from exercises.load import load
from exercises.personal_range import FullBend, with_personal_limits
from hingecheck.analysis.detection import DetectedFrame
from hingecheck.analysis.pipeline import measure_and_judge
from hingecheck.history import files, people, queries, sets
from hingecheck.history.records import HistoryError, NewSet
from pose.io.image_codec import encode_jpeg
from tests.helpers import saved_sets
from tests.helpers.new_sets import NOON, files_on_disk, new_set


@pytest.mark.parametrize("report", [saved_sets.report(unseen=4, borderline=2), saved_sets.refused()],
                         ids=["judged", "refused"])
def test_a_set_is_loaded_unchanged(history, report):
    person = people.add(history, "Ana")
    set_id = sets.save(history, NewSet(report, saved_sets.EXERCISE, made_at=NOON), person.id)
    back = sets.load(history, set_id)
    assert back.report == report
    assert back.report.model_dump_json() == report.model_dump_json()
    assert back.exercise == saved_sets.EXERCISE
    assert (back.person, back.line.made_at, back.session.started_at) == (person, NOON, NOON)
    assert back.line.made_at.utcoffset() == timedelta(0)


@pytest.mark.parametrize(("clip", "exercise"), [
    ("doorway_70_bent_knee", "doorway_hamstring_stretch"), ("forward_bend", "forward_bend"),
    ("hinge_mixed", "hip_hinge"), ("standing_posture", "standing_posture")])
def test_a_real_set_of_every_kind_is_loaded_unchanged(history, recorded, clip, exercise):
    *_, result = measure_and_judge(map(DetectedFrame, recorded(clip)), load(exercise), f"{clip}.mp4")
    person = people.add(history, "Ana")
    set_id = sets.save(history, NewSet(result.report, load(exercise), result.track), person.id)
    assert sets.load(history, set_id).report == result.report
    assert sets.load(history, set_id).exercise == load(exercise)
    back = files.load_track(history, set_id)
    assert back.notes == result.track.notes
    np.testing.assert_array_equal(back.time_s, result.track.time_s)
    for part in ("columns", "uncertainty", "reasons"):
        loaded, expected = getattr(back, part), getattr(result.track, part)
        assert loaded.keys() == expected.keys()
        for name, column in expected.items():
            np.testing.assert_array_equal(loaded[name], column)


def test_a_person_s_own_limits_are_loaded(history):
    own = with_personal_limits(load("hip_hinge"), FullBend(spine_flexion_deg=62.0, uncertainty_deg=6.0))
    person = people.add(history, "Ana")
    report = saved_sets.report().model_copy(update={"judged_by_full_bend": FullBend(spine_flexion_deg=62.0)})
    set_id = sets.save(history, NewSet(report, own), person.id)
    assert sets.load(history, set_id).exercise == own


def test_key_images_and_the_video_are_saved_beside_the_set(history, tmp_path):
    video = tmp_path / "annotated.mp4"
    video.write_bytes(b"film")
    blue = encode_jpeg(np.full((40, 60, 3), (200, 100, 50), np.uint8))
    person = people.add(history, "Ana")
    with_all = NewSet(saved_sets.report(), saved_sets.EXERCISE, saved_sets.track(), {1: blue, 12: blue}, video)
    complete = sets.save(history, with_all, person.id)
    bare = sets.save(history, new_set(), person.id)
    assert list(files.key_image_paths(history, complete)) == [1, 12]
    assert files.load_key_images(history, complete) == {1: blue, 12: blue}
    files.key_image_paths(history, complete)[1].write_bytes(blue[:9])
    assert files.load_key_images(history, complete) == {12: blue}, "a damaged one is left out"
    assert files.video_path(history, complete).read_bytes() == b"film"
    assert (files.video_path(history, bare), files.key_image_paths(history, bare)) == (None, {})
    assert files_on_disk(history) == ["annotated.mp4", "rep-1.jpg", "rep-12.jpg", "track.npz", "track.npz"]


def test_reps_and_rules_can_be_queried(history):
    person = people.add(history, "Ana")
    sets.save(history, new_set(unseen=4, borderline=2), person.id)
    reps = queries.reps(history, person.id)
    assert [rep.verdict for rep in reps] == ["neutral", "neutral", "rounded", "unseen", "rounded"]
    assert [rep.hip_flexion_deg for rep in reps] == [72, 72, 64, 72, 64]
    assert {rep.hip_flexion_uncertainty_deg for rep in reps} == {4.5}
    assert [rep.rules_broken for rep in reps] == [(), (), ("rounding",), (), ("rounding",)]
    assert [rep.borderline for rep in reps] == [False, True, False, False, False]
    assert queries.rule_counts(history, person.id)["rounding"] == {"met": 2, "broken": 2, "unseen": 1}
    (line,) = queries.lines(history)
    assert (line.reps, line.judged_reps, line.good_reps, line.headline) == (5, 4, 2, "2 of 4 reps neutral, 1 not seen")


def test_practice_has_one_record_per_set_and_side(history):
    person, other = people.add(history, "Ana"), people.add(history, "Ben")
    reps = [saved_sets.rep(number, "N").model_copy(update={"side": side, "held": HoldMeasures(seconds=seconds)})
            for number, side, seconds in ((1, "left", 20.0), (2, "left", 25.5), (3, "right", 30.0))]
    stretch = saved_sets.report().model_copy(update={"reps": tuple(reps)})
    sets.save(history, NewSet(stretch, saved_sets.EXERCISE, made_at=NOON), person.id)
    sets.save(history, new_set(NOON + timedelta(days=1)), person.id)
    sets.save(history, new_set(NOON), other.id)
    assert sorted(queries.practice(history, person.id), key=str) == [
        (NOON, "hip_hinge", "left", 45.5), (NOON, "hip_hinge", "right", 30.0),
        (NOON + timedelta(days=1), "hip_hinge", None, None)]
    assert len(queries.practice(history, person.id, NOON + timedelta(hours=1))) == 1


def test_sets_close_in_time_make_one_session(history):
    person, other = people.add(history, "Ana"), people.add(history, "Ben")
    for minutes in (0, 70, 180, 400):
        sets.save(history, new_set(NOON + timedelta(minutes=minutes)), person.id)
    sets.save(history, new_set(NOON), other.id)
    assert [len(queries.sets_of(history, session.id)) for session in queries.sessions(history, person.id)] == [1, 3]
    assert len(queries.sessions(history)) == 3


def test_a_set_is_saved_into_the_session_requested(history):
    person, other = people.add(history, "Ana"), people.add(history, "Ben")
    mine = sets.start_session(history, person.id, "before work")
    sets.save(history, new_set(NOON + timedelta(days=3)), person.id, mine.id)
    assert sets.load(history, queries.lines(history)[0].id).session == mine
    with pytest.raises(HistoryError, match="another person"):
        sets.save(history, new_set(), other.id, mine.id)
    assert queries.count(history) == 1
    assert sets.note_session(history, mine.id, "tired").note == "tired"


def test_lists_are_newest_first_and_continue_page_by_page(history):
    person, other = people.add(history, "Ana"), people.add(history, "Ben")
    for day in range(5):
        sets.save(history, new_set(NOON + timedelta(days=day)), person.id)
    sets.save(history, new_set(NOON + timedelta(days=2, hours=1)), other.id)
    page = queries.lines(history, person.id, limit=2)
    assert [line.made_at.day for line in page] == [6, 5]
    assert [line.made_at.day for line in queries.lines(history, person.id, until=page[-1].made_at)] == [4, 3, 2]
    assert len(queries.lines(history, since=NOON + timedelta(days=2), until=NOON + timedelta(days=3))) == 2
    assert queries.count(history, person.id) == 5
    assert queries.exercises(history, person.id) == {"hip_hinge": 5}


def test_a_set_is_found_by_part_of_its_id(history):
    person = people.add(history, "Ana")
    set_id = sets.save(history, new_set(), person.id)
    session_id = queries.sessions(history)[0].id
    assert queries.find(history, str(set_id)[:9]) == ("set", set_id)
    assert queries.find(history, str(session_id)) == ("session", session_id)
    assert queries.find(history, "last") == ("set", set_id)
    for wrong, message in (("ab", "too short"), ("zzzzzz", "no set or session")):
        with pytest.raises(HistoryError, match=message):
            queries.find(history, wrong)
