"""A clip joined from samples is cut where they were joined, and each part judged by its own rules."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from exercises.load import catalogue, load
from exercises.programme_library import load_programmes
from hingecheck.analysis import pipeline
from hingecheck.analysis.clip_parts import find_parts
from hingecheck.analysis.judged_parts import judge_parts
from hingecheck.cli.main import app
from hingecheck.progress.adherence import reports_done
from pose.positions.assemble import assemble
from tests.helpers.joined_clips import joined_rows

JOINED = {
    ("hinge_neutral", "doorway_90", "seated_extension_good"):
        ("hip_hinge", "doorway_hamstring_stretch", "seated_hamstring_stretch"),
    ("hinge_neutral", "calf_raise", "squat_neutral"): ("hip_hinge", "calf_raise", "squat_lift"),
    ("doorway_90", "prone_press_up", "knee_to_chest"):
        ("doorway_hamstring_stretch", "prone_press_up", "knee_to_chest"),
    ("towel_80", "doorway_90", "wall_both_legs"):
        ("towel_hamstring_stretch", "doorway_hamstring_stretch", "wall_hamstring_stretch"),
    ("chair_stretch", "seated_extension_good", "lumbar_rotation"):
        ("chair_hamstring_stretch", "seated_hamstring_stretch", "lumbar_rotation"),
    ("toe_touch_rounded", "standing_stretch_hold", "hinge_mixed"):
        ("hip_hinge", "standing_hamstring_stretch", "hip_hinge"),
}


@pytest.mark.parametrize("names", list(JOINED), ids="+".join)
def test_a_joined_clip_is_cut_within_half_a_second(recorded, names):
    rows, joins = joined_rows(recorded, names)
    parts = find_parts(rows, catalogue())
    assert find_parts(rows, catalogue(), assemble(rows)[0]) == parts
    assert tuple(part.exercise.id for part in parts) == JOINED[names]
    for part, join_s in zip(parts[1:], joins, strict=True):
        assert part.start_s == pytest.approx(join_s, abs=0.5)
    assert parts[0].start_s == 0
    assert parts[-1].end_s == pytest.approx(rows[-1].time_s, abs=0.1)


@pytest.mark.parametrize("name", ["hinge_mixed", "hinge_squatted", "doorway_70_bent_knee", "lumbar_rotation",
                                  "seated_extension_slump", "sitting_slump"])
def test_a_clip_of_one_exercise_stays_whole(recorded, name):
    rows, _ = joined_rows(recorded, [name])
    (part,) = find_parts(rows, catalogue())
    assert find_parts(rows, catalogue(), assemble(rows)[0]) == (part,)
    assert part.end_s - part.start_s == pytest.approx(rows[-1].time_s, abs=0.3)


def test_nothing_has_no_parts():
    assert find_parts([], catalogue()) == ()


@pytest.fixture(scope="module")
def judged_parts(recorded):
    """The first joined clip, judged."""
    rows, joins = joined_rows(recorded, next(iter(JOINED)))
    return judge_parts(pipeline.conclude(rows, None, "clip.mp4"), "clip.mp4", catalogue()), joins


def test_each_part_is_judged_as_the_sample_alone(recorded, judged_parts):
    parts, joins = judged_parts
    for part, name, exercise, start_s in zip(parts, next(iter(JOINED)), next(iter(JOINED.values())), [0, *joins],
                                             strict=True):
        rows, _ = joined_rows(recorded, [name])
        alone = pipeline.conclude(rows, load(exercise), "clip.mp4").report
        assert part.report.exercise == exercise
        assert [rep.verdict for rep in part.report.reps] == [rep.verdict for rep in alone.reps]
        assert [rep.bottom_s - start_s for rep in part.report.reps] == pytest.approx(
            [rep.bottom_s for rep in alone.reps], abs=0.2), "in the clip's own seconds"


def test_how_much_of_a_programme_a_clip_holds(judged_parts):
    programmes = load_programmes()
    reports = [part.report for part in judged_parts[0]]
    doorway = reports_done(programmes.entry("doorway").programme, reports, programmes.exercises.exercise)
    assert sorted(part.done for part in doorway) == [0, 0], "its hold of 32 s is shorter than the 45 s of the programme"
    desk = reports_done(programmes.entry("desk_break").programme, reports, programmes.exercises.exercise)
    assert {part.exercise: part.done for part in desk} == {
        "seated_hamstring_stretch": 3, "lumbar_rotation": 0, "hip_hinge": 4}


@pytest.mark.parametrize(("options", "sentence"), [
    (["--parts", "-e", "hip_hinge"], "does not go with --parts"),
    (["--programme", "doorway", "-e", "calf_raise"], "does not go with --programme"),
    (["--programme", "dorway"], "did you mean 'doorway'")])
def test_options_that_do_not_go_together(options, sentence):
    answer = CliRunner().invoke(app, ["analyse", "a.mp4", *options])
    assert answer.exit_code == 2
    assert sentence in " ".join(answer.output.replace("│", " ").split())


def test_a_clip_that_cannot_be_read_is_one_result(tmp_path):
    answer = CliRunner().invoke(app, ["analyse", str(tmp_path / "none.mp4"), "--parts", "--json", "-o",
                                      str(tmp_path / "out")])
    assert answer.exit_code == 1
    assert json.loads(answer.output.splitlines()[0])["status"] == "error"
