"""Values and changes of weeks -> the words for them: what changed, by how much, and whether that is a real change."""

from __future__ import annotations

from hingecheck.progress.trends import Change, Pause, Value
from hingecheck.report import wording


def amount(value: Value | None) -> str:
    """Return a value with its uncertainty."""
    return wording.amount(None) if value is None else wording.amount(value.value, value.uncertainty)


def change_sentence(change: Change | None, label: str) -> str:
    """Return what changed from the first week to the last, and whether it is a real change."""
    if change is None:
        return "One week so far. A second week shows whether something changes."
    values = f"Typical {label}: from about {change.before.value:.0f}\u00b0 to about {change.after.value:.0f}\u00b0."
    if change.real:
        way = "more" if change.difference > 0 else "less"
        return (f"{values} About {abs(change.difference):.0f}\u00b0 {way}: a real change, larger than the measurement "
                "error.")
    needed = "" if change.threshold is None else f" (a real one is at least about {change.threshold:.0f}\u00b0)"
    return f"{values} No clear change{needed}."


def sides_sentence(difference: Change) -> str:
    """Return how left (before) and right (after) compare."""
    if not difference.real:
        return "Left and right: no clear difference in the last four weeks."
    further = "right" if difference.difference > 0 else "left"
    return f"Left and right: the {further} side reaches about {abs(difference.difference):.0f}\u00b0 further."


def pause_sentence(pause: Pause) -> str:
    """Return the effect of a break; only a real change counts as one."""
    days = f"A break of {pause.days} days until {pause.first_day_back.day} {pause.first_day_back:%B}"
    if pause.change is None:
        return f"{days}: its effect is unmeasured."
    if not pause.change.real:
        return f"{days}: no clear change."
    if pause.change.difference < 0:
        return f"{days}: about {-pause.change.difference:.0f}\u00b0 less afterwards. What you do not practise fades."
    return f"{days}: about {pause.change.difference:.0f}\u00b0 more afterwards."


def short_change(change: Change | None) -> str:
    """Return a change in a few words, for a table.

    Examples
    --------
    >>> from hingecheck.progress.trends import change
    >>> short_change(change(Value(61, 5), Value(69, 5), "leg_raise_deg"))
    '+8\u00b0, beyond the scatter of 7\u00b0'
    >>> short_change(change(Value(61, 5), Value(63, 5), "leg_raise_deg"))
    'no clear change: +2\u00b0 is within the scatter of 7\u00b0'
    """
    if change is None:
        return "one week so far"
    size = f"{change.difference:+.0f}\u00b0"
    if change.threshold is None:
        return f"no clear change: {size}, scatter unknown"
    scatter = f"the scatter of {change.threshold:.0f}\u00b0"
    return f"{size}, beyond {scatter}" if change.real else f"no clear change: {size} is within {scatter}"
