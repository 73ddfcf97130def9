"""Three clicks on a frame → an angle measured by hand, beside ours, and from ten of them the agreement.

Clicks are in pixels of the upright frame, whatever the screen showed: `Zoom` converts. Nothing here draws; a page holds
a `Clicks` while somebody clicks, and a `ClickedAngle` once there are three.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from pydantic import BaseModel, ConfigDict, Field

from hingecheck.validation.agreement import value_at
from hingecheck.validation.hand_measurements import HandMeasurements
from hingecheck.validation.time_column import Times
from language.translate import _, mark
from pose.track import Track

Point = tuple[float, float]

#: Where the three clicks go, by the quantity that they measure; the second is the corner of the angle. In all of them 0
#: is a straight line. The back has no such three points.
CORNERS: dict[str, tuple[str, str, str]] = {
    "hip_flexion_deg": (mark("shoulder"), mark("hip"), mark("knee")),
    "knee_flexion_deg": (mark("hip"), mark("knee"), mark("ankle")),
    "left_knee_flexion_deg": (mark("left hip"), mark("left knee"), mark("left ankle")),
    "right_knee_flexion_deg": (mark("right hip"), mark("right knee"), mark("right ankle")),
    "leg_raise_deg": (mark("shoulder"), mark("hip"), mark("knee of the raised leg")),
}
#: From so many angles their agreement is shown: the standard error of its limits is then 0.55 standard deviations (the
#: square root of 3/n; Bland and Altman 1986).
ENOUGH = 10
#: Clicks nearer than this share no line whose direction could be measured, pixels of the frame.
_NEAREST_PX = 2.0
#: A drag takes the click that is so near, pixels of the screen: about a fingertip.
_GRAB_PX = 24.0


@dataclass(frozen=True)
class Zoom:
    """How a part of a frame is shown: screen = (frame - corner) * scale.

    Attributes
    ----------
    scale : float
        Screen pixels per frame pixel, more than 0.
    corner_px : (float, float)
        The frame's point at the upper left of the screen.
    """

    scale: float = 1.0
    corner_px: Point = (0.0, 0.0)

    def to_frame(self, screen: Point) -> Point:
        """Return the point of the frame under a point of the screen.

        Examples
        --------
        >>> Zoom(2.0, (100.0, 50.0)).to_frame((40.0, 60.0))
        (120.0, 80.0)
        """
        return screen[0] / self.scale + self.corner_px[0], screen[1] / self.scale + self.corner_px[1]

    def about(self, screen: Point, factor: float) -> Zoom:
        """Return the view zoomed by a factor; what is under the point of the screen stays there."""
        x, y = self.to_frame(screen)
        scale = self.scale * factor
        return Zoom(scale, (x - screen[0] / scale, y - screen[1] / scale))


@dataclass(frozen=True)
class Clicks:
    """Up to three clicks on one frame; each change gives new ones, so that any can be undone.

    Attributes
    ----------
    points_px : tuple of (float, float)
        In pixels of the frame.
    before : Clicks or None
        The state before the last change.
    """

    points_px: tuple[Point, ...] = ()
    before: Clicks | None = None

    @property
    def is_complete(self) -> bool:
        """Whether there are three."""
        return len(self.points_px) == len(("first", "corner", "last"))

    def added(self, point: Point) -> Clicks:
        """Return the clicks with one more; a fourth changes nothing."""
        return self if self.is_complete else Clicks((*self.points_px, point), self)

    def dragged(self, start: Point, end: Point, zoom: Zoom | None = None) -> Clicks:
        """Return the clicks with the one nearest to `start` moved to `end`; unchanged where none is near.

        Parameters
        ----------
        start, end : (float, float)
            In pixels of the frame.
        zoom : Zoom, optional
            How the frame is shown: the nearer it is looked at, the finer a click is taken hold of.
        """
        reach_px = _GRAB_PX / (zoom or Zoom()).scale
        distances = [math.dist(point, start) for point in self.points_px]
        if not distances or min(distances) > reach_px:
            return self
        place = distances.index(min(distances))
        return Clicks((*self.points_px[:place], end, *self.points_px[place + 1:]), self)

    def undone(self) -> Clicks:
        """Return the clicks before the last change."""
        return self.before or self


class ClickedAngle(BaseModel):
    """An angle that somebody clicked on a frame.

    Attributes
    ----------
    quantity : str
        One of `CORNERS`.
    time_s : float
        Of the frame.
    points_px : three of (float, float)
        In pixels of the frame; the second is the corner.
    author : str
    """

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    quantity: str
    time_s: float = Field(ge=0)
    points_px: tuple[Point, Point, Point]
    author: str = ""

    @property
    def value_deg(self) -> float:
        """The flexion: 0 = a straight line, as our quantities count; NaN where two clicks are the same point.

        Examples
        --------
        >>> ClickedAngle(quantity="knee_flexion_deg", time_s=1, points_px=((0, 0), (0, 50), (50, 50))).value_deg
        90.0
        """
        first, corner, last = (np.array(point) for point in self.points_px)
        to_first, to_last = first - corner, last - corner
        if min(np.hypot(*to_first), np.hypot(*to_last)) < _NEAREST_PX:
            return math.nan
        cross = to_first[0] * to_last[1] - to_first[1] * to_last[0]
        return 180.0 - math.degrees(abs(math.atan2(cross, float(to_first @ to_last))))


@dataclass(frozen=True)
class Beside:
    """An angle by hand beside ours; NaN where ours is unmeasured.

    Attributes
    ----------
    hand_deg, ours_deg, difference_deg : float
        The difference is ours minus the hand's.
    band_deg : float
        Half-width of the 90 % band of ours; NaN where none is known.
    """

    hand_deg: float
    ours_deg: float
    difference_deg: float
    band_deg: float


def angle_of(clicks: Clicks, quantity: str, time_s: float, author: str = "") -> ClickedAngle:
    """Return the angle of three clicks.

    Raises
    ------
    ValueError
        There are not three, two are the same point, or the quantity cannot be clicked; the message says which.
    """
    if quantity not in CORNERS:
        raise ValueError(_("{quantity} cannot be measured by three clicks; these can: {quantities}").format(
            quantity=quantity, quantities=", ".join(CORNERS)))
    if not clicks.is_complete:
        missing = CORNERS[quantity][len(clicks.points_px)]
        raise ValueError(_("expected three clicks, got {count}: click the {point}").format(
            count=len(clicks.points_px), point=_(missing)))
    first, corner, last = clicks.points_px
    angle = ClickedAngle(quantity=quantity, time_s=time_s, points_px=(first, corner, last), author=author)
    if math.isnan(angle.value_deg):
        raise ValueError(_("two of the three clicks are the same point: drag one to where it belongs"))
    return angle


def beside(angle: ClickedAngle, track: Track) -> Beside:
    """Return the angle beside ours at the same moment."""
    at = np.array([angle.time_s])
    ours = float(value_at(track.time_s, track.columns.get(angle.quantity), at)[0])
    band = float(value_at(track.time_s, track.uncertainty.get(angle.quantity), at)[0])
    return Beside(angle.value_deg, ours, ours - angle.value_deg, band)


def as_table(angles: Sequence[ClickedAngle], source: str = "clicks") -> HandMeasurements | None:
    """Return clicked angles as a table measured by hand, for the agreement; None while no quantity has enough.

    Parameters
    ----------
    angles : sequence of ClickedAngle
    source : str
        What messages call it.
    """
    times = sorted({angle.time_s for angle in angles})
    columns = {}
    for quantity in dict.fromkeys(angle.quantity for angle in angles):
        # Of two angles of one moment the later counts, as a correction.
        values = {angle.time_s: angle.value_deg for angle in angles if angle.quantity == quantity}
        if len(values) >= ENOUGH:
            columns[quantity] = np.array([values.get(time_s, math.nan) for time_s in times])
    return HandMeasurements(source, Times(np.array(times)), columns) if columns else None
