"""Check texts from outside before they are saved: the same text, or an error that says what is wrong with it."""

from __future__ import annotations

import unicodedata

from hingecheck.history.records import HistoryError
from language.translate import _, mark

#: A name has to fit into lists and on buttons.
LONGEST_NAME = 200
#: Enough for a note of many pages; less than a file pasted by mistake.
LONGEST_TEXT = 100_000


def check_text(text: str, what: str, longest: int = LONGEST_TEXT) -> str:
    """Return the text, if it can be saved; `what` it is, marked for translation, stands in the error.

    Raises
    ------
    HistoryError
        The text is too long, or holds what no database stores (NUL, half a character).
    """
    if len(text) > longest:
        raise HistoryError(_("{what} has {count} characters; at most {longest} can be saved. Make it shorter.").format(
                               what=_(what), count=len(text), longest=longest))
    if "\x00" in text or not _is_valid_unicode(text):
        raise HistoryError(_("{what} holds an invalid character. Type it in again.").format(
                               what=_(what)))
    return text


def check_name(name: str, what: str = mark("a person's name")) -> str:
    """Return a name, if it can be saved and displayed.

    Raises
    ------
    HistoryError
        The name is empty, has several lines, is too long, or holds invalid or control characters.
    """
    if not name.strip():
        raise HistoryError(_("{what} is empty. Give at least one letter.").format(what=_(what)))
    if len(name.splitlines()) > 1:
        raise HistoryError(_("{what} has several lines. Write it on one line.").format(what=_(what)))
    if any(unicodedata.category(letter) == "Cc" for letter in check_text(name, what, LONGEST_NAME)):
        raise HistoryError(_("{what} holds a control character. Type it in again.").format(what=_(what)))
    return name


def strip_control_characters(text: str) -> str:
    """Return a text without the characters that control a terminal; line breaks and tabs stay."""
    return "".join(letter for letter in text if letter in "\n\t" or unicodedata.category(letter) != "Cc")


def _is_valid_unicode(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True
