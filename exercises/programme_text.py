"""Data of a programme -> the text of its TOML file, and an id for it that no other programme has."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from typing import Any

#: A line of over a hundred dots is refused when a file is read; more than this are written as \u002e.
_MANY_DOTS = 50
#: Windows gives no file these names.
_NO_FILES = frozenset(("con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))))
_LONGEST_ID = 40


def toml_text(data: Mapping[str, Any]) -> str:
    """Return the text of a TOML file that reads as these data.

    Parameters
    ----------
    data : mapping of str to str, number, list of str, table or list of tables
        Tables hold no tables themselves. Keys are letters and _.

    Examples
    --------
    >>> print(toml_text({"id": "mine", "steps": [{"exercise": "hip_hinge", "rest_s": 15.0}], "days": ["mon"]}), end="")
    id = "mine"
    days = ["mon"]
    <BLANKLINE>
    [[steps]]
    exercise = "hip_hinge"
    rest_s = 15
    """
    return "".join(f"{line}\n" for line in _lines(data))


def _lines(data: Mapping[str, Any]) -> Iterator[str]:
    # What stands below a table's head belongs to it: the tables come last.
    yield from (f"{key} = {_value(value)}" for key, value in data.items() if not _is_table(value))
    for key, value in data.items():
        if isinstance(value, Mapping):
            yield from ("", f"[{key}]", *_lines(value))
        elif _is_table(value):
            for one in value:
                yield from ("", f"[[{key}]]", *_lines(one))


def _is_table(value: Any) -> bool:
    values = value if isinstance(value, (list, tuple)) else [value]
    return any(isinstance(one, Mapping) for one in values)


def _value(value: Any) -> str:
    if isinstance(value, (list, tuple)):
        inner = [_value(one) for one in value]
        line = f"[{', '.join(inner)}]"
        return line if len(line) < _LONGEST_ID else "\n".join(("[", *(f"    {one}," for one in inner), "]"))
    if isinstance(value, str):
        return _quoted(value)
    return str(int(value)) if float(value).is_integer() else repr(value)


def _quoted(text: str) -> str:
    # JSON writes what TOML reads, but for the one control character that JSON leaves as it is.
    written = text.encode("utf-8", "replace").decode("utf-8")  # half a pair of UTF-16 is in no file
    quoted = json.dumps(written, ensure_ascii=False).replace("\x7f", "\\u007f")
    return quoted.replace(".", "\\u002e") if quoted.count(".") > _MANY_DOTS else quoted


def fresh_id(name: str, used: Collection[str]) -> str:
    """Return an id made from a name, as for a file, that is not in use.

    Examples
    --------
    >>> fresh_id("Für den Rücken!", ())
    'fur_den_rucken'
    >>> fresh_id("10 minutes", ("programme_10_minutes",))
    'programme_10_minutes_2'
    """
    letters = unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode("ascii").lower()
    words = re.sub(r"[^a-z0-9]+", "_", letters).strip("_")
    while len(words) > _LONGEST_ID:
        words = words.rpartition("_")[0] or words[:_LONGEST_ID]
    base = words if words[:1].isalpha() else f"programme_{words}".rstrip("_")
    number, candidate = 1, base
    while candidate in used or candidate in _NO_FILES:
        number += 1
        candidate = f"{base}_{number}"
    return candidate
