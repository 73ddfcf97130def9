"""The translations that an exercise of a person's own brings along: checked against its sentences, then known."""

from __future__ import annotations

import string
from collections.abc import Iterable, Mapping
from typing import Any

from exercises.measures import suggestion
from exercises.report_parts import check_template
from exercises.rule_model import CUE_WORDS
from language import translate
from language.current import LANGUAGES, SOURCE
from language.toml_texts import KEYS, sentences
from language.translate import _

#: Keys whose values an exercise may translate: sentences that are read, and cues, which are spoken.
CUES = frozenset(("cue", "watch_cue"))
TRANSLATED = KEYS | CUES
#: The languages of translations; the sentences themselves take the place of English.
CODES = tuple(code for code in LANGUAGES if code != SOURCE)


def check(translations: Mapping[str, Mapping[str, str]], own: Iterable[str], cues: Iterable[str]) -> None:
    """Check translations against their exercise's own sentences, of which some are cues.

    Raises
    ------
    ValueError
        A language is unknown, a sentence is not the exercise's, has other placeholders in its translation, or is a cue
        of too many words.
    """
    known, spoken = set(own), set(cues)
    for code, pairs in translations.items():
        if code not in CODES:
            raise ValueError(_("translations.{code}: no such language; known: {codes}").format(
                code=code, codes=", ".join(CODES)))
        for text, translated in pairs.items():
            if not translated.strip():
                continue
            if text not in known:
                raise ValueError(_("translations.{code}: no sentence of this exercise is {text}{suggestion}").format(
                    code=code, text=repr(text), suggestion=suggestion(text, tuple(known))))
            if not _has_fields_of(text, translated, code):
                raise ValueError(_("translations.{code}: expected the braces of {text}, got {translated}").format(
                    code=code, text=repr(text), translated=repr(translated)))
            if text in spoken and len(translated.split()) > CUE_WORDS:
                raise ValueError(_("translations.{code}: expected at most {count} words, got {words}: {cue}").format(
                    code=code, count=CUE_WORDS, words=len(translated.split()), cue=repr(translated)))


def without_replaced(merged: Mapping[str, Any], last: Mapping[str, Any]) -> dict[str, Any]:
    """Return an exercise that builds on another without inherited translations of sentences that it replaces.

    What is wrong in the translations of `last`, its own file, is left for `check`.
    """
    inherited, own = merged.get("translations"), last.get("translations", {})
    if not isinstance(inherited, dict) or not isinstance(own, dict):
        return dict(merged)
    known = set(sentences(merged, TRANSLATED))
    kept = {code: {text: translated for text, translated in pairs.items() if text in known or text in own.get(code, ())}
            if isinstance(pairs, dict) else pairs for code, pairs in inherited.items()}
    return {**merged, "translations": kept}


def make_known(translations: Mapping[str, Mapping[str, str]]) -> None:
    """Let checked translations be found wherever the exercise's sentences are shown."""
    for code, pairs in translations.items():
        translate.add(code, pairs)


def _has_fields_of(text: str, translated: str, code: str) -> bool:
    wanted = _fields(text)
    try:
        return wanted == _fields(check_template(translated, *wanted))
    except ValueError as error:
        raise ValueError(f"translations.{code}: {error}") from None


def _fields(text: str) -> list[str]:
    """Return the names in braces, sorted; none where the braces are unpaired, as a name's may be: nothing fills it."""
    try:
        return sorted(name for _before, name, *_rest in string.Formatter().parse(text) if name is not None)
    except ValueError:
        return []
