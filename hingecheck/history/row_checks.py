"""Check every row before it is in the history, whether a set is saved or an archive imported: the same checks for both.

The types are the columns'; here are the ranges that the rest of the program, both databases and calendars rely on.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
from typing import Any

from sqlalchemy import Table

from hingecheck.history import text_checks
from hingecheck.history.records import HistoryError
from hingecheck.validation.clicked_angles import CORNERS, ClickedAngle
from language.numbers import localised
from language.translate import _

#: Before it nobody filmed with this program; cameras whose clock was never set say 1970 or 1980.
FIRST_DAY = datetime(1970, 1, 1, tzinfo=timezone.utc)
#: Cameras' clocks may be ahead, and a prescription may begin in the future; calendars end in the year 9999.
_AHEAD = timedelta(days=3660)
#: PostgreSQL's INTEGER is the smaller of both databases'.
_LARGEST_INTEGER = 2**31 - 1
#: No angle, ratio or time in seconds of a set comes near.
_LARGEST_NUMBER = 1e12
_PAIN = range(11)
#: A clicked angle is the one between its points; other computers round its last digits otherwise.
_SAME_DEG = 1e-6
_NAMES = {("people", "name")}
#: Ids, verdicts, units: nothing that a person writes.
_WORDS = frozenset({"exercise", "status", "side", "verdict", "original", "rule", "severity", "unit", "measure",
                    "quantity"})
_LONGEST_WORD = 200
#: A report with its reps and findings, an exercise with its sentences.
_DOCUMENTS = {("documents", "report"): 50_000_000, ("documents", "exercise"): 2_000_000,
              ("prescriptions", "text"): 2_000_000}


def check_row(table: Table, row: Mapping[str, Any]) -> None:
    """Check the values of a new or changed row; what is absent takes its default.

    Raises
    ------
    HistoryError
        A value cannot be stored, or lies outside of what it can be.
    """
    for column in table.columns:
        value = row.get(column.name)
        if isinstance(value, str):
            _check_text(table.name, column.name, value)
        elif isinstance(value, datetime):
            if not FIRST_DAY <= value <= datetime.now(timezone.utc) + _AHEAD:
                raise HistoryError(_("{name} is {date}: expected a day between {year} and ten years from now.").format(
                                       name=column.name, date=value.date(), year=FIRST_DAY.year))
        elif isinstance(value, (int, float)) and not isinstance(value, bool):
            _check_number(column.name, value)
        elif isinstance(value, (list, tuple)):
            for word in value:
                text_checks.check_text(word, column.name, _LONGEST_WORD)
    if row.get("pain") is not None and row["pain"] not in _PAIN:
        raise HistoryError(_("pain is a whole number from 0 to 10, got {pain!r}.").format(pain=row["pain"]))
    if table.name == "hand_angles":
        _check_hand_angle(row)


def _check_hand_angle(row: Mapping[str, Any]) -> None:
    """Check that the angle is the one between the three clicks, and one that can be clicked."""
    first, corner, last = ((row[f"{name}_x_px"], row[f"{name}_y_px"]) for name in ("first", "corner", "last"))
    quantity, time_s, value_deg = row["quantity"], row["time_s"], row["value_deg"]
    if quantity not in CORNERS:
        raise HistoryError(_("{quantity!r:.40} cannot be measured by three clicks; these can: {list}.").format(
                               quantity=quantity, list=", ".join(CORNERS)))
    if time_s < 0:
        raise HistoryError(_("time_s is {time_s}: expected seconds from the first frame, 0 or more.").format(
                               time_s=localised(f"{time_s:g}")))
    clicked_deg = ClickedAngle(quantity=quantity, time_s=time_s, points_px=(first, corner, last)).value_deg
    if not abs(value_deg - clicked_deg) <= _SAME_DEG:
        raise HistoryError(_("value_deg is {value_deg}: the three clicks give {clicked_deg}.").format(
                               value_deg=localised(f"{value_deg:g}"), clicked_deg=localised(f"{clicked_deg:g}")))


def _check_text(table: str, column: str, value: str) -> None:
    what = f"{column} of {table}"
    if (table, column) in _NAMES:
        text_checks.check_name(value, what)
    else:
        otherwise = _LONGEST_WORD if column in _WORDS else text_checks.LONGEST_TEXT
        text_checks.check_text(value, what, _DOCUMENTS.get((table, column), otherwise))


def _check_number(column: str, value: float) -> None:
    most = _LARGEST_INTEGER if isinstance(value, int) else _LARGEST_NUMBER
    if not math.isfinite(value) or abs(value) > most:
        raise HistoryError(_("{column} is {value!r:.40}: expected a number no larger than {most}.").format(
                               column=column, value=value, most=localised(f"{most:g}")))
