"""The day on which a saved set was done: as its video says, as somebody says, or as is asked."""

from __future__ import annotations

import sys
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

import typer

from language import numbers
from language.translate import _

if TYPE_CHECKING:
    from exercises.results import SetReport
    from hingecheck.history.records import SetLine

TODAY = "today"


def parse(day: str | None) -> datetime | None:
    """Return the time that --day names; None where it is not given.

    Noon of a day, since its hour is not known; `today` is now.
    """
    now = datetime.now().astimezone()
    if day is None:
        return None
    if day == TODAY:
        return now
    try:
        chosen = datetime.strptime(day, "%Y-%m-%d").date()
    except ValueError:
        raise typer.BadParameter(_("expected today or a date as 2026-11-16, got {day!r}").format(
                                     day=day), param_hint="--day") from None
    if chosen > now.date():
        raise typer.BadParameter(_("{day} is still to come").format(day=day), param_hint="--day")
    return datetime.combine(chosen, time(12)).astimezone()


def made_at(report: SetReport, chosen: datetime | None) -> datetime | None:
    """Return when a set was done: the chosen time, else that of its filming; None for now.

    Where the video was filmed on another day, a person at a terminal is asked; elsewhere that day is used and named.
    """
    from hingecheck.jobs import saving

    if chosen is not None:
        # The parts of one video keep their order.
        return min(chosen + timedelta(seconds=report.starts_s or 0.0), datetime.now().astimezone())
    filmed = saving.filmed_at(report)
    if filmed is None or filmed.astimezone().date() == datetime.now().date():
        return filmed
    day = _day(filmed)
    if not sys.stdin.isatty():
        typer.echo(_("{video}: filmed on {day}, so the set counts for that day. --day today counts it for "
                     "today.").format(video=report.video, day=day),
                   err=True)
        return filmed
    asked = _("{video} was filmed on {day}. Count it for that day?").format(video=report.video, day=day)
    return filmed if typer.confirm(asked, default=True, err=True) else datetime.now().astimezone()


def copy_sentence(video: str, earlier: SetLine) -> str:
    """Return what to say of a video whose set is in the history already."""
    return _("{video}: this video is in the history already, as {set_id} of {day}. It was not saved a second "
             "time.").format(video=video, set_id=str(earlier.id)[:8], day=_day(earlier.made_at))


def _day(when: datetime) -> str:
    return numbers.day(when.astimezone().date(), "long")
