"""Angles over time against the numbers that they show, at every size and in every output."""

from __future__ import annotations

import io
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from hingecheck.report.charts import angle_chart, rep_chart
from hingecheck.report.charts.chart import NARROW, PAPER, WIDE, Size
from hingecheck.report.charts.hip_spine_chart import SIZE, hip_spine_chart
from hingecheck.report.charts.plot_parts import Limit
from hingecheck.report.charts.render import png, svg
from pose.track import Track
from tests.helpers import saved_sets, svg_parts

SIZES = [WIDE, NARROW, PAPER]


def with_spine(values: np.ndarray) -> Track:
    track = saved_sets.track()
    return replace(track, columns={**track.columns, "spine_flexion_deg": values}, uncertainty={})


def spine_chart(track: Track, unseen: int | None = None) -> angle_chart.AngleChart:
    return angle_chart.angle_charts(track, saved_sets.report(unseen=unseen), saved_sets.EXERCISE)[1]


def test_a_chart_for_hip_and_back_and_none_without_a_track() -> None:
    report = saved_sets.report()
    charts = angle_chart.angle_charts(saved_sets.track(), report, saved_sets.EXERCISE)
    assert [chart.quantity for chart in charts] == ["hip_flexion_deg", "spine_flexion_deg"]
    assert angle_chart.angle_charts(None, report, saved_sets.EXERCISE) == []


@pytest.mark.parametrize("size", SIZES)
def test_the_curve_stands_where_its_numbers_are(size: Size) -> None:
    """A step from 0 to 40 at the middle of the clip; the limit of 30 lies at three quarters of its height."""
    time_s = saved_sets.track().time_s
    middle_s = float(time_s[-1]) / 2
    drawn = svg(spine_chart(with_spine(np.where(time_s < middle_s, 0.0, 40.0))), size)
    curve = svg_parts.points(svg_parts.groups(drawn, "curve")[0])
    low_px, high_px = curve[0, 1], curve[-1, 1]
    (limit,) = svg_parts.groups(drawn, "fault")
    assert (low_px - svg_parts.points(limit)[0, 1]) / (low_px - high_px) == pytest.approx(30 / 40, abs=0.005)
    step_px = curve[np.abs(np.diff(curve[:, 1])).argmax(), 0]
    assert step_px == pytest.approx(svg_parts.x_px(drawn, size, middle_s), abs=2)


@pytest.mark.parametrize("size", SIZES)
def test_the_plot_area_is_where_the_chart_says(size: Size) -> None:
    drawn = svg(spine_chart(saved_sets.track()), size)
    (limit,) = svg_parts.groups(drawn, "fault")
    edges = svg_parts.points(limit)
    assert drawn.x_range == (0.0, float(saved_sets.track().time_s[-1]))
    assert edges[:, 0] / size.width_px == pytest.approx([drawn.box.left, drawn.box.left + drawn.box.width], abs=2e-4)
    assert drawn.box.top < edges[0, 1] / size.height_px < drawn.box.top + drawn.box.height


def test_what_was_not_seen_has_no_curve_and_is_named_with_its_reason() -> None:
    whole, broken = (svg(spine_chart(saved_sets.track(unseen=unseen), unseen), WIDE) for unseen in (None, 4))
    assert svg_parts.pieces(svg_parts.groups(whole, "curve")[0]) == 1
    assert svg_parts.pieces(svg_parts.groups(broken, "curve")[0]) == 2
    xs = svg_parts.points(svg_parts.groups(broken, "curve")[0])[:, 0]
    inside = (xs > svg_parts.x_px(broken, WIDE, 15.3)) & (xs < svg_parts.x_px(broken, WIDE, 19.3))
    assert not inside.any()
    assert f"Not seen: {saved_sets.LATE}" in svg_parts.tooltips(broken)
    assert "not seen" in svg_parts.words(broken)
    assert "not seen" not in svg_parts.words(whole)


def test_holes_have_their_times_and_reason() -> None:
    (hole,) = angle_chart.holes(saved_sets.track(unseen=4), "spine_flexion_deg")
    assert (hole.start_s, hole.end_s) == (pytest.approx(15.2, abs=0.07), pytest.approx(19.4, abs=0.07))
    assert hole.reason == saved_sets.LATE


def test_each_rep_stands_above_with_its_verdict_as_far_as_there_is_room() -> None:
    chart = angle_chart.angle_charts(saved_sets.track(), saved_sets.report(borderline=2), saved_sets.EXERCISE)[0]
    wide, narrow = svg(chart, WIDE), svg(chart, NARROW)
    assert {"1 Neutral", "2 Neutral?", "3 Rounded"} <= set(svg_parts.words(wide))
    assert {"1 \u2713", "2 \u2713?", "3 \u2715"} <= set(svg_parts.words(narrow))
    assert {"Rep 2: Neutral, borderline", "Rep 3: Rounded"} <= set(svg_parts.tooltips(wide))


def test_limits_are_named_in_their_own_kind() -> None:
    assert angle_chart.limits_of(saved_sets.EXERCISE, "spine_flexion_deg") == [
        Limit(30, "limit 30\u00b0", "fault"), Limit(20, "watch 20\u00b0", "watch")]
    assert angle_chart.limits_of(saved_sets.EXERCISE, "hip_flexion_deg") == [Limit(45, "at least 45\u00b0", "fault")]
    words = svg_parts.words(svg(spine_chart(saved_sets.track()), NARROW))
    assert {"limit 30\u00b0", "watch 20\u00b0"} <= set(words)


def test_the_description_has_each_rep_with_its_value() -> None:
    assert spine_chart(saved_sets.track(unseen=4), 4).description == (
        "Degrees: rep 1 neutral 8\u00b0; rep 2 neutral 8\u00b0; rep 3 rounded 42\u00b0; rep 4 not judged not seen; "
        "rep 5 rounded 42\u00b0; not seen for 4.3 s in all")


def test_the_png_for_paper_is_the_same_chart() -> None:
    image = np.asarray(Image.open(io.BytesIO(png(spine_chart(saved_sets.track()), PAPER))).convert("RGB")).astype(int)
    assert image.shape[:2] == (3 * PAPER.height_px, 3 * PAPER.width_px)
    drawn = svg(spine_chart(saved_sets.track()), PAPER)
    (limit,) = svg_parts.groups(drawn, "fault")
    row = round(3 * svg_parts.points(limit)[0, 1])
    orange = np.abs(image - (0xb8, 0x4a, 0x00)).max(axis=2) < 40
    assert orange[row - 2:row + 3, 200:-60].any(axis=0).mean() > 0.5


def test_the_curves_of_a_rep_are_both_named_and_its_limits_say_whose_they_are() -> None:
    chart = rep_chart.rep_chart(saved_sets.track(), saved_sets.report().reps[2], saved_sets.EXERCISE)
    assert chart is not None
    words = svg_parts.words(svg(chart, rep_chart.SIZE))
    assert {"hip", "spine", "spine: limit 30\u00b0", "spine: watch 20\u00b0"} <= set(words)
    assert chart.description == "Rounded; spinal curve 42\u00b0 at the bottom"


def test_dots_of_like_reps_do_not_cover_each_other() -> None:
    chart = hip_spine_chart(saved_sets.track("NNNRR"), saved_sets.report("NNNRR"), saved_sets.EXERCISE)
    assert chart is not None
    drawn = svg(chart, SIZE)
    dots = svg_parts.numbered(drawn)
    assert sorted(dots) == ["1", "2", "3", "4", "5"]
    places = np.array(list(dots.values()))
    apart = np.hypot(*(places[:, None] - places[None]).transpose(2, 0, 1)) + 1000 * np.eye(5)
    assert apart.min() >= 20


def test_reps_that_were_not_seen_have_no_way_down() -> None:
    chart = hip_spine_chart(saved_sets.track("NNNRR", unseen=2), saved_sets.report("NNNRR", unseen=2),
                            saved_sets.EXERCISE)
    assert chart is not None
    assert [rep.index for rep in chart.reps] == [1, 3, 4, 5]
    assert "rep 2" not in chart.description
