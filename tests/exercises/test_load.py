"""Invalid exercise files: one message each, with file, key, expected value, and the nearest name."""

from __future__ import annotations

from pathlib import Path

import pytest

from exercises.load import ExerciseError, catalogue, load, load_file
from tests.helpers.exercise_files import HINGE as VALID


def problems(tmp_path: Path, text: str | bytes) -> tuple[str, ...]:
    path = tmp_path / "mine.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(ExerciseError) as caught:
        load_file(path)
    assert str(path) in str(caught.value)
    return caught.value.problems


def test_a_valid_file_and_the_catalogue(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text("\ufeff" + VALID, encoding="utf-8")
    assert load_file(path).rules[0].bound.limit == 45
    for name, exercise in catalogue().items():
        assert exercise.id == name
        assert all(rule.source and rule.why for rule in exercise.rules)
    hinge = load("hip_hinge")
    assert [rule.id for rule in hinge.rules][:3] == ["rounding", "knees_bent", "too_shallow"]
    assert (hinge.rule("rounding").bound.watch, hinge.rule("rounding").bound.at_most) == (30, 40)


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ('position = "standing"', 'positon = "standing"', ["positon: unknown key", "'position'"]),
        ("enter = 25", "entre = 25", ["signal.entre: unknown key", "'enter'"]),
        ('"hip_flexion_deg"', '"hip_flexion"', ["rules.too_shallow.measure", "'hip_flexion_deg'"]),
        ('"bend_deg"', '"bent_deg"', ["signal.quantity", "'bend_deg'"]),
        ('"standing"', '"standin"', ["position: expected one of", "'standing'"]),
        ("at_least = 45", "at_lest = 45", ["rules.too_shallow.bound.at_lest: unknown key", "'at_least'"]),
        ("{ at_least = 45, watch = 60 }", "{ at_least = 45, at_most = 90 }", ["rules.too_shallow.bound", "both"]),
        ("{ at_least = 45, watch = 60 }", "{ watch = 60 }", ["rules.too_shallow.bound", "neither"]),
        ("watch = 60", "watch = 30", ["rules.too_shallow.bound", "above at_least = 45", "got 30"]),
        ("at_least = 45", 'at_least = "45 deg"', ["rules.too_shallow.bound.at_least", "a number without quotes"]),
        ("{ at_least = 45, watch = 60 }", "{ at_most = 400 }", ["rules.too_shallow", "in deg, from -40 to 180"]),
        ('cue = "', 'unit = "s"\ncue = "', ["rules.too_shallow", "measured in deg", "'s'"]),
        ('cue = "', 'unit = "dgr"\ncue = "', ["rules.too_shallow.unit: expected one of deg", "'deg'"]),
        ('cue = "', 'during = "botom"\ncue = "', ["rules.too_shallow.during", "'bottom'"]),
        ('cue = "', 'severity = "fatal"\ncue = "', ["rules.too_shallow.severity", "fault, watch"]),
        ('cue = "', 'verdict = "round"\ncue = "', ["rules.too_shallow.verdict", "'rounded'"]),
        ('cue = "Hips further back"', 'cue = "Please send your hips much further back"', ["cue", "6 words, got 7"]),
        ("{value}", "{valeu}", ["rules.too_shallow.broken", "{value} and {limit}"]),
        ('why = "It helps."\n', "", ["rules.too_shallow.why: this key is missing"]),
        ('setup = ["Stand side-on."]', 'setup = "Stand side-on."', ["setup: expected a list in square brackets"]),
        ('id = "too_shallow"', 'id = "Too shallow"', ["rules.Too shallow.id", "small letters"]),
        ("enter = 25", "enter = nan", ["signal.enter"]),
        ("enter = 25", "enter = -5", ["signal.enter", "greater than 0"]),
    ],
)
def test_invalid_files(tmp_path: Path, old: str, new: str, expected: list[str]) -> None:
    assert old in VALID
    every = problems(tmp_path, VALID.replace(old, new, 1))
    if "unknown key" in expected[0]:  # then the correct key may be missing as well
        every = tuple(problem for problem in every if "unknown key" in problem)
    (problem,) = every
    for part in expected:
        assert part in problem


def test_conditions(tmp_path: Path) -> None:
    for condition, part in [
        ("{ measure = 'hip_flexion_deg' }", "exactly one of below, above, below_times"),
        ("{ measure = 'hip_flexion_deg', below_times = 2 }", "belong together"),
        ("{ measure = 'hip', below = 2 }", "'hip' is not a measure"),
    ]:
        (problem,) = problems(tmp_path, VALID.replace('cue = "', f'only_when = [{condition}]\ncue = "'))
        assert part in problem
        assert "rules.too_shallow.only_when.1" in problem


def test_two_rules_with_one_id(tmp_path: Path) -> None:
    (problem,) = problems(tmp_path, VALID + VALID[VALID.index("[[rules]]") :])
    assert "too_shallow more than once" in problem


def test_all_problems_at_once(tmp_path: Path) -> None:
    assert len(problems(tmp_path, VALID.replace("enter = 25", 'enter = "25"').replace('"standing"', '"lying"'))) == 2


def test_files_that_are_not_text(tmp_path: Path) -> None:
    assert "at most 1 MB, got 10.0 MB" in problems(tmp_path, b"#" * 10_000_000)[0]
    assert "line 3 is not UTF-8" in problems(tmp_path, b'id = "a"\n\nname = "H\xfcfte"\n')[0]
    (problem,) = problems(tmp_path, VALID.replace('name = "My hinge"', 'name = "My hinge'))
    assert "not valid TOML" in problem
    assert "line 2" in problem
    for path in (tmp_path, tmp_path / "none.toml"):
        with pytest.raises(ExerciseError, match="cannot be read"):
            load_file(path)
    assert "id: this key is missing; expected text in quotes" in problems(tmp_path, b"")
    (problem,) = problems(tmp_path, VALID[: VALID.index("[[rules]]")].replace('unseen =', 'rules = []\nunseen ='))
    assert "at least one rule" in problem


def test_unknown_id_offers_the_nearest() -> None:
    with pytest.raises(ExerciseError, match="did you mean 'hip_hinge'"):
        load("hiphinge")
