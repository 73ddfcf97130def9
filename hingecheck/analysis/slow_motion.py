"""Was it filmed in slow motion? What a video says of itself, and what its seconds look like."""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING

from exercises.results import Rep, SetReport
from pose.reason import Reason, ReasonKind

if TYPE_CHECKING:
    from pose.io.video import VideoReader

#: Who takes longer both down and up is asked. In the 24 samples the shorter of both ways takes 2.1 s at most; filmed at
#: 120 frames and played at 30, the quickest of them takes 3.7.
_SLOW_S = 3.5


def notes(reader: VideoReader, chosen: float | None, report: SetReport) -> tuple[Reason, ...]:
    """Return what to say of a video that was filmed in slow motion, or what to ask where it looks like it.

    Parameters
    ----------
    reader : VideoReader
    chosen : float or None
        The speed that somebody named; then there is nothing to report.
    report : SetReport
        Judged with the reader's times.
    """
    if chosen is not None:
        return ()
    if reader.speed != 1:
        return (Reason.of(ReasonKind.SLOW_MOTION, times=round(1 / reader.speed, 1)),)
    question = None if report.posture is not None else asked(report.reps)
    return () if question is None else (question,)


def asked(reps: tuple[Rep, ...]) -> Reason | None:
    """Return the question whether it was slow motion, where the reps take too long both down and up."""
    ways = [(rep.bottom_s - rep.start_s, rep.end_s - rep.leave_s) for rep in reps]
    if not ways or median(map(min, ways)) < _SLOW_S:
        return None
    down_s, up_s = (round(median(way[place] for way in ways)) for place in (0, 1))
    return Reason.of(ReasonKind.SLOW_MOTION_ASKED, down_s=down_s, up_s=up_s)
