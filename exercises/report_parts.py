"""What only some exercises and reports have: where a back begins to give, the own full bend, agreement with a hand.

Vocabulary only, as in `model`: frozen data, checked when made.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

from exercises.measures import one_of
from pose.quantity import QUANTITIES

#: "30" in quotes is a mistake in an exercise file, not a number.
Number = Annotated[float, Field(strict=True)]

#: The quantity of which a full bend is 100 %, and the one that bends beside it.
BENDS, BESIDE = "spine_flexion_deg", "hip_flexion_deg"
#: A whole spine bends 50 to 110 deg in healthy people, lumbar part alone about 42 (Esola 1996). Under this, somebody
#: stopped early or the measurement failed, and every limit set from it would be too low.
LEAST_FULL_BEND_DEG = 30.0


class Data(BaseModel):
    """Frozen, without unknown keys, without infinities."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class Onset(Data):
    """How far one quantity has come when another begins to give.

    The moment is taken on the way down: the last time that `measure` rises past the watch limit of the exercise's own
    rule on it and stays there to the bottom. The value is `along` at that moment.
    """

    #: What begins to give.
    measure: str
    #: What is read at that moment.
    along: str
    #: Said of a set; {value} is filled in.
    sentence: str
    #: How much too low `measure` reads while it passes its limit; the crossing is sought that much lower.
    reads_low: float = Field(default=0.0, ge=0, le=10)

    @field_validator("measure", "along")
    @classmethod
    def _known(cls, name: str) -> str:
        return one_of(name, tuple(QUANTITIES), "a measured quantity")

    @field_validator("sentence")
    @classmethod
    def _fillable(cls, text: str) -> str:
        try:
            text.format(value="")
        except (KeyError, IndexError, ValueError):
            raise ValueError(f"expected no other braces than {{value}}, got {text!r}") from None
        return text


class FullBend(Data):
    """How far a person's back bends when they bend as far as they can: 100 % of their own range.

    `uncertainty_deg` is the half-width of the 90 % band, None where it was typed in; the hip's part is for information.
    """

    spine_flexion_deg: Number
    uncertainty_deg: Number | None = None
    hip_flexion_deg: Number | None = None
    hip_uncertainty_deg: Number | None = None
    #: Which rep it was, from 1.
    rep: int | None = None

    @field_validator("spine_flexion_deg")
    @classmethod
    def _plausible(cls, value: float) -> float:
        most = QUANTITIES[BENDS].highest
        if not LEAST_FULL_BEND_DEG <= value <= most:
            raise ValueError(
                f"a full bend of {value:g} deg is not plausible: expected {LEAST_FULL_BEND_DEG:g} to {most:g} deg of "
                "the back's own flexion"
            )
        return value


class Agreement(Data):
    """How well one quantity agrees with angles measured by hand, degrees (Bland and Altman 1986).

    Differences are this program's value minus the hand's. `limits_deg` = bias -/+ 1.96 SD: 95 % of differences lie
    between them if they are spread normally.
    """

    quantity: str
    n: int
    #: Times in the file at which this program measured nothing.
    unmatched: int
    bias_deg: float
    sd_deg: float
    limits_deg: tuple[float, float]
    mean_absolute_error_deg: float
    #: True where the hand's values were read as inner angles (180 = straight) and turned into flexions.
    inner: bool = False
    #: What a person should know about this comparison; "" where there is nothing.
    note: str = ""
    kind: Literal["bland_altman"] = "bland_altman"
