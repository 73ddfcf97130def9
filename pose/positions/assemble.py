"""Rows of a clip -> its Track: flexions against the person's neutral, smoothed, with uncertainty and reasons."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from pose.arrays import FloatArray
from pose.frame.measure import Row
from pose.frame.view import ViewLimits
from pose.frame.yaw import clip_yaw_deg, trunk_thigh_angles_deg
from pose.positions.columns import PlainColumns, PositionColumns
from pose.positions.kneeling import measure_kneeling
from pose.positions.leg_raise import LEG_UNCLEAR, SupineColumns, measure_supine
from pose.positions.position import classify_position, faces_camera
from pose.positions.prone import measure_prone
from pose.positions.sitting import measure_sitting
from pose.positions.standing import StandingColumns
from pose.positions.turning import measure_turn
from pose.quantity import QUANTITIES, Position
from pose.reason import Reason, ReasonKind, Reasons, reason_column, without_reason
from pose.smooth import Smoother, bridge_gaps, running_median
from pose.spine.fit import TARGETS
from pose.spine.neutral import Neutral, find_neutral
from pose.track import Track

#: A person turns within seconds, single frames are noisy: the median over this long before and after is used.
_TURN_HALF_WINDOW_S = 1.0

#: Quantities that are also measured in a turned view or beside other people: they count reps but judge nothing.
_TRACKED = ("bend_deg", "lean_deg", "view_yaw_deg", "person_height_px")

#: Quantities that are measured from the front only.
_FRONTAL = ("turn_deg", "left_turn_deg", "right_turn_deg", "side_lean_deg")

#: A frame bent less than this is upright, for the pitch of the camera.
_UPRIGHT_BEND_DEG = 25.0

#: A value with a wider band is unmeasured: it could be a neutral back or a full bend. The widest of 76 reps of real
#: people was 41 deg; how errors grow beyond is unknown.
_MAX_BAND_DEG = 50.0

_BACK = "spine_flexion_deg"


@dataclass(frozen=True, eq=False)
class _PositionResult:
    """The result of a position: its columns and bands, and the person's neutral where it has one."""

    columns: PositionColumns
    neutral: Neutral | None = None


def assemble(rows: Sequence[Row], limits: ViewLimits | None = None) -> tuple[Track, Neutral | None]:
    """Assemble the track of a clip from its rows.

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
        The person's neutral pose; None where the person could not be measured in any frame, or the position has none.
    """
    limits = limits or ViewLimits()
    time_s = np.array([row.time_s for row in rows], dtype=float)
    position, front = classify_position(rows), faces_camera(rows)
    problem = reason_column(row.view.problem for row in rows)
    doubt = _doubts(rows, problem, time_s, limits, position)
    measured = _measure(rows, [row for row, reason in zip(rows, doubt, strict=True) if reason is None], position, front)
    raw = _plain_columns(rows) | dict(measured.columns.columns)
    reasons = {name: (problem if name in _TRACKED else doubt).copy() for name in QUANTITIES}
    if front:
        frame_reasons = reason_column(row.view.problem or row.view.doubt for row in rows)
        reasons |= {name: frame_reasons.copy() for name in _FRONTAL}
    _explain_missing(position, front, measured.columns, reasons)
    smoother = Smoother(time_s)
    columns = {name: _clean(name, raw.get(name, np.full(len(rows), np.nan)), time_s, reasons[name], smoother)
               for name in QUANTITIES}
    widths = measured.columns.band_half_widths(columns)
    _drop_uncertain(columns, widths, reasons)
    notes = () if measured.columns.note is None else (measured.columns.note,)
    return Track(time_s, columns, widths, reasons, notes, position, front), measured.neutral


def _measure(rows: Sequence[Row], good: Sequence[Row], position: Position | None, front: bool) -> _PositionResult:
    """Measure the quantities of this position."""
    if front:
        return _PositionResult(measure_turn(rows))
    if position is Position.SUPINE:
        return _PositionResult(measure_supine(rows) or PlainColumns({}))
    if position is Position.PRONE:
        return _PositionResult(measure_prone(rows))
    if position is Position.KNEELING:
        return _PositionResult(measure_kneeling(rows))
    if position in (Position.SITTING, Position.LONG_SITTING):
        return _PositionResult(*measure_sitting(rows, on_floor=position is Position.LONG_SITTING))
    neutral = find_neutral(good) or find_neutral(rows)
    if neutral is None:
        return _PositionResult(PlainColumns({}))
    return _PositionResult(StandingColumns.of(rows, neutral), neutral)


def _explain_missing(position: Position | None, front: bool, position_columns: PositionColumns,
                     reasons: dict[str, Reasons]) -> None:
    """Set, in place, the reason for quantities that this position or this view does not have."""
    for name, quantity in QUANTITIES.items():
        reason = None
        if quantity.only and position is not None and position not in quantity.only:
            reason = Reason.of(ReasonKind.OTHER_POSITION, position=position.value)
            if len(quantity.only) == 1 and quantity.only[0] is not Position.STANDING:
                reason = Reason.of(ReasonKind.NEVER_IN_POSITION, position=quantity.only[0].value)
        elif name in _FRONTAL and not front:
            reason = Reason(ReasonKind.NOT_IN_FRONT)
        if reason is not None:
            reasons[name][without_reason(reasons[name])] = reason
    if isinstance(position_columns, SupineColumns):
        for name in ("left_leg_raise_deg", "right_leg_raise_deg"):
            reasons[name][position_columns.unclear & without_reason(reasons[name])] = LEG_UNCLEAR


def _doubts(rows: Sequence[Row], problem: Reasons, time_s: FloatArray,
            limits: ViewLimits, position: Position | None) -> Reasons:
    """Return why each frame cannot be judged: its own problem or doubt, or yaw or pitch in the seconds around it."""
    turned = np.array([row.view.turned_deg for row in rows])
    down = np.array([row.view.looking_down_deg for row in rows])
    doubts = reason_column(row.view.problem or row.view.doubt for row in rows)
    whole = without_reason(problem)
    # The camera's pitch is that of the line from ankles to shoulders, which is vertical in upright people only.
    upright = whole & (trunk_thigh_angles_deg(rows) < _UPRIGHT_BEND_DEG)
    reliable = upright if upright.sum() >= max(5, 0.05 * whole.sum()) else whole
    down_limit = limits.looking_down_deg if position in (None, Position.STANDING) else np.inf
    for values, limit, usual, kind, name in (
        (turned, limits.turned_deg, clip_yaw_deg(rows, whole), ReasonKind.TURNED, "turned_deg"),
        (np.abs(down), down_limit, float(np.median(np.abs(down[reliable]))) if reliable.any() else np.nan,
         ReasonKind.NOT_LEVEL, "looking_down_deg"),
    ):
        near = np.where(np.isfinite(values), running_median(time_s, values, _TURN_HALF_WINDOW_S), np.nan)
        # The median over the clip is more reliable than any second of it, but a person may also turn half-way through.
        for row in np.flatnonzero(without_reason(doubts) & ((near > limit + 12) | (usual > limit))):
            doubts[row] = Reason.of(kind, **{name: round(float(np.nanmax((near[row], usual))))})
    return doubts


def _plain_columns(rows: Sequence[Row]) -> dict[str, FloatArray]:
    """Return the columns that need no neutral."""
    def column(read: Callable[[Row], float]) -> FloatArray:
        return np.array([read(row) for row in rows], dtype=float)

    return {
        "left_knee_flexion_deg": column(lambda row: row.left_knee_flexion_deg),
        "right_knee_flexion_deg": column(lambda row: row.right_knee_flexion_deg),
        "trunk_lean_deg": column(lambda row: row.trunk_pitch_deg),
        "view_yaw_deg": column(lambda row: row.view.turned_deg),
        "person_height_px": column(lambda row: row.view.height_px),
    }


def _clean(name: str, raw: FloatArray, time_s: FloatArray, reasons: Reasons,
           smooth: Smoother) -> FloatArray:
    """Remove implausible values, bridge short gaps, smooth; complete `reasons` in place."""
    quantity = QUANTITIES[name]
    values = np.where(without_reason(reasons), raw, np.nan)
    if not np.isfinite(values).any():  # mostly a quantity of another position
        reasons[without_reason(reasons)] = _unmeasured(name)
        return values
    implausible = (values < quantity.lowest) | (values > quantity.highest)
    values[implausible] = np.nan
    values = smooth(bridge_gaps(time_s, values))
    missing = ~np.isfinite(values)
    reasons[~missing] = None
    reasons[missing & without_reason(reasons)] = _unmeasured(name)
    reasons[missing & implausible] = Reason.of(ReasonKind.IMPLAUSIBLE, quantity=name)
    return values


def _drop_uncertain(columns: Mapping[str, FloatArray], widths: Mapping[str, FloatArray],
                    reasons: Mapping[str, Reasons]) -> None:
    """Remove, in place, values of the back with too wide a band."""
    width = widths.get(_BACK)
    if width is not None:
        uncertain = np.isfinite(columns[_BACK]) & (width > _MAX_BAND_DEG)
        columns[_BACK][uncertain], width[uncertain] = np.nan, np.nan
        reasons[_BACK][uncertain] = Reason(ReasonKind.BACK_UNLIKE)


def _unmeasured(name: str) -> Reason:
    if name in TARGETS:
        return Reason(ReasonKind.BACK_HIDDEN)
    return Reason.of(ReasonKind.NOT_MEASURABLE, quantity=name)
