"""Read the time column of a table: seconds, milliseconds, frames or timecodes, with decimal points or commas."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

#: h:mm:ss:cc or h:mm:ss:mmm (Kinovea: hundredths or thousandths), or h:mm:ss.fraction; hours are optional. A frame
#: number in brackets after it is ignored.
_TIMECODE = re.compile(r"(?:(\d+):)?(\d+):(\d{1,2})(?:([:.,])(\d+))?(?:\s*\(\d+\))?$")
#: Words in a column's name -> its unit, the first that fits; in a few of Kinovea's languages.
_UNITS = (("normal", "normalised"), ("frame", "frames"), ("bild", "frames"), ("image", "frames"),
          ("fotogram", "frames"), ("ms", "ms"), ("milli", "ms"), ("second", "s"), ("sec", "s"), ("time s", "s"),
          ("(s)", "s"), ("[s]", "s"))
#: A column "Time" that runs from 0 to 1 with more lines than this holds normalised time: no camera has such a frame
#: rate.
_MOST_PER_S = 300


class HandFileError(ValueError):
    """A table of angles measured by hand cannot be read; the message says where, and what was expected."""


@dataclass(frozen=True, eq=False)
class Times:
    """Time of each line from the first frame of the clip: seconds, or frames if `in_frames`."""

    values: NDArray[np.float64]
    in_frames: bool = False

    def seconds(self, fps: float | None) -> NDArray[np.float64]:
        """Return the times in seconds; frame numbers are converted with `fps`, frames per second."""
        return self.values / (fps or math.nan) if self.in_frames else self.values


def times_of(cells: Sequence[tuple[int, str]], name: str, source: str) -> Times:
    """Read a column of times.

    Parameters
    ----------
    cells : sequence of (line, text)
    name : str
        The column's name, which says the unit; "" where it has none. Without a unit, whole numbers in steps of 5 or
        more are milliseconds, and everything else is seconds.
    source : str
        Name of the file, for messages.
    """
    codes = [_TIMECODE.match(text) for _, text in cells]
    if any(codes):
        for (line, text), code in zip(cells, codes, strict=True):
            if code is None:
                raise HandFileError(f"{source}, line {line}: expected a timecode like the others, as 0:00:01:33, got "
                                    f"{text!r}")
            if int(code[2]) > 59 or int(code[3]) > 59:
                raise HandFileError(f"{source}, line {line}: expected a timecode as h:mm:ss:cc (hours, minutes, "
                                    f"seconds, hundredths), got {text!r}")
        return Times(np.array([_seconds(code) for code in codes if code is not None]))
    values = np.array([value_of(text, f"{source}, line {line}", "a time") for line, text in cells])
    for (line, _), value in zip(cells, values, strict=True):
        if not math.isfinite(value):
            raise HandFileError(f"{source}, line {line}: expected a time, got an empty cell")
    unit = _unit(name, values)
    if unit == "normalised":
        raise HandFileError(f"{source}: its time is normalised (0 to 1), so it cannot be compared with the video. "
                            "Export it again with absolute times")
    return Times(values / 1000 if unit == "ms" else values, unit == "frames")


def value_of(text: str, where: str, what: str = "a number of degrees") -> float:
    """Read a number with a decimal point or comma; NaN for an empty cell.

    Examples
    --------
    >>> value_of("123,4", "file, line 2")
    123.4
    """
    plain = text.replace("\u00b0", "").replace("\u00a0", "").strip().strip('"').removesuffix("deg").strip()
    if not plain or plain.lower() in ("nan", "-", "n/a"):
        return math.nan
    try:
        value = float(plain.replace(",", ".") if "." not in plain else plain)
    except ValueError:
        raise HandFileError(f"{where}: expected {what}, got {text!r}") from None
    if not math.isfinite(value):
        raise HandFileError(f"{where}: expected {what}, got {text!r}")
    return value


def _unit(name: str, values: NDArray[np.float64]) -> str:
    plain = re.sub(r"[\s_]+", " ", name).strip().lower()
    named_unit = next((unit for word, unit in _UNITS if word in plain), "")
    if named_unit:
        return named_unit
    if len(values) > _MOST_PER_S and values.min() == 0 and values.max() == 1:
        return "normalised"
    are_integers = bool(np.all(values == np.round(values)))
    return "ms" if are_integers and float(np.median(np.abs(np.diff(values)))) >= 5 else "s"


def _seconds(code: re.Match[str]) -> float:
    hours, minutes, seconds, mark, digits = code.groups()
    whole_s = 3600 * int(hours or 0) + 60 * int(minutes) + int(seconds)
    # After a colon Kinovea writes hundredths, or thousandths above 100 frames per second: both are a fraction.
    return whole_s + (float(f"0.{digits}") if mark and digits else 0.0)
