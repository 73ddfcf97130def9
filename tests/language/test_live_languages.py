"""Every language says every live cue, of every exercise, in six words at most."""

from __future__ import annotations

import pytest

from exercises.load import catalogue
from exercises.rule_model import CUE_WORDS
from hingecheck.live.phrases import load_words
from language.current import LANGUAGES, SOURCE, use

OTHERS = [code for code in LANGUAGES if code != SOURCE]


def wanted_cues() -> set[tuple[str, str]]:
    rules = [(exercise.id, rule) for exercise in catalogue().values() for rule in exercise.rules]
    return ({(name, rule.id) for name, rule in rules if rule.cue}
            | {(name, f"{rule.id}.watch") for name, rule in rules if rule.watch_cue})


@pytest.mark.parametrize("code", OTHERS)
def test_every_cue_has_its_words(code: str) -> None:
    words = load_words(code)
    given = {(name, key) for name, cues in words.cues.items() for key in cues}
    assert given == wanted_cues()
    assert words.language == code
    assert words.name == LANGUAGES[code]
    assert set(words.names) <= set(catalogue())


@pytest.mark.parametrize("code", OTHERS)
def test_cues_differ_from_english_and_stay_short(code: str) -> None:
    words = load_words(code)
    for exercise in catalogue().values():
        assert 1 <= len(words.next(exercise).split()) <= CUE_WORDS
        for rule in exercise.rules:
            if rule.cue:
                assert words.cue(exercise, rule.id, watch=False) != rule.cue


@pytest.mark.parametrize(("code", "first"), [("en", "en"), ("de", "de"), ("fr", "fr")])
def test_the_current_language_is_spoken(code: str, first: str) -> None:
    with use(code):
        assert load_words().language == first
