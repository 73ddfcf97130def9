"""Names of measures -> their unit and range, or the nearest known name: all that a rule may judge. Data, look-ups."""

from __future__ import annotations

from difflib import get_close_matches

from pose.quantity import QUANTITIES

#: Times that a rep itself has, seconds: going down, staying, coming up, all of it.
REP_TIMES = ("down_s", "hold_s", "up_s", "rep_s")
#: What a hold itself has, in the unit of the exercise's signal: see `holding.Held`.
HOLD_MEASURES = {"hold_swing_deg": "deg", "hold_speed_deg_per_s": "deg/s", "hold_crept_deg": "deg"}
_WORDS = {"down_s": "time on the way down", "hold_s": "time held", "up_s": "time on the way up",
          "rep_s": "time of the whole rep", "hold_swing_deg": "swing within the hold",
          "hold_speed_deg_per_s": "speed within the hold", "hold_crept_deg": "creep over the hold"}
#: Everything a rule may judge.
MEASURES = (*QUANTITIES, *REP_TIMES, *HOLD_MEASURES)


def unit_of(measure: str) -> str:
    """Unit of a quantity, of a rep's time or of a hold's measure."""
    if measure in HOLD_MEASURES:
        return HOLD_MEASURES[measure]
    return "s" if measure in REP_TIMES else QUANTITIES[measure].unit


def label_of(measure: str) -> str:
    """Return a measure in two or three words for a person."""
    return QUANTITIES[measure].label if measure in QUANTITIES else _WORDS.get(measure, measure.replace("_", " "))


def nearest(name: str, names: tuple[str, ...]) -> str:
    """Return " (did you mean ...?)" with the closest known name, or "" where none is close."""
    close = get_close_matches(name, names, n=1, cutoff=0.5)
    return f" (did you mean {close[0]!r}?)" if close else ""


def one_of(name: str, names: tuple[str, ...], what: str) -> str:
    """Return the name if it is known; ValueError with the nearest one if not."""
    if name not in names:
        raise ValueError(f"{name!r} is not {what}{nearest(name, names)}; known: {', '.join(names)}")
    return name


def range_of(measure: str) -> tuple[float, float]:
    """Lowest and highest plausible value of a measure; a limit outside can never matter."""
    if measure in REP_TIMES:
        return 0.0, 600.0
    if measure in HOLD_MEASURES:
        return -180.0, 180.0
    return QUANTITIES[measure].lowest, QUANTITIES[measure].highest
