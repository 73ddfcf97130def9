"""What is true of a clip, read from the files beside it; poses that are kept between runs."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from bench.accuracy import title_of
from bench.judged import is_fresh, kept_at
from bench.truth import clips_with_truth, read_truth
from pose.io import recording
from pose.io.container import VideoInfo
from tests.helpers.clip_pairs import rendered


def test_the_truth_of_a_sample(samples: Path) -> None:
    truth = read_truth(samples / "hinge_mixed.mp4")
    assert (truth.exercise, truth.size_px) == ("hip_hinge", (640, 480))
    assert [rep.expected for rep in truth.reps] == ["neutral", "neutral", "neither", "neutral", "neither"]
    assert [float(truth.at("hip_flexion_deg", rep.middle_s)) for rep in truth.reps] == [75, 78, 70, 75, 65]
    assert [float(truth.at("spine_flexion_deg", rep.middle_s)) for rep in truth.reps] == [0, 0, 35, 0, 45]
    assert truth.joints_px["left_hip"].shape == (len(truth.time_s), 2)
    assert truth.time_s[30] == pytest.approx(1.0)


def test_an_angle_that_never_changes_is_there_in_every_frame(samples: Path) -> None:
    truth = read_truth(samples / "hinge_neutral.mp4")
    assert truth.angles["spine_flexion_deg"].shape == truth.time_s.shape
    assert not truth.angles["spine_flexion_deg"].any()


def test_a_leg_raised_on_the_back_is_no_hip_flexion(samples: Path) -> None:
    truth = read_truth(samples / "doorway_90.mp4")
    assert float(truth.at("leg_raise_deg", truth.reps[0].middle_s)) == 90
    assert "hip_flexion_deg" not in truth.angles
    assert truth.reps[0].side == "left"


def test_the_truth_that_the_renderer_writes(tmp_path: Path) -> None:
    truth = read_truth(rendered(tmp_path, "hinge_21_00"))
    assert float(truth.at("hip_flexion_deg", 0.75)) == 60
    assert truth.joints_px["left_hip"].tolist() == [[1, 2], [3, 4], [5, 6]]
    assert truth.lumbar_share == pytest.approx(0.55)
    assert truth.extra == {}


def test_a_lean_in_the_own_stand_is_part_of_the_zero(tmp_path: Path) -> None:
    clip = rendered(tmp_path, "hinge_21_00")
    path = clip.with_suffix(".json")
    data = json.loads(path.read_text(encoding="utf-8"))
    data["frames"]["hip_flexion"] = [hip - 8 for hip in data["frames"]["hip_flexion"]]
    data["reps"][0]["start"] = 0.25
    path.write_text(json.dumps(data), encoding="utf-8")
    assert float(read_truth(clip).at("hip_flexion_deg", 0.75)) == 60


def test_a_note_beside_the_clip_says_how_it_was_made(tmp_path: Path) -> None:
    clip = rendered(tmp_path, "hinge_21_00")
    (tmp_path / "hinge_21_00.extra.json").write_text('{"arms": "hips", "yaw_deg": -6.5}')
    assert read_truth(clip).extra == {"arms": "hips", "yaw_deg": -6.5}


def test_a_clip_still_being_written_is_not_taken(tmp_path: Path) -> None:
    clip = rendered(tmp_path, "hinge_21_00")
    (tmp_path / "hinge_21_01.mp4").write_bytes(b"")
    assert clips_with_truth(tmp_path) == [clip]
    assert title_of(tmp_path).endswith("random people, hinge, seed 21")
    with pytest.raises(FileNotFoundError, match=r"hinge_21_01\.truth\.json"):
        read_truth(tmp_path / "hinge_21_01.mp4")


def info(clip: Path) -> VideoInfo:
    return VideoInfo(clip, (640, 480), 30.0, 1.0, 30, 0, False)


def test_kept_poses_count_only_for_their_own_clip_and_when_newer(tmp_path: Path) -> None:
    clip = tmp_path / "a" / "hinge.mp4"
    clip.parent.mkdir()
    clip.write_bytes(b"")
    kept = kept_at(clip, tmp_path)
    assert not is_fresh(kept, clip)
    recording.save(kept, [], info(clip))
    os.utime(clip, (1000, 1000))
    assert is_fresh(kept, clip)
    os.utime(kept, (999, 999))
    assert not is_fresh(kept, clip)
    recording.save(kept, [], info(tmp_path / "a" / "lift.mp4"))
    assert not is_fresh(kept, clip)
    same_names = tmp_path / "other" / "a" / "hinge.mp4"
    assert kept_at(same_names, tmp_path) != kept
    kept.write_bytes(b"broken")
    assert not is_fresh(kept, clip)
