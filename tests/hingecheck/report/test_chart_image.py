"""The curves of the PDF, as images, against the numbers that they show."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest

from hingecheck.report import pdf_report
from hingecheck.report.charts import chart_image, chart_style
from pose.arrays import BoolArray, FloatArray, Image
from pose.track import Track
from tests.helpers import saved_sets

CURVE, LIMIT = (27, 32, 38), (184, 74, 0)
#: Above it stand the reps' names and their bars.
TOP_PX = 70


def drawn(track: Track) -> list[Image]:
    made = pdf_report.curve_images(track, saved_sets.report(), saved_sets.EXERCISE)
    return [cv2.imdecode(np.frombuffer(one, np.uint8), cv2.IMREAD_COLOR)[TOP_PX:, :, ::-1] for one in made]


def in_colour(image: Image, colour: tuple[int, int, int], within: int = 30) -> BoolArray:
    """Where something is drawn in a colour."""
    pixels: BoolArray = np.abs(image.astype(int) - colour).max(axis=2) < within
    return pixels


def with_spine(values: FloatArray) -> Track:
    track = saved_sets.track()
    return replace(track, columns={**track.columns, "spine_flexion_deg": values}, uncertainty={})


def test_a_picture_for_hip_and_back_and_none_without_a_track() -> None:
    assert len(drawn(saved_sets.track())) == 2
    assert pdf_report.curve_images(None, saved_sets.report(), saved_sets.EXERCISE) == []


def test_the_curve_stands_as_high_as_its_values() -> None:
    track = saved_sets.track()
    steps = np.where(track.time_s < track.time_s[-1] / 2, 0.0, 40.0)
    _, spine = drawn(with_spine(steps))
    pixels = in_colour(spine, CURVE)
    half = pixels.shape[1] // 2
    low_px, high_px = (np.median(np.nonzero(part)[0]) for part in (pixels[:, half - 400:half - 100],
                                                                   pixels[:, half + 100:half + 400]))
    # The limit of 30 degrees is the one other line whose height is known.
    limit_px = np.median(np.nonzero(in_colour(spine, LIMIT)[:, half - 400:half + 400])[0])
    assert (low_px - limit_px) / (low_px - high_px) == pytest.approx(30 / 40, abs=0.01)


def test_what_was_not_seen_has_no_curve_and_is_said_to_be_unseen() -> None:
    seen, unseen = drawn(saved_sets.track())[1], drawn(saved_sets.track(unseen=3))[1]
    # Rep 3 lies from 11 to 14.8 s of 25 s.
    part = slice(int(seen.shape[1] * 0.47), int(seen.shape[1] * 0.58))
    assert in_colour(seen[:, part], CURVE).sum() > 300
    assert in_colour(unseen[:, part], CURVE).sum() == 0


def test_no_variable_of_the_page_is_left_over() -> None:
    assert "var(" in chart_style.css()
    assert "var(" not in chart_image._style_sheet()
    assert ".shade-top.fault { fill: #b84a00; }" in chart_image._style_sheet()


def test_a_rounded_rep_is_hatched_as_in_the_page() -> None:
    tint = in_colour(drawn(saved_sets.track())[1], (251, 230, 218), 4)
    neutral, rounded = (tint[:, int(tint.shape[1] * start):int(tint.shape[1] * end)].mean()
                        for start, end in ((0.1, 0.28), (0.81, 0.94)))
    assert neutral == 0
    assert 0.3 < rounded < 0.8
