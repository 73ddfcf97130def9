"""Texts from outside -> the same text, or an error that says what is wrong with it. Nothing is ever changed in them."""

from __future__ import annotations

import unicodedata

from hingecheck.history.records import HistoryError

#: A name stands in lists and on buttons.
LONGEST_NAME = 200
#: A note of many pages; a wrong file pasted into a field is longer.
LONGEST_TEXT = 100_000


def text(given: str, what: str, longest: int = LONGEST_TEXT) -> str:
    """Return the text where it can be kept.

    Raises
    ------
    HistoryError
        Too long, or with characters that no database keeps (NUL, half a character).
    """
    if len(given) > longest:
        raise HistoryError(f"{what} has {len(given)} characters; at most {longest} are kept: make it shorter.")
    if "\x00" in given or not _whole(given):
        raise HistoryError(f"{what} holds a character that is none (NUL or half of one): type it in again.")
    return given


def name(given: str, what: str = "a person's name") -> str:
    """Return a name where it can be kept and read.

    Raises
    ------
    HistoryError
        Empty, only spaces, several lines, too long, not a text, or with characters that steer a terminal.
    """
    if not given.strip():
        raise HistoryError(f"{what} is empty: give at least one letter.")
    if len(given.splitlines()) > 1:
        raise HistoryError(f"{what} has several lines: give it on one.")
    if any(unicodedata.category(letter) == "Cc" for letter in text(given, what, LONGEST_NAME)):
        raise HistoryError(f"{what} holds a control character: type it in again.")
    return given


def shown(given: str) -> str:
    """Return a text for a terminal, which some characters would steer: without those, lines and tabs excepted."""
    return "".join(letter for letter in given if letter in "\n\t" or unicodedata.category(letter) != "Cc")


def _whole(given: str) -> bool:
    try:
        given.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True
