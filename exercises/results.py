"""The data model of results: Span of a rep, Finding of a rule, Rep, SetReport.

Frozen data, validated on construction; `report.json` is a SetReport.
"""

from __future__ import annotations

from datetime import datetime
from enum import Enum
from typing import Any, Literal

from pydantic import Field, field_validator

from exercises.dose import PrescriptionProgress
from exercises.hold_model import HoldMeasures, PostureResult, Side, SideResult
from exercises.report_parts import Agreement, FullBend
from exercises.report_parts import Data as _Data
from exercises.rule_model import Severity
from exercises.safety import AnswersWithAdvice
from pose.reason import Reason, Value, from_sentence

#: Incremented when a key of the report changes its meaning or is removed; not for new keys.
SCHEMA_VERSION = 1


class Verdict(str, Enum):
    """The verdict of a rule on one rep. Unseen is neither right nor wrong."""

    MET = "met"
    BROKEN = "broken"
    UNSEEN = "unseen"


class Span(_Data):
    """The times of a rep (seconds from the start of the source).

    `bottom_s` is the arrival at the deepest part, `leave_s` the departure from it. `whole` is False where the clip
    begins or ends inside the rep, `bottom_seen` where it begins so late that even the deepest part is missing: then
    `start_s` and `bottom_s` are the start of the clip.
    """

    start_s: float
    bottom_s: float
    leave_s: float
    end_s: float
    whole: bool = True
    bottom_seen: bool = True
    #: The hold at the bottom, where the exercise has one.
    held: HoldMeasures | None = None


class Angles(_Data):
    """Angles at the bottom of a rep, degrees; None where unmeasured. Also used for their uncertainties."""

    hip_flexion_deg: float | None = None
    spine_flexion_deg: float | None = None
    knee_flexion_deg: float | None = None
    leg_raise_deg: float | None = None


class Finding(_Data):
    """The finding of one rule in one rep.

    `margin` is the distance of the value from the limit (negative = beyond it), `uncertainty` the half-width of the
    90 % band of the value; `borderline` means that the limit is within that band.
    """

    rule: str
    verdict: Verdict
    #: What was judged, a name of `exercises.measures`; "" in old files.
    measure: str = ""
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
    #: The same as a kind of `pose.reason` with its values; "" and none where the rule is not unseen, or in old files.
    reason_kind: str = ""
    reason_values: dict[str, Value] = Field(default_factory=dict)
    #: The value as a share of the person's own full bend, where that is known and the rule asks for it.
    share_of_full_bend: float | None = None
    #: The sentence for the person.
    message: str = ""
    source: str = ""

    @property
    def why(self) -> Reason | None:
        """The reason why it is unseen."""
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
    held: HoldMeasures | None = None
    #: Distance of the bottom from the target of the exercise, negative beyond it.
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
    #: Hip flexion at the rounding onset; None where there was none, or it is unmeasured.
    rounding_onset_deg: float | None = None
    rounding_onset_uncertainty_deg: float | None = None
    #: The hips' part of the whole bend at the bottom, 0 to 1; None where it is unmeasured or under 20 deg.
    hip_share: float | None = None
    #: Spine flexion at the bottom over the person's own full bend; None where that is unknown.
    spine_share_of_full_bend: float | None = None
    findings: tuple[Finding, ...] = ()
    #: Why it may not be part of the set; it is then "unseen" and not counted; "" otherwise.
    outside: str = ""
    #: The same as a kind of `pose.reason`.
    outside_kind: str = ""
    #: The word for the verdict, where the exercise has its own.
    word: str = ""
    #: One sentence: what was good, or what to change first, or why it could not be judged.
    sentence: str = ""


class Recognition(_Data):
    """The exercise of a clip, detected from position and movement.

    `exercise` is None where exercises with different rules fit about equally, or none fits: then the clip is not
    judged, and `candidates` are those that it may be. `sure` is False then.
    """

    exercise: str | None
    #: The next likeliest; where none was chosen, the likeliest.
    runner_up: str | None = None
    sure: bool = False
    candidates: tuple[str, ...] = ()
    #: Share of the likelihood of all that would be judged by other rules, 0 to 1.
    share: float | None = None
    #: The measurements that support it.
    because: str = ""


class SetReport(_Data):
    """One judged video or live set: the content of `report.json`."""

    schema_version: int = SCHEMA_VERSION
    video: str
    #: Id of the exercise; "" where it was to be detected and could not be.
    exercise: str
    #: The quantity whose rise and fall made the reps, by its name in `pose.quantity`.
    signal: str = ""
    #: Where the exercise was detected from the clip.
    recognised: Recognition | None = None
    status: Literal["judged", "refused", "error"]
    #: Why it was refused or failed, and notes about the clip.
    reasons: tuple[str, ...] = ()
    #: The same, one by one, as kinds of `pose.reason` and their values; empty in files of older versions.
    reason_kinds: tuple[str, ...] = ()
    reason_values: tuple[dict[str, Value], ...] = ()
    fps: float | None = None
    duration_s: float | None = None
    #: When the part that was judged begins, seconds of the video as filmed; None in files of older versions.
    starts_s: float | None = None
    #: Clockwise turn by which the frames were brought upright: 0, 90, 180 or 270.
    picture_turn_deg: int = 0
    #: How fast the video plays against what was filmed: 0.25 = slow motion at a quarter.
    playback_speed: float = 1.0
    #: When the video was filmed, with its time zone; None where it does not say.
    recorded_at: datetime | None = None
    #: SHA-256 of the video file, by which the same file is recognised; "" without a file.
    video_sha256: str = ""
    #: Clockwise turn that may bring the frames upright, where the person must be asked first.
    turn_asked_deg: int | None = None
    reps: tuple[Rep, ...] = ()
    #: Left and right beside each other, where the exercise has sides.
    sides: tuple[SideResult, ...] = ()
    #: The side that the exercise requires and the clip does not have.
    side_skipped: Side | None = None
    #: The sentences of `summary` that are about the sides.
    side_sentences: tuple[str, ...] = ()
    #: Where the exercise is a posture over time; its reps are the times at which it was left.
    posture: PostureResult | None = None
    #: A few sentences about the set, most important first.
    summary: tuple[str, ...] = ()
    #: Median over the reps that have one.
    rounding_onset_deg: float | None = None
    rounding_onset_uncertainty_deg: float | None = None
    #: The person's own 100 %, where the exercise measures it.
    full_bend: FullBend | None = None
    #: The full bend by which this set was judged; None where the limits are the same for everybody.
    judged_by_full_bend: FullBend | None = None
    #: The prescription by which this set was judged, and how much of it was done.
    prescription: PrescriptionProgress | None = None
    #: The person's answers after the set, with the advice.
    answers: AnswersWithAdvice | None = None
    #: Agreement with manually measured angles, one entry per quantity.
    agreement: tuple[Agreement, ...] = ()

    @field_validator("video", mode="before")
    @classmethod
    def _as_unicode(cls, name: Any) -> Any:
        """Replace what is no Unicode: a file's name on Linux is bytes, and Python keeps those that fit nothing."""
        return name.encode("utf-8", "replace").decode("utf-8") if isinstance(name, str) else name
