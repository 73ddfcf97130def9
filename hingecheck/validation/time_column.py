"""The first column of a table measured by hand -> seconds or frames: plain, milliseconds, timecodes, decimal commas."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

#: h:mm:ss:cc or h:mm:ss:mmm (Kinovea's own, hundredths or thousandths), or h:mm:ss.fraction; hours may be missing. A
#: frame number in brackets after it is left out.
_TIMECODE = re.compile(r"(?:(\d+):)?(\d+):(\d{1,2})(?:([:.,])(\d+))?(?:\s*\(\d+\))?$")
#: What a column's name says about its unit, the first that fits; in the words of a few of Kinovea's languages.
_UNITS = (("normal", "normalised"), ("frame", "frames"), ("bild", "frames"), ("image", "frames"),
          ("fotogram", "frames"), ("ms", "ms"), ("milli", "ms"), ("second", "s"), ("sec", "s"), ("time s", "s"),
          ("(s)", "s"), ("[s]", "s"))
#: A clip whose time is called "Time", runs from 0 to 1 and has more moments than this was exported with its time
#: normalised: no camera takes so many pictures a second.
_MOST_PER_S = 300


class HandError(ValueError):
    """A table of angles measured by hand could not be read; the message says where, and what was expected."""


@dataclass(frozen=True, eq=False)
class Times:
    """When each line was measured, from the first frame of the clip: seconds, or frames where `in_frames`."""

    values: NDArray[np.float64]
    in_frames: bool = False

    def seconds(self, fps: float | None) -> NDArray[np.float64]:
        """Seconds, at so many evenly spaced frames a second where they are frames."""
        return self.values / (fps or math.nan) if self.in_frames else self.values


def times_of(cells: Sequence[tuple[int, str]], name: str, source: str) -> Times:
    """Read a column of times.

    Parameters
    ----------
    cells : sequence of (line, text)
    name : str
        The column's name, "" where it has none; says the unit. Without one, whole numbers that step by 5 or more are
        milliseconds, and everything else is seconds.
    source : str
        Name of the file, for messages.
    """
    codes = [_TIMECODE.match(text) for _, text in cells]
    if any(codes):
        for (line, text), code in zip(cells, codes, strict=True):
            if code is None:
                raise HandError(f"{source}, line {line}: expected a timecode like the others, as 0:00:01:33, got "
                                f"{text!r}")
            if int(code[2]) > 59 or int(code[3]) > 59:
                raise HandError(f"{source}, line {line}: expected a timecode as h:mm:ss:cc (hours, minutes, seconds, "
                                f"hundredths), got {text!r}")
        return Times(np.array([_seconds(code) for code in codes if code is not None]))
    values = np.array([value_of(text, f"{source}, line {line}", "a time") for line, text in cells])
    for (line, _), value in zip(cells, values, strict=True):
        if not math.isfinite(value):
            raise HandError(f"{source}, line {line}: expected a time, got an empty cell")
    unit = _unit(name, values)
    if unit == "normalised":
        raise HandError(f"{source}: its time is normalised (0 to 1), so it cannot be laid beside the video; export it "
                        "again with absolute times")
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
        raise HandError(f"{where}: expected {what}, got {text!r}") from None
    if not math.isfinite(value):
        raise HandError(f"{where}: expected {what}, got {text!r}")
    return value


def _unit(name: str, values: NDArray[np.float64]) -> str:
    plain = re.sub(r"[\s_]+", " ", name).strip().lower()
    said = next((unit for word, unit in _UNITS if word in plain), "")
    if said:
        return said
    if len(values) > _MOST_PER_S and values.min() == 0 and values.max() == 1:
        return "normalised"
    whole = bool(np.all(values == np.round(values)))
    return "ms" if whole and float(np.median(np.abs(np.diff(values)))) >= 5 else "s"


def _seconds(code: re.Match[str]) -> float:
    hours, minutes, seconds, mark, rest = code.groups()
    whole = 3600 * int(hours or 0) + 60 * int(minutes) + int(seconds)
    # After a colon Kinovea writes hundredths, or thousandths for clips above 100 frames a second: both are a fraction.
    return whole + (float(f"0.{rest}") if mark and rest else 0.0)
