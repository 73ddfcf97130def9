"""Read the time column of a table: seconds, milliseconds, frames or timecodes, with decimal points or commas."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from hingecheck.validation.number_format import HandFileError, NumberFormat
from language.translate import _, mark
from pose.arrays import FloatArray

#: h:mm:ss:cc or h:mm:ss:mmm (Kinovea: hundredths or thousandths), or h:mm:ss.fraction; hours are optional. A frame
#: number in brackets after it is ignored.
_TIMECODE = re.compile(r"(?:(\d+):)?(\d+):(\d{1,2})(?:([:.,])(\d+))?(?:\s*\(\d+\))?$")
#: Seconds of a unit of time, as tables name it; Kinovea writes hundredths of a minute and ten-thousandths of an hour.
_SECONDS = {"s": 1.0, "ms": 1e-3, "us": 1e-6, "ns": 1e-9, "min": 60.0, "h": 3600.0, "min/100": 0.6, "hour/10000": 0.36}
#: Other spellings -> unit; in a few of Kinovea's languages.
_SPELLINGS = {
    "sec": "s", "secs": "s", "second": "s", "seconds": "s", "sekunde": "s", "sekunden": "s", "secondes": "s",
    "segundos": "s", "seconde": "s", "msec": "ms", "millisecond": "ms", "milliseconds": "ms", "millisekunden": "ms",
    "millisecondes": "ms", "milisegundos": "ms", "\u00b5s": "us", "\u03bcs": "us", "microseconds": "us",
    "microsecond": "us", "mikrosekunden": "us", "nanoseconds": "ns", "minutes": "min", "minute": "min",
    "minuten": "min", "hours": "h", "hour": "h", "h/10000": "hour/10000", "f": "frames", "frame": "frames",
    "frames": "frames", "frame#": "frames", "bild": "frames", "bilder": "frames", "image": "frames", "images": "frames",
    "fotogramas": "frames", "fotogrammi": "frames", "normalized": "normalised", "normalised": "normalised",
    "normalisiert": "normalised", "normalise": "normalised", "normalis\u00e9": "normalised"}
#: Named to a person as what can be read.
_KNOWN = "s, ms, \u00b5s, min, h, min/100, hour/10000, frames"
_IN_BRACKETS = re.compile(r"[(\[]\s*([^)\]]*[^)\]\s])\s*[)\]]")
_WORDS = re.compile(r"min/100|h(?:our)?/10000|[^\W\d]+#?")
#: A name that ends in a unit: "time cs", "Zeit in Takten". A time stamp or code is none.
_AFTER_TIME = re.compile(r"(?:time|zeit|temps|tiempo|tempo|t)(?: in | en |[ /])(?!stamp|code)(\S+)")
#: A column "Time" that runs from 0 to 1 with more lines than this holds normalised time: no camera has such a frame
#: rate.
_MOST_PER_S = 300


@dataclass(frozen=True, eq=False)
class Times:
    """Time of each line from the first frame of the clip: seconds, or frames if `in_frames`."""

    values: FloatArray
    in_frames: bool = False

    def seconds(self, fps: float | None) -> FloatArray:
        """Return the times in seconds; frame numbers are converted with `fps`, frames per second."""
        return self.values / (fps or math.nan) if self.in_frames else self.values


def times_of(cells: Sequence[tuple[int, str]], name: str, source: str, numbers: NumberFormat | None = None) -> Times:
    """Read a column of times.

    Parameters
    ----------
    cells : sequence of (line, text)
    name : str
        The column's name, which says the unit; "" where it has none. Without a unit, whole numbers in steps of 5 or
        more are milliseconds, and everything else is seconds.
    source : str
        Name of the file, for messages.
    numbers : NumberFormat, optional
        How the table writes its numbers.

    Raises
    ------
    HandFileError
        The unit is unknown, a cell is no time, or the times run backward.
    """
    codes = [_TIMECODE.match(text) for _, text in cells]
    if any(codes):
        times = Times(np.array([_of_code(cell, code, source) for cell, code in zip(cells, codes, strict=True)]))
    else:
        times = _of_numbers(cells, name, source, numbers or NumberFormat())
    _check_order(cells, times, source)
    return times


def _of_code(cell: tuple[int, str], code: re.Match[str] | None, source: str) -> float:
    line, text = cell
    if code is None:
        raise HandFileError(_("{source}, line {line}: expected a timecode like the others, as 0:00:01:33, got "
                              "{text!r}").format(source=source, line=line, text=text))
    if int(code[2]) > 59 or int(code[3]) > 59:
        raise HandFileError(_("{source}, line {line}: expected a timecode as h:mm:ss:cc (hours, minutes, seconds, "
                              "hundredths), got {text!r}").format(source=source, line=line, text=text))
    return _seconds(code)


def _of_numbers(cells: Sequence[tuple[int, str]], name: str, source: str, numbers: NumberFormat) -> Times:
    values = _values(cells, source, numbers)
    if not numbers.decimal and (np.diff(values) < 0).any():
        # Whole milliseconds with a mark between the thousands look like a clock that falls back at each thousand.
        grouped = _values(cells, source, NumberFormat("," if any("." in text for _, text in cells) else "."))
        values = values if (np.diff(grouped) < 0).any() else grouped
    unit = _unit(name, values, source)
    if unit == "normalised":
        raise HandFileError(_("{source}: its time is normalised (0 to 1), so it cannot be compared with the video. "
                              "Export it again with absolute times").format(source=source))
    return Times(values, True) if unit == "frames" else Times(values * _SECONDS[unit])


def _values(cells: Sequence[tuple[int, str]], source: str, numbers: NumberFormat) -> FloatArray:
    where = _("{source}, line {line}")
    values = np.array([numbers.number(text, where.format(source=source, line=line), mark("a time"))
                       for line, text in cells])
    for (line, _text), value in zip(cells, values, strict=True):
        if not math.isfinite(value):
            raise HandFileError(_("{source}, line {line}: expected a time, got an empty cell").format(
                                    source=source, line=line))
    return values


def _check_order(cells: Sequence[tuple[int, str]], times: Times, source: str) -> None:
    """Refuse a clock that runs backward: it is another unit than its name says, or two tables in one."""
    back = np.flatnonzero(np.diff(times.values) < 0)
    if len(back):
        line, text = cells[back[0] + 1]
        raise HandFileError(_("{source}, line {line}: the time runs backward, from {last} to {text}. Give one table "
                              "of one clip, in order of time").format(
                                source=source, line=line, last=cells[back[0]][1], text=text))


def _unit(name: str, values: FloatArray, source: str) -> str:
    named = _named_unit(name, source)
    if named:
        return named
    if len(values) > _MOST_PER_S and values.min() == 0 and values.max() == 1:
        return "normalised"
    are_integers = bool(np.all(values == np.round(values)))
    return "ms" if are_integers and float(np.median(np.abs(np.diff(values)))) >= 5 else "s"


def _named_unit(name: str, source: str) -> str:
    """Return the unit that a column's name says, in brackets or as its last word; "" where it says none.

    Raises
    ------
    HandFileError
        It says one that is not known: a guess would move every angle to another moment.
    """
    plain = re.sub(r"[\s_]+", " ", name).strip().lower()
    brackets = _IN_BRACKETS.search(plain)
    words = [brackets[1]] if brackets else _WORDS.findall(plain)
    known = [unit for word in words if (unit := _SPELLINGS.get(word, word)) in (*_SECONDS, "frames", "normalised")]
    if known:
        return known[-1]
    other = brackets or _AFTER_TIME.fullmatch(plain)
    if other:
        raise HandFileError(_("{source}: the unit of its time, {unit!r} in {name!r}, is not known. Name the column "
                              "with one of {known}, as in 'Time (ms)'").format(
                                source=source, unit=other[1], name=name, known=_KNOWN))
    return ""


def _seconds(code: re.Match[str]) -> float:
    hours, minutes, seconds, mark, digits = code.groups()
    whole_s = 3600 * int(hours or 0) + 60 * int(minutes) + int(seconds)
    # After a colon Kinovea writes hundredths, or thousandths above 100 frames per second: both are a fraction.
    return whole_s + (float(f"0.{digits}") if mark and digits else 0.0)
