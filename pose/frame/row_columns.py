"""Rows -> a column of each field of `Row` and `View`, and back, bit for bit: for files, and for many rows at once.

Rows that come from columns take 2.8 kB each; pickled one by one they take 4.8 kB when they are back.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pose.frame.contour import COUNT
from pose.frame.measure import Row
from pose.frame.view import View
from pose.landmarks import NAMES

#: Array or list by name; "name?" says which rows have one, of arrays that a row may lack.
Columns = dict[str, Any]
_VIEW = "view."
#: Shape of the arrays of a row; those that every row has.
_SHAPES = {"reach_px": (COUNT,), "back_px": (COUNT, 2), "landmarks_px": (len(NAMES), 2), "visibility": (len(NAMES),)}
_NEEDED = ("reach_px",)
#: Columns of reasons: lists, of which a file holds the text.
REASONS = (f"{_VIEW}problem", f"{_VIEW}doubt")


def columns_of(rows: Sequence[Row]) -> Columns:
    """Return the columns of rows.

    Returns
    -------
    dict of str to ndarray or list
        Fields of a view have names that begin with "view."; reasons are lists of Reason or None.
    """
    columns: Columns = {}
    for field in fields(Row):
        if field.name != "view":
            _put(columns, field.name, [getattr(row, field.name) for row in rows])
    for field in fields(View):
        name, values = _VIEW + field.name, [getattr(row.view, field.name) for row in rows]
        if name in REASONS:
            columns[name] = values
        else:
            _put(columns, name, values)
    return columns


def rows_of(columns: Mapping[str, Any], count: int) -> list[Row]:
    """Return the rows of columns; fields without a column have their defaults.

    Raises
    ------
    KeyError, TypeError, ValueError
        The columns are not those of `count` rows.
    """
    views = [View(**view) for view in _records(View, columns, _VIEW, count)]
    return [Row(**row, view=view) for row, view in zip(_records(Row, columns, "", count), views, strict=True)]


def _put(columns: Columns, name: str, values: Sequence[Any]) -> None:
    """Add one field: a column of numbers or words, or stacked arrays with a mask of the rows that have one."""
    first = next((value for value in values if value is not None), None)
    if not isinstance(first, np.ndarray):
        columns[name] = np.array([] if first is None else values)
        return
    columns[name] = np.stack([value for value in values if value is not None])
    columns[f"{name}?"] = np.array([value is not None for value in values])


def _records(kind: type, columns: Mapping[str, Any], prefix: str, count: int) -> list[dict[str, Any]]:
    """Return the fields of each row."""
    present = {field.name: _column(columns, prefix + field.name, count) for field in fields(kind)
               if prefix + field.name in columns}
    return [{name: column[number] for name, column in present.items()} for number in range(count)]


def _column(columns: Mapping[str, Any], name: str, count: int) -> Sequence[Any]:
    """Return what each row has in a field."""
    if name in _SHAPES:
        values = _arrays(columns[name], columns.get(f"{name}?"), name, count)
    elif isinstance(columns[name], list):
        values = columns[name]
    elif columns[name].ndim == 1 and columns[name].dtype.kind in "if":
        values = columns[name].tolist()
    else:
        raise TypeError(name, columns[name].shape)
    if len(values) != count:
        raise ValueError(name, len(values), count)
    return values


def _arrays(stacked: NDArray[Any], mask: NDArray[Any] | None, name: str, count: int) -> list[Any]:
    """Return the array of each row, None where it has none."""
    if mask is None and not stacked.size and name not in _NEEDED:
        return [None] * count
    has = np.asarray(mask, dtype=bool)
    if has.ndim != 1 or stacked.shape != (has.sum(), *_SHAPES[name]) or (name in _NEEDED and not has.all()):
        raise ValueError(name, stacked.shape, has.sum())
    return [stacked[place] if present else None for present, place in zip(has, np.cumsum(has) - 1, strict=True)]
