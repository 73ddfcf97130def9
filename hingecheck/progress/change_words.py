"""Values and changes of weeks -> the words for them: what changed, by how much, and whether that is a real change."""

from __future__ import annotations

from hingecheck.progress.trends import Change, Pause, Value
from hingecheck.report import wording
from language.numbers import day
from language.translate import _


def amount(value: Value | None) -> str:
    """Return a value with its uncertainty."""
    return wording.amount(None) if value is None else wording.amount(value.value, value.uncertainty)


def change_sentence(change: Change | None, label: str) -> str:
    """Return what changed from the first week to the last, and whether it is a real change."""
    if change is None:
        return _("One week so far. A second week shows whether something changes.")
    values = _("Typical {label}: from about {before:.0f}° to about {after:.0f}°.").format(
        label=label, before=change.before.value, after=change.after.value)
    if change.real:
        what = (_("About {angle:.0f}° more: a real change, larger than the measurement error.")
                if change.difference > 0 else
                _("About {angle:.0f}° less: a real change, larger than the measurement error."))
        return f"{values} {what.format(angle=abs(change.difference))}"
    if change.threshold is None:
        return f"{values} {_('No clear change.')}"
    needed = _("No clear change (a real one is at least about {angle:.0f}°).").format(angle=change.threshold)
    return f"{values} {needed}"


def sides_sentence(difference: Change, whole_time: bool = False) -> str:
    """Return how left (before) and right (after) compare, in the last four weeks or in the whole period."""
    if not difference.real and whole_time:
        return _("Left and right: no clear difference in this time.")
    if not difference.real:
        return _("Left and right: no clear difference in the last four weeks.")
    text = (_("Left and right: the right side reaches about {angle:.0f}° further.") if difference.difference > 0 else
            _("Left and right: the left side reaches about {angle:.0f}° further."))
    return text.format(angle=abs(difference.difference))


def pause_sentence(pause: Pause) -> str:
    """Return the effect of a break; only a real change counts as one."""
    back = day(pause.first_day_back, "long")
    break_text = _("A break of {days} days until {day}").format(days=pause.days, day=back)
    if pause.change is None:
        return _("{pause}: its effect is unmeasured.").format(pause=break_text)
    if not pause.change.real:
        return _("{pause}: no clear change.").format(pause=break_text)
    if pause.change.difference < 0:
        return _("{pause}: about {angle:.0f}° less afterwards. What you do not practise fades.").format(
            pause=break_text, angle=-pause.change.difference)
    return _("{pause}: about {angle:.0f}° more afterwards.").format(pause=break_text, angle=pause.change.difference)


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
        return _("one week so far")
    size = f"{change.difference:+.0f}\u00b0"
    if change.threshold is None:
        return _("no clear change: {size}, scatter unknown").format(size=size)
    text = (_("{size}, beyond the scatter of {scatter:.0f}°") if change.real else
            _("no clear change: {size} is within the scatter of {scatter:.0f}°"))
    return text.format(size=size, scatter=change.threshold)
