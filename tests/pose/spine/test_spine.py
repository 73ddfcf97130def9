"""The spine formula: its terms, its stored numbers and errors; side, size and place have no effect."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from pose.frame.contour import COUNT
from pose.frame.measure import Measurer, Row
from pose.spine.fit import TARGETS, fit, flexions
from pose.spine.hinge_terms import BUILD, CHANGES, LEAST_STATIONS, NAMES, SEGMENTS, USED, HingeTerms
from pose.spine.neutral import find_neutral
from tests.helpers.fixture_types import SightingsOf
from tests.helpers.stick_figure import joints, person, pose, sighting, soft

ROOT = Path(__file__).resolve().parents[3]
POSTURES = [(0, 0), (30, -5), (60, -12), (85, -20)]


def row(trunk: float, thigh: float, facing: int = 1, scale: float = 1.0) -> Row:
    """Measure a built person, scaled by `scale`."""
    points = joints(trunk, thigh, neck=trunk + 15, facing=facing)
    depth = person(points)
    built = pose(points, soft(depth), facing=facing)
    measured = Measurer()(sighting(built))
    lengths = ("thigh_px", "shank_px", "trunk_px", "hip_over_ankle_px", "reach_px")
    return replace(measured, **{name: getattr(measured, name) * scale for name in lengths})


def test_every_term_has_a_name_and_a_number() -> None:
    terms = HingeTerms(row(0, 0)).table([row(40, -8)])[0]
    assert terms.shape == (len(NAMES),) == fit().term_mean.shape == fit().term_scale.shape
    assert len(NAMES) == len(set(NAMES)) == 5 + (COUNT - USED.start) + SEGMENTS + 1 + len(BUILD)
    assert np.isfinite(terms).all()
    assert fit().weights.shape == (len(NAMES), len(TARGETS))
    assert fit().centres.shape[1] == len(NAMES)
    assert (fit().term_scale > 0).all()


def test_no_change_gives_zero_terms() -> None:
    upright = row(0, 0)
    assert HingeTerms(upright).table([upright])[0][:len(CHANGES)] == pytest.approx(0, abs=1e-9)


def test_the_pitches_are_the_built_ones() -> None:
    terms = dict(zip(NAMES, HingeTerms(row(0, 0)).table([row(40, -8)])[0], strict=True))
    assert (terms["trunk pitch"], terms["thigh pitch"]) == (pytest.approx(40, abs=0.01), pytest.approx(-8, abs=0.01))
    assert terms["shank pitch"] == pytest.approx(0, abs=0.01)
    assert terms["outline tangent 12/12"] == pytest.approx(40, abs=4), "the outline follows the trunk at its top"
    assert terms["outline tangent 1/12"] < terms["outline tangent 6/12"] < 41, "and the hip less at its base"


@pytest.mark.parametrize("posture", POSTURES)
def test_left_and_right_are_the_same(posture: tuple[float, float]) -> None:
    right, left = (HingeTerms(row(0, 0, facing)).table([row(*posture, facing)])[0] for facing in (1, -1))
    assert left == pytest.approx(right, abs=0.6)
    both, _ = flexions(np.stack([right, left]))
    assert both[0] == pytest.approx(both[1], abs=0.5)


@pytest.mark.parametrize("posture", POSTURES)
def test_size_in_the_frame_has_no_effect(posture: tuple[float, float]) -> None:
    """Neither of the whole clip, nor of a person who steps nearer between upright and bent."""
    plain, large, nearer = (HingeTerms(row(0, 0, scale=before)).table([row(*posture, scale=after)])[0]
                            for before, after in ((1.0, 1.0), (2.7, 2.7), (1.0, 1.3)))
    assert large == pytest.approx(plain, abs=1e-6)
    assert nearer == pytest.approx(plain, abs=1e-6)


def test_a_gap_in_the_outline_is_interpolated_and_a_missing_outline_is_not() -> None:
    upright, bent = row(0, 0), row(40, -8)
    gap = replace(bent, reach_px=np.where((np.arange(COUNT) > 12) & (np.arange(COUNT) < 17), np.nan, bent.reach_px))
    assert HingeTerms(upright).table([gap])[0] == pytest.approx(HingeTerms(upright).table([bent])[0], abs=1.0)
    little = replace(bent, reach_px=np.where(np.arange(COUNT) < USED.start + LEAST_STATIONS - 1, bent.reach_px, np.nan))
    unmeasured, likeness = flexions(HingeTerms(upright).table([little]))
    assert np.isnan(unmeasured).all()
    assert np.isnan(likeness).all()


def test_far_from_every_rendered_posture_only_the_weighted_sum_remains() -> None:
    numbers = fit()
    strange = numbers.term_mean + 12 * numbers.term_scale
    value, likeness = flexions(strange[None])
    assert likeness[0] < 1e-6
    assert value[0] == pytest.approx(numbers.mean + 12 * numbers.weights.sum(axis=0))
    centre = numbers.term_mean + numbers.term_scale * numbers.centres[0]
    assert flexions(centre[None])[1][0] == pytest.approx(1)


def test_frames_of_a_long_clip_are_measured_as_they_are_alone() -> None:
    numbers = fit()
    terms = numbers.term_mean + numbers.term_scale * np.random.default_rng(5).normal(0, 1.5, (2500, len(NAMES)))
    flexion, likeness = flexions(terms)
    for number in (0, 1023, 1024, 2047, 2048, 2499):
        alone, alike = flexions(terms[number:number + 1])
        np.testing.assert_allclose(flexion[number], alone[0], atol=1e-9)
        np.testing.assert_allclose(likeness[number], alike[0], atol=1e-12)
    assert [array.shape for array in flexions(terms[:0])] == [(0, 3), (0,)]


def test_the_stored_errors_are_small_enough() -> None:
    """On rendered people whom the fit has not seen, degrees; most rows turned, behind plates or loosely clad."""
    error = fit().about["error_on_unseen_people_deg"]["whole formula"]
    for target, mean, most in (("spine_flexion_deg", 9, 26), ("hip_flexion_deg", 9, 26),
                               ("knee_flexion_deg", 7, 23)):
        assert error[target]["mae"] < mean
        assert error[target]["p95"] < most
    assert fit().about["people"] > 500


def test_the_formula_gives_the_table_it_was_fitted_on() -> None:
    """The numbers in the program belong to the table in bench/, and its truth."""
    with np.load(ROOT / "bench" / "spine_pairs.npz") as table:
        rows = slice(0, None, 7)
        terms, truth = table["terms"][rows].astype(float), table["truth"][rows].astype(float)
        side_on = table["yaw"][rows] < 30
    value, _ = flexions(terms)
    error = value - truth
    unseen = fit().about["error_on_unseen_people_deg"]["whole formula"]
    for target, mean in zip(TARGETS, np.abs(error).mean(axis=0), strict=True):
        assert mean < unseen[target]["mae"], f"{target}: worse on its own people than on others"
    spine, true = value[:, 0], truth[:, 0]
    rounded, neutral = spine[side_on & (true >= 35)], spine[side_on & (true <= 16)]
    assert (rounded[:, None] > neutral[None]).mean() > 0.985, "rounded backs read higher than neutral ones"


def test_at_the_persons_neutral_everything_is_near_zero(recorded: SightingsOf) -> None:
    measure = Measurer()
    rows = [measure(sighting) for sighting in recorded("hinge_mixed") if sighting.time_s < 1.3]
    neutral = find_neutral(rows)
    assert neutral is not None
    terms = HingeTerms(neutral.pose).table(rows)
    spine, hip, _ = np.median(flexions(terms)[0], axis=0)
    assert spine == pytest.approx(0, abs=6)
    assert hip == pytest.approx(0, abs=8)
