"""Kept pictures: in memory or in a file, of one stretch or of several."""

from __future__ import annotations

import pickle
import tempfile

import numpy as np
import pytest

from hingecheck.analysis.byte_store import ByteStore
from hingecheck.analysis.key_frames import KeyFrames
from pose.frame.measure import Row
from pose.frame.view import View
from pose.frames import Frame
from pose.io.image_codec import encode_jpeg


def filled(store: ByteStore, first_s: float, bends: tuple[float, ...]) -> KeyFrames:
    """Four frames a second, each grey by its number within the stretch."""
    keys = KeyFrames(store)
    for index, bend in enumerate(bends):
        frame = Frame(index, first_s + index / 4, np.full((40, 60, 3), 20 * index, np.uint8))
        keys.offer(frame, Row(index, frame.time_s, 1, View(), trunk_pitch_deg=bend, thigh_pitch_deg=0.0))
        keys.pack()
    return keys


@pytest.fixture(params=[False, True], ids=["memory", "file"])
def store(request: pytest.FixtureRequest) -> ByteStore:
    return ByteStore.in_a_file() if request.param else ByteStore()


def test_of_each_half_second_the_deepest_bend_is_kept(store: ByteStore) -> None:
    keys = filled(store, 0.0, (5, 9, 30, 10))
    for time_s, index in ((0.0, 1), (0.2, 1), (0.6, 2), (9.0, 2)):
        key = keys.nearest(time_s)
        assert key is not None
        assert (key.index, key.time_s, key.scale) == (index, index / 4, 1.0)
        assert key.image == pytest.approx(np.full((40, 60, 3), 20 * index), abs=2)


def test_the_file_holds_the_reduced_frame_as_jpeg() -> None:
    image = np.random.default_rng(3).integers(0, 255, (900, 1600, 3), dtype=np.uint8)
    frame = Frame(0, 0.0, image)
    with tempfile.TemporaryFile() as opened:
        keys = KeyFrames(ByteStore(opened))
        keys.offer(frame, Row(0, 0.0, 1, View(), trunk_pitch_deg=5.0, thigh_pitch_deg=0.0))
        key = keys.nearest(0.0)
        opened.seek(0)
        assert opened.read() == encode_jpeg(frame.reduced(1280), 92)
    assert key is not None
    assert key.scale == 0.8


def test_stretches_are_joined_with_the_clip_s_own_indexes(store: ByteStore) -> None:
    other = ByteStore()
    parts = [(0, filled(store, 0.0, (5, 9)), store), (2, filled(other, 0.5, (1, 2)), other)]
    whole = KeyFrames.joined((first, part.stored(), of_part) for first, part, of_part in parts)
    for keys in (whole, pickle.loads(pickle.dumps(whole))):
        first, second = keys.nearest(0.25), keys.nearest(0.75)
        assert first is not None
        assert second is not None
        assert (first.index, second.index) == (1, 3)
        assert second.image.mean() == pytest.approx(20, abs=2)


def test_images_that_are_thinned_out_leave_the_store(store: ByteStore) -> None:
    keys = filled(store, 0.0, (5, 9, 30, 10, 7, 8, 1, 2))
    numbers = [image.number for image in keys.stored()]
    keys.thin([0.3], since_s=1.4)
    assert [image.index for image in keys.stored()] == [1, 7]
    for number in numbers[1:3]:
        with pytest.raises(KeyError):
            store.get(number)
    assert keys.nearest(0.7) is not None


def test_a_full_disk_loses_no_picture() -> None:
    with open("/dev/full", "r+b", buffering=0) as full:
        key = filled(ByteStore(full), 0.0, (5, 9)).nearest(0.0)
    assert key is not None
    assert key.index == 1
