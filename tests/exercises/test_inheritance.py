"""A file that builds on another: what it inherits, changes and removes."""

from __future__ import annotations

from pathlib import Path

from exercises.library import load_library
from exercises.load import load, load_file
from tests.helpers.exercise_files import write

GENTLE = """
id = "gentle_hinge"
name = "Gentle hinge"
based_on = "hip_hinge"
remove_rules = ["too_fast", "hips_not_back"]
setup = ["Stand side-on."]
[signal]
enter = 20
[[rules]]
id = "too_shallow"
bound = { at_least = 30 }
[[rules]]
id = "too_deep"
measure = "hip_flexion_deg"
bound = { at_most = 80 }
cue = "Not so deep"
broken = "Your hips bent {value}."
tally = "the hips bent far"
advice = "Stay above {limit}."
why = "It is to be gentle."
source = "me"
"""


def test_only_what_is_named_changes(tmp_path: Path) -> None:
    base, mine = load("hip_hinge"), load_file(write(tmp_path / "mine.toml", GENTLE))
    assert (mine.id, mine.name, mine.based_on) == ("gentle_hinge", "Gentle hinge", "hip_hinge")
    assert mine.setup == ("Stand side-on.",), "a list is replaced"
    assert mine.signal == base.signal.model_copy(update={"enter": 20.0}), "a table is merged key by key"
    assert mine.praise == base.praise
    remaining = [rule.id for rule in base.rules if rule.id not in ("too_fast", "hips_not_back")]
    assert [rule.id for rule in mine.rules] == [*remaining, "too_deep"]
    shallow = mine.rule("too_shallow")
    assert (shallow.bound.at_least, shallow.bound.watch) == (30, None), "a limit is replaced whole"
    assert shallow.cue == base.rule("too_shallow").cue
    assert mine.rule("rounding") == base.rule("rounding")
    assert load("hip_hinge") == base


def test_inheritance_over_two_files(tmp_path: Path) -> None:
    write(tmp_path / "a.toml", GENTLE)
    write(tmp_path / "b.toml", 'id = "gentler"\nbased_on = "gentle_hinge"\nremove_rules = ["too_shallow"]\n'
                               '[signal]\nshortest_s = 2.0\n')
    library = load_library(tmp_path)
    assert not library.invalid
    gentler = library.exercise("gentler")
    assert (gentler.signal.enter, gentler.signal.shortest_s, gentler.name) == (20, 2, "Gentle hinge")
    assert gentler.remove_rules == ("too_shallow",), "what the base removed is not listed"
    assert not {"too_fast", "too_shallow"} & {rule.id for rule in gentler.rules}
    assert gentler.rule("too_deep").bound.at_most == 80


def test_an_invalid_base_is_named(tmp_path: Path) -> None:
    write(tmp_path / "a.toml", GENTLE.replace('"hip_flexion_deg"', '"hips"'))
    write(tmp_path / "b.toml", 'id = "gentler"\nbased_on = "gentle_hinge"\n')
    library = load_library(tmp_path)
    assert not library.personal
    assert library.invalid[1].problems[0].startswith(
        "based_on: 'gentle_hinge' is invalid itself: gentle_hinge: rules.too_deep.measure: 'hips' is not a measure")


def test_two_changes_of_one_rule_are_two_rules_of_one_id(tmp_path: Path) -> None:
    change = '[[rules]]\nid = "rounding"\nseverity = "watch"\n'
    write(tmp_path / "a.toml", 'id = "mine"\nbased_on = "hip_hinge"\n' + change + change)
    (file,) = load_library(tmp_path).invalid
    assert any(problem.startswith("rules.rounding.measure: this key is missing") for problem in file.problems)
