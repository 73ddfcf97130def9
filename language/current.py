"""Which language people read now: HINGECHECK_LANG for all, else the browser's, else English."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

#: Code -> the language's own name; the first is the one that the source is written in.
LANGUAGES: dict[str, str] = {"en": "English", "de": "Deutsch", "es": "Español", "fr": "Français"}
SOURCE = "en"
VARIABLE = "HINGECHECK_LANG"

_current: ContextVar[str | None] = ContextVar("language", default=None)


def current() -> str:
    """Return the code of the language of this thread: what was set, else HINGECHECK_LANG's, else English."""
    return _current.get() or choose(())


def set_current(code: str) -> None:
    """Set the language of this thread, as for the page that it draws.

    Raises
    ------
    ValueError
        There is no such language.
    """
    if code not in LANGUAGES:
        raise ValueError(f"unknown language {code!r}; known are {', '.join(LANGUAGES)}")
    _current.set(code)


@contextmanager
def use(code: str) -> Iterator[None]:
    """Use a language for a while.

    Examples
    --------
    >>> with use("de"):
    ...     current()
    'de'
    """
    before = _current.get()
    set_current(code)
    try:
        yield
    finally:
        _current.set(before)


def choose(wanted: Iterable[str]) -> str:
    """Return the language to use of those that a browser names, best first; HINGECHECK_LANG goes before them all.

    Parameters
    ----------
    wanted : iterable of str
        Language tags such as "de-AT", or "de_AT.UTF-8".

    Returns
    -------
    str
        Code of the first that is known, else "en".

    Examples
    --------
    >>> choose(["it-IT", "fr-CA"])
    'fr'
    >>> choose(["it"])
    'en'
    """
    for tag in (os.environ.get(VARIABLE, ""), *wanted):
        code = tag.replace("_", "-").split("-")[0].strip().lower()
        if code in LANGUAGES:
            return code
    return SOURCE
