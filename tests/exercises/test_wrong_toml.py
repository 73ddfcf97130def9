"""A wrong TOML of each kind: exactly one sentence that says file, key, what was expected, and the nearest name."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from exercises import load as builtin
from exercises import tomlfile
from exercises.exercise_model import Exercise, Position
from exercises.library import load_library
from exercises.load import load_file
from exercises.measures import MEASURES, range_of
from exercises.prescribed_exercise import apply_prescription, load_prescription
from exercises.prescription import Prescription
from exercises.tomlfile import ExerciseError
from tests.helpers.exercise_files import HINGE, PRESCRIPTION, changed, write

SECOND = HINGE[HINGE.index("[[rules]]"):]
IDS = ", ".join(builtin.catalogue_ids())
HEAD = 'id = "mine"\nbased_on = "hip_hinge"\n'
HINGE_RULES = ", ".join(rule.id for rule in builtin.load("hip_hinge").rules)

WRONG: dict[str, tuple[str | bytes, str]] = {
    "tables without end": (
        HINGE + "\n" + ".".join(["a"] * 20_000) + " = 1\n",
        "expected tables in few others, got a line of over 100 dots"),
    "control characters": (
        changed(HINGE, 'cue = "', 'cue = "\\u001b[31m'),
        "rules.too_shallow.cue: expected text without control characters, got '\\x1b[31mHips further back'"),
    "unknown measure": (
        changed(HINGE, '"hip_flexion_deg"', '"hip_flexion"'),
        "rules.too_shallow.measure: 'hip_flexion' is not a measure (did you mean 'hip_flexion_deg'?); known: "
        + ", ".join(MEASURES)),
    "bad unit": (
        changed(HINGE, 'cue = "', 'unit = "dgr"\ncue = "'),
        "rules.too_shallow.unit: expected one of deg, s, ratio, px, deg/s, got 'dgr' (did you mean 'deg'?)"),
    "unit of another measure": (
        changed(HINGE, 'cue = "', 'unit = "s"\ncue = "'),
        "rules.too_shallow: hip_flexion_deg is measured in deg, got unit = 's'"),
    "watch on the wrong side": (
        changed(HINGE, "watch = 60", "watch = 30"),
        "rules.too_shallow.bound: watch is the milder limit: expected it above at_least = 45, got 30"),
    "watch on the wrong side, other way": (
        changed(HINGE, "at_least = 45, watch = 60", "at_most = 45, watch = 60"),
        "rules.too_shallow.bound: watch is the milder limit: expected it below at_most = 45, got 60"),
    "both sides": (
        changed(HINGE, "at_least = 45, watch = 60", "at_least = 90, at_most = 45"),
        "rules.too_shallow.bound: expected either at_most or at_least, got both"),
    "dose reversed": (
        changed(HINGE, "[signal]", "[dose]\nhold_s = [60, 30]\n[signal]"),
        "dose.hold_s: expected [from, to] with the smaller number first, got [60, 30]"),
    "past the target": (
        changed(HINGE, "[signal]", '[target]\nmeasure = "hip_flexion_deg"\nat = 40\n[signal]'),
        "rules.too_shallow asks for at least 45, more than the target of 40: nobody is pushed past a target, lower the "
        "one or raise the other"),
    "limit without effect": (
        changed(HINGE, "at_least = 45, watch = 60", "at_most = 400"),
        "rules.too_shallow: a limit of 400 has no effect: hip_flexion_deg is in deg, from {:g} to {:g}".format(
            *range_of("hip_flexion_deg"))),
    "two rules one id": (
        HINGE + SECOND,
        "expected every rule id once, got too_shallow more than once"),
    "10 MB": (
        b"#" * 10_000_000,
        "expected a file of at most 1 MB, got 10.0 MB"),
    "not UTF-8": (
        HINGE.replace("My hinge", "H\xfcfte").encode("latin-1"),
        "line 2 is not UTF-8 text: save the file with the encoding UTF-8"),
    "wrong type": (
        changed(HINGE, "enter = 25", 'enter = "25 deg"'),
        'signal.enter: expected a number without quotes (write 30, not "30" or "30 deg"), got \'25 deg\''),
    "text where a list belongs": (
        changed(HINGE, '["Stand side-on."]', '"Stand side-on."'),
        "setup: expected a list in square brackets, got 'Stand side-on.'"),
    "half a number": (
        changed(HINGE, "[signal]", "[dose]\nrepeats = [2.5, 4]\n[signal]"),
        "dose.repeats.1: expected a whole number, got 2.5"),
    "unknown key": (
        changed(HINGE, "setup =", "cautoins = []\nsetup ="),
        "cautoins: unknown key (did you mean 'cautions'?); known here: " + ", ".join(Exercise.model_fields)),
    "unknown key in a table": (
        changed(HINGE, "enter = 25", "enter = 25\nreste = 0"),
        "signal.reste: unknown key (did you mean 'rest'?); known here: quantity, enter, leave_share, rest, falls, "
        "shortest_s, bridge_s"),
    "unknown word": (
        changed(HINGE, '"standing"', '"stading"'),
        f"position: expected one of {', '.join(position.value for position in Position)}, got 'stading' (did you mean "
        "'standing'?)"),
    "missing text": (
        changed(HINGE, 'why = "It helps."\n', ""),
        "rules.too_shallow.why: this key is missing; expected text in quotes"),
    "missing table": (
        changed(HINGE, '[signal]\nquantity = "bend_deg"\nenter = 25\n', ""),
        "signal: this key is missing; expected a table"),
    "no quote at the end": (
        changed(HINGE, '"My hinge"', '"My hinge'),
        "line 2 is not valid TOML (Illegal character '\\n'): check the quotes, brackets and = signs there"),
    "no equals sign": (
        changed(HINGE, 'position = ', 'position '),
        "line 3 is not valid TOML (Expected '=' after a key in a key/value pair): check the quotes, brackets and = "
        "signs there"),
    "breaks off": (
        HINGE + "extra = [1,",
        "the end of the file is not valid TOML (Invalid value): check the quotes, brackets and = signs there"),
    "number without end": (
        changed(HINGE, "enter = 25", "enter = " + "1" * 5000),
        "expected ordinary numbers and lists, got one far too long"),
    "brackets without end": (
        changed(HINGE, "enter = 25", "enter = " + "[" * 5000),
        "expected ordinary numbers and lists, got one far too long"),
    "same key twice": (
        HINGE + 'why = "It helps."\n',
        f"line {len(HINGE.splitlines()) + 1} is not valid TOML (Cannot overwrite a value): "
        "check the quotes, brackets and = signs there"),
    "base that does not exist": (
        changed(HEAD, "hip_hinge", "hiphinge"),
        f"based_on: no such exercise 'hiphinge' (did you mean 'hip_hinge'?); known: {IDS}"),
    "base that is itself": (
        changed(HEAD, "hip_hinge", "mine"),
        "based_on: cycle in overrides: mine -> mine; remove based_on from one of them"),
    "rule that cannot be removed": (
        HEAD + 'remove_rules = ["too_slow"]\n',
        f"remove_rules: no such rule 'too_slow' (did you mean 'too_shallow'?); known: {HINGE_RULES}"),
    "removal without a base": (
        changed(HINGE, "setup =", 'remove_rules = ["too_shallow"]\nsetup ='),
        'remove_rules: belongs to a file that builds on another, as in based_on = "hip_hinge"'),
    "base without an id of its own": (
        'based_on = "hip_hinge"\n',
        "id: this key is missing; expected a name of its own, not that of the exercise it builds on"),
    "easier form that does not exist": (
        changed(HINGE, "setup =", 'easier = "towel_stretch"\nsetup ='),
        f"easier: no such exercise 'towel_stretch' (did you mean 'towel_hamstring_stretch'?); known: {IDS}"),
}


def refused(path: Path) -> str:
    """Return the only problem of an exercise file."""
    with pytest.raises(ExerciseError) as caught:
        load_file(path)
    (problem,) = caught.value.problems
    assert str(caught.value) == f"{path}: {problem}"
    return problem


@pytest.mark.parametrize("kind", WRONG)
def test_one_sentence(tmp_path: Path, kind: str) -> None:
    text, sentence = WRONG[kind]
    assert refused(write(tmp_path / "mine.toml", text)) == sentence


@pytest.mark.parametrize("kind", WRONG)
def test_an_invalid_file_is_listed_and_the_others_load(tmp_path: Path, kind: str) -> None:
    write(tmp_path / "wrong.toml", WRONG[kind][0])
    write(tmp_path / "right.toml", changed(HINGE, '"my_hinge"', '"right_hinge"'))
    library = load_library(tmp_path)
    assert list(library.personal) == ["right_hinge"]
    (file,) = library.invalid
    assert file.origin == tmp_path / "wrong.toml"
    assert len(file.problems) == 1


def test_cycle_through_several_files(tmp_path: Path) -> None:
    for name, base in (("first", "second"), ("second", "third"), ("third", "first")):
        write(tmp_path / f"{name}.toml", f'id = "{name}"\nbased_on = "{base}"\n')
    write(tmp_path / "right.toml", HINGE)
    library = load_library(tmp_path)
    assert list(library.personal) == ["my_hinge"]
    assert library.invalid[0].problems == ("based_on: cycle in overrides: first -> second -> third -> first; remove "
                                           "based_on from one of them",)
    assert len(library.invalid) == 3


ODD = (3, -1, 2.5, True, "x", "", [], [1], ["a"], [[1]], {}, {"id": 3}, [{"id": "rounding"}], [{}],
       datetime.date(2020, 1, 1), float("nan"), 10**30, "hip_hinge", {"a": {"b": 1}})


def odd_values(data: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the data with each value, at any depth, replaced by each odd one."""
    for key, value in data.items():
        for odd in ODD:
            yield {**data, key: odd}
        table = value if isinstance(value, dict) else {}
        yield from ({**data, key: other} for other in odd_values(table))
        for position, entry in enumerate(value if isinstance(value, list) else []):
            if isinstance(entry, dict):
                yield from ({**data, key: [*value[:position], other, *value[position + 1:]]}
                            for other in odd_values(entry))


def test_odd_values_end_in_sentences() -> None:
    valid = tomlfile.tomllib.loads(HEAD + 'remove_rules = ["too_fast"]\n' + SECOND + "[signal]\nenter = 3\n")
    messages: list[tuple[str, ...]] = []
    for data in odd_values(valid):
        try:
            builtin.build_exercise(data, "mine.toml", builtin.built_in_bases())
        except ExerciseError as error:
            messages.append(error.problems)
    assert len(messages) > 150
    assert all(messages)
    assert all(problem and "\n" not in problem for problems in messages for problem in problems)


def test_odd_values_in_a_prescription_end_in_sentences() -> None:
    valid = tomlfile.tomllib.loads(changed(PRESCRIPTION, "sets = 4", 'sets = 4\nsides = "left"'))
    messages: list[tuple[str, ...]] = []
    for data in odd_values(valid):
        try:
            prescription = tomlfile.validate(Prescription, data, "for_me.toml")
            apply_prescription(builtin.load(prescription.exercise), prescription)
        except ExerciseError as error:
            messages.append(error.problems)
    assert len(messages) > 100
    assert all(messages)


PRESCRIPTIONS = {
    "unknown exercise": (
        changed(PRESCRIPTION, "doorway_hamstring_stretch", "doorway_stretch"),
        "exercise: doorway_stretch: no such exercise (did you mean 'doorway_hamstring_stretch'?); known: " + IDS),
    "no exercise": (
        changed(PRESCRIPTION, 'exercise = "doorway_hamstring_stretch"\n', ""),
        "exercise: this key is missing; expected text in quotes"),
    "unknown rule": (
        changed(PRESCRIPTION, "rules.knee_bent", "rules.knees_bent"),
        "rules.knees_bent: doorway_hamstring_stretch has no such rule (did you mean 'knee_bent'?); known: knee_bent, "
        "other_leg_lifted, bouncing, pulsing, hold_short"),
    "limit on the other side": (
        changed(PRESCRIPTION, "at_most = 20", "at_least = 20"),
        "rules.knee_bent.at_least: this rule's limit is at_most = 15: write at_most"),
    "watch on the wrong side": (
        changed(PRESCRIPTION, "at_most = 20", "at_most = 20\nwatch = 25"),
        "rules.knee_bent.bound: watch is the milder limit: expected it below at_most = 20, got 25"),
    "unknown key": (
        changed(PRESCRIPTION, "at_most = 20", "atmost = 20"),
        "rules.knee_bent.atmost: unknown key (did you mean 'at_most'?); known here: at_most, at_least, watch, "
        "severity"),
    "wrong type": (
        changed(PRESCRIPTION, "sets = 4", 'sets = "4"'),
        "sets: expected a whole number, got '4'"),
    "wrong side": (
        changed(PRESCRIPTION, "sets = 4", 'sets = 4\nsides = "lefft"'),
        "sides: expected one of left, right, both, got 'lefft' (did you mean 'left'?)"),
    "no hold to change": (
        'exercise = "hip_hinge"\n[hold]\nat_least_s = 30\n',
        "hold: hip_hinge holds nothing; leave this table out"),
    "no sides to choose": (
        'exercise = "hip_hinge"\nsides = "left"\n',
        "sides: hip_hinge has no sides; leave this key out"),
    "no target to move": (
        'exercise = "hip_hinge"\n[target]\nat = 70\n',
        'target.measure: hip_hinge has no target of its own; name the measure of this one, as in measure = "bend_deg"'),
    "less than a rule asks for": (
        'exercise = "hip_hinge"\n[target]\nat = 40\nmeasure = "hip_flexion_deg"\n',
        "rules.too_shallow asks for at least 45, more than the target of 40: nobody is pushed past a target, lower the "
        "one or raise the other"),
    "not UTF-8": (
        b'person = "J\xfcrgen"\n' + PRESCRIPTION.encode(),
        "line 1 is not UTF-8 text: save the file with the encoding UTF-8"),
}


@pytest.mark.parametrize("kind", PRESCRIPTIONS)
def test_one_sentence_for_a_prescription(tmp_path: Path, kind: str) -> None:
    text, sentence = PRESCRIPTIONS[kind]
    path = write(tmp_path / "for_me.toml", text)
    with pytest.raises(ExerciseError) as caught:
        load_prescription(path, load_library(tmp_path / "none").exercise)
    assert str(caught.value) == f"{path}: {sentence}"
