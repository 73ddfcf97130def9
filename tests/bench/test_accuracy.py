from __future__ import annotations

import json
import os
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # the bench is not installed with the program

from bench import proxies
from bench.accuracy import main, page, title_of
from bench.compare import ONSET, Compared, Pair, match, true_onset_deg
from bench.figures import auc, coverage, describe
from bench.groups import breakdown, in_bins
from bench.judged import is_fresh, kept_at
from bench.limits import LIMITS, against_limits
from bench.lying import faults, holds
from bench.page import against_proxies, angles, counts, overview, section, timing, verdicts, worst
from bench.real import RealClip, real_section
from bench.tables import Section, markdown, table
from bench.truth import TrueRep, Truth, clips_with_truth, read_truth
from exercises.outcome import Angles, Finding, Rep, SetReport, Verdict
from pose import recording
from pose.container import VideoInfo
from pose.landmarks import PAIRS
from pose.measure import Row
from pose.view import View

# --- truth ------------------------------------------------------------------------------------------------------------


def test_the_truth_of_a_sample(samples: Path) -> None:
    truth = read_truth(samples / "hinge_mixed.mp4")
    assert (truth.exercise, truth.size_px) == ("hip_hinge", (640, 480))
    assert [rep.expected for rep in truth.reps] == ["neutral", "neutral", "rounded", "neutral", "rounded"]
    assert [float(truth.at("hip_flexion_deg", rep.middle_s)) for rep in truth.reps] == [75, 78, 70, 75, 65]
    assert [float(truth.at("spine_flexion_deg", rep.middle_s)) for rep in truth.reps] == [0, 0, 35, 0, 45]
    assert truth.joints_px["left_hip"].shape == (len(truth.time_s), 2)
    assert truth.time_s[30] == pytest.approx(1.0)


def test_an_angle_that_never_changes_is_there_in_every_frame(samples: Path) -> None:
    truth = read_truth(samples / "hinge_neutral.mp4")
    assert truth.angles["spine_flexion_deg"].shape == truth.time_s.shape
    assert not truth.angles["spine_flexion_deg"].any()


def test_a_leg_raised_on_the_back_is_no_hip_flexion(samples: Path) -> None:
    truth = read_truth(samples / "doorway_90.mp4")
    assert float(truth.at("leg_raise_deg", truth.reps[0].middle_s)) == 90
    assert "hip_flexion_deg" not in truth.angles
    assert truth.reps[0].side == "left"


def rendered(folder: Path, name: str) -> Path:
    frames = {"hip_flexion": [0, 40, 80], "spine_flexion": [2, 2, 2], "knee_flexion": [5, 5, 5], "time": [0, 0.5, 1],
              "joints_px": {"left_hip": [[1, 2], [3, 4], [5, 6]]}}
    reps = [{"start": 0, "bottom": 0.8, "leave": 1, "end": 1, "label": "neutral", "faults": []}]
    data = {"exercise": "hip_hinge", "fps": 2, "size": [480, 854], "spine_share": [0.3, 0.25, 0.2, 0.15, 0.1],
            "reps": reps, "frames": frames}
    (folder / f"{name}.json").write_text(json.dumps(data))
    (folder / f"{name}.mp4").write_bytes(b"")
    return folder / f"{name}.mp4"


def test_the_truth_that_the_renderer_writes(tmp_path: Path) -> None:
    truth = read_truth(rendered(tmp_path, "hinge_21_00"))
    assert float(truth.at("hip_flexion_deg", 0.75)) == 60
    assert truth.joints_px["left_hip"].tolist() == [[1, 2], [3, 4], [5, 6]]
    assert truth.lumbar_share == pytest.approx(0.55)
    assert truth.extra == {}


def test_a_note_beside_the_clip_says_how_it_was_made(tmp_path: Path) -> None:
    clip = rendered(tmp_path, "hinge_21_00")
    (tmp_path / "hinge_21_00.extra.json").write_text('{"arms": "hips", "yaw_deg": -6.5}')
    assert read_truth(clip).extra == {"arms": "hips", "yaw_deg": -6.5}


def test_a_clip_still_being_written_is_not_taken(tmp_path: Path) -> None:
    clip = rendered(tmp_path, "hinge_21_00")
    (tmp_path / "hinge_21_01.mp4").write_bytes(b"")
    assert clips_with_truth(tmp_path) == [clip]
    assert title_of(tmp_path).endswith("random people, hinge, seed 21")
    with pytest.raises(FileNotFoundError, match=r"hinge_21_01\.truth\.json"):
        read_truth(tmp_path / "hinge_21_01.mp4")


# --- figures ----------------------------------------------------------------------------------------------------------


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


# --- proxies ----------------------------------------------------------------------------------------------------------


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
    rows = [drawn(), Row(1, 1 / 30, 0, View(problem="no person was seen"))]
    for values in proxies.proxies(rows).values():
        assert np.isfinite(values[0])
        assert np.isnan(values[1])
    assert all(np.isnan(value) for value in proxies.at(proxies.proxies(rows), slice(1, 2)).values())


# --- matching ---------------------------------------------------------------------------------------------------------


def true_rep(start: float, expected: str = "neutral") -> TrueRep:
    return TrueRep(start, start + 1, start + 2, start + 3, expected)


def found_rep(start: float, verdict: str = "neutral", borderline: bool = False, spine: float | None = 10.0,
              **more: object) -> Rep:
    return Rep(index=1, start_s=start, bottom_s=start + 1, leave_s=start + 2, end_s=start + 3, verdict=verdict,
               borderline=borderline, spine_flexion_deg=spine, uncertainty_deg=Angles(spine_flexion_deg=6), **more)


@pytest.mark.parametrize(("true", "found", "expected"), [
    ([0, 5, 10], [0.2, 5.3, 9.9], [(0, 0), (1, 1), (2, 2)]),
    ([0, 5, 10], [0.2, 9.9], [(0, 0), (2, 1)]),
    ([5, 10], [0, 5.1, 10.1], [(0, 1), (1, 2)]),
    ([0, 5], [5, 10], [(1, 0)]),  # as many found as there were, but one missed and one made up
    ([0, 2], [0.5], [(0, 0)]),  # one rep found across two
    ([0], [], []),
])
def test_reps_are_matched(true: list[float], found: list[float], expected: list[tuple[int, int]]) -> None:
    assert match([true_rep(t) for t in true], [found_rep(t) for t in found]) == expected


# --- tables -----------------------------------------------------------------------------------------------------------


def pair(expected: str, verdict: str, borderline: bool = False, true: float = 0.0, measured: float = 0.0,
         start_off: float = 0.0) -> Pair:
    proxy = dict.fromkeys(proxies.MEANING, 40.0) | {"shoulder_hip_knee": 70.0 + true}
    return Pair(1, true_rep(0, expected), found_rep(start_off, verdict, borderline), verdict, borderline,
                {"spine_flexion_deg": true, "hip_flexion_deg": 70.0},
                {"spine_flexion_deg": measured, "hip_flexion_deg": 72.0},
                {"spine_flexion_deg": 6.0, "hip_flexion_deg": np.nan}, proxy)


PAIRS_MADE = (
    pair("neutral", "neutral", true=0, measured=4, start_off=0.1),
    pair("neutral", "rounded", borderline=True, true=10, measured=30),
    pair("rounded", "rounded", true=50, measured=45),
    pair("rounded", "neutral", true=40, measured=15),
    pair("rounded", "unseen", true=40, measured=np.nan),
)


@pytest.fixture
def clip() -> Compared:
    truth = Truth(Path("hinge_21_00.mp4"), "hip_hinge", (480, 854), np.array([0.0, 1.0]), {},
                  (*(one.true for one in PAIRS_MADE), true_rep(20, "rounded")), lumbar_share=0.6,
                  extra={"arms": "hips", "yaw_deg": -9.0})
    return Compared(truth, PAIRS_MADE, 5, "", 12.0, 200.0,
                    {"spine_flexion_deg": np.array([2.0, -4.0, np.nan, np.nan])})


def rows_of(one) -> dict[str, dict[str, str]]:
    return {row[0]: dict(zip(one.columns, row, strict=True)) for row in one.rows}


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
    assert rows_of(timing(PAIRS_MADE))["start"] == {
        "moment": "start", "n": "5", "MAE": "0.02", "bias": "+0.02", "p95": "0.08", "max": "0.10"}
    rows = rows_of(against_proxies(PAIRS_MADE))
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
    rows = worst([replace(clip, pairs=(*PAIRS_MADE, far_off_but_right))]).rows
    assert [row[2] for row in rows] == ["neutral", "rounded?", "rounded", "rounded", "neutral", "unseen"]
    assert [row[3] for row in rows[:3]] == ["40 → 15", "10 → 30", "70 → 40"]


def test_the_page(clip: Compared) -> None:
    text = page([overview([("seed 21", [clip])])], [section("seed 21", [clip], ["doorway_90"])])
    assert "| seed 21 | 0/1 | 50 % | 20 % | 1 | 13.5 | 2.0 | – | – | 50 % |" in text
    assert "no such exercise: doorway_90" in text
    assert text.count("\n## ") == 2


def test_a_table_is_checked_and_escaped() -> None:
    with pytest.raises(ValueError, match="expected 2 cells"):
        table("T", ("a", "b"), [("1",)])
    assert "a\\|b" in markdown(Section("S", (), (table("T", ("x",), [("a|b",)]),)))


# --- limits, holds, onset ---------------------------------------------------------------------------------------------


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
    sure = replace(clip, pairs=PAIRS_MADE[:3])
    assert held_by(sure, "hard")["no wrong verdict without “borderline”"] == ("0", "yes")
    assert held_by(sure, "hinge")["verdicts right in ≥ 98 % of judged reps"] == ("66.7 %", "**no**")


def test_off_side_reps_must_be_doubted(clip: Compared) -> None:
    words = "≥ 95 % of reps refused or marked unsure"
    assert held_by(clip, "off-side")[words] == ("40 %", "**no**")
    doubted = replace(clip, pairs=(PAIRS_MADE[1], PAIRS_MADE[4]))
    assert held_by(doubted, "off-side")[words] == ("100 %", "yes")


def test_real_people_beside_the_limits() -> None:
    def real(name: str, most: float) -> RealClip:
        finding = Finding(rule="rounding", verdict=Verdict.MET, value=most)
        report = SetReport(video=name, exercise="hip_hinge", status="judged",
                           reps=(found_rep(0, "neutral", findings=(finding,)),))
        return RealClip(name, "neutral", "side", 1, report)

    people = [real("barbell_up_neutral", 12), real("barbell_up_rounded", 21)]
    rows = against_limits([], people).rows
    assert [row[4] for row in rows] == ["yes", "**no**"]
    assert rows[1][2] == "9 deg"


def test_every_limit_names_its_figure() -> None:
    assert set(LIMITS) == {"hinge", "lift", "hard", "doorway", "off-side"}
    assert all((limit.at_most is None) != (limit.at_least is None) for limits in LIMITS.values() for limit in limits)


def lying(hold_s: float, side: str, broken: tuple[str, ...], true: tuple[str, ...] = ("knee_bent",)) -> Pair:
    findings = tuple(Finding(rule=rule, verdict=Verdict.BROKEN if rule in broken else Verdict.MET, value=12.0,
                             limit=15.0, borderline=True) for rule in ("knee_bent", "other_leg_lifted"))
    known = TrueRep(0, 1, 11, 12, "fault", true, "left")
    return Pair(1, known, found_rep(0, "fault", hold_s=hold_s, side=side, findings=findings), "fault", False,
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
    assert holds(PAIRS_MADE) is None, "nobody lay down"


@pytest.mark.parametrize(("spine", "expected"), [
    ([0, 10, 30, 40, 40], 20), ([0, 5, 8, 10, 10], np.nan), ([25, 30, 35, 40, 40], np.nan),
    ([0, 30, 10, 40, 40], 25 + 20 / 3),
])
def test_where_the_true_back_gives(spine: list[float], expected: float) -> None:
    truth = Truth(Path("hinge_21_00.mp4"), "hip_hinge", (480, 854), np.arange(5.0),
                  {"spine_flexion_deg": np.array(spine, float), "hip_flexion_deg": np.array([0, 15, 25, 45, 45.0])}, ())
    assert true_onset_deg(truth, TrueRep(0, 3, 4, 5), 20) == pytest.approx(expected, nan_ok=True)


def test_the_onset_counts_where_there_is_one(clip: Compared) -> None:
    given = replace(PAIRS_MADE[2], true_deg={ONSET: 30.0}, measured_deg={ONSET: 36.0}, band_deg={ONSET: 10.0})
    never = replace(PAIRS_MADE[0], true_deg={ONSET: np.nan}, measured_deg={ONSET: np.nan}, band_deg={ONSET: np.nan})
    row = rows_of(angles([replace(clip, pairs=(given, never))]))["hip flexion where the back begins to give"]
    assert (row["n"], row["bias"], row["truth in 90 % band"], row["unmeasured"]) == ("1", "+6.0", "100 %", "0 %")


def test_real_pairs_are_put_in_order() -> None:
    def real(name: str, *spines: float | None) -> RealClip:
        reps = tuple(found_rep(0, "neutral", borderline=True, spine=spine, findings=held(20 + (spine or 0)))
                     for spine in spines)
        report = SetReport(video=name, exercise="hip_hinge", status="judged", reps=reps)
        return RealClip(name, "neutral; in other words", "side", 3, report)

    def held(spine: float) -> tuple[Finding, ...]:
        return (Finding(rule="rounding", verdict=Verdict.MET, value=spine),)

    one = real_section("Real", [real("kettlebell_hinge_neutral", 10, 14, None), real("kettlebell_hinge_rounded", 40),
                                real("barbell_up_neutral", 40), real("barbell_up_rounded", None)], ["squat"])
    clips, pairs = (rows_of(part) for part in one.tables)
    assert clips["kettlebell_hinge_neutral"]["label"] == "neutral"
    assert clips["kettlebell_hinge_neutral"]["reps"] == "3/3"
    assert clips["kettlebell_hinge_neutral"]["verdicts"] == "3 neutral?"
    assert clips["kettlebell_hinge_neutral"]["spine, range"] == "10 … 14"
    kettlebell, barbell = ("kettlebell_hinge_neutral / kettlebell_hinge_rounded",
                           "barbell_up_neutral / barbell_up_rounded")
    assert (pairs[f"{kettlebell}, at the bottom"]["difference"], pairs[f"{kettlebell}, at the bottom"]["order"]) == (
        "+28", "right")
    assert pairs[f"{kettlebell}, as judged"]["neutral"] == "30"
    assert pairs[f"{barbell}, at the bottom"]["order"] == "not measured"
    assert (pairs[f"{barbell}, as judged"]["difference"], pairs[f"{barbell}, as judged"]["order"]) == ("-40", "wrong")


@pytest.mark.parametrize(("label", "verdict", "borderline", "wrong"), [
    ("rounded", "rounded", False, 0), ("rounded", "neutral", False, 1), ("rounded", "neutral", True, 0),
    ("neutral; knee dominant", "squatted", False, 0), ("neutral", "rounded", False, 1), ("neutral", "unseen", False, 0),
    ("cannot be judged", "neutral", False, 1), ("cannot be judged", "unseen", False, 0),
])
def test_wrong_and_sure_on_real_people(label: str, verdict: str, borderline: bool, wrong: int) -> None:
    report = SetReport(video="v", exercise="hip_hinge", status="judged", reps=(found_rep(0, verdict, borderline),))
    assert RealClip("v", label, "side", 1, report).wrong_and_sure == wrong


# --- kept poses -------------------------------------------------------------------------------------------------------


def info(clip: Path) -> VideoInfo:
    return VideoInfo(clip, (640, 480), 30.0, 1.0, 30, 0, False)


def test_kept_poses_count_only_for_their_own_clip_and_when_newer(tmp_path: Path) -> None:
    clip = tmp_path / "a" / "hinge.mp4"
    clip.parent.mkdir()
    clip.write_bytes(b"")
    kept = kept_at(clip, tmp_path)
    assert not is_fresh(kept, clip)
    recording.save(kept, [], info(clip))
    os.utime(clip, (1000, 1000))
    assert is_fresh(kept, clip)
    os.utime(kept, (999, 999))
    assert not is_fresh(kept, clip)
    recording.save(kept, [], info(tmp_path / "a" / "lift.mp4"))
    assert not is_fresh(kept, clip)
    same_names = tmp_path / "other" / "a" / "hinge.mp4"
    assert kept_at(same_names, tmp_path) != kept
    kept.write_bytes(b"broken")
    assert not is_fresh(kept, clip)


# --- the command ------------------------------------------------------------------------------------------------------


def test_a_clip_that_cannot_be_read_is_left_out_and_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rendered(tmp_path, "hinge_21_00")  # an empty video
    assert main([str(tmp_path), "--cache", str(tmp_path / "cache"), "--out", str(tmp_path / "page.md")]) == 0
    assert "hinge_21_00.mp4" in capsys.readouterr().out.replace("\n", "")
    assert "0 clips, 0 reps" in (tmp_path / "page.md").read_text(encoding="utf-8")


def test_a_folder_without_truth_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="expected clips with"):
        main([str(tmp_path)])
