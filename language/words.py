"""Words that stand inside a sentence: several of them as a list, and their first letter, small or large."""

from __future__ import annotations

from collections.abc import Sequence

from language.current import current
from language.translate import _

#: Languages whose nouns begin with a capital letter wherever they stand.
_CAPITAL_NOUNS = frozenset({"de"})


def listed(words: Sequence[object]) -> str:
    """Return words, translated already, as a list.

    Examples
    --------
    >>> listed(["hips"]), listed([1, 3, 5])
    ('hips', '1, 3 and 5')
    """
    return _joined(words, _("{others} and {last}"))


def alternatives(words: Sequence[object]) -> str:
    """Return words, translated already, of which one is true.

    Examples
    --------
    >>> alternatives(["a squat", "a hinge"])
    'a squat or a hinge'
    """
    return _joined(words, _("{others} or {last}"))


def small(text: str) -> str:
    """Return a name as it is written inside a sentence: in small letters, but not where nouns have a capital.

    Examples
    --------
    >>> small("Hip hinge")
    'hip hinge'
    """
    return text if current() in _CAPITAL_NOUNS else text.lower()


def small_start(text: str) -> str:
    """Return a sentence as it stands behind a colon: with a small first letter, but not where nouns have a capital.

    Examples
    --------
    >>> small_start("Good rep.")
    'good rep.'
    """
    return text if current() in _CAPITAL_NOUNS else text[:1].lower() + text[1:]


def large_start(text: str) -> str:
    """Return a text as it begins a sentence.

    Examples
    --------
    >>> large_start("rep 3")
    'Rep 3'
    """
    return text[:1].upper() + text[1:]


def _joined(words: Sequence[object], pattern: str) -> str:
    *others, last = map(str, words)
    return pattern.format(others=", ".join(others), last=last) if others else last
