"""The table of everything measured: name, unit, zero and sign, plausible range. Data only.

A column of a `track.Track` carries exactly one of these names. A value that could not be had is NaN in a column and
`Unmeasured(reason)` where a single value is handed over.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Unmeasured:
    """A value that could not be had, and why, in words a person can act on. Always false in a test."""

    reason: str

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
    label : str
        Two or three words for a person.
    meaning : str
        Between what it is measured, what zero and a positive value mean.
    lowest, highest : float
        Plausible range; a value outside is a failed measurement, not an extreme person.
    needs_neutral : bool
        True where the value is a change from the person's own neutral.
    """

    name: str
    unit: str
    label: str
    meaning: str
    lowest: float
    highest: float
    needs_neutral: bool = False


_TABLE = (
    Quantity("hip_flexion_deg", "deg", "hip flexion",
             "Pelvis against thigh; 0 = the person's own upright stand, positive = bent forward.", -40, 150, True),
    Quantity("spine_flexion_deg", "deg", "spinal curve",
             "Flexion of the whole lumbar and thoracic spine; 0 = the person's own neutral, positive = rounded.",
             -60, 130, True),
    Quantity("knee_flexion_deg", "deg", "knee flexion",
             "Thigh against shank, mean of the legs that can be seen; 0 = straight, positive = bent.", -25, 170),
    Quantity("left_knee_flexion_deg", "deg", "left knee flexion", "As knee_flexion_deg, left leg.", -25, 170),
    Quantity("right_knee_flexion_deg", "deg", "right knee flexion", "As knee_flexion_deg, right leg.", -25, 170),
    Quantity("trunk_lean_deg", "deg", "trunk lean",
             "Line from hip to shoulder against the vertical of the picture; 0 = upright, positive = forward.",
             -100, 180),
    Quantity("bend_deg", "deg", "bend",
             "Line from hip to shoulder against the thigh, from the person's own neutral: hip and lower back "
             "together, as plain landmarks show it. Counts reps; never judges a back.", -60, 180, True),
    Quantity("head_lift_deg", "deg", "head against trunk",
             "Line from shoulder to ear against the line from hip to shoulder, from the person's own neutral; "
             "positive = head thrown up or back, negative = head dropped.", -120, 120, True),
    Quantity("hips_back_ratio", "ratio", "hips travel back",
             "How far the mid-hip moved back over the ankles from neutral, in leg lengths; positive = backward.",
             -1.0, 1.0, True),
    Quantity("leg_raise_deg", "deg", "leg raise",
             "Thigh of the raised leg above the person's own flat line when lying on the back; 0 = flat, 90 = straight "
             "up. While both legs are flat: of the higher one.", -30, 150),
    Quantity("left_leg_raise_deg", "deg", "left leg raise", "As leg_raise_deg, left leg.", -30, 150),
    Quantity("right_leg_raise_deg", "deg", "right leg raise", "As leg_raise_deg, right leg.", -30, 150),
    Quantity("resting_leg_raise_deg", "deg", "other leg's raise", "As leg_raise_deg, of the other leg.", -30, 150),
    Quantity("raised_knee_flexion_deg", "deg", "raised knee",
             "Knee of the raised leg when lying on the back; 0 = straight, positive = bent.", -25, 170),
    Quantity("resting_knee_flexion_deg", "deg", "other knee", "As raised_knee_flexion_deg, other leg.", -25, 170),
    Quantity("resting_leg_lift_deg", "deg", "other leg",
             "How far the other leg is from flat: the larger of its raise and its knee's bend; 0 = flat.", -30, 170),
    Quantity("view_yaw_deg", "deg", "turn from side-on",
             "How far the person is turned away from exactly side-on; 0 = side-on, 90 = facing the camera or away. "
             "No sign.", 0, 90),
    Quantity("person_height_px", "px", "size in the picture",
             "Length of the body along its segments from ankle to ear, in pixels of the frame.", 0, 10000),
)

QUANTITIES: dict[str, Quantity] = {quantity.name: quantity for quantity in _TABLE}
