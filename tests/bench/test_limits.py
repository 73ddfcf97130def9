"""Figures beside their limits; holds, onsets and real people."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from bench.compare import ONSET, Compared, Pair, true_onset_deg
from bench.limits import LIMITS, against_limits
from bench.lying import faults, holds
from bench.page import angles
from bench.truth import TrueRep, Truth
from exercises.results import Finding, Verdict
from tests.helpers import clip_pairs
from tests.helpers.clip_pairs import PAIRS, measured_rep, rows_of


@pytest.fixture
def clip() -> Compared:
    return clip_pairs.clip()


def held_by(clip: Compared, name: str) -> dict[str, tuple[str, str]]:
    return {row[1]: (row[2], row[4]) for row in against_limits([("seed 21", name, [clip])]).rows}


def test_figures_beside_the_limits(clip: Compared) -> None:
    rows = held_by(clip, "hinge")
    assert rows["every rep count right"] == ("0 %", "**no**")
    assert rows["verdicts right in ≥ 98 % of judged reps"] == ("50 %", "**no**")
    assert rows["unseen ≤ 8 %"] == ("20 %", "**no**")
    assert rows["spine flexion MAE ≤ 7 deg"] == ("13.5", "**no**")
    assert rows["hip flexion MAE ≤ 5 deg"] == ("2.0", "yes")
    assert rows["knee flexion MAE ≤ 5 deg"] == ("–", "**no**"), "what was not measured holds no limit"
    assert held_by(clip, "hard")["no wrong verdict without “borderline”"] == ("1", "**no**")
    sure = replace(clip, pairs=PAIRS[:3])
    assert held_by(sure, "hard")["no wrong verdict without “borderline”"] == ("0", "yes")
    assert held_by(sure, "hinge")["verdicts right in ≥ 98 % of judged reps"] == ("66.7 %", "**no**")


def test_off_side_reps_must_be_doubted(clip: Compared) -> None:
    words = "≥ 95 % of reps refused or marked unsure"
    assert held_by(clip, "off-side")[words] == ("40 %", "**no**")
    doubted = replace(clip, pairs=(PAIRS[1], PAIRS[4]))
    assert held_by(doubted, "off-side")[words] == ("100 %", "yes")


def test_every_limit_names_its_figure() -> None:
    assert set(LIMITS) == {"hinge", "lift", "hard", "doorway", "off-side"}
    assert all((limit.at_most is None) != (limit.at_least is None) for limits in LIMITS.values() for limit in limits)


def lying(hold_s: float, side: str, broken: tuple[str, ...], true: tuple[str, ...] = ("knee_bent",)) -> Pair:
    findings = tuple(Finding(rule=rule, verdict=Verdict.BROKEN if rule in broken else Verdict.MET, value=12.0,
                             limit=15.0, borderline=True) for rule in ("knee_bent", "other_leg_lifted"))
    known = TrueRep(0, 1, 11, 12, "fault", true, "left")
    return Pair(1, known, measured_rep(0, "fault", hold_s=hold_s, side=side, findings=findings), "fault", False,
                {}, {}, {}, {}, "doorway_23_00")


def test_holds_sides_and_faults() -> None:
    pairs = [lying(10.5, "left", ("knee_bent",)), lying(8.5, "right", ("other_leg_lifted",))]
    assert faults(pairs) == (2, 1, 1)
    made = holds(pairs)
    assert made is not None
    rows = rows_of(made)
    assert (rows["seconds held, MAE"]["figure"], rows["seconds held, MAE"]["largest error"]) == ("1.00 s", "1.50")
    assert rows["side named right"]["figure"] == "50 %"
    assert (rows["faults found"]["figure"], rows["faults made up"]["figure"]) == ("50 %", "1")
    assert made.note == "Missed: doorway_23_00 knee_bent 12, limit 15, said to be unsure."
    assert holds(PAIRS) is None, "nobody lay down"


@pytest.mark.parametrize(("spine", "expected"), [
    ([0, 10, 30, 40, 40], 20), ([0, 5, 8, 10, 10], np.nan), ([25, 30, 35, 40, 40], np.nan),
    ([0, 30, 10, 40, 40], 25 + 20 / 3),
])
def test_where_the_true_back_gives(spine: list[float], expected: float) -> None:
    truth = Truth(Path("hinge_21_00.mp4"), "hip_hinge", (480, 854), np.arange(5.0),
                  {"spine_flexion_deg": np.array(spine, float), "hip_flexion_deg": np.array([0, 15, 25, 45, 45.0])}, ())
    assert true_onset_deg(truth, TrueRep(0, 3, 4, 5), 20) == pytest.approx(expected, nan_ok=True)


def test_the_onset_counts_where_there_is_one(clip: Compared) -> None:
    given = replace(PAIRS[2], true_deg={ONSET: 30.0}, measured_deg={ONSET: 36.0}, band_deg={ONSET: 10.0})
    never = replace(PAIRS[0], true_deg={ONSET: np.nan}, measured_deg={ONSET: np.nan}, band_deg={ONSET: np.nan})
    row = rows_of(angles([replace(clip, pairs=(given, never))]))["hip flexion where the back begins to give"]
    assert (row["n"], row["bias"], row["truth in 90 % band"], row["unmeasured"]) == ("1", "+6.0", "100 %", "0 %")
