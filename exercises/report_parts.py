"""Parts of exercises and reports that only some have: rounding onset, full bend, agreement with manual angles."""

from __future__ import annotations

import string
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

from exercises.measures import NO_QUANTITY, check_name
from language.numbers import localised
from language.translate import _
from language.words import listed
from pose.quantity import QUANTITIES

#: "30" in quotes is a mistake in an exercise file, not a number.
Number = Annotated[float, Field(strict=True)]

#: The quantity of which a full bend is 100 %, and the one that bends with it.
SPINE, HIP = "spine_flexion_deg", "hip_flexion_deg"
#: A whole spine bends 50 to 110 deg in healthy people, its lumbar part alone about 42 (Esola 1996). Under this the
#: person stopped early or the measurement failed, and every limit set from it would be too low.
LEAST_FULL_BEND_DEG = 30.0


class Data(BaseModel):
    """Frozen, without unknown keys, without infinities."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


def check_template(text: str, *names: str) -> str:
    """Return a text that has no other placeholders than these.

    Raises
    ------
    ValueError
        The text has others, unpaired braces, or a placeholder that asks for more than its value, as {value:>9} does.

    Examples
    --------
    >>> check_template("Your back rounded by {value}.", "value")
    'Your back rounded by {value}.'
    """
    try:
        is_right = all(name is None or (name in names and not spec and not conversion)
                       for _before, name, spec, conversion in string.Formatter().parse(text))
    except ValueError:
        is_right = False
    if is_right:
        return text
    if not names:
        raise ValueError(_("expected no braces, got {text}").format(text=repr(text)))
    expected = listed([f"{{{name}}}" for name in names])
    raise ValueError(_("expected no other braces than {expected}, got {text}").format(
        expected=expected, text=repr(text)))


class Onset(Data):
    """The value of one quantity when another begins to give way.

    Measured on the way down, at the last time that `measure` rises past the watch limit of the exercise's own rule on
    it and stays there to the bottom. The value is that of `along` at this time.
    """

    #: The quantity that begins to give way.
    measure: str
    #: The quantity whose value is reported at that time.
    along: str
    #: The sentence for a set; {value} is filled in.
    sentence: str
    #: How much too low `measure` reads while it passes its limit; the crossing is determined that much lower.
    reads_low: float = Field(default=0.0, ge=0, le=10)

    @field_validator("measure", "along")
    @classmethod
    def _known(cls, name: str) -> str:
        return check_name(name, tuple(QUANTITIES), NO_QUANTITY)

    @field_validator("sentence")
    @classmethod
    def _check_template(cls, text: str) -> str:
        return check_template(text, "value")


class FullBend(Data):
    """Flexion of a person's back when they bend as far as they can: 100 % of their own range.

    `uncertainty_deg` is the half-width of the 90 % band, None where the value was typed in; the hip is for information.
    """

    spine_flexion_deg: Number
    uncertainty_deg: Number | None = None
    hip_flexion_deg: Number | None = None
    hip_uncertainty_deg: Number | None = None
    #: Number of the rep, from 1.
    rep: int | None = None

    @field_validator("spine_flexion_deg")
    @classmethod
    def _plausible(cls, value: float) -> float:
        most = QUANTITIES[SPINE].highest
        if not LEAST_FULL_BEND_DEG <= value <= most:
            text = _("a full bend of {value}\u00b0 is not plausible: expected {least} to {most}\u00b0 of the back's "
                     "own flexion")
            raise ValueError(text.format(value=localised(f"{value:g}"), least=f"{LEAST_FULL_BEND_DEG:g}",
                                         most=f"{most:g}"))
        return value


class Agreement(Data):
    """Agreement of one quantity with manually measured angles, degrees (Bland and Altman 1986).

    Differences are this program's value minus the manual one. `limits_deg` = bias -/+ 1.96 SD: 95 % of differences lie
    between them if they are spread normally.
    """

    quantity: str
    n: int
    #: Number of times in the file at which this program has no value.
    unmatched: int
    bias_deg: float
    sd_deg: float
    limits_deg: tuple[float, float]
    mean_absolute_error_deg: float
    #: True where the manual values were inner angles (180 = straight) and were converted to flexions.
    inner: bool = False
    #: A note for the person about this comparison, or "".
    note: str = ""
    kind: Literal["bland_altman"] = "bland_altman"
