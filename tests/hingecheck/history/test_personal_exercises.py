"""Prescriptions and the full bend of a person change the exercises that judge this person, and nobody else."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from exercises.exercise_model import Exercise
from exercises.load import load
from exercises.report_parts import FullBend
from exercises.tomlfile import ExerciseError
from hingecheck.history import goals, people, personal_exercises
from hingecheck.history.connection import History
from hingecheck.history.store import open_history

DOORWAY = 'exercise = "doorway_hamstring_stretch"\n[hold]\nat_least_s = {}\n'


@pytest.fixture
def history(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[History]:
    monkeypatch.setenv("HINGECHECK_EXERCISES_DIR", str(tmp_path / "none"))
    with open_history(tmp_path / "data", "") as opened:
        yield opened


def test_a_prescription_is_valid_from_its_day_on_for_its_person(history: History) -> None:
    ana, ben = people.add(history, "Ana"), people.add(history, "Ben")
    now = datetime.now(timezone.utc)
    goals.prescribe(history, ana.id, "doorway_hamstring_stretch", DOORWAY.format(12), now - timedelta(days=1))
    goals.prescribe(history, ana.id, "doorway_hamstring_stretch", DOORWAY.format(55), now + timedelta(days=1))
    limits = {person.name: personal_exercises.for_person(history, person.id)[0]["doorway_hamstring_stretch"]
              .rule("hold_short").bound.limit for person in (ana, ben)}
    assert limits == {"Ana": 12.0, "Ben": load("doorway_hamstring_stretch").rule("hold_short").bound.limit}


def test_json_means_the_same_as_toml() -> None:
    as_json = '{"exercise": "doorway_hamstring_stretch", "hold": {"at_least_s": 12}}'
    as_toml = DOORWAY.format(12)
    exercise = personal_exercises.parse_prescription(as_json, load)[1]
    assert exercise.rule("hold_short").bound.limit == 12.0
    assert exercise == personal_exercises.parse_prescription(as_toml, load)[1]


@pytest.mark.parametrize(("text", "problem"), [
    ("", "exercise: this key is missing"), ("exercise = ", "it cannot be read"), ('{"exercise": ', "it cannot be read"),
    ('exercise = "no_such"', "no such exercise"), (DOORWAY.format('"long"'), "hold.at_least_s: expected a number")])
def test_an_invalid_prescription_is_refused_with_the_problem(text: str, problem: str) -> None:
    with pytest.raises(ExerciseError) as caught:
        personal_exercises.parse_prescription(text, load)
    (message,) = caught.value.problems
    assert problem in message


def test_a_prescription_that_no_longer_fits_is_a_problem_and_the_exercise_stays(history: History) -> None:
    ana = people.add(history, "Ana")
    goals.prescribe(history, ana.id, "hip_hinge", 'exercise = "hip_hinge"\n[rules.no_such_rule]\nat_most = 3\n')
    known, problems = personal_exercises.for_person(history, ana.id)
    assert known["hip_hinge"] == load("hip_hinge")
    assert any("no_such_rule" in problem for problem in problems)


def test_the_own_full_bend_moves_the_limits_of_the_back(history: History) -> None:
    ana = people.add(history, "Ana")
    goals.set_full_bend(history, ana.id, FullBend(spine_flexion_deg=100.0))
    own = personal_exercises.for_person(history, ana.id)[0]["hip_hinge"]
    assert own.rule("rounding").bound.at_most == pytest.approx(70.0)
    assert personal_exercises.for_person(history, None)[0]["hip_hinge"] == load("hip_hinge")


def test_the_options_of_one_set_take_precedence_over_saved_data(history: History) -> None:
    ana = people.add(history, "Ana")
    goals.set_full_bend(history, ana.id, FullBend(spine_flexion_deg=100.0))
    goals.prescribe(history, ana.id, "hip_hinge", 'exercise = "hip_hinge"\n[rules.rounding]\nat_most = 11\n')
    goals.prescribe(history, ana.id, "doorway_hamstring_stretch", DOORWAY.format(12))
    doorway, hinge = load("doorway_hamstring_stretch"), load("squat_lift")

    def limit(rule: str, exercise: Exercise | None) -> float | None:
        assert exercise is not None
        return exercise.rule(rule).bound.limit

    saved, _, _ = personal_exercises.for_set(history, ana.id, doorway)
    fixed_exercise, _, _ = personal_exercises.for_set(history, ana.id, doorway, fixed=True)
    assert (limit("hold_short", saved), fixed_exercise) == (12.0, doorway)
    bends = [personal_exercises.for_set(history, ana.id, hinge, own, fixed)[0]
             for own in (None, FullBend(spine_flexion_deg=60.0)) for fixed in (False, True)]
    assert [limit("rounding", exercise) for exercise in bends] == pytest.approx([70.0, 70.0, 42.0, 42.0])
    exercise, known, _ = personal_exercises.for_set(history, ana.id, None)
    assert (exercise, known) == (None, personal_exercises.for_person(history, ana.id)[0])
