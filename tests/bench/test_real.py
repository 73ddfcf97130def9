"""Real clips held against labels: what counts as right, borderline, wrong; stands that read each other; limits."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from bench.labels import Label, read_labels
from bench.limits import against_limits
from bench.measured import halved, mirrored
from bench.real import RealClip, detection, matched_difference
from bench.real_limit import best_limit, left_out
from bench.real_tables import by_source, must_show
from bench.stands import against_other_stands, is_upright
from exercises.results import Finding, Recognition, SetReport, Verdict
from pose.frame.measure import Measurer
from tests.helpers.clip_pairs import measured_rep
from tests.helpers.fixture_types import SightingsOf


def label(name: str = "one", back: str = "neutral", view: str = "side", source: str = "somebody") -> Label:
    return Label(Path(f"{name}.mp4"), "hip_hinge", ("hip_hinge", "squat_lift"), 3, back, view, (), source, True)


def clip(verdicts: Sequence[str], most: Sequence[float] = (), **about: str) -> RealClip:
    """A judged clip; "?" after a verdict = borderline."""
    values = [*most, *[0.0] * (len(verdicts) - len(most))]
    reps = tuple(measured_rep(number, verdict.rstrip("?"), borderline=verdict.endswith("?"), findings=(
        Finding(rule="rounding", verdict=Verdict.MET, value=value),))
        for number, (verdict, value) in enumerate(zip(verdicts, values, strict=True)))
    report = SetReport(video="one.mp4", exercise="hip_hinge", status="judged", reps=reps)
    return RealClip(label(**about), report)


@pytest.mark.parametrize(("back", "verdicts", "right", "borderline", "wrong_and_sure"), [
    ("rounded", ["rounded", "neutral", "neutral?"], 1, 1, 1),
    ("neutral", ["squatted", "shallow?", "rounded", "rounded?", "unseen"], 2, 2, 1),
    ("unclear", ["rounded", "neutral"], 0, 0, 0),
])
def test_verdicts_against_labels(back: str, verdicts: list[str], right: int, borderline: int,
                                 wrong_and_sure: int) -> None:
    judged = clip(verdicts, back=back)
    assert (judged.right, judged.borderline, judged.wrong_and_sure) == (right, borderline, wrong_and_sure)


def test_the_figures_that_decide() -> None:
    clips = [clip(["neutral", "neutral?"]), clip(["rounded", "neutral"], back="rounded", source="other"),
             clip(["neutral"], view="45 deg"), clip(["rounded"], view="about 30-45deg off side")]
    figures = {row[0]: row[1] for row in must_show(clips).rows}
    assert figures["verdict right, of judged reps"] == "75 % of 4"
    assert figures["wrong and sure"] == "1"
    assert figures["borderline, of judged reps"] == "25 %"
    assert figures["clips filmed from 30 to 45°: judged"] == "2 of 2"
    assert figures["clips filmed from 30 to 45°: right of judged reps"] == "50 % of 2, 1 wrong and sure"
    assert {row[0]: row[2] for row in by_source(clips).rows} == {"somebody": "2 / 2", "other": "1 / 2"}


def test_a_file_of_labels(tmp_path: Path) -> None:
    path = tmp_path / "labels.json"
    path.write_text(json.dumps([
        {"file": "a.mp4", "exercise": "hip_hinge", "reps": "1 (starts at the bottom)", "label": "rounded (hingecheck)",
         "back": "rounded", "view": "side (slightly front)", "usable_s": [[1, 3], [5, 6]], "source": "who/what:a.mp4"},
        {"file": "b.mp4", "exercise": "squat_lift", "exercise_may_be": ["squat_lift", "hip_hinge"], "reps": 4,
         "label": "neutral", "view": "about 30-45deg off side", "usable_s": None, "source": "who/else:b.mp4"}]))
    first, second = read_labels(path, tmp_path)
    assert (first.back, first.reps, first.side_on, first.yaw_deg) == ("rounded", None, True, 0.0)
    assert first.source == "who/what"
    assert [first.within(time_s) for time_s in (0.5, 2, 4, 5.5)] == [False, True, False, True]
    assert (second.back, second.reps, second.side_on, second.yaw_deg) == ("neutral", 4, False, 37.5)
    assert second.may_be == ("squat_lift", "hip_hinge")


@pytest.mark.parametrize(("recognition", "expected"), [
    (Recognition(exercise="squat_lift", sure=True), "right"),
    (Recognition(exercise="calf_raise", sure=True), "wrong and sure"),
    (Recognition(exercise=None, candidates=("hip_hinge",)), "asks"), (Recognition(exercise=None), "refused"),
])
def test_automatic_detection(recognition: Recognition, expected: str) -> None:
    assert detection(label(), recognition) == expected


def test_matched_pairs_and_their_limit() -> None:
    people = [clip(["neutral"], [12.0], name="barbell_up_neutral"),
              clip(["neutral"], [21.0], name="barbell_up_rounded")]
    assert matched_difference(people) == {"barbell_up_neutral / barbell_up_rounded": 9.0}
    rows = against_limits([], people).rows
    assert [row[4] for row in rows] == ["yes", "**no**"]
    assert rows[1][2] == "9 deg"


def test_the_limit_comes_from_the_others() -> None:
    values = {("a", "neutral"): [10.0, 20.0], ("b", "neutral"): [30.0], ("c", "rounded"): [50.0],
              ("d", "rounded"): [61.0]}
    assert best_limit(values)[1:] == (30, 49)
    assert {source: (limit, right, reps) for source, limit, right, reps in left_out(values)} == {
        "a": (39.5, 2, 2), "b": (34.5, 1, 1), "c": (45.0, 1, 1), "d": (39.5, 1, 1)}


def test_a_mirrored_or_halved_pose_measures_the_same(recorded: SightingsOf) -> None:
    sightings = [one for one in recorded("hinge_mixed") if one.pose is not None][20:24]
    for change, size in ((mirrored, 1.0), (halved, 0.5)):
        plain, other = Measurer(), Measurer()
        for one in sightings:
            assert one.pose is not None
            here, there = plain(one), other(change(one, one.pose))
            assert there.trunk_pitch_deg == pytest.approx(here.trunk_pitch_deg, abs=0.05)
            assert there.trunk_px == pytest.approx(size * here.trunk_px, rel=0.001)
            assert there.reach_px / size == pytest.approx(here.reach_px, abs=1.0, nan_ok=True)
            assert there.facing == (-here.facing if change is mirrored else here.facing)


def test_stands_of_a_rendered_person_read_each_other_as_zero(recorded: SightingsOf) -> None:
    measure = Measurer()
    rows = [measure(one) for one in recorded("hinge_mixed")]
    assert 0.1 < is_upright(rows).mean() < 0.7
    others = against_other_stands(rows)
    assert len(others) >= 12
    assert np.median(np.abs(others)) < 3
