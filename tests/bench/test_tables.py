"""Figures, the tables that hold them, and the command."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from bench.accuracy import main
from bench.accuracy_pages import OVERVIEW, page, write
from bench.compare import Compared
from bench.figures import auc, coverage, describe
from bench.groups import breakdown, in_bins
from bench.page import against_proxies, angles, counts, overview, section, timing, verdicts, worst
from bench.tables import Section, markdown, table
from tests.helpers import clip_pairs
from tests.helpers.clip_pairs import PAIRS, pair, rendered, rows_of


@pytest.fixture
def clip() -> Compared:
    return clip_pairs.clip()


def test_errors_described() -> None:
    e = describe([1, -2, 3, -10, np.nan])
    assert (e.n, e.mae, e.bias, e.largest, e.unmeasured) == (4, 4.0, -2.0, 10.0, pytest.approx(0.2))
    assert e.p95 == pytest.approx(8.95)  # three quarters of the way are past 3; 0.85 of the step from 3 to 10


def test_nothing_measured_has_no_error() -> None:
    assert np.isnan(describe([np.nan]).mae)
    assert describe([np.nan]).unmeasured == 1
    assert np.isnan(describe([]).mae)


def test_coverage_counts_only_what_was_stated() -> None:
    assert coverage([1, -4, 6, np.nan, 9], [5, 4, 5, 5, np.nan]) == pytest.approx(2 / 3)


@pytest.mark.parametrize(("positive", "negative", "expected"), [
    ([3, 4], [1, 2], 1.0), ([1, 2], [3, 4], 0.0), ([1, 3], [2, 4], 0.25), ([2], [2], 0.5),
    ([5, np.nan], [1], 1.0), ([], [1], np.nan),
])
def test_auc(positive: list[float], negative: list[float], expected: float) -> None:
    assert auc(positive, negative) == pytest.approx(expected, nan_ok=True)


def test_counts_name_what_was_missed(clip: Compared) -> None:
    (row,) = counts([clip]).rows
    assert row == ("1", "0", "6", "5", "1", "0", "0")
    assert "hinge_21_00 5 for 6" in counts([clip]).note


def test_the_confusion_table_keeps_sure_and_unsure_apart(clip: Compared) -> None:
    rows = rows_of(verdicts([clip]))
    assert (rows["neutral"]["neutral"], rows["neutral"]["rounded"]) == ("1 + 0", "0 + 1")
    assert (rows["rounded"]["rounded"], rows["rounded"]["neutral"], rows["rounded"]["unseen"]) == (
        "1 + 0", "1 + 0", "1 + 0")
    assert rows["rounded"]["not found"] == "1"
    assert "Right: 50 % of 4 judged" in verdicts([clip]).note
    assert "Wrong and sure: 1." in verdicts([clip]).note  # the doubtful one does not count


def test_the_angles_table(clip: Compared) -> None:
    rows = rows_of(angles([clip]))
    spine = rows["spine, bottom"]
    assert (spine["n"], spine["MAE"], spine["bias"], spine["unmeasured"]) == ("4", "13.5", "-1.5", "20 %")
    assert (spine["truth in 90 % band"], spine["typical band"]) == ("50 %", "±6.0")
    assert (rows["spine, all frames"]["MAE"], rows["spine, all frames"]["unmeasured"]) == ("3.0", "50 %")
    assert rows["hip, bottom"]["truth in 90 % band"] == "–"


def test_timing_and_proxies() -> None:
    assert rows_of(timing(PAIRS))["start"] == {
        "moment": "start", "n": "5", "MAE": "0.02", "bias": "+0.02", "p95": "0.08", "max": "0.10"}
    rows = rows_of(against_proxies(PAIRS))
    assert rows["this program: hip flexion"]["as hip flexion: MAE"] == "2.0"
    assert rows["shoulder-hip-knee angle"]["as hip flexion: MAE"] == "28.0"
    assert rows["shoulder-hip-knee angle"]["rounded against neutral: AUC"] == "1.000"
    assert rows["ear-shoulder-hip angle, change from upright"]["rounded against neutral: AUC"] == "0.500"
    assert rows["this program: spine flexion"]["rounded against neutral: AUC"] == "0.750"


def test_the_breakdown_sorts_reps_into_groups(clip: Compared) -> None:
    rows = rows_of(breakdown([clip]))
    assert rows["turn from side-on, measured: 8–15°"]["reps"] == "5"
    assert rows["share of the bend in the two lowest joints: 0.45–0.6"]["reps"] == "5"
    assert rows["arms: hips"]["spine MAE"] == "13.5"
    assert rows["turn from side-on, true: 8–12°"]["reps"] == "5"
    assert rows["true label: rounded"]["right of judged"] == "50 %"
    assert not any(name.startswith("weight") for name in rows)  # not known of this clip


@pytest.mark.parametrize(("value", "name"), [(8, "≤ 8°"), (8.1, "8–15°"), (15, "8–15°"), (16, "> 15°"), (np.nan, None)])
def test_bins(value: float, name: str | None) -> None:
    assert in_bins(value, (8, 15), "°") == name


def test_the_worst_reps_come_first(clip: Compared) -> None:
    far_off_but_right = pair("rounded", "rounded", true=70, measured=40)
    rows = worst([replace(clip, pairs=(*PAIRS, far_off_but_right))]).rows
    assert [row[2] for row in rows] == ["neutral", "rounded?", "rounded", "rounded", "neutral", "unseen"]
    assert [row[3] for row in rows[:3]] == ["40 → 15", "10 → 30", "70 → 40"]


def test_the_page(clip: Compared) -> None:
    text = page([overview([("seed 21", [clip])])], [section("seed 21", [clip], ["doorway_90"])])
    assert "| seed 21 | 0/1 | 50 % | 20 % | 1 | 13.5 | 2.0 | – | – | 50 % |" in text
    assert "no such exercise: doorway_90" in text
    assert text.count("\n## ") == 2


def test_a_folder_has_a_page_for_each_group_and_an_overview(clip: Compared, tmp_path: Path) -> None:
    title = "hinge, seed 21 (not used for tuning)"
    written = write(tmp_path / "accuracy", [overview([(title, [clip])])], [section(title, [clip])])
    assert sorted(path.name for path in written) == ["hinge_seed_21.md", OVERVIEW]
    assert "| hinge, seed 21 (not used for tuning) | 0/1 | 50 % |" in written[1].read_text(encoding="utf-8")
    group = written[0].read_text(encoding="utf-8")
    assert group.startswith("# Accuracy: hinge, seed 21 (not used for tuning)\n")
    assert "### Worst reps" in group
    assert "## At a glance" not in group


def test_a_table_is_checked_and_escaped() -> None:
    with pytest.raises(ValueError, match="expected 2 cells"):
        table("T", ("a", "b"), [("1",)])
    assert "a\\|b" in markdown(Section("S", (), (table("T", ("x",), [("a|b",)]),)))


def test_a_clip_that_cannot_be_read_is_left_out_and_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rendered(tmp_path, "hinge_21_00")  # an empty video
    assert main([str(tmp_path), "--cache", str(tmp_path / "cache"), "--out", str(tmp_path / "page.md")]) == 0
    assert "hinge_21_00.mp4" in capsys.readouterr().out.replace("\n", "")
    assert "0 clips, 0 reps" in (tmp_path / "page.md").read_text(encoding="utf-8")


def test_a_folder_without_truth_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="expected clips with"):
        main([str(tmp_path)])
