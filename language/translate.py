"""English sentence -> the same in the current language, by gettext; the English one where a catalogue lacks it.

A field is filled after the translation: `_("{count} videos").format(count=3)`. An f-string cannot be found in a
catalogue. A sentence that stands in a table at the top of a module is marked there and translated where it is used:

    _TITLES = {"home": mark("Home")}
    _(_TITLES["home"])
"""

from __future__ import annotations

import gettext as standard
from collections.abc import Mapping
from functools import cache
from importlib import resources

from language.current import SOURCE, current

DOMAIN = "hingecheck"
#: Between context and sentence in a catalogue.
_CONTEXT = "\x04"
#: Code -> sentence -> the same in that language, as files outside this project bring them along.
_OWN: dict[str, dict[str, str]] = {}


def gettext(text: str) -> str:
    """Return a sentence in the current language.

    Examples
    --------
    >>> from language.current import use
    >>> with use("de"):
    ...     gettext("Calf raise")
    'Wadenheben'
    """
    if not text:
        return ""
    translated = _catalogue(current()).gettext(text)
    return _OWN.get(current(), {}).get(text, text) if translated == text else translated


_ = gettext


def plural(one: str, many: str, count: float) -> str:
    """Return the form for a count; the count is filled in by the caller.

    Examples
    --------
    >>> plural("{count} rep", "{count} reps", 1).format(count=1)
    '1 rep'
    """
    return _catalogue(current()).ngettext(one, many, int(count) if count == int(count) else 2)


def in_context(context: str, text: str) -> str:
    """Return a word that is translated differently by what it stands for.

    Examples
    --------
    >>> in_context("side of the body", "left")
    'left'
    """
    return _catalogue(current()).pgettext(context, text)


def mark(text: str) -> str:
    """Mark a sentence for the catalogues and return it as it is; `gettext` translates it later."""
    return text


def all_of(words: Mapping[str, str]) -> dict[str, str]:
    """Return a table of marked words in the current language, as for a part that runs in the browser."""
    return {key: gettext(text) for key, text in words.items()}


def add(code: str, sentences: Mapping[str, str]) -> None:
    """Add sentences that no catalogue has, with their translations, as a person's own exercise brings them along.

    A catalogue's sentence keeps its translation; an empty translation, or one of spaces, is none.

    Examples
    --------
    >>> from language.current import use
    >>> add("de", {"Bow to the neighbour": "Verbeugung"})
    >>> with use("de"):
    ...     gettext("Bow to the neighbour")
    'Verbeugung'
    """
    translations = {text: translated for text, translated in sentences.items() if translated.strip()}
    _OWN[code] = {**_OWN.get(code, {}), **translations}


@cache
def _catalogue(code: str) -> standard.NullTranslations:
    if code == SOURCE:
        return standard.NullTranslations()
    file = resources.files("language").joinpath(f"catalogues/{code}.mo")
    with file.open("rb") as stream:
        return standard.GNUTranslations(stream)
