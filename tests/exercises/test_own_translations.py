"""An exercise of one's own brings its translations along: they are checked, and found wherever it is shown."""

from __future__ import annotations

import copy

import pytest

from exercises import load, tomlfile
from exercises.exercise_model import Exercise
from exercises.inheritance import Bases
from exercises.tomlfile import ExerciseError, Raw
from hingecheck.cli.exercises_command import template
from hingecheck.live.phrases import load_words
from language.current import use
from language.translate import _

DATA = tomlfile.parse(template("my_bow"), "my_bow.toml")
CUE, BROKEN = "Keep your back long", "You stayed for {value}: stay for {limit}."


def built(**translations: dict[str, str]) -> Exercise:
    data: Raw = {**copy.deepcopy(DATA), "translations": translations}
    return load.build_exercise(data, "my_bow.toml", load.built_in_bases())


def test_a_new_file_has_the_keys_of_every_language_and_is_shown_as_it_stands() -> None:
    exercise = load.build_exercise(DATA, "my_bow.toml", load.built_in_bases())
    assert set(exercise.translations) == {"de", "es", "fr"}
    for pairs in exercise.translations.values():
        assert {exercise.name, exercise.summary, *exercise.setup, CUE, BROKEN} < set(pairs)
        assert set(pairs.values()) == {""}
    with use("de"):
        assert _(exercise.summary) == exercise.summary


def test_a_translation_is_read_and_spoken_in_its_language_only() -> None:
    exercise = built(de={CUE: "Mach den Rücken lang", "My bow": "Meine Verbeugung", "Stop": ""})
    with use("de"):
        assert _(exercise.name) == "Meine Verbeugung"
    with use("fr"):
        assert _(exercise.name) == "My bow"
    assert _(exercise.name) == "My bow"
    assert load_words("de").cue(exercise, "rounding", watch=False) == "Mach den Rücken lang"
    assert load_words("de").next(exercise).endswith("Meine Verbeugung")
    assert load_words("es").cue(exercise, "rounding", watch=False) == CUE


def test_a_sentence_of_the_catalogues_keeps_its_translation() -> None:
    data: Raw = {**copy.deepcopy(DATA), "name": "Calf raise", "translations": {"de": {"Calf raise": "Falsch"}}}
    exercise = load.build_exercise(data, "my_bow.toml", load.built_in_bases())
    with use("de"):
        assert _(exercise.name) == "Wadenheben"


@pytest.mark.parametrize(("code", "text", "translated", "expected"), [
    ("xx", CUE, "a", "no such language; known: de, es, fr"),
    ("de", "Keep your back lon", "a", "did you mean 'Keep your back long'?"),
    ("de", CUE, "eins zwei drei vier fünf sechs sieben", "expected at most 6 words, got 7"),
    ("de", BROKEN, "Du bliebst {value}.", "expected the braces of"),
    ("de", "My bow", "Meine {value}", "expected no braces, got 'Meine {value}'"),
    ("de", "My bow", "Meine }", "translations.de: expected no braces, got 'Meine }'"),
    ("de", BROKEN, "Du bliebst {value:>999999999}: {limit}.", "expected no other braces than {limit} and {value}"),
    ("de", BROKEN, "Du bliebst {value.none}: {limit}.", "expected no other braces than {limit} and {value}"),
    ("de", BROKEN, "Du bliebst {value}{.", "expected no other braces than {limit} and {value}"),
])
def test_what_is_wrong_is_said(code: str, text: str, translated: str, expected: str) -> None:
    with pytest.raises(ExerciseError, match=r"my_bow\.toml") as caught:
        built(**{code: {text: translated}})
    (problem,) = caught.value.problems
    assert expected in problem
    assert problem.startswith(f"translations.{code}: ")


def test_a_name_with_a_lone_brace_is_translated_without_one() -> None:
    data: Raw = {**copy.deepcopy(DATA), "name": "Bow }", "translations": {"de": {"Bow }": "Verneigung"}}}
    exercise = load.build_exercise(data, "my_bow.toml", load.built_in_bases())
    with use("de"):
        assert _(exercise.name) == "Verneigung"
    data["translations"] = {"de": {"Bow }": "Verneigung }"}}
    with pytest.raises(ExerciseError, match="expected no braces"):
        load.build_exercise(data, "my_bow.toml", load.built_in_bases())


def test_a_translation_of_spaces_is_none() -> None:
    exercise = built(de={"My bow": "   ", CUE: " "})
    with use("de"):
        assert _(exercise.name) != "   "
    assert load_words("de").cue(exercise, "rounding", watch=False).strip()


def test_an_exercise_that_replaces_a_translated_sentence_of_its_base_is_valid() -> None:
    base: Raw = {**copy.deepcopy(DATA), "translations": {"de": {DATA["summary"]: "Alt", CUE: "Mach den Rücken lang"}}}
    bases = Bases(("my_bow",), lambda _name: base)
    child: Raw = {"id": "child", "name": "Child", "based_on": "my_bow", "summary": "Another movement."}
    assert load.build_exercise(child, "child.toml", bases).translations == {"de": {CUE: "Mach den Rücken lang"}}
    wrong: Raw = {**child, "translations": {"de": {DATA["summary"]: "Neu"}}}
    with pytest.raises(ExerciseError, match="no sentence of this exercise is"):
        load.build_exercise(wrong, "child.toml", bases)
