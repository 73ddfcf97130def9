"""A quantity over time and what makes a rep (Signal) -> where the reps lie, in seconds (Span).

How it is used live: call `segment` on everything measured so far, or on what follows the end of the last finished rep
less two seconds. `finished` names the reps that no later frame can change; `under_way` is the one the person is in.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from exercises.curve import GRID_HZ, SMOOTH_S, Curve, curve, ramp
from exercises.exercise_model import Signal
from exercises.filters import FloatArray
from exercises.results import Span
from pose.track import Track

#: Where a clip ends inside a rep, the rep counts when the person came back by this share of its depth ...
CAME_BACK = 0.3
#: ... or stayed this long within a tenth of the deepest point.
STAYED_S = 0.5
#: Where a clip begins inside a rep, the deepest part was seen if the person stayed this long within a tenth of it;
#: somebody already on the way up leaves that band within 0.1 s.
SAW_BOTTOM_S = 0.15
#: A deepest point nearer to the nominal rest than this share of `enter` is no rep: the movement went the other way.
_PAST_REST = 0.6
#: Begun later, a rep still counts, though its bottom was not seen, where this many times `enter` is left to come up.
MUCH_LEFT = 2.0
#: How long after coming back past `leave_share` the person's new rest is looked for.
_REST_S = 1.5
#: A finished rep is older than all that its times are computed from.
SETTLE_S = _REST_S + SMOOTH_S
#: A rep cut by the edge of the clip while deeper than this share is not whole.
_CUT = 0.2


@dataclass(frozen=True)
class _Swing:
    """Steps of a curve: deepest point, and the two between which nothing else happened."""

    #: From here on the rest before it is looked for; the end of the swing before.
    since: int
    peak: int
    #: Came back past `leave_share`; None where the clip ends before.
    back: int | None
    #: The rest after it is looked for up to here.
    last: int
    #: Depth of the rest before it; None where the clip begins inside the rep.
    rest: float | None


def segment(track: Track, signal: Signal) -> tuple[Span, ...]:
    """Find the reps of a clip.

    A rep is a rise of at least `signal.enter` above where the person just rested (not above zero: rest drifts, and
    lifters keep 15-25 deg at lockout), over once less than `signal.leave_share` of its own depth is left. A clip that
    begins inside a rep counts it if the deepest part was seen, or (`bottom_seen=False`) if twice `signal.enter` is
    still to come up; one that ends inside counts it if the person came back
    by 30 % of its depth or stayed at the bottom for 0.5 s. Both are `whole=False`, as is a rep with a gap longer than
    `signal.bridge_s` in it: what happened there is not known, and the two sides of a gap are not counted twice.

    Parameters
    ----------
    track : Track
        With a column `signal.quantity`, NaN where unmeasured.
    signal : Signal

    Returns
    -------
    tuple of Span
        In order; `start_s` of the movement, `bottom_s` arrival at the deepest part, `leave_s` leaving it, `end_s` back
        at rest. Within 0.15 s of eased movements of 0.5 to 3 s under 3 deg of noise a frame (tests/exercises). A return
        slower than 4 s gets its `end_s` too early, since a finished rep does not wait for it.

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


def finished(spans: tuple[Span, ...], now_s: float) -> tuple[Span, ...]:
    """Return the reps that later frames cannot change: back at rest for 1.85 s at the time `now_s`."""
    return tuple(span for span in spans if span.end_s + SETTLE_S <= now_s)


def under_way(track: Track, signal: Signal) -> Span | None:
    """Return the rep that the person is in at the end of the track, or None at rest.

    Its `leave_s` and `end_s` are the last moment measured; `bottom_s` the deepest so far; `whole` is False.
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
    """Follow the turns of the curve: at rest, in a rep, or (at first) not known which."""
    swings: list[_Swing] = []
    since = low = top = 0
    rest: float | None = None
    inside, known = False, False
    for turn in _turns(depth):
        low = turn if depth[turn] < depth[low] else low
        top = turn if depth[turn] > depth[top] else top
        if not inside and depth[turn] - depth[low] >= signal.enter:
            inside, known, rest, top = True, True, float(depth[low]), turn
        elif not inside and not known and _half_at_start(depth, top, turn, signal):
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
    """Last step of the rest after a rep: a while later, or where the next rep has risen out of it."""
    after = depth[back : back + round(_REST_S * GRID_HZ) + 1]
    risen = after - np.minimum.accumulate(after) >= enter
    return back + (int(np.argmax(risen)) if risen.any() else len(after) - 1)


def _turns(depth: FloatArray) -> list[int]:
    rising = np.diff(depth) > 0
    inner = np.flatnonzero(rising[1:] != rising[:-1]) + 1
    return [0, *(int(turn) for turn in inner), len(depth) - 1]


def _half_at_start(depth: FloatArray, top: int, turn: int, signal: Signal) -> bool:
    """Whether a clip began deep: a fall that large from a depth that large cannot be a start at rest."""
    fall = depth[top] - depth[turn]
    return bool(depth[top] >= signal.enter and fall >= max(signal.enter, CAME_BACK * depth[top]))


def _saw_bottom(line: Curve, swing: _Swing) -> bool:
    """Whether the clip began before the deepest part of the rep was over."""
    if swing.rest is not None or swing.peak > line.index(line.time_s[0] + SAW_BOTTOM_S):
        return True
    deep = _deep(line, swing)
    still = int(np.argmin(deep)) if not deep.all() else len(deep)
    return bool(line.time_s[min(still, len(line) - 1)] - line.time_s[0] >= SAW_BOTTOM_S)


def _counts(line: Curve, swing: _Swing, signal: Signal) -> bool:
    """Whether enough of a rep cut by the clip's edge was seen."""
    depth, deep = line.depth, _deep(line, swing)
    if depth[swing.peak] < _PAST_REST * signal.enter:
        return False
    if not _saw_bottom(line, swing) and depth[swing.peak] < MUCH_LEFT * signal.enter:
        return False
    if swing.back is not None:
        return True
    first_deep = swing.since + int(np.argmax(deep[swing.since :]))
    stayed = line.time_s[-1] - line.time_s[first_deep] >= STAYED_S
    came_back = depth[swing.peak] - depth[-1] >= CAME_BACK * (depth[swing.peak] - (swing.rest or 0.0))
    return bool(came_back or stayed)


def _deep(line: Curve, swing: _Swing) -> NDArray[np.bool_]:
    """Which steps lie within a tenth of the depth of the deepest point."""
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
    cut = _CUT * line.depth[swing.peak]
    begins_inside = swing.rest is None or (line.index(start) <= 1 and line.depth[0] > cut)
    ends_inside = swing.back is None or (line.index(end) >= len(line) - 2 and line.depth[-1] > cut)
    whole = not (begins_inside or ends_inside or bool(line.blind[inside].any()))
    return Span(start_s=start, bottom_s=bottom, leave_s=leave, end_s=max(end, leave), whole=whole,
                bottom_seen=_saw_bottom(line, swing))


def _descent(line: Curve, swing: _Swing) -> tuple[float, float]:
    """Start of the movement, arrival at the bottom."""
    if swing.rest is None:
        return float(line.time_s[0]), float(line.time_s[int(np.argmax(_deep(line, swing)))])
    back = len(line) - 1 if swing.back is None else swing.back
    return _timed(line, swing.since, swing.peak, back, swing.rest)


def _ascent(line: Curve, swing: _Swing) -> tuple[float, float]:
    """Leaving the bottom, back at rest: a descent seen backward."""
    now = float(line.time_s[-1])
    if swing.back is None:
        return float(line.time_s[np.flatnonzero(_deep(line, swing))[-1]]), now
    last = swing.last
    flipped = Curve(-line.time_s[last::-1], line.depth[last::-1], line.near[last::-1], line.blind[last::-1])
    lowest = float(line.depth[swing.back : last + 1].min())
    end, leave = _timed(flipped, 0, last - swing.peak, last - swing.since, lowest)
    return -leave, max(-end, float(line.time_s[swing.back]))


def _timed(line: Curve, since: int, peak: int, until: int, rest: float) -> tuple[float, float]:
    """Cut one rise with its rest and plateau out of the curve and time it."""
    depth = line.depth
    quarter = 0.25 * (depth[peak] - rest)
    lowest = since + int(np.argmin(depth[since : peak + 1]))
    high = lowest + int(np.argmax(depth[lowest : peak + 1] >= depth[peak] - quarter))
    below = np.flatnonzero(depth[lowest : high + 1] <= rest + quarter)
    low = lowest + (int(below[-1]) if len(below) else 0)
    # On an eased ramp the middle half lasts a third of the whole: half as much again reaches rest and plateau.
    reach = int(np.clip(2.0 * (high - low), 0.6 * GRID_HZ, 2.5 * GRID_HZ))
    others = np.flatnonzero(depth[since:lowest] > rest + quarter)  # the neighbouring rep, where there was no rest
    since += int(others[-1]) + 1 if len(others) else 0
    turned = np.flatnonzero(depth[peak:until] < depth[peak] - quarter)
    until = peak + int(turned[0]) if len(turned) else until
    piece = slice(max(low - reach, since), min(high + reach, until) + 1)
    return ramp(line.time_s[piece], depth[piece], line.near[piece])
