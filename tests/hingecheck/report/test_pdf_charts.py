"""The curves of the PDF against the numbers that they show."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest

from hingecheck.report.charts import pdf_charts
from pose.arrays import BoolArray, FloatArray, Image
from pose.track import Track
from tests.helpers import saved_sets

CURVE = np.array([0, 114, 178])


def drawn(track: Track) -> list[Image]:
    made = pdf_charts.curves(track, saved_sets.report(), saved_sets.EXERCISE)
    return [cv2.imdecode(np.frombuffer(one, np.uint8), cv2.IMREAD_COLOR)[:, :, ::-1] for one in made]


def curve(picture: Image) -> BoolArray:
    """Where the curve itself is drawn."""
    return np.abs(picture.astype(int) - CURVE).max(axis=2) < 30


def with_spine(values: FloatArray) -> Track:
    track = saved_sets.track()
    return replace(track, columns={**track.columns, "spine_flexion_deg": values}, uncertainty={})


def test_a_picture_for_hip_and_back_and_none_without_a_track() -> None:
    assert len(drawn(saved_sets.track())) == 2
    assert pdf_charts.curves(None, saved_sets.report(), saved_sets.EXERCISE) == []


def test_the_curve_stands_as_high_as_its_values() -> None:
    track = saved_sets.track()
    steps = np.where(track.time_s < track.time_s[-1] / 2, 0.0, 40.0)
    _, spine = drawn(with_spine(steps))
    found = curve(spine)
    half = found.shape[1] // 2
    low_px, high_px = (np.median(np.nonzero(part)[0]) for part in (found[:, half - 400:half - 100],
                                                                   found[:, half + 100:half + 400]))
    # The limit of 30 degrees is the one other line whose height is known.
    limit = np.abs(spine.astype(int) - (184, 74, 0)).max(axis=2) < 30
    limit_px = np.median(np.nonzero(limit[:, half - 400:half + 400])[0])
    assert (low_px - limit_px) / (low_px - high_px) == pytest.approx(30 / 40, abs=0.01)


def test_what_was_not_seen_has_no_curve_and_is_said_to_be_unseen() -> None:
    seen, unseen = drawn(saved_sets.track())[1], drawn(saved_sets.track(unseen=3))[1]
    # Rep 3 lies from 11 to 14.8 s of 25 s.
    part = slice(int(seen.shape[1] * 0.47), int(seen.shape[1] * 0.58))
    assert curve(seen[:, part]).sum() > 300
    assert curve(unseen[:, part]).sum() == 0
