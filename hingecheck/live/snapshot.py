"""A live session at one moment, for whoever polls it: a page, a window, a test. Frozen data only."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from exercises.results import Rep, SetReport
from hingecheck.live.events import Phase, Said
from hingecheck.live.hold_clock import Holding
from hingecheck.live.live_overlay import Gauge, Headline


@dataclass(frozen=True)
class Snapshot:
    """A session at one moment.

    Attributes
    ----------
    phase : Phase
    headline : Headline
        What stands over the picture.
    counter : str
    gauges : tuple of Gauge
    reps : tuple of Rep
        Of the set that goes on, or has just ended; none while another is set up.
    holding : Holding or None
    said : tuple of Said
        The latest utterances, oldest first; ids count up.
    frames, dropped : int
        Pictures that were looked at, and that were left out because they came too fast.
    fps : float
        Pictures a second over the last ones.
    gap_s : float
        The longest time without a picture, seconds: between two of the last sixty, or since the last.
    problem : str
        What went wrong and what to do; "" for nothing.
    report : SetReport or None
        Of the last set that is over.
    set_id : UUID or None
        Under which it is kept as it was judged; None until it is.
    judging : bool
        True while a set that is over is being judged.
    """

    phase: Phase
    headline: Headline
    counter: str
    gauges: tuple[Gauge, ...]
    reps: tuple[Rep, ...]
    holding: Holding | None
    said: tuple[Said, ...]
    frames: int
    dropped: int
    fps: float
    gap_s: float
    problem: str
    report: SetReport | None
    set_id: UUID | None
    judging: bool


#: Before anything was looked at.
NOTHING = Snapshot(phase=Phase.PLACING, headline=Headline(), counter="", gauges=(), reps=(), holding=None, said=(),
                   frames=0, dropped=0, fps=0.0, gap_s=0.0, problem="", report=None, set_id=None, judging=False)
