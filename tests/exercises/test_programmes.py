"""Programmes: what the built-in ones hold, what a wrong file is told, and what comes after what."""

from __future__ import annotations

from pathlib import Path

import pytest

from exercises.aftercare import care
from exercises.dose import PrescriptionTerms
from exercises.library import FOLDER_VARIABLE
from exercises.load import load
from exercises.prescription import HoldChange, Prescription
from exercises.programme_library import FOLDER_NAME, load_programmes
from exercises.programme_plan import activities, duration_s, of_prescriptions, shortest_hold_s
from exercises.tomlfile import ExerciseError

OWN = '''
id = "mine"
name = "Mine"
summary = "Two exercises."
per_week = 3
days = ["mon", "thu"]

[[steps]]
exercise = "doorway_hamstring_stretch"
sets = 2
hold_s = 40
sides = "left"
source = "me"

[[steps]]
exercise = "hip_hinge"
reps = 5
rest_s = 20
source = "me"
'''


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path))
    (tmp_path / FOLDER_NAME).mkdir()
    return tmp_path / FOLDER_NAME


BUILT_IN = load_programmes()


@pytest.mark.parametrize("name", list(BUILT_IN.entries))
def test_a_built_in_programme_keeps_to_the_dose_of_its_exercises(name: str) -> None:
    """What the articles and the care data say of each exercise: repeats, holds, days a week."""
    one = BUILT_IN.entry(name).programme
    assert one.per_week >= care().dose.per_week[0]
    for step in one.steps:
        dose = load(step.exercise).dose
        repeats, hold_s = dose.repeats, dose.hold_s
        if repeats is not None:
            assert repeats[0] <= step.sets * step.reps <= repeats[1], step.exercise
        if step.hold_s is not None and hold_s is not None:
            assert hold_s[0] <= step.hold_s <= hold_s[1], step.exercise


@pytest.mark.parametrize("name", list(BUILT_IN.entries))
def test_every_letter_of_a_source_is_explained(name: str) -> None:
    one = BUILT_IN.entry(name).programme
    letters = {line.split(":")[0] for line in one.sources}
    sources = [step.source for step in one.steps] + ([one.warm_up.source] if one.warm_up else [])
    for source in sources:
        named = {letter for part in source.split(";") for letter in part.split(":")[0].replace(" ", "").split(",")
                 if len(letter) == 1}
        assert named, source
        assert named <= letters


def test_the_three_of_the_articles() -> None:
    assert list(BUILT_IN.entries) == ["desk_break", "doorway", "ten_minutes"]
    find = BUILT_IN.exercises.exercise
    minutes = {name: duration_s(entry.programme, find) / 60 for name, entry in BUILT_IN.entries.items()}
    assert minutes["ten_minutes"] == pytest.approx(10, abs=1)
    assert minutes["desk_break"] < 6
    assert [one.side for one in activities(BUILT_IN.entry("doorway").programme, find)] == ["left", "right"] * 2


def test_sides_come_in_turn_and_the_camera_moves_only_when_it_must(folder: Path) -> None:
    (folder / "mine.toml").write_text(OWN.replace('sides = "left"', 'sides = "both"'), encoding="utf-8")
    programmes = load_programmes()
    order = activities(programmes.entry("mine").programme, programmes.exercises.exercise)
    assert [(one.exercise.id, one.number, one.of, one.side, one.changes_place) for one in order] == [
        ("doorway_hamstring_stretch", 1, 2, "left", True), ("doorway_hamstring_stretch", 1, 2, "right", False),
        ("doorway_hamstring_stretch", 2, 2, "left", False), ("doorway_hamstring_stretch", 2, 2, "right", False),
        ("hip_hinge", 1, 1, None, True)]
    assert [one.hold_s for one in order] == [40, 40, 40, 40, None]
    assert [one.rest_s for one in order] == [15, 15, 15, 15, 0], "nothing to rest for after the last"


def test_a_hold_without_seconds_is_the_shortest_that_counts(folder: Path) -> None:
    (folder / "mine.toml").write_text(OWN.replace("hold_s = 40\n", ""), encoding="utf-8")
    programmes = load_programmes()
    order = activities(programmes.entry("mine").programme, programmes.exercises.exercise)
    assert order[0].hold_s == shortest_hold_s(load("doorway_hamstring_stretch")) == 30


@pytest.mark.parametrize(("old", "new", "problem"), [
    ('exercise = "hip_hinge"', 'exercise = "hip_hing"',
     "steps.2.exercise: no such exercise (did you mean 'hip_hinge'?)"),
    ("hold_s = 40", "hold_s = 20", "steps.1.hold_s: expected at least 30, the shortest hold that"),
    ("reps = 5", "hold_s = 5", "steps.2.hold_s: hip_hinge holds nothing; leave it out"),
    ("reps = 5", 'sides = "left"', "steps.2.sides: hip_hinge has no sides"),
    ('exercise = "hip_hinge"', 'exercise = "sitting_posture"', "sitting_posture is a posture that is watched"),
    ("sets = 2", "sets = 0", "steps.1.sets: expected greater than or equal to 1"),
    ("sets = 2", "sets = 2.5", "steps.1.sets: expected a whole number, got 2.5"),
    ("sets = 2", "stes = 2", "steps.1.stes: unknown key (did you mean 'sets'?)"),
    ('sides = "left"', 'sides = "up"', "steps.1.sides: expected one of left, right, both, got 'up'"),
    ('["mon", "thu"]', '["mon", "mon"]', "days: expected every day once"),
    ('["mon", "thu"]', '["mon", "tue", "wed", "thu"]', "days: expected at most 3, as per_week says, got 4"),
    ('["mon", "thu"]', '["monday"]', "expected one of mon, tue, wed"),
    ('source = "me"', "", "steps.1.source: this key is missing; expected text in quotes"),
    ("per_week = 3", "", "per_week: this key is missing; expected a whole number"),
    ("rest_s = 20", "rest_s = nan", "steps.2.rest_s: expected an ordinary number"),
])
def test_a_wrong_file_is_told_what_is_wrong(folder: Path, old: str, new: str, problem: str) -> None:
    path = folder / "mine.toml"
    path.write_text(OWN.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ExerciseError) as raised:
        load_programmes().file(path)
    text = str(raised.value)
    assert problem in text
    assert text.startswith(str(path))
    programmes = load_programmes()
    assert len(programmes.invalid) == 1
    assert set(programmes.entries) == set(BUILT_IN.entries), "the others go on"
    with pytest.raises(ExerciseError):
        programmes.entry("mine")


def test_no_file_takes_the_place_of_another(folder: Path) -> None:
    (folder / "a.toml").write_text(OWN.replace('"mine"', '"doorway"'), encoding="utf-8")
    (folder / "b.toml").write_text(OWN, encoding="utf-8")
    (folder / "c.toml").write_text(OWN, encoding="utf-8")
    problems = [problem for file in load_programmes().invalid for problem in file.problems]
    assert problems == ["id: 'doorway' is taken by a programme that comes with HingeCheck; choose another",
                        "id: 'mine' is taken by b.toml; choose another"]


def test_the_nearest_programme_is_offered() -> None:
    with pytest.raises(ExerciseError, match="did you mean 'doorway'"):
        BUILT_IN.entry("dorway")


def test_prescriptions_make_todays_programme() -> None:
    prescriptions = [
        Prescription(exercise="doorway_hamstring_stretch", person="Anna", sets=3, per_week=5, sides="left",
                     hold=HoldChange(at_least_s=20.0)),
        Prescription(exercise="hip_hinge", sets=8)]
    programme = of_prescriptions(prescriptions)
    assert programme is not None
    assert programme.per_week == 5
    order = activities(programme, load)
    assert [(one.exercise.id, one.side, one.reps, one.hold_s) for one in order] == [
        ("doorway_hamstring_stretch", "left", 3, 20), ("hip_hinge", None, 8, None)]
    assert of_prescriptions([]) is None
    assert PrescriptionTerms().sets is None
