"""Pairs of values measured by hand and by this program -> a Bland-Altman plot as SVG, in the style of `charts`."""

from __future__ import annotations

import numpy as np
from markupsafe import Markup

from exercises.measures import label_of
from exercises.results import SetReport
from hingecheck.report import set_sentences
from hingecheck.report.charts.svg import Axes, picture, tag
from hingecheck.validation.agreement import AgreementPairs, with_agreement
from hingecheck.validation.hand_measurements import HandMeasurements
from language.translate import _
from language.words import large_start
from pose.arrays import FloatArray
from pose.track import Track

#: More dots than this are a blot.
_DOTS = 400


def with_plots(report: SetReport, track: Track | None,
               by_hand: HandMeasurements) -> tuple[SetReport, dict[str, Markup]]:
    """Return the report with its agreement with angles measured by hand, and a plot per quantity."""
    report, pairs = with_agreement(report, track, by_hand)
    return report, {pair.agreement.quantity: bland_altman(pair) for pair in pairs}


def bland_altman(compared: AgreementPairs) -> Markup:
    """Return differences over means, with the bias and the 95 % limits of agreement as lines."""
    agreement = compared.agreement
    means, differences = (compared.hand + compared.ours) / 2, compared.ours - compared.hand
    low, high = agreement.limits_deg
    across = _round_range(means)
    up = _round_range(np.concatenate([differences, [low, high, 0.0]]))
    axes = Axes(46, 14, 496, 226, *across, *up)
    label = label_of(agreement.quantity)
    parts = [axes.grid("\u00b0", "\u00b0", 7, 6, _("mean of both, {label} →").format(label=label)),
             tag("text", _("↑ ours minus hand"), class_="tick halo", x=axes.left + 6, y=axes.top + 8)]
    every = max(1, -(-len(means) // _DOTS))
    parts += [tag("circle", class_="moment-dot", cx=axes.x(float(a)), cy=axes.y(float(b)), r=3.2)
              for a, b in zip(means[::every], differences[::every], strict=True)]
    for value, class_, word in ((agreement.bias_deg, "bias", "bias"), (low, "edge", ""), (high, "edge", "")):
        y = axes.y(value)
        parts.append(tag("line", class_=class_, x1=axes.left, x2=axes.right, y1=y, y2=y))
        text = f"{word} {value:+.1f}\u00b0".strip()
        parts.append(tag("text", text, class_="tick halo", x=axes.right + 6, y=y + 4))
    return picture(620, 286, _("{quantity}: agreement with hand").format(quantity=large_start(label)),
                   set_sentences.agreement(agreement), parts, "chart")


def _round_range(values: FloatArray) -> tuple[float, float]:
    """Round limits of a degree axis with a little room on both sides."""
    low, high = float(values.min()), float(values.max())
    step = 10.0 if high - low > 25 else 5.0 if high - low > 8 else 2.0
    return float(np.floor((low - 0.5) / step) * step), float(np.ceil((high + 0.5) / step) * step)
