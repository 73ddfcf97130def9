"""`hingecheck exercises`: list, show, new, check, measures; and the drawing of the camera position."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from exercises.exercise_model import Position
from exercises.library import FOLDER_VARIABLE, LibraryEntry, load_library
from exercises.load import catalogue, load
from exercises.measures import MEASURES
from hingecheck.analysis.detection import DetectedFrame
from hingecheck.analysis.pipeline import SetAnalysis, measure_and_judge
from hingecheck.cli.main import app
from hingecheck.report.camera_text import drawing, sentence
from hingecheck.report.exercise_text import limit, show
from tests.helpers.exercise_files import HINGE, PRESCRIPTION, changed, write

EVERY = catalogue()


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path / "own"))
    (tmp_path / "own").mkdir()
    return tmp_path / "own"


def run(*arguments: str) -> Any:
    return CliRunner().invoke(app, ["exercises", *arguments])


def test_the_list(folder: Path) -> None:
    write(folder / "mine.toml", HINGE)
    write(folder / "bad.toml", changed(HINGE, "enter = 25", "entre = 25"))
    result = run()
    assert result.exit_code == 0
    lines = {line.split()[0]: line for line in result.stdout.splitlines() if line.strip()}
    assert {*EVERY} < lines.keys()
    for name, exercise in EVERY.items():
        assert exercise.position.value.replace("_", " ") in lines[name]
        assert "HingeCheck" in lines[name]
    assert "My hinge" in lines["my_hinge"]
    assert "mine.toml" in lines["my_hinge"]
    assert f"not used: {folder / 'bad.toml'}: signal.entre: unknown key (did you mean 'enter'?)" in result.stderr


def test_square_brackets_in_a_name_are_no_markup(folder: Path) -> None:
    write(folder / "mine.toml", changed(HINGE, 'name = "My hinge"', 'name = "[/x] [bold]Mine"'))
    result = run()
    assert result.exit_code == 0
    assert "[/x] [bold]Mine" in result.stdout


@pytest.mark.parametrize("name", EVERY)
def test_show_has_everything(name: str) -> None:
    exercise = EVERY[name]
    result = run("show", name)
    text = " ".join(result.stdout.split())
    assert result.exit_code == 0
    for step in exercise.setup:
        assert step in text
    assert "[■] camera" in text
    for rule in exercise.rules:
        for part in (rule.id, rule.why, rule.source, limit(rule)):
            assert part in text
    for source in exercise.sources:
        assert source in text
    assert max(map(len, result.stdout.splitlines())) <= 100


def test_limits_in_words() -> None:
    hinge, doorway = load("hip_hinge"), load("doorway_hamstring_stretch")
    assert limit(hinge.rule("rounding")) == (
        "highest spinal curve at most 40\u00b0 in the lower half of the movement, held for 0.3 s; mentioned "
        "from 30\u00b0; "
        "with your own full bend known, 70 % of it, mentioned from 50 %")
    assert limit(hinge.rule("knees_bent")) == (
        "knee flexion at most 40\u00b0 at the bottom; mentioned from 30\u00b0; only when hip flexion is below 1.3 "
        "times "
        "knee flexion and trunk lean is below 35\u00b0")
    assert limit(hinge.rule("hips_not_back")).startswith("hips travel back at least ")
    assert " % " in limit(hinge.rule("hips_not_back"))
    assert limit(doorway.rule("hold_short")) == "time held at least 30 s"
    text = " ".join(show(LibraryEntry(doorway)).split())
    assert "Goal: leg raise 90\u00b0. Short of it is a distance, never a fault; nobody needs to go past it." in text
    assert "2 to 4 repeats a side, 30 to 60 s each, 3 to 7 times a week" in text
    assert "The easier form, when it hurts: towel_hamstring_stretch." in text


def test_show_narrow_and_from_a_file(tmp_path: Path) -> None:
    text = show(LibraryEntry(load("hip_hinge")), 60)
    assert max(map(len, text.splitlines())) <= 60
    path = write(tmp_path / "mine.toml", 'id = "mine"\nbased_on = "hip_hinge"\n')
    result = run("show", str(path))
    assert str(path) in result.stdout
    assert "builds on hip_hinge" in result.stdout
    assert run("show", str(tmp_path / "none.toml")).exit_code == 1
    wrong = run("show", "hip_hing")
    assert (wrong.exit_code, "did you mean 'hip_hinge'?" in wrong.stderr) == (1, True)


@pytest.mark.parametrize("position", Position)
@pytest.mark.parametrize("camera", ["side", "front"])
def test_the_camera_of_every_position(position: Position, camera: str) -> None:
    exercise = load("hip_hinge").model_copy(update={"position": position, "camera": camera})
    lines = drawing(exercise).splitlines()
    assert max(map(len, lines)) <= 60
    assert sum(line.count("[■]") for line in lines) == 2, "one seen from above, one from the side"
    lying = position in (Position.SUPINE, Position.PRONE)
    low = lying or position in (Position.KNEELING, Position.LONG_SITTING)
    assert ("at floor height" in sentence(exercise)) == (low and camera == "side")
    assert ("in front of you" in sentence(exercise)) == (camera == "front")
    assert ("from behind the head" in lines[0]) == lying


def test_the_camera_is_on_the_floor_only_for_lying_positions() -> None:
    for name, on_the_floor in (("hip_hinge", False), ("doorway_hamstring_stretch", True)):
        *_, last = drawing(load(name)).splitlines()
        assert ("[■]" in last.split("camera")[-1]) == on_the_floor


def test_new_writes_a_valid_exercise_that_judges(folder: Path, recorded) -> None:  # type: ignore[no-untyped-def]
    result = run("new", "my_stretch")
    path = folder / "my_stretch.toml"
    assert (result.exit_code, result.stdout.splitlines()[0]) == (0, str(path))
    check = run("check", str(path))
    assert (check.exit_code, check.stdout) == (0, f"{path}: the exercise my_stretch (My stretch), 2 rules\n")
    exercise = load_library().exercise("my_stretch")
    *_, last = measure_and_judge(map(DetectedFrame, recorded("hinge_mixed")), exercise, "hinge_mixed.mp4")
    assert isinstance(last, SetAnalysis)
    assert (last.report.status, len(last.report.reps)) == ("judged", 5)
    assert "You stayed for about 0." in last.report.reps[0].sentence
    assert "stay for 10 s" in last.report.reps[0].sentence
    text = path.read_text(encoding="utf-8")
    assert "__" not in text
    for position in Position:
        assert position.value in text
    commented = "\n".join(line.removeprefix("#     ") for line in text.splitlines()
                          if line.startswith("#     ") and "hingecheck" not in line)
    other = write(folder.parent / "based.toml", commented)
    assert run("check", str(other)).exit_code == 0, "the example in the comment is valid, too"


def test_new_never_replaces(folder: Path, tmp_path: Path) -> None:
    target = write(tmp_path / "there.toml", "mine")
    refused = run("new", "fresh", "--out", str(target))
    assert (refused.exit_code, target.read_text()) == (1, "mine")
    assert "was not changed" in refused.stderr
    assert run("new", "fresh", "--out", str(tmp_path)).exit_code == 0
    assert (tmp_path / "fresh.toml").is_file()
    for name in ("hip_hinge", "Fresh", "my-stretch", "../up"):
        result = run("new", name)
        assert (result.exit_code, "Traceback" in result.output) == (2, False)
    assert not list(folder.iterdir())
    blocked = run("new", "fresh", "--out", str(target / "deeper.toml"))
    assert (blocked.exit_code, "Choose another file with --out." in blocked.stderr) == (1, True)


def test_check(tmp_path: Path) -> None:
    good, prescription = write(tmp_path / "a.toml", HINGE), write(tmp_path / "b.toml", PRESCRIPTION)
    bad = write(tmp_path / "c.toml", changed(HINGE, "enter = 25", "enter = true"))
    same = write(tmp_path / "d.toml", changed(HINGE, '"my_hinge"', '"hip_hinge"'))
    right = run("check", str(good), str(prescription), str(same))
    assert right.exit_code == 0
    assert f"{good}: the exercise my_hinge (My hinge), 1 rules" not in right.stdout
    assert f"{good}: the exercise my_hinge (My hinge), 1 rule\n" in right.stdout
    assert f"{prescription}: a prescription for doorway_hamstring_stretch: target 75\u00b0 (was 90);" in right.stdout
    assert "works only as --exercise FILE" in right.stdout
    wrong = run("check", str(good), str(bad), str(tmp_path / "none.toml"))
    assert wrong.exit_code == 1
    assert str(good) in wrong.stdout
    assert f"{bad}: signal.enter: expected a number without quotes" in wrong.stderr
    assert f"{tmp_path / 'none.toml'}: cannot be read" in wrong.stderr


def test_measures() -> None:
    result = run("measures")
    assert [line.split()[0] for line in result.stdout.splitlines()] == list(MEASURES)
    assert "time held" in result.stdout
