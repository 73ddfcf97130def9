"""A text file of angles measured by hand -> times and degrees, a column a quantity; or which line is wrong, and why.

Read are Kinovea's exports (Tools, Angular kinematics, Export: a time in milliseconds or as a timecode, then a column an
angle, quoted, with points or decimal commas) and any table of our own: `time_s` and columns named as our quantities.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from exercises.measures import nearest
from hingecheck.validation.time_column import HandError, Times, times_of, value_of
from pose.quantity import QUANTITIES

FloatArray = NDArray[np.float64]
Row = tuple[int, list[str]]

#: An hour of angles at 60 frames a second is under 10 MB.
_LARGEST_BYTES = 20_000_000
_FEWEST = 3
#: A word in a column's name -> the quantity meant, the first that fits.
_WORDS = (("left knee", "left_knee_flexion_deg"), ("right knee", "right_knee_flexion_deg"),
          ("knee", "knee_flexion_deg"), ("leg raise", "leg_raise_deg"), ("hip", "hip_flexion_deg"),
          ("spine", "spine_flexion_deg"), ("back", "spine_flexion_deg"), ("lumbar", "spine_flexion_deg"),
          ("trunk", "trunk_lean_deg"), ("bend", "bend_deg"))
_ANGLES = tuple(name for name, quantity in QUANTITIES.items() if quantity.unit == "deg")


@dataclass(frozen=True, eq=False)
class HandMeasured:
    """Angles measured by hand in one clip.

    Attributes
    ----------
    source : str
        Name of the file.
    times : Times
        Seconds, or numbers of frames, from the first frame of the clip.
    columns : mapping of str to ndarray, shape (n,)
        Degrees, by quantity; NaN in empty cells. Inner angles are already turned into flexions.
    inner : bool
        Whether they were inner angles (180 = straight) in the file.
    ignored : tuple of str
        Columns whose names say nothing known.
    """

    source: str
    times: Times
    columns: Mapping[str, FloatArray]
    inner: bool = False
    ignored: tuple[str, ...] = ()


def read(path: Path, quantity: str | None = None, inner: bool = False) -> HandMeasured:
    """Read angles measured by hand.

    Parameters
    ----------
    path : Path
        Comma, semicolon, tab or blanks between columns; decimal points or commas; with or without a line of names.
    quantity : str, optional
        Which quantity the file's only column is; without it, the column's name says so.
    inner : bool
        The file has inner angles, 180 = straight, as one draws them on a joint: 180 minus the angle is taken.

    Raises
    ------
    HandError
        With file, line, what was expected and what was found.
    """
    if quantity is not None and quantity not in _ANGLES:
        raise HandError(f"{quantity!r} is not an angle that is measured{nearest(quantity, _ANGLES)}; known: "
                        f"{', '.join(_ANGLES)}")
    rows = _rows(_text(path), path.name)
    names = rows[0][1] if not _is_data(rows[0][1]) else None
    data = rows if names is None else rows[1:]
    width = len(rows[0][1])
    for line, cells in data:
        if len(cells) != width:
            raise HandError(f"{path.name}, line {line}: expected {width} columns as in the first line, got "
                            f"{len(cells)}; with decimal commas, separate the columns by semicolons")
    if len(data) < _FEWEST:
        raise HandError(f"{path.name}: expected at least {_FEWEST} lines of a time and degrees, got {len(data)}")
    named, ignored = _named(names[1:] if names else [""] * (width - 1), quantity, path.name)
    times = times_of([(line, cells[0]) for line, cells in data], names[0] if names else "", path.name)
    columns = {name: _column(data, place + 1, path.name) for name, place in named.items()}
    if inner:
        columns = {name: 180.0 - values for name, values in columns.items()}
    return HandMeasured(path.name, times, columns, inner, ignored)


def _text(path: Path) -> str:
    try:
        size = path.stat().st_size
        if size > _LARGEST_BYTES:
            raise HandError(f"{path.name}: expected a table of at most 20 MB, got {size / 1e6:.0f} MB")
        raw = path.read_bytes()
    except OSError as error:
        raise HandError(f"{path}: cannot be read: {error.strerror or error}") from None
    coding = "utf-16" if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = raw.decode(coding)
    except UnicodeDecodeError:
        text = raw.decode("cp1252", errors="replace")  # a table saved by an old spreadsheet; only names are hurt
    if "\0" in text:
        raise HandError(f"{path.name}: expected a text file (CSV), got something binary")
    return text


def _rows(text: str, source: str) -> list[Row]:
    """Every line with something on it, cut into cells; comments (#) are left out."""
    lines = [(number, line) for number, line in enumerate(text.splitlines(), 1)
             if line.strip() and not line.lstrip().startswith("#")]
    if not lines:
        raise HandError(f"{source}: expected lines of a time and degrees, got none")
    between = _separator(lines[0][1])
    rows = [(number, _cut(line, between)) for number, line in lines]
    if len(rows[0][1]) < 2:
        raise HandError(f"{source}, line {rows[0][0]}: expected a time and at least one angle, separated by a comma, "
                        f"semicolon or tab, got {rows[0][1][0]!r}")
    return rows


def _separator(line: str) -> str:
    bare = re.sub(r'"[^"]*"', "", line)
    return next((mark for mark in (";", "\t", ",") if mark in bare), " ")


def _cut(line: str, between: str) -> list[str]:
    if between == " ":
        return line.split()
    return [cell.strip() for cell in next(csv.reader([line], delimiter=between, skipinitialspace=True))]


def _is_data(cells: Sequence[str]) -> bool:
    """Whether a first line is data already, not names: whatever begins with a digit, a sign or a point."""
    return all(re.match(r"[-+.\d]", cell) or not cell for cell in cells)


def _named(names: Sequence[str], quantity: str | None, source: str) -> tuple[dict[str, int], tuple[str, ...]]:
    """Which quantity stands in which column (after the time's), and the names of columns that mean nothing known."""
    known = [_quantity_named(name) for name in names]
    if quantity is not None:
        if len(names) > 1 and known.count(quantity) != 1:
            raise HandError(f"{source}: expected one column beside the time for {quantity}, got {len(names)}: "
                            f"{', '.join(map(repr, names))}")
        place = 0 if len(names) == 1 else known.index(quantity)
        return {quantity: place}, tuple(name for number, name in enumerate(names) if number != place)
    found: dict[str, int] = {}
    for place, name in enumerate(known):
        if name is not None and name in found:
            raise HandError(f"{source}: two columns mean {name}: {names[found[name]]!r} and {names[place]!r}")
        if name is not None:
            found[name] = place
    if not found:
        got = ", ".join(repr(name) for name in names if name) or "no names"
        raise HandError(f"{source}: the columns' names do not say what was measured (got {got}). Name them as our "
                        f"quantities ({', '.join(_ANGLES)}), or say which one it is with --truth-quantity")
    return found, tuple(name for name, meant in zip(names, known, strict=True) if meant is None)


def _quantity_named(name: str) -> str | None:
    plain = re.sub(r"[\s_]+", " ", re.sub(r"[(\[].*?[)\]]", "", name)).strip().lower()
    for quantity in _ANGLES:
        if plain in (quantity.replace("_", " "), quantity.removesuffix("_deg").replace("_", " "),
                     QUANTITIES[quantity].label):
            return quantity
    return next((quantity for word, quantity in _WORDS if word in plain), None)


def _column(data: Sequence[Row], place: int, source: str) -> FloatArray:
    values = [value_of(cells[place], f"{source}, line {line}") for line, cells in data]
    return np.array(values, dtype=float)
