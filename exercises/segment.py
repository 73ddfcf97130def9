"""Quantity over time and Signal -> the Spans of the reps, in seconds.

Live, call `segment` on everything measured so far, or on what follows two seconds before the end of the last finished
rep. `finished_reps` are those that no later frame can change; `rep_under_way` is the one that the person is in.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from exercises.curve import GRID_HZ, SMOOTH_S, Curve, curve, ramp
from exercises.exercise_model import Signal
from exercises.results import Span
from pose.arrays import BoolArray, FloatArray
from pose.track import Track

#: Where a clip ends inside a rep, the rep counts when the person returned by this share of its depth ...
RETURN_SHARE = 0.3
#: ... or stayed this long within a tenth of the deepest point.
BOTTOM_TIME_S = 0.5
#: Where a clip begins inside a rep, it has the deepest part if the person stayed this long within a tenth of it;
#: a person who is already on the way up leaves that band within 0.1 s.
BOTTOM_AT_START_S = 0.15
#: A deepest point closer to the nominal rest than this share of `enter` is not a rep: the movement was the other way.
_LEAST_PEAK = 0.6
#: Where the clip begins later, the rep counts, without its bottom, if this many times `enter` of the way up is left.
LEAST_ASCENT = 2.0
#: The person's new rest is searched for this long after the return past `leave_share`.
_REST_S = 1.5
#: A rep is finished when it is older than everything that its times are computed from.
SETTLE_S = _REST_S + SMOOTH_S
#: A rep at the edge of the clip that is deeper than this share there is incomplete.
_EDGE_SHARE = 0.2


@dataclass(frozen=True)
class _Swing:
    """One swing of a curve, as steps of it."""

    #: Start of the search for the rest before it; the end of the swing before.
    since: int
    #: The deepest point.
    peak: int
    #: Return past `leave_share`; None where the clip ends before.
    back: int | None
    #: End of the search for the rest after it.
    last: int
    #: Depth of the rest before it; None where the clip begins inside the rep.
    rest: float | None


def segment(track: Track, signal: Signal) -> tuple[Span, ...]:
    """Segment the reps of a clip.

    A rep is a rise of at least `signal.enter` above the person's last rest (not above zero: rest drifts, and lifters
    read 15-25 deg at lockout), and ends when less than `signal.leave_share` of its own depth is left. A clip that
    begins inside a rep counts it if it has the deepest part, or (`bottom_seen=False`) if twice `signal.enter` of the
    way up is left; one that ends inside counts it if the person returned by 30 % of its depth or stayed at the bottom
    for 0.5 s. Both are `whole=False`, as is a rep with a gap longer than `signal.bridge_s` in it: what happened there
    is unknown, and the two sides of a gap are not counted as two reps.

    Parameters
    ----------
    track : Track
        With a column `signal.quantity`, NaN where unmeasured.
    signal : Signal

    Returns
    -------
    tuple of Span
        In order; `start_s` of the movement, `bottom_s` arrival at the deepest part, `leave_s` departure from it,
        `end_s` return to rest. Within 0.15 s for eased movements of 0.5 to 3 s with a noise of 3 deg per frame
        (tests/exercises). For a return slower than 4 s `end_s` is too early, since a finished rep does not wait for it.

    Raises
    ------
    KeyError
        The track has no such column.
    """
    line = depth_curve(track, signal)
    if line is None:
        return ()
    spans: list[Span] = []
    for swing in _swings(line.depth, signal):
        if _counts(line, swing, signal):
            span = _span(line, swing, spans[-1].end_s if spans else None)
            if span.end_s - span.start_s >= signal.shortest_s:
                spans.append(span)
    return tuple(spans)


def finished_reps(spans: tuple[Span, ...], now_s: float) -> tuple[Span, ...]:
    """Return the reps that later frames cannot change: at rest again for 1.85 s at the time `now_s`."""
    return tuple(span for span in spans if span.end_s + SETTLE_S <= now_s)


def rep_under_way(track: Track, signal: Signal) -> Span | None:
    """Return the rep that the person is in at the end of the track, or None at rest.

    Its `leave_s` and `end_s` are the last measured time; `bottom_s` is the deepest so far; `whole` is False.
    """
    line = depth_curve(track, signal)
    swings = _swings(line.depth, signal) if line is not None else []
    if line is None or not swings or swings[-1].back is not None:
        return None
    swing, now = swings[-1], float(line.time_s[-1])
    start, _ = _descent(line, swing)
    return Span(start_s=start, bottom_s=float(line.time_s[swing.peak]), leave_s=now, end_s=now, whole=False)


def depth_curve(track: Track, signal: Signal) -> Curve | None:
    """Return the signal as a smooth curve of depth; None where too little of it was measured."""
    values = track.columns[signal.quantity]
    depth = signal.rest - values if signal.falls else values - signal.rest
    return curve(track.time_s, depth, signal.bridge_s)


def _swings(depth: FloatArray, signal: Signal) -> list[_Swing]:
    """Divide the curve into swings; at first it is unknown whether the person is at rest or in a rep."""
    swings: list[_Swing] = []
    since = low = top = 0
    rest: float | None = None
    inside, known = False, False
    for turn in _turns(depth):
        low = turn if depth[turn] < depth[low] else low
        top = turn if depth[turn] > depth[top] else top
        if not inside and depth[turn] - depth[low] >= signal.enter:
            inside, known, rest, top = True, True, float(depth[low]), turn
        elif not inside and not known and _begins_deep(depth, top, turn, signal):
            inside, known = True, True
        if inside:
            base = 0.0 if rest is None else rest
            leave = base + signal.leave_share * (depth[top] - base)
            if depth[turn] < leave:
                back = top + int(np.argmax(depth[top:] < leave))
                swings.append(_Swing(since, top, back, _rest_until(depth, back, signal.enter), rest))
                inside, since, low = False, back, turn
    if inside:
        swings.append(_Swing(since, top, None, len(depth) - 1, rest))
    return swings


def _rest_until(depth: FloatArray, back: int, enter: float) -> int:
    """Return the last step of the rest after a rep: at the end of `_REST_S`, or where the next rep begins."""
    after = depth[back : back + round(_REST_S * GRID_HZ) + 1]
    risen = after - np.minimum.accumulate(after) >= enter
    return back + (int(np.argmax(risen)) if risen.any() else len(after) - 1)


def _turns(depth: FloatArray) -> list[int]:
    rising = np.diff(depth) > 0
    inner = np.flatnonzero(rising[1:] != rising[:-1]) + 1
    return [0, *(int(turn) for turn in inner), len(depth) - 1]


def _begins_deep(depth: FloatArray, top: int, turn: int, signal: Signal) -> bool:
    """Return whether a clip begins inside a rep: so large a fall from such a depth cannot begin at rest."""
    fall = depth[top] - depth[turn]
    return bool(depth[top] >= signal.enter and fall >= max(signal.enter, RETURN_SHARE * depth[top]))


def _has_bottom(line: Curve, swing: _Swing) -> bool:
    """Return whether the clip has the deepest part of the rep."""
    if swing.rest is not None or swing.peak > line.index(line.time_s[0] + BOTTOM_AT_START_S):
        return True
    deep = _deep(line, swing)
    still = int(np.argmin(deep)) if not deep.all() else len(deep)
    return bool(line.time_s[min(still, len(line) - 1)] - line.time_s[0] >= BOTTOM_AT_START_S)


def _counts(line: Curve, swing: _Swing, signal: Signal) -> bool:
    """Return whether the clip has enough of a rep at its edge."""
    depth, deep = line.depth, _deep(line, swing)
    if depth[swing.peak] < _LEAST_PEAK * signal.enter:
        return False
    if not _has_bottom(line, swing) and depth[swing.peak] < LEAST_ASCENT * signal.enter:
        return False
    if swing.back is not None:
        return True
    first_deep = swing.since + int(np.argmax(deep[swing.since :]))
    stayed = line.time_s[-1] - line.time_s[first_deep] >= BOTTOM_TIME_S
    returned = depth[swing.peak] - depth[-1] >= RETURN_SHARE * (depth[swing.peak] - (swing.rest or 0.0))
    return bool(returned or stayed)


def _deep(line: Curve, swing: _Swing) -> BoolArray:
    """Return which steps are within a tenth of the depth of the deepest point."""
    peak = line.depth[swing.peak]
    return np.asarray(line.depth >= peak - 0.1 * (peak - (swing.rest or 0.0)))


def _span(line: Curve, swing: _Swing, after_s: float | None) -> Span:
    start, bottom = _descent(line, swing)
    leave, end = _ascent(line, swing)
    if after_s is not None:
        start = max(start, after_s)
    bottom = max(bottom, start)
    if leave < bottom:  # a turn without a pause
        leave = bottom = float(np.clip((leave + bottom) / 2, start, end))
    inside = slice(line.index(start), line.index(end) + 1)
    edge = _EDGE_SHARE * line.depth[swing.peak]
    begins_inside = swing.rest is None or (line.index(start) <= 1 and line.depth[0] > edge)
    ends_inside = swing.back is None or (line.index(end) >= len(line) - 2 and line.depth[-1] > edge)
    whole = not (begins_inside or ends_inside or bool(line.blind[inside].any()))
    return Span(start_s=start, bottom_s=bottom, leave_s=leave, end_s=max(end, leave), whole=whole,
                bottom_seen=_has_bottom(line, swing))


def _descent(line: Curve, swing: _Swing) -> tuple[float, float]:
    """Return start of the movement and arrival at the bottom."""
    if swing.rest is None:
        return float(line.time_s[0]), float(line.time_s[int(np.argmax(_deep(line, swing)))])
    back = len(line) - 1 if swing.back is None else swing.back
    return _rise_times(line, swing.since, swing.peak, back, swing.rest)


def _ascent(line: Curve, swing: _Swing) -> tuple[float, float]:
    """Return departure from the bottom and return to rest: a descent in reversed time."""
    now = float(line.time_s[-1])
    if swing.back is None:
        return float(line.time_s[np.flatnonzero(_deep(line, swing))[-1]]), now
    last = swing.last
    flipped = Curve(-line.time_s[last::-1], line.depth[last::-1], line.near[last::-1], line.blind[last::-1])
    lowest = float(line.depth[swing.back : last + 1].min())
    end, leave = _rise_times(flipped, 0, last - swing.peak, last - swing.since, lowest)
    return -leave, max(-end, float(line.time_s[swing.back]))


def _rise_times(line: Curve, since: int, peak: int, until: int, rest: float) -> tuple[float, float]:
    """Select one rise with its rest and plateau from the curve and time it."""
    depth = line.depth
    quarter = 0.25 * (depth[peak] - rest)
    lowest = since + int(np.argmin(depth[since : peak + 1]))
    high = lowest + int(np.argmax(depth[lowest : peak + 1] >= depth[peak] - quarter))
    below = np.flatnonzero(depth[lowest : high + 1] <= rest + quarter)
    low = lowest + (int(below[-1]) if len(below) else 0)
    # On an eased ramp the middle half of the depth takes a third of the time: this reaches rest and plateau.
    reach = int(np.clip(2.0 * (high - low), 0.6 * GRID_HZ, 2.5 * GRID_HZ))
    others = np.flatnonzero(depth[since:lowest] > rest + quarter)  # the neighbouring rep, where there was no rest
    since += int(others[-1]) + 1 if len(others) else 0
    falls = np.flatnonzero(depth[peak:until] < depth[peak] - quarter)
    until = peak + int(falls[0]) if len(falls) else until
    piece = slice(max(low - reach, since), min(high + reach, until) + 1)
    return ramp(line.time_s[piece], depth[piece], line.near[piece])
