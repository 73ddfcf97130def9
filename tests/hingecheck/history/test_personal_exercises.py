"""Prescriptions and a full bend of the history change what a person is judged by, and only theirs."""

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
    with open_history(tmp_path / "data", "") as found:
        yield found


def test_a_prescription_holds_from_its_day_on_for_its_person(history: History) -> None:
    ana, ben = people.add(history, "Ana"), people.add(history, "Ben")
    now = datetime.now(timezone.utc)
    goals.prescribe(history, ana.id, "doorway_hamstring_stretch", DOORWAY.format(12), now - timedelta(days=1))
    goals.prescribe(history, ana.id, "doorway_hamstring_stretch", DOORWAY.format(55), now + timedelta(days=1))
    held = {who.name: personal_exercises.known(history,
                                               who.id)[0]["doorway_hamstring_stretch"].rule("hold_short").bound.limit
            for who in (ana, ben)}
    assert held == {"Ana": 12.0, "Ben": load("doorway_hamstring_stretch").rule("hold_short").bound.limit}


def test_json_means_the_same_as_toml() -> None:
    written = '{"exercise": "doorway_hamstring_stretch", "hold": {"at_least_s": 12}}'
    assert personal_exercises.prescription(written, load)[1] == personal_exercises.prescription(DOORWAY.format(12),
                                                                                                load)[1]


@pytest.mark.parametrize("text", ["", "exercise = ", '{"exercise": ', 'exercise = "no_such"', DOORWAY.format('"long"')])
def test_a_wrong_prescription_is_refused_in_words(text: str) -> None:
    with pytest.raises(ExerciseError) as caught:
        personal_exercises.prescription(text, load)
    assert caught.value.problems


def test_a_prescription_that_no_longer_fits_is_told_and_the_rest_stays(history: History) -> None:
    ana = people.add(history, "Ana")
    goals.prescribe(history, ana.id, "hip_hinge", 'exercise = "hip_hinge"\n[rules.no_such_rule]\nat_most = 3\n')
    known, problems = personal_exercises.known(history, ana.id)
    assert known["hip_hinge"] == load("hip_hinge")
    assert any("no_such_rule" in problem for problem in problems)


def test_the_own_full_bend_moves_the_limits_of_the_back(history: History) -> None:
    ana = people.add(history, "Ana")
    goals.set_full_bend(history, ana.id, FullBend(spine_flexion_deg=100.0))
    assert personal_exercises.known(history,
                                    ana.id)[0]["hip_hinge"].rule("rounding").bound.at_most == pytest.approx(70.0)
    assert personal_exercises.known(history, None)[0]["hip_hinge"] == load("hip_hinge")


def test_what_is_given_for_one_set_goes_before_what_is_saved(history: History) -> None:
    ana = people.add(history, "Ana")
    goals.set_full_bend(history, ana.id, FullBend(spine_flexion_deg=100.0))
    goals.prescribe(history, ana.id, "hip_hinge", 'exercise = "hip_hinge"\n[rules.rounding]\nat_most = 11\n')
    goals.prescribe(history, ana.id, "doorway_hamstring_stretch", DOORWAY.format(12))
    doorway, hinge = load("doorway_hamstring_stretch"), load("squat_lift")

    def limit(rule: str, exercise: Exercise | None) -> float | None:
        assert exercise is not None
        return exercise.rule(rule).bound.limit

    saved, _, _ = personal_exercises.chosen(history, ana.id, doorway)
    given, _, _ = personal_exercises.chosen(history, ana.id, doorway, fixed=True)
    assert (limit("hold_short", saved), given) == (12.0, doorway)
    bends = [personal_exercises.chosen(history, ana.id, hinge, own, fixed)[0]
             for own in (None, FullBend(spine_flexion_deg=60.0)) for fixed in (False, True)]
    assert [limit("rounding", one) for one in bends] == pytest.approx([70.0, 70.0, 42.0, 42.0])
    nothing, known, _ = personal_exercises.chosen(history, ana.id, None)
    assert (nothing, known) == (None, personal_exercises.known(history, ana.id)[0])
