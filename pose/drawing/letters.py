"""Text -> the ASCII letters that OpenCV's fonts have, and the accents that they lack, as strokes on those letters."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_REPLACEMENTS = {"\u00b1": "+/-", "\u2013": "-", "\u2014": "-", "\u2026": "...", "\u2018": "'", "\u2019": "'",
                 "\u201c": '"', "\u201d": '"', "\u201e": '"', "\u00ab": '"', "\u00bb": '"', "\u00d7": "x",
                 "\u2265": ">=", "\u2264": "<=", "\u00df": "ss", "\u0153": "oe", "\u0152": "OE", "\u00bf": "",
                 "\u00a1": ""}
DEGREE = "\u00b0"

#: One line or more, each of points (across, up): across from the middle of the letter, up from its top, or, with the
#: cedilla, from the base line; in heights of a capital letter. A dot is a short line.
Stroke = tuple[tuple[float, float], ...]
ACCENTS: dict[str, tuple[Stroke, ...]] = {
    "\u0308": (((-0.16, 0.13), (-0.16, 0.24)), ((0.16, 0.13), (0.16, 0.24))),
    "\u0301": (((-0.06, 0.12), (0.12, 0.3)),),
    "\u0300": (((0.06, 0.12), (-0.12, 0.3)),),
    "\u0302": (((-0.16, 0.12), (0.0, 0.28), (0.16, 0.12)),),
    "\u0303": (((-0.2, 0.13), (-0.08, 0.22), (0.08, 0.14), (0.2, 0.23)),),
    "\u0327": (((0.02, 0.0), (0.08, -0.1), (-0.06, -0.2)),),
}
CEDILLA = "\u0327"
#: Height of a small letter, in heights of a capital; those with a dot reach as high as a capital.
_SMALL, _DOTTED = 0.68, "ij"


def to_ascii(text: str) -> str:
    """Return the text in ASCII and degree signs; letters lose their accents, other characters become "?"."""
    return "".join(letter for letter, _ in _letters(text))


def accents(text: str) -> tuple[tuple[int, str], ...]:
    """Return each accent with the place of its letter in `to_ascii(text)`.

    Examples
    --------
    >>> [(place, unicodedata.name(accent)) for place, accent in accents("R\u00fccken")]
    [(1, 'COMBINING DIAERESIS')]
    """
    pairs, place = [], 0
    for letter, accent in _letters(text):
        if accent:
            pairs.append((place, accent))
        place += len(letter)
    return tuple(pairs)


def top_of(letter: str) -> float:
    """Return how high a letter reaches, in heights of a capital."""
    return _SMALL if letter.islower() and letter not in _DOTTED else 1.0


@lru_cache(maxsize=1024)
def _letters(text: str) -> tuple[tuple[str, str], ...]:
    """Return the ASCII letters of each character with its accent; "" where it has none that is drawn."""
    return tuple(map(_letter, unicodedata.normalize("NFC", text)))


def _letter(char: str) -> tuple[str, str]:
    if char in _REPLACEMENTS:
        return _REPLACEMENTS[char], ""
    if char == DEGREE or char.isascii():
        return (char if char.isprintable() else " "), ""
    decomposed = unicodedata.normalize("NFKD", char)
    letter = decomposed.encode("ascii", "ignore").decode()
    accent = decomposed[1:] if len(letter) == 1 and decomposed[1:] in ACCENTS else ""
    return letter or "?", accent
