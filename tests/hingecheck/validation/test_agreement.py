"""Agreement with constructed differences, and of a sample video with its exact truth."""

from __future__ import annotations

import math
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from exercises.results import SetReport
from hingecheck.report import html_report
from hingecheck.report.charts.agreement_plot import bland_altman
from hingecheck.report.set_sentences import agreement as in_words
from hingecheck.validation.agreement import AgreementPairs, compare, with_agreement
from hingecheck.validation.hand_measurements import HandMeasurements, read
from hingecheck.validation.time_column import Times
from pose.track import Track
from tests.helpers import saved_sets
from tests.helpers.fixture_types import SightingsOf, TruthOf
from tests.helpers.replay import judged

TRACK = saved_sets.track("NNRNR")
HIP = TRACK.columns["hip_flexion_deg"]


def by_hand(differences: np.ndarray, rows: np.ndarray, inner: bool = False) -> HandMeasurements:
    """Hand values such that ours minus the hand's is `differences`."""
    return HandMeasurements("hand.csv", Times(TRACK.time_s[rows]), {"hip_flexion_deg": HIP[rows] - differences}, inner)


def hip_pairs(measured: HandMeasurements) -> AgreementPairs:
    pairs = compare(TRACK, measured, "hip_flexion_deg")
    assert isinstance(pairs, AgreementPairs)
    return pairs


def test_known_differences() -> None:
    """Differences -1, 2, 3, 8: mean 3, SD of the sample sqrt(14), so the limits follow on paper."""
    agreement = hip_pairs(by_hand(np.array([-1.0, 2.0, 3.0, 8.0]), np.array([10, 80, 200, 400]))).agreement
    sd = math.sqrt(14)
    assert (agreement.n, agreement.unmatched) == (4, 0)
    assert agreement.bias_deg == pytest.approx(3, abs=1e-3)
    assert agreement.sd_deg == pytest.approx(sd, abs=1e-3)
    assert agreement.limits_deg == pytest.approx((3 - 1.96 * sd, 3 + 1.96 * sd), abs=2e-3)
    assert agreement.mean_absolute_error_deg == pytest.approx(3.5, abs=1e-3)


def test_random_differences_lie_between_the_limits() -> None:
    rows = np.arange(0, len(TRACK), 2)
    differences = np.random.default_rng(0).normal(-2.0, 3.0, len(rows))
    result = hip_pairs(by_hand(differences, rows))
    agreement = result.agreement
    assert agreement.bias_deg == pytest.approx(-2, abs=0.5)
    assert agreement.sd_deg == pytest.approx(3, abs=0.4)
    low, high = agreement.limits_deg
    inside = np.mean((result.ours - result.hand > low) & (result.ours - result.hand < high))
    assert 0.92 < inside < 0.98


def test_times_between_frames_are_interpolated_and_others_are_unmatched() -> None:
    between = (TRACK.time_s[100:110] + TRACK.time_s[101:111]) / 2
    times = np.concatenate([between, [TRACK.time_s[-1] + 5]])
    hand = np.concatenate([(HIP[100:110] + HIP[101:111]) / 2, [70.0]])
    agreement = hip_pairs(HandMeasurements("hand.csv", Times(times), {"hip_flexion_deg": hand})).agreement
    assert (agreement.n, agreement.unmatched) == (10, 1)
    assert agreement.mean_absolute_error_deg < 1e-3


def test_frames_count_from_the_first() -> None:
    rows = np.array([0.0, 50, 120])
    measured = HandMeasurements("hand.csv", Times(rows, in_frames=True), {"hip_flexion_deg": HIP[rows.astype(int)]})
    assert hip_pairs(measured).agreement.mean_absolute_error_deg < 1e-3


def test_unmeasured_frames_are_not_compared() -> None:
    hidden = saved_sets.track("N", unseen=1)
    rows = np.arange(len(hidden))
    measured = HandMeasurements("h.csv", Times(hidden.time_s), {"spine_flexion_deg": np.full(len(rows), 5.0)})
    pairs = compare(hidden, measured, "spine_flexion_deg")
    assert isinstance(pairs, AgreementPairs)
    n_unmeasured = int(np.isnan(hidden.columns["spine_flexion_deg"]).sum())
    assert 50 < pairs.agreement.unmatched <= n_unmeasured
    middle = measured.times.values[66:160]
    only = HandMeasurements("h.csv", Times(middle), {"spine_flexion_deg": np.full(len(middle), 5.0)})
    reason = compare(hidden, only, "spine_flexion_deg")
    assert isinstance(reason, str)
    assert "0 of 94 times" in reason
    assert saved_sets.LATE in reason


def test_inner_angles_are_reported_not_converted() -> None:
    rows = np.arange(0, len(TRACK), 5)
    wrong = HandMeasurements("h.csv", Times(TRACK.time_s[rows]), {"hip_flexion_deg": 180 - HIP[rows]})
    assert hip_pairs(wrong).agreement.note.endswith("Compare them as inner angles.")
    assert hip_pairs(wrong).agreement.bias_deg < -60
    converted_twice = HandMeasurements("h.csv", wrong.times, wrong.columns, inner=True)
    assert hip_pairs(converted_twice).agreement.note.endswith("Compare them without converting inner angles.")
    assert hip_pairs(by_hand(np.zeros(len(rows)), rows)).agreement.note == ""


def test_report_page_and_sentence_have_the_agreement() -> None:
    rows = np.arange(0, len(TRACK), 5)
    measured = by_hand(np.random.default_rng(1).normal(1.0, 2.0, len(rows)), rows)
    report, pairs = with_agreement(saved_sets.report(), TRACK, measured)
    assert SetReport.model_validate_json(report.model_dump_json()).agreement == report.agreement
    (agreement,) = report.agreement
    assert f"{len(rows)} moments" in in_words(agreement)
    plots = {pair.agreement.quantity: bland_altman(pair) for pair in pairs}
    page = html_report.render(report, TRACK, saved_sets.EXERCISE, plots=plots)
    assert page.count('class="moment-dot"') == len(rows)
    assert "95 % limits of agreement" in page
    assert f"{agreement.limits_deg[0]:.1f} to {agreement.limits_deg[1]:.1f}" in page
    assert "measured by hand" not in html_report.render(saved_sets.report(), TRACK, saved_sets.EXERCISE)


def test_the_plot_draws_a_constant_difference_on_the_bias_line() -> None:
    """Values by hand that are always 3 degrees lower: every dot lies on the bias line."""
    rows = np.array([10, 80, 200, 400])
    text = str(bland_altman(hip_pairs(by_hand(np.full(4, 3.0), rows))))
    ys = {part.split('"')[0] for part in text.split('cy="')[1:]}
    line = text.split('class="bias"')[1].split('y1="')[1].split('"')[0]
    assert ys == {line}


def test_a_missing_comparison_has_a_reason() -> None:
    times = Times(np.array([900.0, 901, 902]))
    measured = HandMeasurements("h.csv", times, {"hip_flexion_deg": np.ones(3)}, False, ("x",))
    report, pairs = with_agreement(saved_sets.report(), TRACK, measured)
    assert (report.agreement, pairs) == ((), ())
    assert any("No comparison of the hip flexion with h.csv: 0 of 3" in reason for reason in report.reasons)
    assert any("'x'" in reason for reason in report.reasons)
    assert with_agreement(saved_sets.report(), None, measured)[0].agreement == ()


def test_the_sample_agrees_with_its_truth(tmp_path: Path, recorded: SightingsOf,
                                          truth: TruthOf) -> None:
    """The truth as Kinovea would export it (inner angle, decimal commas), read and compared."""
    exact = truth("hinge_neutral")
    lines = ['"Time (ms)";"Hip"']
    for number, value in enumerate(exact["angles"]["hip_flexion_deg"]):
        lines.append(f'"{round(1000 * number / exact["fps"])}";"{str(round(180 - value, 2)).replace(".", ",")}"')
    file = tmp_path / "kinovea.csv"
    file.write_text("\n".join(lines))
    judgement = judged(recorded("hinge_neutral"))
    report, _ = with_agreement(judgement.report, judgement.track, read(file, inner=True))
    (agreement,) = report.agreement
    assert agreement.n > 0.95 * exact["frame_count"]
    assert abs(agreement.bias_deg) < 5
    assert agreement.mean_absolute_error_deg < 6
    assert agreement.note == ""


def test_times_outside_of_the_clip_are_told() -> None:
    """A table in milliseconds that is read as seconds; one that overlaps by chance."""
    end_s = TRACK.time_s[-1]
    for time_s, count in ((TRACK.time_s[::10] * 1000, len(TRACK.time_s[::10]) - 1), ([1.0, 2.0, 3.0, end_s + 5], 1),
                          ([-4.0, 1.0, 2.0, 3.0], 1)):
        measured = HandMeasurements("h.csv", Times(np.array(time_s)), {"hip_flexion_deg": np.ones(len(time_s))})
        report, _ = with_agreement(saved_sets.report(), TRACK, measured)
        (sentence,) = [reason for reason in report.reasons if "lie outside" in reason]
        assert sentence.startswith(f"{count} of {len(time_s)} times of h.csv lie outside of what was analysed, 0.0 to")
    inside = HandMeasurements("h.csv", Times(TRACK.time_s), {"hip_flexion_deg": HIP})
    assert not [why for why in with_agreement(saved_sets.report(), TRACK, inside)[0].reasons if "outside" in why]


def german(value: float, digits: int) -> str:
    """A number as a German spreadsheet writes it."""
    return f"{value:,.{digits}f}".translate(str.maketrans(".,", ",."))


#: Name of the time's column, how a time is written, what stands before the table.
UNITS = {"ms": ("Time (ms)", lambda frame: f"{1000 * frame / 30:.2f}".replace(".", ","), ""),
         "F": ("Time (F)", str, ""),
         "min/100": ("Time (min/100)", lambda frame: german(frame / 30 / 0.6, 4), ""),
         "microseconds": ("Time (\u03bcs)", lambda frame: str(round(1e6 * frame / 30)), ""),
         "thousands": ("Zeit (ms)", lambda frame: german(1000 * frame / 30, 0), ""),
         "sep": ("Time (ms)", lambda frame: f"{1000 * frame / 30:.2f}".replace(".", ","), "sep=;\n")}


@pytest.mark.parametrize("name", UNITS)
def test_the_same_table_in_every_unit_agrees_the_same(name: str, tmp_path: Path,
                                                      recorded: SightingsOf,
                                                      truth: TruthOf) -> None:
    """The sample with hands on the hips: whatever the unit, the figures are those of exact seconds."""
    exact = truth("hinge_hands_on_hips")["angles"]["hip_flexion_deg"]
    column, written, before = UNITS[name]
    table = tmp_path / "truth.csv"
    lines = [f"{written(frame)};{german(value, 2)}" for frame, value in enumerate(exact)]
    table.write_text(before + f"{column};hip\n" + "\n".join(lines), encoding="utf-8")
    measured = read(table)
    np.testing.assert_allclose(measured.times.seconds(30.0), np.arange(len(exact)) / 30, atol=6e-4)
    in_seconds = HandMeasurements("truth.csv", Times(measured.times.seconds(30.0)), measured.columns)
    pairs = compare(_hands_on_hips(recorded), in_seconds, "hip_flexion_deg")
    by_seconds = HandMeasurements("s", Times(np.arange(len(exact)) / 30), {"hip_flexion_deg": np.array(exact)})
    right = compare(_hands_on_hips(recorded), by_seconds, "hip_flexion_deg")
    assert isinstance(pairs, AgreementPairs)
    assert isinstance(right, AgreementPairs)
    assert pairs.agreement.n == right.agreement.n
    assert pairs.agreement.bias_deg == pytest.approx(right.agreement.bias_deg, abs=0.02)
    assert pairs.agreement.mean_absolute_error_deg == pytest.approx(right.agreement.mean_absolute_error_deg, abs=0.02)
    assert right.agreement.mean_absolute_error_deg < 3


@cache
def _hands_on_hips(recorded: SightingsOf) -> Track:
    track = judged(recorded("hinge_hands_on_hips")).track
    assert track is not None
    return track
