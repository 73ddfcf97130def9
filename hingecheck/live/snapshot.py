"""Define the state of a live session at one time, for a page or a window that polls it. Frozen data only."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from exercises.results import Rep, SetReport
from hingecheck.live.events import Phase, Utterance
from hingecheck.live.hold_clock import HoldState
from hingecheck.live.live_overlay import Gauge, Headline
from hingecheck.live.programme_lead import ProgrammeState
from hingecheck.live.side_plan import Tally
from hingecheck.progress.adherence import PartDone


@dataclass(frozen=True)
class Snapshot:
    """The state of a live session at one time.

    Attributes
    ----------
    phase : Phase
    headline : Headline
        The text at the foot of the frame.
    counter : str
    gauges : tuple of Gauge
    reps : tuple of Rep
        Those of the set that goes on, or has just ended; none while another is set up.
    hold : HoldState or None
    utterances : tuple of Utterance
        The latest utterances, oldest first; ids count up.
    frames, dropped : int
        Numbers of frames that were processed, and that were dropped because they came too fast.
    fps : float
        Frames per second over the last sixty.
    gap_s : float
        The longest time without a frame, seconds: between two of the last sixty, or since the last.
    problem : str
        What went wrong and what to do; "" for nothing.
    report : SetReport or None
        That of the last set that is over.
    set_id : UUID or None
        The id under which that report is saved; None until it is.
    is_analysing : bool
        True while a set that is over is being judged.
    programme : ProgrammeState or None
        How far the programme is; None where sets are chosen one by one.
    tally : Tally or None
        How far the set is; None outside a set.
    done : tuple of PartDone
        What was done of each exercise and side of the programme.
    """

    phase: Phase
    headline: Headline
    counter: str
    gauges: tuple[Gauge, ...]
    reps: tuple[Rep, ...]
    hold: HoldState | None
    utterances: tuple[Utterance, ...]
    frames: int
    dropped: int
    fps: float
    gap_s: float
    problem: str
    report: SetReport | None
    set_id: UUID | None
    is_analysing: bool
    programme: ProgrammeState | None = None
    tally: Tally | None = None
    done: tuple[PartDone, ...] = ()


#: Before the first frame.
EMPTY = Snapshot(phase=Phase.PLACING, headline=Headline(), counter="", gauges=(), reps=(), hold=None, utterances=(),
                 frames=0, dropped=0, fps=0.0, gap_s=0.0, problem="", report=None, set_id=None, is_analysing=False)
