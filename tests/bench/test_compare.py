"""Found reps beside true ones, and the other methods' angles of a drawn person."""

from __future__ import annotations

import numpy as np
import pytest

from bench import proxies
from bench.compare import match
from pose.frame.measure import Row
from pose.frame.view import View
from pose.landmarks import PAIRS
from pose.reason import Reason, ReasonKind
from tests.helpers.clip_pairs import measured_rep, true_rep

#: How far the two sides of the body lie from the middle line in the picture, when it is turned a little.
SIDEWAYS = {"knee": (3.0, 1.0), "hip": (6.0, 0.0), "shoulder": (12.0, -2.0), "ear": (0.0, 0.0)}


def drawn(lean_deg: float = 0, thigh_deg: float = 0, neck_deg: float = 0, facing: int = 1, index: int = 0) -> Row:
    """A stick figure: trunk and neck tipped forward, thigh tipped back (hip behind the knee), degrees."""
    def up(pitch_deg: float) -> np.ndarray:
        return 100 * np.array([facing * np.sin(np.radians(pitch_deg)), -np.cos(np.radians(pitch_deg))])

    knee = np.array([300.0, 400.0])
    hip = knee + up(-thigh_deg)
    shoulder = hip + up(lean_deg)
    points = np.zeros((33, 2))
    for joint, place in (("knee", knee), ("hip", hip), ("shoulder", shoulder), ("ear", shoulder + up(neck_deg))):
        left, right = PAIRS[joint]
        points[left], points[right] = place + np.array(SIDEWAYS[joint]), place - np.array(SIDEWAYS[joint])
    return Row(index, index / 30, facing, View(), landmarks_px=points)


@pytest.mark.parametrize("facing", [1, -1])
def test_proxies_of_a_drawn_person(facing: int) -> None:
    rows = [drawn(lean_deg=5, thigh_deg=3, neck_deg=15, facing=facing)] * 6
    rows += [drawn(lean_deg=60, thigh_deg=20, neck_deg=90, facing=facing)] * 20  # a clip is mostly spent bending
    got = {name: values[-1] for name, values in proxies.proxies(rows).items()}
    assert got["trunk_lean"] == pytest.approx(60)
    assert got["trunk_lean_change"] == pytest.approx(55)
    assert got["shoulder_hip_knee"] == pytest.approx(80)
    assert got["shoulder_hip_knee_change"] == pytest.approx(72)
    assert got["ear_shoulder_hip"] == pytest.approx(30 - 10)  # the angle closes by 20 more than when upright


def test_a_frame_without_a_person_has_no_proxies() -> None:
    rows = [drawn(), Row(1, 1 / 30, 0, View(problem=Reason(ReasonKind.NO_PERSON)))]
    for values in proxies.proxies(rows).values():
        assert np.isfinite(values[0])
        assert np.isnan(values[1])
    assert all(np.isnan(value) for value in proxies.at(proxies.proxies(rows), slice(1, 2)).values())


@pytest.mark.parametrize(("true", "reps", "expected"), [
    ([0, 5, 10], [0.2, 5.3, 9.9], [(0, 0), (1, 1), (2, 2)]),
    ([0, 5, 10], [0.2, 9.9], [(0, 0), (2, 1)]),
    ([5, 10], [0, 5.1, 10.1], [(0, 1), (1, 2)]),
    ([0, 5], [5, 10], [(1, 0)]),  # as many found as there were, but one missed and one made up
    ([0, 2], [0.5], [(0, 0)]),  # one rep found across two
    ([0], [], []),
])
def test_reps_are_matched(true: list[float], reps: list[float], expected: list[tuple[int, int]]) -> None:
    assert match([true_rep(t) for t in true], [measured_rep(t) for t in reps]) == expected
