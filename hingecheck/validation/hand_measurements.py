"""Read a text file of angles measured by hand: times and degrees, one column per quantity.

It reads Kinovea's exports (Tools, Angular kinematics, Export: a time in milliseconds or as a timecode, then one column
per angle, quoted, with decimal points or commas), and any table with `time_s` and columns named like our quantities.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from exercises.measures import label_of, suggestion
from hingecheck.validation.number_format import HandFileError, NumberFormat, number_format
from hingecheck.validation.time_column import Times, times_of
from language.numbers import number
from language.translate import _
from pose.arrays import FloatArray
from pose.quantity import QUANTITIES

Row = tuple[int, list[str]]

#: An hour of angles at 60 frames a second is under 10 MB.
_LARGEST_BYTES = 20_000_000
_FEWEST = 3
#: A first line with which spreadsheets are told what separates the columns.
_NAMED_SEPARATOR = re.compile(r'"?sep=(.)"?\s*$', re.IGNORECASE)
#: Words in a column's name -> its quantity; the first that fits.
_WORDS = (("left knee", "left_knee_flexion_deg"), ("right knee", "right_knee_flexion_deg"),
          ("knee", "knee_flexion_deg"), ("leg raise", "leg_raise_deg"), ("hip", "hip_flexion_deg"),
          ("spine", "spine_flexion_deg"), ("back", "spine_flexion_deg"), ("lumbar", "spine_flexion_deg"),
          ("trunk", "trunk_lean_deg"), ("bend", "bend_deg"))
_ANGLES = tuple(name for name, quantity in QUANTITIES.items() if quantity.unit == "deg")


@dataclass(frozen=True, eq=False)
class HandMeasurements:
    """Angles measured by hand in one clip.

    Attributes
    ----------
    source : str
        Name of the file.
    times : Times
        Seconds, or numbers of frames, from the first frame of the clip.
    columns : mapping of str to ndarray, shape (n,)
        Degrees by quantity; NaN for an empty cell. Inner angles are already converted to flexions.
    inner : bool
        Whether the file has inner angles (180 = straight).
    ignored_columns : tuple of str
        Columns whose names match no quantity.
    """

    source: str
    times: Times
    columns: Mapping[str, FloatArray]
    inner: bool = False
    ignored_columns: tuple[str, ...] = ()


def read(path: Path, quantity: str | None = None, inner: bool = False) -> HandMeasurements:
    """Read angles measured by hand.

    Parameters
    ----------
    path : Path
        Columns are separated by commas, semicolons, tabs or spaces. Decimal points or commas; column names optional.
    quantity : str, optional
        The quantity of the file's only column; default: by the column's name.
    inner : bool
        The file has inner angles, 180 = straight, as drawn on a joint: they are converted to 180 minus the angle.

    Raises
    ------
    HandFileError
        The message says file, line, what was expected and what the file has.
    """
    if quantity is not None and quantity not in _ANGLES:
        raise HandFileError(_("{quantity!r} is not a measured angle{suggestion}; known: {list}").format(
                                quantity=quantity, suggestion=suggestion(quantity, _ANGLES), list=", ".join(_ANGLES)))
    rows = _rows(_text(path), path.name)
    names = rows[0][1] if not _is_data(rows[0][1]) else None
    data = rows if names is None else rows[1:]
    width = len(rows[0][1])
    for line, cells in data:
        if len(cells) != width:
            raise HandFileError(_("{name}, line {line}: expected {width} columns as in the first line, got {count}; "
                                  "with decimal commas, separate the columns by semicolons").format(
                                    name=path.name, line=line, width=width, count=len(cells)))
    if len(data) < _FEWEST:
        raise HandFileError(_("{name}: expected at least {fewest} lines of a time and degrees, got {count}").format(
                                name=path.name, fewest=_FEWEST, count=len(data)))
    places, ignored = _quantity_places(names[1:] if names else [""] * (width - 1), quantity, path.name)
    numbers = number_format(cell for _line, cells in data for cell in cells)
    times = times_of([(line, cells[0]) for line, cells in data], names[0] if names else "", path.name, numbers)
    columns = {name: _column(data, place + 1, path.name, numbers) for name, place in places.items()}
    if inner:
        columns = {name: 180.0 - values for name, values in columns.items()}
    return HandMeasurements(path.name, times, columns, inner, ignored)


def _text(path: Path) -> str:
    try:
        size = path.stat().st_size
        if size > _LARGEST_BYTES:
            raise HandFileError(_("{name}: expected a table of at most 20 MB, got {size} MB").format(
                                    name=path.name, size=number(size / 1e6)))
        raw = path.read_bytes()
    except OSError as error:
        raise HandFileError(_("{path}: cannot be read: {reason}").format(
                                path=path, reason=error.strerror or error)) from None
    coding = "utf-16" if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = raw.decode(coding)
    except UnicodeDecodeError:
        text = raw.decode("cp1252", errors="replace")  # a table from an old spreadsheet; only names can come out wrong
    if "\0" in text:
        raise HandFileError(_("{name}: expected a text file (CSV), got a binary file").format(name=path.name))
    return text


def _rows(text: str, source: str) -> list[Row]:
    """Split every line into cells, without empty lines and comments (#)."""
    lines = [(number, line) for number, line in enumerate(text.splitlines(), 1)
             if line.strip() and not line.lstrip().startswith("#")]
    if not lines:
        raise HandFileError(_("{source}: expected lines of a time and degrees, got none").format(source=source))
    named = _NAMED_SEPARATOR.match(lines[0][1])
    separator = named[1] if named else _separator(lines[0][1])
    lines = lines[1:] if named else lines
    if not lines:
        raise HandFileError(_("{source}: expected lines of a time and degrees, got none").format(source=source))
    rows = [(number, _split(line, separator)) for number, line in lines]
    if len(rows[0][1]) < 2:
        raise HandFileError(_("{source}, line {line}: expected a time and at least one angle, separated by a comma, "
                              "semicolon or tab, got {text!r}").format(
                                source=source, line=rows[0][0], text=rows[0][1][0]))
    return rows


def _separator(line: str) -> str:
    unquoted = re.sub(r'"[^"]*"', "", line)
    return next((mark for mark in (";", "\t", ",") if mark in unquoted), " ")


def _split(line: str, separator: str) -> list[str]:
    if separator == " ":
        return line.split()
    return [cell.strip() for cell in next(csv.reader([line], delimiter=separator, skipinitialspace=True))]


def _is_data(cells: Sequence[str]) -> bool:
    """Return whether a first line has data, not names: every cell begins with a digit, a sign or a point."""
    return all(re.match(r"[-+.\d]", cell) or not cell for cell in cells)


def _quantity_places(names: Sequence[str], quantity: str | None, source: str) -> tuple[dict[str, int], tuple[str, ...]]:
    """Return the index of each quantity's column (without the time's), and the names of columns without a quantity."""
    quantities = [_quantity_of(name) for name in names]
    if quantity is not None:
        if len(names) > 1 and quantities.count(quantity) != 1:
            raise HandFileError(_("{source}: expected one column beside the time for {quantity}, got {count}: "
                                  "{names}").format(source=source, quantity=quantity, count=len(names),
                                                    names=", ".join(map(repr, names))))
        place = 0 if len(names) == 1 else quantities.index(quantity)
        return {quantity: place}, tuple(name for number, name in enumerate(names) if number != place)
    places: dict[str, int] = {}
    for place, name in enumerate(quantities):
        if name is not None and name in places:
            raise HandFileError(_("{source}: two columns mean {name}: {first!r} and {second!r}").format(
                                    source=source, name=name, first=names[places[name]], second=names[place]))
        if name is not None:
            places[name] = place
    if not places:
        got = ", ".join(repr(name) for name in names if name) or _("no names")
        raise HandFileError(_("{source}: the columns' names do not say what was measured (got {got}). Name them like "
                              "our quantities ({list}), or name the quantity with --truth-quantity").format(
                                source=source, got=got, list=", ".join(_ANGLES)))
    return places, tuple(name for name, match in zip(names, quantities, strict=True) if match is None)


def _quantity_of(name: str) -> str | None:
    plain = re.sub(r"[\s_]+", " ", re.sub(r"[(\[].*?[)\]]", "", name)).strip().lower()
    for quantity in _ANGLES:
        if plain in (quantity.replace("_", " "), quantity.removesuffix("_deg").replace("_", " "),
                     label_of(quantity)):
            return quantity
    return next((quantity for word, quantity in _WORDS if word in plain), None)


def _column(data: Sequence[Row], place: int, source: str, numbers: NumberFormat) -> FloatArray:
    where = _("{source}, line {line}")
    values = [numbers.number(cells[place], where.format(source=source, line=line)) for line, cells in data]
    return np.array(values, dtype=float)
