"""Angles measured by hand -> a table: theirs, ours at the same moment, the difference."""

from __future__ import annotations

import math
from collections.abc import Sequence

from exercises.measures import label_of
from hingecheck.history.records import HandAngle
from hingecheck.pages import elements
from hingecheck.validation.clicked_angles import ClickedAngle, beside
from language.numbers import localised, number
from language.translate import _
from language.words import large_start
from pose.track import Track


def draw(angles: Sequence[HandAngle], track: Track | None) -> None:
    """Draw the table, in the order of the moments; nothing while there is no angle."""
    ordered = sorted((one.angle for one in angles), key=lambda angle: (angle.quantity, angle.time_s))
    if ordered:
        elements.piece("hand_angles", rows=[_row(angle, track) for angle in ordered])


def name_of(angle: ClickedAngle) -> str:
    """Return an angle in one line, to choose it from a list."""
    return _("{label} at {time_s} s: {angle_deg}°, {author}").format(
        label=_label(angle), time_s=number(angle.time_s, 2), angle_deg=number(angle.value_deg, 1), author=angle.author)


def _label(angle: ClickedAngle) -> str:
    return large_start(label_of(angle.quantity))


def _row(angle: ClickedAngle, track: Track | None) -> tuple[str, ...]:
    ours, difference = _("not on this computer") if track is None else _("not seen"), ""
    both = None if track is None else beside(angle, track)
    if both is not None and not math.isnan(both.ours_deg):
        band = "" if math.isnan(both.band_deg) else f" \u00b1 {number(both.band_deg, 1)}"
        ours = f"{number(both.ours_deg, 1)}{band}\u00b0"
        difference = f"{localised(f'{both.difference_deg:+.1f}')}\u00b0"
    return (_label(angle), f"{number(angle.time_s, 2)} s", f"{number(angle.value_deg, 1)}\u00b0", ours, difference,
            angle.author)
