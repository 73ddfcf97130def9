"""The table of all quantities: name, unit, zero and sign, plausible range. Data only.

A column of a `track.Track` carries exactly one of these names. An unmeasured value is NaN in a column and
`Unmeasured(reason)` where a single value is passed.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from language.translate import _, mark
from pose.reason import Reason


class Position(str, Enum):
    """The position of a person's body."""

    STANDING = "standing"
    SITTING = "sitting"
    LONG_SITTING = "long_sitting"
    KNEELING = "kneeling"
    SUPINE = "supine"
    PRONE = "prone"


#: Phrases to follow "you were seen".
POSITION_PHRASES = {
    Position.STANDING: mark("standing"), Position.SITTING: mark("sitting"),
    Position.LONG_SITTING: mark("sitting on the floor"), Position.KNEELING: mark("kneeling"),
    Position.SUPINE: mark("lying on the back"), Position.PRONE: mark("lying face down"),
}


def position_phrase(position: Position) -> str:
    """Return the words to follow "you were seen", in the current language.

    Examples
    --------
    >>> position_phrase(Position.SUPINE)
    'lying on the back'
    """
    return _(POSITION_PHRASES[position])


@dataclass(frozen=True)
class Unmeasured:
    """An unmeasured value with its reason; false as a truth value."""

    reason: Reason

    def __bool__(self) -> bool:
        return False


@dataclass(frozen=True)
class Quantity:
    """One measured quantity.

    Attributes
    ----------
    name : str
        Column name; ends in its unit.
    unit : str
        "deg", "ratio" or "px".
    english_label : str
        Two or three words for a person; `label` is the same in the current language.
    english_meaning : str
        Definition, with the meaning of zero and of positive values; `meaning` is the same in the current language.
    lowest, highest : float
        Plausible range; a value outside is a failed measurement, not an extreme posture.
    only : tuple of Position
        The positions in which it exists; empty = in all.
    """

    name: str
    unit: str
    english_label: str
    english_meaning: str
    lowest: float
    highest: float
    only: tuple[Position, ...] = ()

    @property
    def label(self) -> str:
        """Two or three words for a person, in the current language."""
        return _(self.english_label)

    @property
    def meaning(self) -> str:
        """Definition, in the current language."""
        return _(self.english_meaning)


_SUPINE, _PRONE = (Position.SUPINE,), (Position.PRONE,)
_STANDING, _KNEELING = (Position.STANDING,), (Position.KNEELING,)
_SITTING = (Position.SITTING, Position.LONG_SITTING)
_UPRIGHT = (*_STANDING, *_SITTING, *_KNEELING)

_TABLE = (
    Quantity("hip_flexion_deg", "deg", mark("hip flexion"),
             mark("Pelvis against thigh; 0 = the person's own neutral (sitting: their own upright sit, plus the "
                  "angle of trunk and thigh in it; kneeling: trunk against thigh), positive = bent forward."),
             -40, 180, _UPRIGHT),
    Quantity("spine_flexion_deg", "deg", mark("spinal curve"),
             mark("Flexion of the whole lumbar and thoracic spine; 0 = the person's own neutral (standing or sitting "
                  "tall), positive = rounded."), -60, 130, _STANDING + _SITTING),
    Quantity("knee_flexion_deg", "deg", mark("knee flexion"),
             mark("Thigh against shank, mean of the visible legs (sitting: of the straighter one, lying: of the "
                  "raised one); 0 = straight, positive = bent."), -25, 170),
    Quantity("left_knee_flexion_deg", "deg", mark("left knee flexion"),
             mark("As knee_flexion_deg, left leg."), -25, 170),
    Quantity("right_knee_flexion_deg", "deg", mark("right knee flexion"),
             mark("As knee_flexion_deg, right leg."), -25, 170),
    Quantity("trunk_lean_deg", "deg", mark("trunk lean"),
             mark("Line from hip to shoulder against the vertical of the frame; 0 = upright, positive = forward."),
             -100, 180),
    Quantity("bend_deg", "deg", mark("bend"),
             mark("Line from hip to shoulder against the thigh, from the person's own neutral: hip and back "
                  "together, by landmarks only. Counts reps; never judges a back."), -60, 180, _STANDING),
    Quantity("lean_deg", "deg", mark("lean"),
             mark("Change of the line from hip to shoulder against the vertical from the person's own upright; "
                  "positive = forward. Kneeling, the size of the fold without a sign."), -100, 180, _UPRIGHT),
    Quantity("head_lift_deg", "deg", mark("head against trunk"),
             mark("Line from shoulder to ear against the line from hip to shoulder, from the person's own neutral; "
                  "positive = head thrown up or back, negative = head dropped."), -120, 120, _STANDING + _SITTING),
    Quantity("head_forward_deg", "deg", mark("head forward"),
             mark("Line from shoulder to ear against the vertical, from the person's own upright; positive = the "
                  "head goes forward."), -120, 150, _STANDING + _SITTING),
    Quantity("hips_back_ratio", "ratio", mark("hips travel back"),
             mark("Backward travel of the mid-hip over the ankles from neutral, in leg lengths; positive = backward."),
             -1.0, 1.0, _STANDING),
    Quantity("heel_lift_deg", "deg", mark("heel lift"),
             mark("Line from heel to toe against the person's own flat foot; 0 = flat, positive = heel up."),
             -60, 100, _STANDING),
    Quantity("straighter_knee_flexion_deg", "deg", mark("straighter knee"),
             mark("Knee of the straighter leg, sitting: from the silhouette where it shows a leg, since the model "
                  "confuses legs that hide each other; 0 = straight, positive = bent."), -25, 170, _SITTING),
    Quantity("leg_raise_deg", "deg", mark("leg raise"),
             mark("Thigh of the raised leg above the person's own flat line when lying on the back; 0 = flat, 90 = "
                  "straight up. While both legs are flat: of the higher one."), -30, 150, only=_SUPINE),
    Quantity("left_leg_raise_deg", "deg", mark("left leg raise"),
             mark("As leg_raise_deg, left leg."), -30, 150, only=_SUPINE),
    Quantity("right_leg_raise_deg", "deg", mark("right leg raise"),
             mark("As leg_raise_deg, right leg."), -30, 150, only=_SUPINE),
    Quantity("resting_leg_raise_deg", "deg", mark("other leg's raise"),
             mark("As leg_raise_deg, of the other leg."), -30, 150, only=_SUPINE),
    Quantity("raised_knee_flexion_deg", "deg", mark("raised knee"),
             mark("Knee of the raised leg when lying on the back; 0 = straight, positive = bent."),
             -25, 170, only=_SUPINE),
    Quantity("resting_knee_flexion_deg", "deg", mark("other knee"),
             mark("As raised_knee_flexion_deg, other leg."), -25, 170, only=_SUPINE),
    Quantity("resting_leg_lift_deg", "deg", mark("other leg"),
             mark("Distance of the other leg from flat: the larger of its raise and its knee flexion; 0 = flat."),
             -30, 170, only=_SUPINE),
    Quantity("trunk_raise_deg", "deg", mark("chest lift"),
             mark("Line from hip to shoulder above the person's own flat line when lying face down; 0 = flat."),
             -40, 110, _PRONE),
    Quantity("pelvis_lift_deg", "deg", mark("pelvis"),
             mark("Line from knee to hip above the person's own flat line when lying face down; 0 = the pelvis is "
                  "down."), -40, 90, _PRONE),
    Quantity("seat_lift_ratio", "ratio", mark("seat over heels"),
             mark("Distance of the hips from the heels, beyond that when the person sits on them, in thigh lengths."),
             -1.5, 3.0, _KNEELING),
    Quantity("turn_deg", "deg", mark("turn"),
             mark("Shoulders against hips about the long axis of the trunk, without its direction; needs the camera "
                  "in front."), 0, 120, _STANDING + _SITTING),
    Quantity("left_turn_deg", "deg", mark("turn to the left"),
             mark("As turn_deg, to the person's left; 0 for the other side."), 0, 120, _STANDING + _SITTING),
    Quantity("right_turn_deg", "deg", mark("turn to the right"),
             mark("As left_turn_deg, to the right."), 0, 120, _STANDING + _SITTING),
    Quantity("side_lean_deg", "deg", mark("side lean"),
             mark("Line from hips to shoulders against the vertical, without its direction; needs the camera in "
                  "front."), 0, 90, _STANDING + _SITTING),
    Quantity("view_yaw_deg", "deg", mark("turn from side-on"),
             mark("Turn of the person from exactly side-on; 0 = side-on, 90 = facing the camera or away. No sign."),
             0, 90),
    Quantity("person_height_px", "px", mark("size in the picture"),
             mark("Length of the body along its segments from ankle to ear, in pixels of the frame."), 0, 10000),
)

QUANTITIES: dict[str, Quantity] = {quantity.name: quantity for quantity in _TABLE}
