"""When another search for people is worth its time, on rendered people."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from pose.arrays import Image
from pose.io.video import VideoReader
from pose.model.search_watch import SearchWatch
from tests.helpers.fixture_types import SightingsOf


@pytest.fixture(scope="module")
def looks(samples: Path, recorded: SightingsOf) -> list[tuple[float, Image, np.ndarray]]:
    """One look a second: time, image, landmarks."""
    points = {round(sighting.time_s, 3): sighting.pose.landmarks_px for sighting in recorded("hinge_mixed")
              if sighting.pose is not None}
    with VideoReader(samples / "hinge_mixed.mp4", end_s=12.5) as frames:
        return [(frame.time_s, np.ascontiguousarray(frame.image), points[round(frame.time_s, 3)])
                for frame in frames if frame.index % 30 == 0]


def asked_at(looks: list[tuple[float, Image, np.ndarray]]) -> list[int]:
    watch = SearchWatch()
    return [round(time_s) for time_s, image, points in looks if watch.asks_for_search(time_s, image, points)]


def test_nothing_but_the_person_moves(looks: list[tuple[float, Image, np.ndarray]]) -> None:
    assert asked_at(looks) == [0, 4, 8, 12]


def test_somebody_who_comes_and_stays_is_looked_for_once_more(looks: list[tuple[float, Image, np.ndarray]]) -> None:
    other = looks[0][1][200:400, 290:350]
    with_other = [(time_s, image.copy(), points) for time_s, image, points in looks]
    for time_s, image, _points in with_other:
        if 2 <= time_s <= 6.5:
            image[200:400, 20:80] = other
    assert asked_at(with_other) == [0, 2, 6, 7, 11], "comes, is still there, has gone"


def test_a_moved_camera_and_another_light_ask_for_a_search(looks: list[tuple[float, Image, np.ndarray]]) -> None:
    moved = [(time_s, np.roll(image, 40, axis=1) if time_s >= 1.5 else image, points)
             for time_s, image, points in looks]
    darker = [(time_s, (image * 0.8).astype(np.uint8) if time_s >= 1.5 else image, points)
              for time_s, image, points in looks]
    assert asked_at(moved)[:2] == asked_at(darker)[:2] == [0, 2]


def test_a_camera_s_noise_does_not(looks: list[tuple[float, Image, np.ndarray]]) -> None:
    chance = np.random.default_rng(4)
    noisy = [(time_s, np.clip(image + chance.normal(0, 12, image.shape), 0, 255).astype(np.uint8), points)
             for time_s, image, points in looks]
    assert asked_at(noisy) == [0, 4, 8, 12]


def test_a_picture_of_another_size_is_another_scene(looks: list[tuple[float, Image, np.ndarray]]) -> None:
    (_, image, points), watch = looks[0], SearchWatch()
    assert watch.asks_for_search(0.0, image, points)
    assert watch.asks_for_search(1.0, image[:240], points)
