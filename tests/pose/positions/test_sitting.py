"""Sitting people: the formula is the fit of its table, and samples are measured as rendered."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np
import pytest

from bench import fit_sitting
from pose.frame.measure import Measurer
from pose.frame.skeleton import Skeleton
from pose.frame.straight_leg import straighter_knee_deg
from pose.frames import Pose
from pose.positions.assemble import assemble
from pose.positions.sitting import tallest_frames
from pose.positions.sitting_fit import TERMS, fit
from pose.track import Track
from tests.helpers.fixture_types import SightingsOf, TruthOf
from tests.helpers.posed_people import Shape, drawn, rows_of


@pytest.fixture
def track_of(recorded: SightingsOf) -> Callable[[str], Track]:
    def measured(name: str) -> Track:
        measurer = Measurer()
        return assemble([measurer(sighting) for sighting in recorded(name)])[0]

    return cache(measured)


def at_bottoms(track: Track, truth: dict[str, Any], name: str) -> list[tuple[float, float, float]]:
    """Return measured value, truth and band of a quantity in the middle of the bottom of each rep."""
    angles = np.broadcast_to(truth["angles"][name], truth["frame_count"])
    values = []
    for rep in truth["reps"]:
        rows = track.between(rep["bottom"] + 0.1, rep["leave"] - 0.1)
        values.append((float(np.median(track.columns[name][rows])),
                       float(angles[round((rep["bottom"] + rep["leave"]) / 2 * truth["fps"])]),
                       float(np.median(track.uncertainty[name][rows]))))
    return values


def test_the_formula_is_the_fit_of_its_table() -> None:
    with np.load(fit_sitting.TABLE) as data:
        weights = fit_sitting.fit(data["terms"].astype(float), data["truth"].astype(float))
        assert data["terms"].shape[1] == len(TERMS)
    np.testing.assert_allclose(fit().weights, weights, rtol=1e-3, atol=1e-5)


def test_the_error_in_the_file_is_that_on_unseen_people() -> None:
    with np.load(fit_sitting.TABLE) as data:
        error = np.abs(fit_sitting.check(data["terms"].astype(float), data["truth"].astype(float), data["person"]))
        chair = ~data["on_floor"]
    about = json.loads(json.dumps(fit().about))["error"]["chair"]["spine_flexion_deg"]
    assert about["mae"] == pytest.approx(float(error[chair, 0].mean()), abs=0.06)
    assert about["mae"] < 6.5
    assert fit().widths_deg[0, 0] == pytest.approx(float(np.percentile(error[chair, 0], 90)), abs=0.1)


@pytest.mark.parametrize("clip", ["chair_stretch", "seated_extension_slump", "seated_extension_good", "sitting_slump",
                                  "seated_floor_stretch"])
def test_the_truth_lies_inside_the_stated_band(track_of: Callable[[str], Track], truth: TruthOf, clip: str) -> None:
    for measured, true, band in at_bottoms(track_of(clip), truth(clip), "spine_flexion_deg"):
        assert abs(measured - true) <= band
        assert (measured > 15) == (true > 20)


def test_a_straight_knee_is_measured_behind_the_other_leg(track_of: Callable[[str], Track], truth: TruthOf) -> None:
    name = "straighter_knee_flexion_deg"
    chair = track_of("chair_stretch")
    # The model's own knees read 25 to 80 here.
    assert abs(float(np.median(chair.columns[name][chair.between(6, 25)]))) < 12
    moving = truth("seated_extension_good")
    track = track_of("seated_extension_good")
    true = np.interp(track.time_s, np.arange(moving["frame_count"]) / moving["fps"],
                     moving["angles"]["knee_flexion_deg"])
    assert np.nanmean(np.abs(track.columns[name] - true)) < 8


@pytest.mark.parametrize("bent", [0.0, 30.0, 60.0, 90.0])
def test_a_drawn_shank_gives_its_angle(bent: float) -> None:
    """One leg bent by 90 deg as on a chair, the other by less: the silhouette shows the straighter one."""
    pose = drawn(Shape(thighs=(0, 0), shanks=(-bent, -90)))
    mask = np.zeros((480, 640), np.uint8)
    y, x = np.mgrid[:480, :640]
    for start, end in (((320, 260), (410, 260)), *(((410, 260), (410 + 90 * np.cos(np.radians(a)),
                                                             260 + 90 * np.sin(np.radians(a)))) for a in (bent, 90))):
        along = np.subtract(end, start).astype(float)
        share = np.clip(((x - start[0]) * along[0] + (y - start[1]) * along[1]) / (along @ along), 0, 1)
        near = np.hypot(x - start[0] - share * along[0], y - start[1] - share * along[1]) < 12
        mask[near] = 255
    built = Pose(pose.landmarks_px, pose.depth_px, pose.visibility, pose.world_m, mask, 1.0)
    assert straighter_knee_deg(built, Skeleton.of(built, 1)) == pytest.approx(bent, abs=4)


def test_no_silhouette_no_knee() -> None:
    pose = drawn(Shape(thighs=(0, 0)))
    assert np.isnan(straighter_knee_deg(pose, Skeleton.of(pose, 1)))


def test_the_upright_sit_is_the_tallest_and_not_the_first() -> None:
    rows = rows_of((Shape(trunk=70, thighs=(0, 0)), 3), (Shape(trunk=90, thighs=(0, 0)), 1))
    assert not tallest_frames(rows)[:30].any()
    assert tallest_frames(rows)[-5:].all()
