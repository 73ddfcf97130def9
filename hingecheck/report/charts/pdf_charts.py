"""Track + SetReport -> the curves of `charts` as images (PNG), for documents that cannot show the page's SVG."""

from __future__ import annotations

from io import BytesIO

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from exercises.exercise_model import Exercise
from exercises.measures import label_of
from exercises.results import SetReport
from hingecheck.report import display, verdict_words
from hingecheck.report.charts import angle_chart
from language.translate import _
from language.words import large_start
from pose.quantity import QUANTITIES
from pose.track import Track

_SIZE_IN, _DPI = (7.0, 1.75), 200
_INK, _QUIET, _CURVE = "#1b2026", "#59636e", "#0072b2"
#: Face and hatch of a rep's bar by its tone: for those who see no colours, and for printers without.
_BARS = {"good": ("#dcecf7", ""), "watch": ("#f6ecc9", "///"), "fault": ("#f8dfcd", "xxx"),
         "unseen": ("#e4e7ea", "...")}
_LINES = {"watch": ("#8a6400", (0, (2, 2))), "fault": ("#b84a00", (0, (6, 3))),
          "goal": ("#59636e", (0, (1, 2)))}


def curves(track: Track | None, report: SetReport, exercise: Exercise | None) -> list[bytes]:
    """Return an image for each quantity that the exercise shows and the clip measured; none without a track."""
    if track is None or not len(track):
        return []
    return [_picture(track, name, report, exercise) for name in display.curves(exercise)
            if angle_chart.measured(track, name)]


def _picture(track: Track, quantity: str, report: SetReport, exercise: Exercise | None) -> bytes:
    figure = Figure(_SIZE_IN, layout="constrained")
    axes = figure.subplots()
    limits = angle_chart.limits_of(exercise, quantity)
    low, high = angle_chart.span_of([track.columns[quantity]], limits)
    axes.set(xlim=(float(track.time_s[0]), float(track.time_s[-1])), ylim=(low, high))
    _bars(axes, report)
    for limit in limits:
        colour, dashes = _LINES[limit.kind]
        axes.axhline(limit.value, color=colour, linestyle=dashes, linewidth=0.9)
        axes.annotate(limit.word, (0.004, limit.value), xycoords=("axes fraction", "data"), xytext=(0, 2),
                      textcoords="offset points", fontsize=6, color=colour)
    _curve(axes, track, quantity)
    label = label_of(quantity) if quantity in QUANTITIES else quantity
    axes.set_title(large_start(label), loc="left", fontsize=9, color=_INK, pad=12)
    axes.tick_params(labelsize=7, colors=_QUIET, length=2)
    axes.xaxis.set_major_formatter("{x:g} s")
    axes.yaxis.set_major_formatter("{x:g}\u00b0")
    axes.spines[["top", "right"]].set_visible(False)
    packed = BytesIO()
    figure.savefig(packed, format="png", dpi=_DPI)
    return packed.getvalue()


def _bars(axes: Axes, report: SetReport) -> None:
    """Each rep as an upright bar, its number and word above where there is room."""
    start, end = axes.get_xlim()
    for rep in report.reps:
        look = verdict_words.look_of(rep)
        face, hatch = _BARS[look.tone]
        axes.axvspan(rep.start_s, rep.end_s, facecolor=face, edgecolor="white", hatch=hatch, linewidth=0)
        word = f"{rep.index} {look.word}{'?' if rep.borderline else ''}"
        if (rep.end_s - rep.start_s) / (end - start) < 0.012 * len(word):
            word = str(rep.index)
        axes.annotate(word, ((rep.start_s + rep.end_s) / 2, 1), xycoords=("data", "axes fraction"), xytext=(0, 2),
                      textcoords="offset points", ha="center", fontsize=7, color=_INK, annotation_clip=False)


def _curve(axes: Axes, track: Track, quantity: str) -> None:
    """The curve with its band; what was not seen is named, and left open."""
    count = len(track)
    time_s, values = angle_chart.thin(track.time_s, count), angle_chart.thin(track.columns[quantity], count)
    if quantity in track.uncertainty:
        around = angle_chart.thin(track.uncertainty[quantity], count)
        axes.fill_between(time_s, values - around, values + around, color=_CURVE, alpha=0.16, linewidth=0)
    axes.plot(time_s, values, color=_CURVE, linewidth=1.2)
    for start, end, _why in angle_chart.holes(track, quantity):
        axes.axvspan(start, end, facecolor="none", edgecolor=_QUIET, hatch="\\\\\\", linewidth=0, alpha=0.6)
        if end - start > 0.06 * float(np.ptp(track.time_s)):
            axes.annotate(_("not seen"), ((start + end) / 2, 0.5), xycoords=("data", "axes fraction"), ha="center",
                          fontsize=6, color=_INK, bbox={"facecolor": "white", "edgecolor": "none", "pad": 1})
