"""What was reached in each week -> a chart as SVG: typical values with their bands, the best ones, and the goal."""

from __future__ import annotations

import numpy as np
from markupsafe import Markup

from hingecheck.progress.weeks_summary import Reached
from hingecheck.report.charts import angle_chart
from hingecheck.report.charts.angle_chart import Limit
from hingecheck.report.charts.svg import Axes, join, picture, tag
from language.numbers import day
from language.translate import _
from pose.arrays import FloatArray

_WIDTH, _HEIGHT = 460.0, 205.0
#: At most so many days below the chart.
_DAYS = 4


def draw(one: Reached) -> Markup:
    """Return the chart of the weeks that have a value."""
    weeks = [(float(week.monday.toordinal()), week.typical, week.best) for week in one.weeks
             if week.typical and week.best]
    days = np.array([at for at, _typical, _best in weeks])
    typical = np.array([value.value for _at, value, _best in weeks])
    bands = np.array([value.uncertainty or 0.0 for _at, value, _best in weeks])
    best = np.array([value.value for _at, _typical, value in weeks])
    goals = [] if one.goal is None else [Limit(one.goal, _("goal {angle:.0f}°").format(angle=one.goal), "goal")]
    every = np.concatenate([typical - bands, typical + bands, best, [goal.value for goal in goals]])
    axes = Axes(40, 30, _WIDTH - 50, _HEIGHT - 58, days[0] - 4, days[-1] + max(4, (days[-1] - days[0]) / 5),
                float(np.floor(every.min() / 10) * 10), float(np.ceil((every.max() + 1) / 10) * 10))
    points = list(zip(map(axes.x, days), map(axes.y, typical), strict=True))
    spans = [tag("line", class_="zero", x1=axes.x(at), x2=axes.x(at), y1=axes.y(value - band), y2=axes.y(value + band))
             for at, value, band in zip(days, typical, bands, strict=True)]
    summits = [tag("path", class_="dot-number", d=f"M{axes.x(at):.1f} {axes.y(value) - 6:.1f} l5 9 h-10 Z")
               for at, value in zip(days, best, strict=True)]
    last_x, last_y = points[-1]
    parts = [
        tag("text", f"{one.name}: {one.label}", class_="strong", x=0, y=13), axes.grid("", "\u00b0", 0, 4),
        _days(axes, one, days), angle_chart.limit_lines(axes, goals), *spans,
        tag("path", class_="curve", d=axes.path(days, typical)), *summits,
        *(tag("circle", class_="dot good", cx=x, cy=y, r=4.0) for x, y in points),
        angle_chart.limit_words(axes, goals),
        # At the lines, rather than in a legend.
        tag("text", _("typical"), class_="halo", x=last_x + 8, y=last_y + 4),
        tag("text", _("best"), class_="halo", x=last_x + 8, y=min(axes.y(best[-1]), last_y - 14) + 4)]
    return picture(_WIDTH, _HEIGHT, f"{one.name}: {one.label}", "", parts, "chart")


def _days(axes: Axes, one: Reached, days: FloatArray) -> Markup:
    mondays = [week.monday for week in one.weeks if week.typical and week.best]
    every = max(1, -(-len(mondays) // _DAYS))
    return join([tag("text", day(monday), class_="tick mid", x=axes.x(at), y=axes.bottom + 16)
                 for monday, at in list(zip(mondays, days, strict=True))[::every]])
