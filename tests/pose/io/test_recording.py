"""A recording gives back its sightings bit for bit; a file that is not a recording is refused with a message."""

from __future__ import annotations

import contextlib
import json
import os
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from pose.frames import Pose, Sighting
from pose.io import recording
from pose.io.video import VideoInfo, VideoReader
from pose.model.estimator import Estimator

ARRAYS = ("landmarks_px", "depth_px", "visibility", "world_m", "mask")
INFO = VideoInfo(Path("a b/clip.mp4"), (64, 48), 29.97, 1.5, 45, 90, True)


def random_pose(seed: int, mask: np.ndarray | None = None) -> Pose:
    rng = np.random.default_rng(seed)
    if mask is None:
        mask = np.zeros((48, 64), np.uint8)
        mask[10:40, 20:30] = rng.integers(0, 256, (30, 10))
    return Pose(*(rng.normal(100, 50, shape).astype(np.float32) for shape in ((33, 2), 33, 33, (33, 3))), mask, 1 / 3)


def assert_same(actual: Sighting, expected: Sighting) -> None:
    assert (actual.index, actual.time_s, actual.size_px, actual.people) == (
        expected.index, expected.time_s, expected.size_px, expected.people)
    if expected.pose is None:
        assert actual.pose is None
        return
    assert actual.pose is not None
    assert actual.pose.mask_scale == expected.pose.mask_scale
    for name in ARRAYS:
        left, right = getattr(actual.pose, name), getattr(expected.pose, name)
        assert left.dtype == right.dtype
        assert np.array_equal(left, right), name


def sightings_of_every_kind() -> list[Sighting]:
    empty, full = np.zeros((48, 64), np.uint8), np.full((48, 64), 255, np.uint8)
    one_pixel = empty.copy()
    one_pixel[-1, -1] = 1
    return [
        Sighting(0, 0.0, (64, 48), None, 1), Sighting(1, 1 / 30, (64, 48), random_pose(1), 1),
        Sighting(2, 2 / 30, (64, 48), random_pose(2, empty), 2),
        Sighting(3, 0.1 + 1e-12, (64, 48), random_pose(3, full), 3),
        Sighting(5, 7.25, (32, 24), random_pose(4, one_pixel), 1), Sighting(6, 8.0, (64, 48), None, 1),
    ]


def test_sightings_of_every_kind_are_read_back_unchanged(tmp_path: Path) -> None:
    path = tmp_path / "poses.npz"
    recording.save(path, iter(sightings_of_every_kind()), INFO)
    loaded = recording.load(path)
    assert (len(loaded), loaded.info) == (6, replace(INFO, path=Path("clip.mp4")))
    for _ in range(2):
        for one, other in zip(loaded, sightings_of_every_kind(), strict=True):
            assert_same(one, other)
    assert [entry.name for entry in tmp_path.iterdir()] == ["poses.npz"]


def test_a_recording_does_not_name_folders(tmp_path: Path) -> None:
    path = tmp_path / "poses.npz"
    recording.save(path, [], replace(INFO, path=tmp_path / "Anna" / "clip.mp4"))
    with np.load(path) as file:
        assert b"Anna" not in file["about"].tobytes()


def test_real_sightings_are_read_back_unchanged_from_a_small_file(tmp_path: Path, samples: Path) -> None:
    reader = VideoReader(samples / "hinge_neutral.mp4", start_s=2, end_s=3)
    with Estimator() as estimator:
        sightings = [estimator.detect(frame) for frame in reader]
    recording.save(tmp_path / "poses", sightings, reader.info)
    loaded = recording.load(tmp_path / "poses")
    assert loaded.info == replace(reader.info, path=Path("hinge_neutral.mp4"))
    for one, other in zip(loaded, sightings, strict=True):
        assert other.pose is not None
        assert_same(one, other)
    assert (tmp_path / "poses").stat().st_size / len(sightings) < 8 * 1024


def test_no_frames_and_no_person_can_be_saved(tmp_path: Path) -> None:
    for sightings in ([], [Sighting(0, 0.0, (8, 6), None)]):
        recording.save(tmp_path / "poses.npz", sightings)
        loaded = recording.load(tmp_path / "poses.npz")
        assert (len(list(loaded)), loaded.info) == (len(sightings), None)


def stored(path: Path) -> dict[str, np.ndarray]:
    recording.save(path, sightings_of_every_kind())
    with np.load(path) as file:
        return {name: file[name] for name in file.files}


def test_another_version_is_named(tmp_path: Path) -> None:
    path = tmp_path / "poses.npz"
    arrays = stored(path)
    about = json.loads(arrays["about"].tobytes()) | {"version": 99}
    with path.open("wb") as file:
        np.savez(file, **arrays | {"about": np.frombuffer(json.dumps(about).encode(), np.uint8)})
    with pytest.raises(recording.RecordingError, match="has version 99, this program reads version 1"):
        recording.load(path)


@pytest.mark.parametrize("name", ["time_s", "masks", "landmarks_px", "about", "found"])
def test_a_recording_with_a_part_missing_or_cut(tmp_path: Path, name: str) -> None:
    path = tmp_path / "poses.npz"
    arrays = stored(path)
    for harmed in ({key: array for key, array in arrays.items() if key != name}, arrays | {name: arrays[name][:-1]}):
        with path.open("wb") as file:
            np.savez(file, **harmed)
        with pytest.raises(recording.RecordingError, match="not a recording"):
            recording.load(path)


def test_files_that_are_not_recordings(tmp_path: Path) -> None:
    path = tmp_path / "poses.npz"
    recording.save(path, sightings_of_every_kind())
    valid = path.read_bytes()
    flipped = bytearray(valid)
    flipped[valid.index(b"masks.npy") + 200] ^= 255
    for data in (b"", b"hello", valid[: len(valid) // 2], bytes(flipped)):
        path.write_bytes(data)
        with pytest.raises(recording.RecordingError) as caught:
            recording.load(path)
        assert str(path) in str(caught.value)
    np.savez(path, other=np.arange(3))
    with pytest.raises(recording.RecordingError, match="not a recording"):
        recording.load(path)
    np.save(path.with_suffix(".npy"), np.arange(3))
    with pytest.raises(recording.RecordingError, match="not a recording"):
        recording.load(path.with_suffix(".npy"))


def test_missing_file_and_folder(tmp_path: Path) -> None:
    with pytest.raises(recording.RecordingError, match="no such file"):
        recording.load(tmp_path / "gone.npz")
    with pytest.raises(recording.RecordingError, match="cannot be read"):
        recording.load(tmp_path)
    with pytest.raises(recording.RecordingError, match="folder exists"):
        recording.save(tmp_path / "gone" / "poses.npz", sightings_of_every_kind())
    before = sorted(tmp_path.parent.iterdir())
    with pytest.raises(recording.RecordingError, match="cannot be written"):
        recording.save(tmp_path, sightings_of_every_kind())
    assert sorted(tmp_path.parent.iterdir()) == before, "no temporary file remains"


def test_a_pipe_is_refused_without_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "poses.npz")
    with pytest.raises(recording.RecordingError, match="a pipe"):
        recording.load(tmp_path / "poses.npz")


def test_facts_of_another_kind_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "poses.npz"
    arrays = stored(path)
    about = json.loads(arrays["about"].tobytes()) | {"info": {"path": "a.mp4", "size_px": [3, 4], "extra": 1}}
    with path.open("wb") as file:
        np.savez(file, **arrays | {"about": np.frombuffer(json.dumps(about).encode(), np.uint8)})
    with pytest.raises(recording.RecordingError, match="not a recording"):
        recording.load(path)


@pytest.mark.parametrize("name", ["mask_shape", "mask_corner", "mask_bytes"])
@pytest.mark.parametrize("value", [-1, 2**40, 2**62])
def test_sizes_that_no_silhouette_has_are_refused_before_memory_is_taken(tmp_path: Path, name: str, value: int) -> None:
    path = tmp_path / "poses.npz"
    arrays = stored(path)
    changed = arrays[name].copy()
    changed[0] = value
    with path.open("wb") as file:
        np.savez(file, **arrays | {name: changed})
    with pytest.raises(recording.RecordingError, match="not a recording"):
        list(recording.load(path))


def test_any_damage_is_named_and_nothing_else_raised(tmp_path: Path) -> None:
    path = tmp_path / "poses.npz"
    stored(path)
    whole = np.frombuffer(path.read_bytes(), np.uint8)
    seed = np.random.default_rng(5)
    for _ in range(300):
        harmed = whole.copy()
        harmed[seed.integers(0, len(whole), 4)] = seed.integers(0, 256, 4)
        path.write_bytes(harmed.tobytes())
        with contextlib.suppress(recording.RecordingError):
            list(recording.load(path))
