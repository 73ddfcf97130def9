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
    "advice", "ask", "broken", "cautions", "label", "name", "note", "praise", "say", "sentence", "setup", "summary",
    "tally", "unseen", "why", "word", "good_word",
))
_FOLDERS = ("exercises/catalogue", "exercises/programmes", "exercises/care")


def texts(root: Path) -> Iterator[tuple[str, str]]:
    """Yield the file's name and each sentence of it, in the order of the files."""
    for folder in _FOLDERS:
        for path in sorted((root / folder).glob("*.toml")):
            with path.open("rb") as stream:
                for text in _texts(tomllib.load(stream), known=False):
                    yield path.relative_to(root).as_posix(), text


def _texts(value: Any, known: bool) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _texts(inner, key in KEYS)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner, known)
    elif isinstance(value, str) and known and value:
        yield value
