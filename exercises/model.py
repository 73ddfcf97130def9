"""The vocabulary: what an exercise is (Exercise, Signal, Rule) and what is said about a set (Rep, Finding, SetReport).

Everything here is frozen data, checked when it is made. The same models read the TOML files of the catalogue and write
`report.json`.
"""

from __future__ import annotations

from enum import Enum
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

#: Goes up when a key of the report changes its meaning or disappears; new keys do not raise it.
SCHEMA_VERSION = 1


class _Data(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class Verdict(str, Enum):
    """What a rule says about one rep. Not seen is neither right nor wrong."""

    MET = "met"
    BROKEN = "broken"
    UNSEEN = "unseen"


class Severity(str, Enum):
    """`fault` decides the rep's verdict; `watch` is only mentioned."""

    FAULT = "fault"
    WATCH = "watch"


class Position(str, Enum):
    """How the person is placed for the exercise."""

    STANDING = "standing"
    SITTING = "sitting"
    LONG_SITTING = "long_sitting"
    KNEELING = "kneeling"
    SUPINE = "supine"
    PRONE = "prone"


class Signal(_Data):
    """The quantity whose rise and fall makes a rep.

    A rep begins when the signal leaves rest for a rise past `enter`, and ends when it is back below `leave`.
    """

    quantity: str
    #: A rise to this value makes a rep (degrees above rest).
    enter: float
    #: A rep is over when the signal has come back below this value.
    leave: float
    #: Shorter swings are noise or fidgeting.
    shortest_s: float = 0.6
    #: Gaps in the measurement up to this long are bridged.
    bridge_s: float = 0.5


class Bound(_Data):
    """A limit on a value; exactly one of the two sides. `watch` is the milder limit on the same side."""

    at_most: float | None = None
    at_least: float | None = None
    watch: float | None = None


class Condition(_Data):
    """When a rule applies: `measure` below (or above) a number, or below `times` another measure, at the same place."""

    measure: str
    below: float | None = None
    above: float | None = None
    below_times: float | None = None
    of: str | None = None


class Rule(_Data):
    """One thing that is judged in every rep.

    `measure` is a quantity, or one of the rep's own times (`down_s`, `hold_s`, `up_s`). `during` is the part of the rep
    that is looked at; `statistic` what is taken of it; a bound counts as crossed only when it was so for `for_s`.
    """

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    measure: str
    during: Literal["rep", "down", "bottom", "up"] = "bottom"
    statistic: Literal["median", "highest", "lowest"] = "median"
    bound: Bound
    for_s: float = 0.0
    only_when: tuple[Condition, ...] = ()
    severity: Severity = Severity.FAULT
    #: The rep's verdict when this rule is broken ("rounded", "squatted", "shallow", "fault").
    verdict: str = "fault"
    #: A rep whose deciding rule could not be seen is itself "unseen".
    decides: bool = False
    #: At most six words, spoken live.
    cue: str
    #: One sentence on what to change; {value} and {limit} are filled in.
    broken: str
    #: Said when the watch limit is crossed and the fault limit is not.
    watched: str = ""
    #: Why it matters, one sentence.
    why: str
    #: Where rule and threshold come from.
    source: str


class Exercise(_Data):
    """One exercise of the catalogue, read from one TOML file."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    name: str
    position: Position
    camera: Literal["side", "front"] = "side"
    summary: str
    setup: tuple[str, ...]
    signal: Signal
    #: Verdict of a rep in which nothing is broken.
    good: str = "good"
    praise: str
    rules: tuple[Rule, ...] = Field(min_length=1)
    cautions: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


class Span(_Data):
    """Where a rep lies in time (seconds from the start of the source).

    `bottom_s` is the arrival at the deepest part, `leave_s` when it is left again. `whole` is False where the clip
    begins or ends inside the rep.
    """

    start_s: float
    bottom_s: float
    leave_s: float
    end_s: float
    whole: bool = True


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
    #: What to tell the person.
    message: str = ""
    source: str = ""


class Rep(_Data):
    """One repetition, judged."""

    index: int
    side: Literal["left", "right"] | None = None
    start_s: float
    bottom_s: float
    leave_s: float
    end_s: float
    hold_s: float | None = None
    whole: bool = True
    verdict: str
    borderline: bool = False
    hip_flexion_deg: float | None = None
    spine_flexion_deg: float | None = None
    knee_flexion_deg: float | None = None
    leg_raise_deg: float | None = None
    uncertainty_deg: Angles = Angles()
    findings: tuple[Finding, ...] = ()
    #: One sentence: what was good, or what to change first, or why it could not be judged.
    sentence: str = ""


class SetReport(_Data):
    """One video (or one live set), judged. The core of `report.json`."""

    schema_version: int = SCHEMA_VERSION
    video: str
    exercise: str
    status: Literal["judged", "refused", "error"]
    #: Why it was refused or failed, or what to know about the whole clip.
    reasons: tuple[str, ...] = ()
    fps: float | None = None
    duration_s: float | None = None
    reps: tuple[Rep, ...] = ()
    #: A few sentences about the set, most important first.
    summary: tuple[str, ...] = ()
