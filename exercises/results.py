"""The vocabulary of what is said about a set: where the reps lie (Span), what was found (Finding), Rep, SetReport.

Everything here is frozen data, checked when it is made; `report.json` is a SetReport written out.
"""

from __future__ import annotations

from enum import Enum
from typing import Literal

from pydantic import Field

from exercises.dose import PrescriptionDone
from exercises.hold_model import Held, PostureResult, Side, SideResult
from exercises.report_parts import Agreement, FullBend
from exercises.report_parts import Data as _Data
from exercises.rule_model import Severity
from exercises.safety import Answered
from pose.reason import Reason, Value, from_sentence

#: Goes up when a key of the report changes its meaning or disappears; new keys do not raise it.
SCHEMA_VERSION = 1


class Verdict(str, Enum):
    """What a rule says about one rep. Not seen is neither right nor wrong."""

    MET = "met"
    BROKEN = "broken"
    UNSEEN = "unseen"


class Span(_Data):
    """Where a rep lies in time (seconds from the start of the source).

    `bottom_s` is the arrival at the deepest part, `leave_s` when it is left again. `whole` is False where the clip
    begins or ends inside the rep, `bottom_seen` where it begins so late that even the deepest part is missing: then
    `start_s` and `bottom_s` are the first moment of the clip.
    """

    start_s: float
    bottom_s: float
    leave_s: float
    end_s: float
    whole: bool = True
    bottom_seen: bool = True
    #: The hold at the bottom, where the exercise has one.
    held: Held | None = None


class Angles(_Data):
    """Angles at the bottom of a rep, degrees; None where unmeasured. Also used for their uncertainties."""

    hip_flexion_deg: float | None = None
    spine_flexion_deg: float | None = None
    knee_flexion_deg: float | None = None
    leg_raise_deg: float | None = None


class Finding(_Data):
    """What one rule says about one rep.

    `margin` is how far the value is on the good side of the limit (negative = beyond it), `uncertainty` the half-width
    of the value's 90 % band; `borderline` means the limit lies within that band.
    """

    rule: str
    verdict: Verdict
    severity: Severity = Severity.FAULT
    value: float | None = None
    limit: float | None = None
    unit: str = "deg"
    uncertainty: float | None = None
    margin: float | None = None
    borderline: bool = False
    #: True where the watch limit was crossed and the fault limit was not.
    watched: bool = False
    at_s: float | None = None
    #: Why it is unseen; "" otherwise.
    reason: str = ""
    #: The same as a kind of `pose.reason` and its values; "" and none where it is not unseen, or not known.
    reason_kind: str = ""
    reason_values: dict[str, Value] = Field(default_factory=dict)
    #: The value as a share of the person's own full bend, where that is known and the rule asks for it.
    share_of_full_bend: float | None = None
    #: What to tell the person.
    message: str = ""
    source: str = ""


    @property
    def why(self) -> Reason | None:
        """Why it is unseen, as a value."""
        if self.verdict is not Verdict.UNSEEN:
            return None
        return Reason.from_mapping(self.reason_kind, self.reason_values) if self.reason_kind else from_sentence(
            self.reason)


class Rep(_Data):
    """One repetition, judged."""

    index: int
    side: Side | None = None
    start_s: float
    bottom_s: float
    leave_s: float
    end_s: float
    #: Seconds on the hold's clock; without a hold, seconds at the bottom.
    hold_s: float | None = None
    held: Held | None = None
    #: How far the bottom is from the exercise's target, negative beyond it.
    target_gap_deg: float | None = None
    whole: bool = True
    verdict: str
    borderline: bool = False
    hip_flexion_deg: float | None = None
    spine_flexion_deg: float | None = None
    knee_flexion_deg: float | None = None
    leg_raise_deg: float | None = None
    uncertainty_deg: Angles = Angles()
    #: The exercise's own quantity (`SetReport.signal`) at the bottom, and the half-width of its 90 % band.
    reached: float | None = None
    reached_uncertainty: float | None = None
    #: Hip flexion at which the back began to give; None where it did not, or that was not seen.
    rounding_onset_deg: float | None = None
    rounding_onset_uncertainty_deg: float | None = None
    #: The hips' part of the whole bend at the bottom, 0 to 1; None where that is unmeasured or under 20 deg.
    hip_share: float | None = None
    #: Spine flexion at the bottom over the person's own full bend; None where that is not known.
    spine_share_of_full_bend: float | None = None
    findings: tuple[Finding, ...] = ()
    #: Why it may not be part of the set, which makes it "unseen" and leaves it out of the sum; "" otherwise.
    outside: str = ""
    #: The same as a kind of `pose.reason`.
    outside_kind: str = ""
    #: How the verdict is put, where the exercise has a word of its own for it.
    word: str = ""
    #: One sentence: what was good, or what to change first, or why it could not be judged.
    sentence: str = ""


class Recognised(_Data):
    """Which exercise a clip shows, told from position and movement.

    `exercise` is None where nothing decides between exercises of other rules, or nothing fits: then the clip is not
    judged, and `candidates` are what it may be. `sure` is False there, and where the next likeliest looks the same but
    comes to other verdicts: then the likeliest is judged, and the other is named beside it.
    """

    exercise: str | None
    #: The next likeliest; where none was taken, the likeliest.
    runner_up: str | None = None
    sure: bool = False
    candidates: tuple[str, ...] = ()
    #: Share of the likelihood of all that would be judged by other rules, 0 to 1.
    share: float | None = None
    #: What was measured that speaks for it.
    because: str = ""


class SetReport(_Data):
    """One video (or one live set), judged. The core of `report.json`."""

    schema_version: int = SCHEMA_VERSION
    video: str
    #: Id of the exercise; "" where it was to be told from the clip and could not.
    exercise: str
    #: The quantity whose rise and fall made the reps, by its name in `pose.quantity`.
    signal: str = ""
    #: Where the exercise was told from the clip.
    recognised: Recognised | None = None
    status: Literal["judged", "refused", "error"]
    #: Why it was refused or failed, or what to know about the whole clip.
    reasons: tuple[str, ...] = ()
    #: The same, one by one, as kinds of `pose.reason` and their values; empty where an older version wrote it.
    reason_kinds: tuple[str, ...] = ()
    reason_values: tuple[dict[str, Value], ...] = ()
    fps: float | None = None
    duration_s: float | None = None
    #: How far the picture was turned clockwise to be upright: 0, 90, 180 or 270.
    picture_turn_deg: int = 0
    #: How far it would have to be turned clockwise to be upright, where that has to be asked first.
    turn_asked_deg: int | None = None
    reps: tuple[Rep, ...] = ()
    #: Left and right beside each other, where the exercise has sides.
    sides: tuple[SideResult, ...] = ()
    #: The side that the exercise asks for and the clip does not show.
    side_skipped: Side | None = None
    #: Where the exercise is a posture that is watched over time; its reps are the times it was left.
    posture: PostureResult | None = None
    #: A few sentences about the set, most important first.
    summary: tuple[str, ...] = ()
    #: Median over the reps that have one.
    rounding_onset_deg: float | None = None
    rounding_onset_uncertainty_deg: float | None = None
    #: What an exercise that records it has measured: the person's own 100 %.
    full_bend: FullBend | None = None
    #: The 100 % that this set was judged by; None where the limits are the same for everybody.
    judged_by_full_bend: FullBend | None = None
    #: The prescription that this set was judged by, and how much of it was done.
    prescription: PrescriptionDone | None = None
    #: What the person answered after the set, and what follows.
    answers: Answered | None = None
    #: Against angles measured by hand, a quantity each.
    agreement: tuple[Agreement, ...] = ()
