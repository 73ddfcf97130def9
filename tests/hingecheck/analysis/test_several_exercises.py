"""A clip that is judged as one exercise and shows several says so; one of one exercise never does."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from exercises.load import catalogue, load
from exercises.results import SetReport
from hingecheck import reasons
from hingecheck.analysis import rejudge
from hingecheck.analysis.pipeline import Options, conclude
from hingecheck.analysis.several_exercises import with_remark
from pose.frame.measure import Row
from pose.reason import ReasonKind
from tests.helpers.fixture_types import SightingsOf
from tests.helpers.joined_clips import joined_rows

RECORDED = sorted(path.name.split(".")[0] for path in (Path(__file__).parents[2] / "data").glob("*.poses.npz"))
REPORT = SetReport(video="clip.mp4", exercise="hip_hinge", status="judged")


def named(rows: list[Row], report: SetReport = REPORT) -> tuple[object, ...]:
    """Return the ids that the remark names; () without one."""
    remarks = [reason for reason in reasons.of_report(with_remark(report, rows, catalogue()))
               if reason.kind is ReasonKind.SEVERAL_EXERCISES]
    return tuple(remarks[0].named["ids"]) if remarks else ()  # type: ignore[arg-type]


@pytest.mark.parametrize("name", RECORDED)
def test_a_clip_of_one_exercise_is_left_alone(recorded: SightingsOf, name: str) -> None:
    assert named(joined_rows(recorded, [name])[0]) == ()


@pytest.mark.parametrize("names", [
    ("hinge_neutral", "hinge_squatted", "toe_touch_rounded"), ("hinge_neutral", "squat_neutral"),
    ("doorway_70_bent_knee", "towel_80"), ("hinge_mixed", "forward_bend")], ids="+".join)
def test_exercises_that_may_be_one_movement_are_left_alone(recorded: SightingsOf, names: tuple[str, ...]) -> None:
    assert named(joined_rows(recorded, names)[0]) == ()


@pytest.mark.parametrize(("names", "ids"), [
    (("hinge_neutral", "calf_raise", "squat_neutral"), ("hip_hinge", "calf_raise", "squat_lift")),
    (("hinge_mixed", "doorway_90"), ("hip_hinge", "doorway_hamstring_stretch")),
    (("seated_extension_good", "lumbar_rotation", "seated_extension_slump"),
     ("seated_hamstring_stretch", "lumbar_rotation")),
])
def test_what_follows_each_other_is_named_once_each(recorded: SightingsOf, names: tuple[str, ...],
                                                    ids: tuple[str, ...]) -> None:
    assert named(joined_rows(recorded, names)[0]) == ids


def test_nobody_is_asked_twice_where_the_frames_may_lie_on_their_side(recorded: SightingsOf) -> None:
    rows, _ = joined_rows(recorded, ("hinge_mixed", "doorway_90"))
    assert named(rows, REPORT.model_copy(update={"turn_asked_deg": 90})) == ()


@pytest.mark.parametrize("exercise", ["hip_hinge", None])
def test_the_remark_changes_no_verdict_and_no_number(recorded: SightingsOf, samples: Path, tmp_path: Path,
                                                     exercise: str | None) -> None:
    rows, _ = joined_rows(recorded, ("hinge_neutral", "calf_raise", "squat_neutral"))
    video = Path(shutil.copyfile(samples / "hinge_neutral.mp4", tmp_path / "clip.mp4"))
    options = Options(None if exercise is None else load(exercise))
    alone = conclude(rows, options.exercise, "clip.mp4")
    rejudge.keep(tmp_path, video, options, alone)
    again = rejudge.analysis(video, tmp_path, options)
    assert set(again.report.reason_kinds) - set(alone.report.reason_kinds) == {"several_exercises"}
    assert all(kind.kind is not ReasonKind.SEVERAL_EXERCISES for kind in again.notes), "it is told anew each time"
    fields = {"reasons", "reason_kinds", "reason_values"}
    assert again.report.model_dump(exclude=fields) == alone.report.model_dump(exclude=fields)
    remark = again.report.reasons[-1]
    assert remark == ("This video seems to show more than one exercise: Hip hinge, Calf raise, Squat and lift. Cut it "
                      "into its parts with --parts, so that each is judged by its own rules.")
    assert "--parts" not in reasons.sentences(again.report, reasons.Place.PAGE)[-1]
