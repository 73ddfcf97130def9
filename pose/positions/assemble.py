"""Rows of a clip -> its Track: flexions against the person's neutral, smoothed, with uncertainty and reasons."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from pose.frame.measure import Row
from pose.frame.view import ViewLimits
from pose.frame.yaw import clip_yaw_deg, trunk_thigh_angles_deg
from pose.geometry import FloatArray
from pose.positions.columns import PlainColumns, PositionColumns
from pose.positions.kneeling import folded
from pose.positions.leg_raise import UNNAMED, Raised, raised_legs
from pose.positions.position import faces_camera, position_of
from pose.positions.prone import lifted
from pose.positions.sitting import seated
from pose.positions.standing import Standing
from pose.positions.turning import turned
from pose.quantity import QUANTITIES, Position
from pose.reason import Reason, ReasonKind, Reasons, reason_column, without_reason
from pose.smooth import Smoother, bridged, running_median
from pose.spine.fit import TARGETS
from pose.spine.neutral import Neutral, find_neutral
from pose.track import Track

#: The turn is a matter of seconds, its measurement of frames: the median over this long to either side counts.
_TURN_HALF_WINDOW_S = 1.0

#: A movement can be followed and counted, though not judged, from a view that is turned or has others in it.
_FOLLOWED = ("bend_deg", "lean_deg", "view_yaw_deg", "person_height_px")

#: Measured from the front only.
_FROM_THE_FRONT = ("turn_deg", "left_turn_deg", "right_turn_deg", "side_lean_deg")

#: Bent less than this is standing, for the view.
_STANDING_BEND_DEG = 25.0

#: A value with a wider band is unmeasured: it could be a neutral back or a full bend. The widest of 76 reps of real
#: people was 41 deg; how errors grow beyond is not known.
_WIDEST_DEG = 50.0

_BACK = "spine_flexion_deg"


@dataclass(frozen=True, eq=False)
class _Measured:
    """What a position gave: its columns and bands, and the person's own upright where it has one."""

    placed: PositionColumns
    neutral: Neutral | None = None


def assemble(rows: Sequence[Row], limits: ViewLimits | None = None) -> tuple[Track, Neutral | None]:
    """Turn the rows of a clip into its track.

    Parameters
    ----------
    rows : sequence of Row
        In order of time.
    limits : ViewLimits, optional

    Returns
    -------
    track : Track
        A column for every quantity of `quantity.QUANTITIES`; NaN where unmeasured, with the reason.
    neutral : Neutral or None
        The stand or tall sit that was the zero; None where no person was seen well enough even once, or the position
        has none.
    """
    limits = limits or ViewLimits()
    time_s = np.array([row.time_s for row in rows], dtype=float)
    position, front = position_of(rows), faces_camera(rows)
    problem = reason_column(row.view.problem for row in rows)
    doubt = _doubts(rows, problem, time_s, limits, position)
    measured = _measured(rows, [row for row, why in zip(rows, doubt, strict=True) if why is None], position, front)
    raw = _plain_columns(rows) | dict(measured.placed.columns)
    reasons = {name: (problem if name in _FOLLOWED else doubt).copy() for name in QUANTITIES}
    if front:
        own = reason_column(row.view.problem or row.view.doubt for row in rows)
        reasons |= {name: own.copy() for name in _FROM_THE_FRONT}
    _out_of_place(position, front, measured.placed, reasons)
    smoother = Smoother(time_s)
    columns = {name: _cleaned(name, raw.get(name, np.full(len(rows), np.nan)), time_s, reasons[name], smoother)
               for name in QUANTITIES}
    widths = measured.placed.half_widths(columns)
    _too_unsure(columns, widths, reasons)
    notes = () if measured.placed.note is None else (measured.placed.note,)
    return Track(time_s, columns, widths, reasons, notes, position, front), measured.neutral


def _measured(rows: Sequence[Row], good: Sequence[Row], position: Position | None, front: bool) -> _Measured:
    """Measure what this position allows."""
    if front:
        return _Measured(turned(rows))
    if position is Position.SUPINE:
        return _Measured(raised_legs(rows) or PlainColumns({}))
    if position is Position.PRONE:
        return _Measured(lifted(rows))
    if position is Position.KNEELING:
        return _Measured(folded(rows))
    if position in (Position.SITTING, Position.LONG_SITTING):
        return _Measured(*seated(rows, on_floor=position is Position.LONG_SITTING))
    neutral = find_neutral(good) or find_neutral(rows)
    return _Measured(PlainColumns({}), None) if neutral is None else _Measured(Standing.of(rows, neutral), neutral)


def _out_of_place(position: Position | None, front: bool, placed: PositionColumns,
                  reasons: dict[str, Reasons]) -> None:
    """Give the reason for quantities that this position or this view does not have, in place."""
    for name, quantity in QUANTITIES.items():
        why = None
        if quantity.only and position is not None and position not in quantity.only:
            why = Reason.of(ReasonKind.OTHER_POSITION, position=position.value)
            if len(quantity.only) == 1 and quantity.only[0] is not Position.STANDING:
                why = Reason.of(ReasonKind.NEVER_IN_POSITION, position=quantity.only[0].value)
        elif name in _FROM_THE_FRONT and not front:
            why = Reason(ReasonKind.NOT_IN_FRONT)
        if why is not None:
            reasons[name][without_reason(reasons[name])] = why
    if isinstance(placed, Raised):
        for name in ("left_leg_raise_deg", "right_leg_raise_deg"):
            reasons[name][placed.unnamed & without_reason(reasons[name])] = UNNAMED


def _doubts(rows: Sequence[Row], problem: Reasons, time_s: FloatArray,
            limits: ViewLimits, position: Position | None) -> Reasons:
    """Why each frame cannot be judged: its own problem or doubt, or the turn or tilt of the seconds around it."""
    turned = np.array([row.view.turned_deg for row in rows])
    down = np.array([row.view.looking_down_deg for row in rows])
    doubts = reason_column(row.view.problem or row.view.doubt for row in rows)
    whole = without_reason(problem)
    # The line from ankles to shoulders, which tells how far a camera looks down, is upright in standing people only.
    standing = whole & (trunk_thigh_angles_deg(rows) < _STANDING_BEND_DEG)
    sure = standing if standing.sum() >= max(5, 0.05 * whole.sum()) else whole
    down_limit = limits.looking_down_deg if position in (None, Position.STANDING) else np.inf
    for values, limit, usual, kind, name in (
        (turned, limits.turned_deg, clip_yaw_deg(rows, whole), ReasonKind.TURNED, "turned_deg"),
        (np.abs(down), down_limit, float(np.median(np.abs(down[sure]))) if sure.any() else np.nan,
         ReasonKind.NOT_LEVEL, "looking_down_deg"),
    ):
        near = np.where(np.isfinite(values), running_median(time_s, values, _TURN_HALF_WINDOW_S), np.nan)
        # The whole clip's median is surer than any second of it, but a person may also turn half-way through.
        for row in np.flatnonzero(without_reason(doubts) & ((near > limit + 12) | (usual > limit))):
            doubts[row] = Reason.of(kind, **{name: round(float(np.nanmax((near[row], usual))))})
    return doubts


def _plain_columns(rows: Sequence[Row]) -> dict[str, FloatArray]:
    """Columns that need no neutral."""
    def column(read: Callable[[Row], float]) -> FloatArray:
        return np.array([read(row) for row in rows], dtype=float)

    return {
        "left_knee_flexion_deg": column(lambda row: row.left_knee_flexion_deg),
        "right_knee_flexion_deg": column(lambda row: row.right_knee_flexion_deg),
        "trunk_lean_deg": column(lambda row: row.trunk_pitch_deg),
        "view_yaw_deg": column(lambda row: row.view.turned_deg),
        "person_height_px": column(lambda row: row.view.height_px),
    }


def _cleaned(name: str, raw: FloatArray, time_s: FloatArray, why: Reasons,
             smooth: Smoother) -> FloatArray:
    """Leave out what cannot be trusted, bridge short gaps, smooth; `why` is completed in place."""
    quantity = QUANTITIES[name]
    values = np.where(without_reason(why), raw, np.nan)
    if not np.isfinite(values).any():  # another position's quantity, most often
        why[without_reason(why)] = _unmeasured(name)
        return values
    wild = (values < quantity.lowest) | (values > quantity.highest)
    values[wild] = np.nan
    values = smooth(bridged(time_s, values))
    missing = ~np.isfinite(values)
    why[~missing] = None
    why[missing & without_reason(why)] = _unmeasured(name)
    why[missing & wild] = Reason.of(ReasonKind.IMPLAUSIBLE, quantity=name)
    return values


def _too_unsure(columns: Mapping[str, FloatArray], widths: Mapping[str, FloatArray],
                reasons: Mapping[str, Reasons]) -> None:
    """Leave out, in place, a back whose band is so wide that it tells nothing."""
    width = widths.get(_BACK)
    if width is not None:
        unsure = np.isfinite(columns[_BACK]) & (width > _WIDEST_DEG)
        columns[_BACK][unsure], width[unsure] = np.nan, np.nan
        reasons[_BACK][unsure] = Reason(ReasonKind.BACK_UNLIKE)


def _unmeasured(name: str) -> Reason:
    if name in TARGETS:
        return Reason(ReasonKind.BACK_HIDDEN)
    return Reason.of(ReasonKind.NOT_MEASURABLE, quantity=name)
