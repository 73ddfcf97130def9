"""Frame + Marks (what was measured in it) -> drawn copy of the frame; measures nothing.

The state of the back is shown three times, so that nobody needs to see colours: by colour (Okabe and Ito's set), by the
style of the line (plain, long dashes, spikes, dots) and by a word.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np

from language.translate import _, mark
from pose.arrays import Image
from pose.drawing import fault, figure, lettering
from pose.drawing.strokes import Points
from pose.landmarks import PAIRS

State = Literal["met", "watch", "broken", "unseen"]

_COLOURS: dict[State, lettering.Colour] = {
    "met": (86, 180, 233), "watch": (240, 228, 66), "broken": (230, 110, 20), "unseen": (170, 176, 184),
}
_WORDS: dict[State, str] = {
    "met": mark("back neutral"), "watch": mark("back starts to round"), "broken": mark("back rounded"),
    "unseen": mark("back not seen"),
}


@dataclass(frozen=True, eq=False)
class Marks:
    """The marks that are drawn on one frame.

    Attributes
    ----------
    landmarks_px : ndarray of float, shape (33, 2), or None
        Pixels of the frame, in the order of `landmarks.NAMES`; None where no person was detected.
    visibility : ndarray of float, shape (33,), or None
        0 to 1; landmarks below 0.3 are not drawn. None = all are drawn.
    facing : int
        +1 = faces the right edge of the frame (flexion turns clockwise there), -1 = the left edge, 0 = unknown.
    back_px : ndarray of float, shape (k, 2), or None
        The outline of the back, in either direction.
    neutral_back_px : ndarray of float, shape (k, 2), or None
        The outline with the person's own neutral back, drawn dashed.
    hip_flexion_deg, spine_flexion_deg, knee_flexion_deg : float or None
        Written in the panel; None is written as "not seen". The arc at the hip spans exactly the value of the hip.
    back_state : "met", "watch", "broken" or "unseen"
        Gives colour, style and word of the line of the back.
    headline : str
        Verdict or cue, along the bottom.
    counter : str
        For example "rep 3 of 5".
    title : str
        Title of the panel where it is not about the back; "" = the word of `back_state`.
    values : tuple of (str, float or None), or None
        Rows of the panel, degrees; None = hip, spine and knee.
    line_px : ndarray of float, shape (k, 2), or None
        What the exercise measures (a raised leg, a lifted trunk, turned shoulders), drawn bold.
    line_text : str
        Written beside that line.
    line_side : int
        Side of the text: +1 = right in the frame, -1 = left, 0 = beyond the right end of the line.
    line_hidden : bool
        True where another line shows the same and only the text is written.
    front : bool
        True for a view from the front: no side is the far one.
    unseen_reason : str
        Why something could not be measured, under the headline.
    fault_px : ndarray of float, shape (k, 2), or None
        The line of what is at fault, drawn in the colour of faults.
    fault_joint_px : ndarray of float, shape (1, 2), or None
        Where on it the fault sits, drawn as a ring.
    fault_text : str
        Its name, written beside the ring.
    panel_side : "auto", "left" or "right"
        "auto" selects the corner with less of the person in it; a fixed one stays the same throughout a video.
    """

    landmarks_px: Points | None = None
    visibility: Points | None = None
    facing: int = 0
    back_px: Points | None = None
    neutral_back_px: Points | None = None
    hip_flexion_deg: float | None = None
    spine_flexion_deg: float | None = None
    knee_flexion_deg: float | None = None
    back_state: State = "unseen"
    title: str = ""
    values: tuple[tuple[str, float | None], ...] | None = None
    line_px: Points | None = None
    line_text: str = ""
    line_side: int = 0
    line_hidden: bool = False
    front: bool = False
    headline: str = ""
    counter: str = ""
    unseen_reason: str = ""
    fault_px: Points | None = None
    fault_joint_px: Points | None = None
    fault_text: str = ""
    panel_side: Literal["auto", "left", "right"] = "auto"

    def points(self) -> dict[str, Points | None]:
        """Return all points of the marks, by name."""
        names = ("landmarks_px", "back_px", "neutral_back_px", "line_px", "fault_px", "fault_joint_px")
        return {name: getattr(self, name) for name in names}

    def transformed(self, scale: float, corner: Sequence[float] = (0.0, 0.0)) -> Marks:
        """Return the marks for a crop of the frame that begins at `corner` and is scaled by `scale`."""
        moved: dict[str, Any] = {
            name: None if points is None else (np.asarray(points, dtype=float) - corner) * scale
            for name, points in self.points().items()}
        return replace(self, **moved)


def draw(image: Image, marks: Marks, captions: bool = True) -> Image:
    """Return a copy of the frame with the marks drawn on it.

    Parameters
    ----------
    image : ndarray of uint8, shape (height, width, 3)
        RGB. Lines and letters grow with it.
    marks : Marks
        What to draw; None is not drawn.
    captions : bool
        False draws neither panel nor banner and writes the value of the spine beside the back instead (key images).
    """
    drawn = np.ascontiguousarray(image).copy()
    draw_on(drawn, marks, captions)
    return drawn


def draw_on(drawn: Image, marks: Marks, captions: bool = True) -> None:
    """Draw the marks on the frame itself; the copy that `draw` makes of a large one takes as long as the marks."""
    # A key image is displayed small: lines and letters are bolder there.
    unit = figure.unit_px(drawn) * (1.0 if captions else 1.35)
    _draw_figure(drawn, marks, unit)
    _draw_line(drawn, marks, unit)
    if marks.fault_px is not None and marks.fault_joint_px is not None:
        fault.draw_fault(drawn, marks.fault_px, marks.fault_joint_px[0], marks.fault_text, unit)
    size = lettering.Type(max(8.5, 17 * unit))
    if captions:
        lettering.draw_panel(drawn, _rows(marks), _title(marks), _COLOURS[marks.back_state], size,
                        _panel_on_right(drawn, marks))
        lettering.draw_banner(drawn, marks.headline, marks.unseen_reason, marks.counter,
                         _COLOURS[marks.back_state] if marks.fault_px is None else fault.FAULT,
                         lettering.Type(size.capital_px * 1.15))
    elif marks.back_px is not None and marks.spine_flexion_deg is not None:
        hip = None if marks.landmarks_px is None else np.nanmean(marks.landmarks_px[list(PAIRS["hip"])], axis=0)
        text = _("spine {angle}").format(angle=_degrees(marks.spine_flexion_deg))
        figure.draw_label_beside(drawn, marks.back_px, text, -marks.facing, lettering.Type(1.2 * size.capital_px), hip)


def _draw_figure(drawn: Image, marks: Marks, unit: float) -> None:
    body = figure.Body.of(marks.landmarks_px, marks.visibility, marks.facing)
    if body is not None and marks.front:
        figure.draw_bones(drawn, figure.Body(body.far, body.near, 0), unit)
    if body is not None:
        figure.draw_bones(drawn, body, unit)
        if marks.hip_flexion_deg is not None:
            figure.draw_hip_arc(drawn, body, marks.hip_flexion_deg, unit)
        figure.draw_joints(drawn, body, unit)
    if marks.neutral_back_px is not None:
        figure.draw_neutral_back(drawn, marks.neutral_back_px, unit)
    if marks.back_px is not None:
        figure.draw_back(drawn, marks.back_px, marks.back_state, _COLOURS[marks.back_state], -marks.facing, unit)


def _title(marks: Marks) -> str:
    return marks.title or _(_WORDS[marks.back_state])


def _draw_line(drawn: Image, marks: Marks, unit: float) -> None:
    """Draw what the exercise measures bold, its angle beside it."""
    if marks.line_px is None:
        return
    if not marks.line_hidden:
        figure.draw_back(drawn, marks.line_px, "met", _COLOURS["met"], 0, 0.7 * unit)
    size = lettering.Type(max(10.0, 20 * unit))
    if marks.line_text and marks.line_side == 0:
        figure.draw_label_after(drawn, marks.line_px, marks.line_text, size)
    elif marks.line_text:
        figure.draw_label_beside(drawn, marks.line_px, marks.line_text, marks.line_side, size, marks.line_px[0])


def _rows(marks: Marks) -> list[tuple[str, str]]:
    values = marks.values
    if values is None:
        values = ((_("hip"), marks.hip_flexion_deg), (_("spine"), marks.spine_flexion_deg),
                  (_("knee"), marks.knee_flexion_deg))
    return [(name, _("not seen") if value is None else _degrees(value)) for name, value in values]


def _degrees(value: float) -> str:
    # Adding zero turns -0 into 0.
    return f"{round(value, 0) + 0:.0f}\u00b0"


def clear_side(size_px: tuple[int, int], landmarks_px: Sequence[Points]) -> Literal["left", "right"]:
    """Return the top corner that holds less of the person over many frames, for `Marks.panel_side`."""
    width, height = size_px
    if not landmarks_px:
        return "left"
    points = np.concatenate([np.asarray(frame, dtype=float).reshape(-1, 2) for frame in landmarks_px])
    upper = points[np.isfinite(points).all(axis=1) & (points[:, 1] < 0.4 * height)]
    in_left, in_right = (upper[:, 0] < 0.36 * width).sum(), (upper[:, 0] > 0.64 * width).sum()
    return "right" if in_right < in_left else "left"


def _panel_on_right(image: Image, marks: Marks) -> bool:
    side = marks.panel_side
    if side == "auto":
        landmarks = [] if marks.landmarks_px is None else [marks.landmarks_px]
        side = clear_side((image.shape[1], image.shape[0]), landmarks)
    return side == "right"
