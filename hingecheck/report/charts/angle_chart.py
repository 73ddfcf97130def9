"""Track + SetReport -> pictures as SVG: an angle over time, one rep's two curves (spine against hip: `trails`).

Colours, patterns and letters come from chart.css; every picture says in words what it shows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from markupsafe import Markup

from exercises.exercise_model import Exercise
from exercises.measures import label_of
from exercises.reason_words import clause
from exercises.results import Rep
from hingecheck.report import display, verdict_words, wording
from hingecheck.report.charts.svg import Axes, join, picture, runs, tag
from language.numbers import compact, number
from language.translate import _
from pose.arrays import FloatArray
from pose.quantity import QUANTITIES
from pose.track import Track

#: At most so many points to a curve: more would be finer than the picture.
_POINTS = 700
#: Shorter holes are not worth a hatched bar.
_HOLE_S = 0.1


@dataclass(frozen=True)
class Limit:
    """A line across a chart: its height, the word at its end, "watch", "fault" or "goal"."""

    value: float
    word: str
    kind: str


@dataclass(frozen=True)
class Size:
    """A picture's width and height and how many numbers its axes may carry."""

    width: float
    height: float
    x_most: int
    class_: str


WIDE = Size(960, 230, 12, "chart wide")
NARROW = Size(360, 210, 5, "chart narrow")
#: Beside the video.
COLUMN = Size(640, 210, 8, "chart wide")


def limits_of(exercise: Exercise | None, quantity: str) -> list[Limit]:
    """Return the limits that an exercise's unconditional rules set to a shown quantity, and its goal."""
    limits = []
    for rule in exercise.rules if exercise else ():
        if display.report_quantity(rule.measure) != quantity or rule.only_when:
            continue
        hard = rule.bound.at_most if rule.bound.at_most is not None else rule.bound.at_least
        text = _("limit {angle}°") if rule.bound.at_most is not None else _("at least {angle}°")
        if hard is not None:
            kind = "fault" if rule.severity == "fault" else "watch"
            limits.append(Limit(hard, text.format(angle=compact(hard)), kind))
        if rule.bound.watch is not None:
            limits.append(Limit(rule.bound.watch, _("watch {angle}°").format(angle=compact(rule.bound.watch)), "watch"))
    target = exercise.target if exercise else None
    if target is not None and display.report_quantity(target.measure) == quantity:
        limits.append(Limit(target.at, _("goal {angle}°").format(angle=compact(target.at)), "goal"))
    return limits


def measured(track: Track, quantity: str) -> bool:
    """Return whether a quantity was measured at all."""
    return quantity in track.columns and bool(np.isfinite(track.columns[quantity]).any())


def thin(values: FloatArray, count: int) -> FloatArray:
    """Return as many of the values as can be distinguished, so that a curve over `count` of them stays light."""
    return values[::max(1, -(-count // _POINTS))]


def span_of(values: Sequence[FloatArray], limits: Sequence[Limit]) -> tuple[float, float]:
    """Return round limits of a degree axis that hold the values, zero and the limit lines."""
    every = np.concatenate([np.asarray(part, dtype=float) for part in values])
    every = every[np.isfinite(every)]
    low = min([0.0, *every.tolist()]) - 2
    high = max([20.0, *every.tolist(), *(limit.value for limit in limits)]) + 6
    return float(np.floor(low / 10) * 10), float(np.ceil(high / 10) * 10)


def limit_lines(axes: Axes, limits: Sequence[Limit]) -> Markup:
    """Return the limits as lines across the picture."""
    return join([tag("line", class_=f"limit {limit.kind}", x1=axes.left, x2=axes.right, y1=axes.y(limit.value),
                     y2=axes.y(limit.value)) for limit in limits])


def limit_words(axes: Axes, limits: Sequence[Limit]) -> Markup:
    """Return the words of the limits; to be drawn after the curves, which may pass there in a narrow picture."""
    upper = max((limit.value for limit in limits), default=0.0)
    # Two limits are often close: the lower one's word hangs below its line. On the left the curves are at rest.
    return join([tag("text", limit.word, class_="tick halo", x=axes.left + 4,
                     y=axes.y(limit.value) + (-4 if limit.value == upper else 13)) for limit in limits])


def _shades(axes: Axes, reps: Sequence[Rep]) -> Markup:
    """Each rep as an upright bar in the colour and pattern of its verdict, its number and word above."""
    parts = []
    for rep in reps:
        look = verdict_words.look_of(rep)
        left, right = axes.x(max(rep.start_s, axes.x_low)), axes.x(min(rep.end_s, axes.x_high))
        wide = max(right - left, 1.0)
        label = f"{rep.index} {look.word}{'?' if rep.borderline else ''}"
        if wide < 6.6 * len(label):
            label = f"{rep.index}{'?' if rep.borderline else ''}"
        title = tag("title", _("Rep {number}: {verdict}").format(
            number=rep.index, verdict=f"{look.word}{_(', borderline') if rep.borderline else ''}"))
        parts.append(tag("g", title, tag("rect", class_=f"shade {look.tone}", x=left, y=axes.top, width=wide,
                                         height=axes.height),
                         tag("rect", class_=f"shade-top {look.tone}", x=left, y=axes.top - 4, width=wide, height=4.0),
                         tag("text", label, class_="tick mid strong", x=left + wide / 2, y=axes.top - 9)))
    return join(parts)


def holes(track: Track, quantity: str) -> list[tuple[float, float, str]]:
    """Return (start_s, end_s, reason) of every stretch in which a quantity was not measured."""
    missing = ~np.isfinite(track.columns[quantity])
    gaps = []
    for first, past in runs(missing):
        start, end = float(track.time_s[max(first - 1, 0)]), float(track.time_s[min(past, len(track) - 1)])
        if end - start >= _HOLE_S:
            why = track.why_unmeasured(quantity, start, end)
            gaps.append((start, end, "" if why is None else clause(why)))
    return gaps


def _hatches(axes: Axes, gaps: Sequence[tuple[float, float, str]]) -> Markup:
    parts = []
    for start, end, reason in gaps:
        parts.append(tag("g", tag("title", _("Not seen: {reason}").format(reason=reason) if reason else _("Not seen")),
                         tag("rect", class_="hole", x=axes.x(start), y=axes.top, width=_width(axes, start, end),
                             height=axes.height)))
    return join(parts)


def _words_of_hatches(axes: Axes, gaps: Sequence[tuple[float, float, str]]) -> Markup:
    """The same words on each that is wide enough; drawn after every line."""
    return join([tag("text", _("not seen"), class_="tick mid halo", x=(axes.x(start) + axes.x(end)) / 2,
                     y=axes.top + axes.height / 2)
                 for start, end, _why in gaps if _width(axes, start, end) > 54])


def _width(axes: Axes, start_s: float, end_s: float) -> float:
    return max(axes.x(end_s) - axes.x(start_s), 1.5)


def _curve(axes: Axes, track: Track, quantity: str, class_: str) -> Markup:
    count = len(track)
    time, values = thin(track.time_s, count), thin(track.columns[quantity], count)
    parts = []
    if quantity in track.uncertainty:
        around = thin(track.uncertainty[quantity], count)
        parts.append(tag("path", class_=f"band {class_}", d=axes.band(time, values - around, values + around)))
    parts.append(tag("path", class_=f"curve {class_}", d=axes.path(time, values)))
    return join(parts)


def over_time(track: Track, quantity: str, reps: Sequence[Rep], limits: Sequence[Limit], size: Size,
              signal: str = "") -> Markup:
    """Return one quantity over the whole clip: reps shaded by verdict, holes hatched, limits, band of uncertainty."""
    values = track.columns[quantity]
    low, high = span_of([values], limits)
    start, end = (float(track.time_s[0]), float(track.time_s[-1])) if len(track) else (0.0, 1.0)
    axes = Axes(44, 30, size.width - 54, size.height - 62, start, max(end, start + 0.1), low, high)
    gaps = holes(track, quantity)
    name = label_of(quantity) if quantity in QUANTITIES else quantity
    peaks = [" ".join(filter(None, (f"rep {rep.index}", verdict_words.look_of(rep).word.lower(),
                                    _value_text(rep, quantity, signal)))) for rep in reps]
    about = "; ".join(peaks) or _("no reps")
    if gaps:
        seconds = number(sum(end - start for start, end, _why in gaps), 1)
        about += _("; not seen for {seconds} s in all").format(seconds=seconds)
    title = _("{quantity} over time, degrees").format(quantity=name.capitalize())
    return picture(size.width, size.height, title, about, [
        _shades(axes, reps), axes.grid(" s", "\u00b0", size.x_most, 5), _hatches(axes, gaps),
        limit_lines(axes, limits), _curve(axes, track, quantity, "main"), _words_of_hatches(axes, gaps),
        limit_words(axes, limits)], size.class_, axes)


def _value_text(rep: Rep, quantity: str, signal: str) -> str:
    """The value of a quantity at the bottom of a rep, "" where reps do not carry it."""
    if quantity not in wording.ANGLES and quantity != signal:
        return ""
    return wording.amount(display.value_of(rep, quantity, signal)[0])


def of_rep(track: Track, rep: Rep, exercise: Exercise | None = None) -> Markup:
    """Return the two curves of one rep: the angle that drives it, thin, and the back's (or what is judged), thick."""
    rows = track.between(rep.start_s - 0.25, rep.end_s + 0.25)
    part = Track(track.time_s[rows], {name: column[rows] for name, column in track.columns.items()},
                 {name: column[rows] for name, column in track.uncertainty.items()},
                 {name: column[rows] for name, column in track.reasons.items()})
    wanted = display.curves(exercise)
    names = [name for name in wanted if measured(part, name)]
    # What was judged and not seen in this rep is hatched; what a clip never measures is no curve of it.
    if not names:
        return Markup("")
    thick = wanted[-1] if wanted[-1] in part.columns and (measured(track, wanted[-1])) else names[-1]
    limits = limits_of(exercise, thick)
    if len(names) > 1:  # of two curves in one picture, whose limit it is
        limits = [replace(limit, word=f"{display.short(thick)}: {limit.word}") for limit in limits]
    low, high = span_of([part.columns[name] for name in names], limits)
    axes = Axes(40, 12, 330, 146, float(part.time_s[0]), float(part.time_s[-1]) + 1e-3, low, high)
    bottom, gaps = axes.x(rep.bottom_s), holes(part, thick)
    parts = [axes.grid(" s", "\u00b0", 4, 4), _hatches(axes, gaps), limit_lines(axes, limits),
             tag("line", class_="moment", x1=bottom, x2=bottom, y1=axes.top, y2=axes.bottom)]
    for name in names:
        parts += [_curve(axes, part, name, "main" if name == thick else "quiet"), _name_at_peak(axes, part, name)]
    parts += [_words_of_hatches(axes, gaps), limit_words(axes, limits)]
    signal = exercise.signal.quantity if exercise is not None else ""
    value = _value_text(rep, thick, signal)
    at_bottom = _("; {label} {value} at the bottom").format(label=label_of(thick), value=value) if value else ""
    title = _("Rep {number}: curves").format(number=rep.index)
    return picture(380, 182, title, f"{verdict_words.look_of(rep).word}{at_bottom}", parts, "chart mini")


def _name_at_peak(axes: Axes, part: Track, name: str) -> Markup:
    """The short name of a curve where it is furthest from where it began."""
    values = part.columns[name]
    first = values[np.isfinite(values)][0]
    at = int(np.nanargmax(np.abs(values - first)))
    y = axes.y(float(values[at]))
    return tag("text", display.short(name), class_="tick mid strong halo", x=axes.x(float(part.time_s[at])),
               y=max(y - 6 if values[at] >= first else y + 14, axes.top + 8))
