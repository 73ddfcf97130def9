"""Names of measures -> unit, range, label, or the nearest known name: everything that a rule may judge. Data only."""

from __future__ import annotations

from difflib import get_close_matches

from language.numbers import localised
from language.translate import _, mark
from pose.quantity import QUANTITIES

#: Times of a rep, seconds: on the way down, at the bottom, on the way up, in all.
REP_TIMES = ("down_s", "hold_s", "up_s", "rep_s")
#: Measures of a hold, in the unit of the exercise's signal: see `hold_model.HoldMeasures`.
HOLD_MEASURES = {"hold_swing_deg": "deg", "hold_speed_deg_per_s": "deg/s", "hold_crept_deg": "deg"}
_LABELS = {"down_s": mark("time on the way down"), "hold_s": mark("time held"), "up_s": mark("time on the way up"),
           "rep_s": mark("time of the whole rep"), "hold_swing_deg": mark("swing within the hold"),
           "hold_speed_deg_per_s": mark("speed within the hold"), "hold_crept_deg": mark("creep over the hold")}
#: What `check_name` says of others.
NO_QUANTITY, NO_MEASURE = mark("{name} is not a measured quantity"), mark("{name} is not a measure")
#: Everything a rule may judge.
MEASURES = (*QUANTITIES, *REP_TIMES, *HOLD_MEASURES)


def unit_of(measure: str) -> str:
    """Return the unit of a quantity, of a time of a rep or of a measure of a hold."""
    if measure in HOLD_MEASURES:
        return HOLD_MEASURES[measure]
    return "s" if measure in REP_TIMES else QUANTITIES[measure].unit


def label_of(measure: str) -> str:
    """Return the name of a measure for a person, in two or three words of the current language."""
    return QUANTITIES[measure].label if measure in QUANTITIES else _(_LABELS.get(measure, measure.replace("_", " ")))


def with_unit(value: float | str, unit: str) -> str:
    """Return a number with its unit as a person reads it; a text is a number that is formatted and localised already.

    Examples
    --------
    >>> with_unit(40.0, "deg"), with_unit(8, "deg/s"), with_unit("0.6", "s"), with_unit(70, "ratio")
    ('40°', '8°/s', '0.6 s', '70 %')
    """
    number = value if isinstance(value, str) else localised(f"{value:g}")
    if unit.startswith("deg"):
        return f"{number}\u00b0{unit.removeprefix('deg')}"
    return f"{number} {'%' if unit == 'ratio' else unit}"


def suggestion(name: str, names: tuple[str, ...]) -> str:
    """Return " (did you mean ...?)" with the closest known name, or "" where none is close."""
    close = get_close_matches(name, names, n=1, cutoff=0.5)
    return " " + _("(did you mean {name}?)").format(name=repr(close[0])) if close else ""


def check_name(name: str, names: tuple[str, ...], unknown: str) -> str:
    """Return the name if it is known; ValueError with the nearest one if not.

    Parameters
    ----------
    name : str
    names : tuple of str
        All that are known.
    unknown : str
        The sentence that {name} is none of them, marked for translation.
    """
    if name not in names:
        problem = _(unknown).format(name=repr(name)) + suggestion(name, names)
        raise ValueError(_("{problem}; known: {names}").format(problem=problem, names=", ".join(names)))
    return name


def range_of(measure: str) -> tuple[float, float]:
    """Return the lowest and highest plausible value of a measure; a limit outside has no effect."""
    if measure in REP_TIMES:
        return 0.0, 600.0
    if measure in HOLD_MEASURES:
        return -180.0, 180.0
    return QUANTITIES[measure].lowest, QUANTITIES[measure].highest
