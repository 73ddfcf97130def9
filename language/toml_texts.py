"""The exercises', programmes' and care's files -> the sentences in them that people read."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

#: Keys whose values are sentences or words for people. Cues are spoken: they stand in hingecheck/live/languages.
#: Sources stay as they are: titles of articles.
KEYS = frozenset((
    "advice", "ask", "before", "broken", "cautions", "do", "label", "name", "note", "praise", "say", "sentence",
    "setup", "summary", "tally", "unseen", "watched", "why", "word", "good_word",
))
#: A key that holds a sentence in the file of care and the id of an exercise elsewhere.
_CARE_KEY, _CARE_FOLDER = "easier", "exercises/care"
_FOLDERS = ("exercises/catalogue", "exercises/programmes", "exercises/care")


def file_sentences(root: Path) -> Iterator[tuple[str, str]]:
    """Yield the file's name and each sentence of it, in the order of the files."""
    for folder in _FOLDERS:
        for path in sorted((root / folder).glob("*.toml")):
            with path.open("rb") as stream:
                keys = KEYS | {_CARE_KEY} if folder == _CARE_FOLDER else KEYS
                for text in sentences(tomllib.load(stream), keys):
                    yield path.relative_to(root).as_posix(), text


def sentences(value: Any, keys: frozenset[str] = KEYS, known: bool = False) -> Iterator[str]:
    """Yield each sentence of the data of a file, in its order.

    Parameters
    ----------
    value : dict, list or str
        The data, or a part of it.
    keys : frozenset of str
        Whose values are sentences.
    known : bool
        Whether the value itself belongs to such a key.

    Examples
    --------
    >>> list(sentences({"id": "bow", "name": "Bow", "rules": [{"measure": "hold_s", "why": "It helps."}]}))
    ['Bow', 'It helps.']
    """
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from sentences(inner, keys, key in keys)
    elif isinstance(value, (list, tuple)):
        for inner in value:
            yield from sentences(inner, keys, known)
    elif isinstance(value, str) and known and value:
        yield value
