"""Compared clips -> the same reps sorted by what may matter: view, size, spread of the bend, body, arms, clothes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import numpy as np

from bench.compare import Compared, Pair
from bench.figures import describe
from bench.tables import Table, number, percent, table

#: Names the group of a rep, or None where that is not known of its clip.
Grouping = Callable[[Compared, Pair], "str | None"]


def in_bins(value: float, edges: Sequence[float], unit: str) -> str | None:
    """Name the bin of a value: up to the first edge, between two (upper one included), or above the last."""
    if not np.isfinite(value):
        return None
    place = int(np.searchsorted(edges, value))
    if place == 0:
        return f"≤ {edges[0]:g}{unit}"
    if place == len(edges):
        return f"> {edges[-1]:g}{unit}"
    return f"{edges[place - 1]:g}–{edges[place]:g}{unit}"


def _extra(key: str) -> Grouping:
    return lambda clip, _: str(clip.truth.extra[key]) if key in clip.truth.extra else None


def _extra_bins(key: str, edges: Sequence[float], unit: str) -> Grouping:
    return lambda clip, _: in_bins(abs(float(clip.truth.extra.get(key, np.nan))), edges, unit)


def _spread(clip: Compared, _: Pair) -> str | None:
    share = clip.truth.lumbar_share
    return None if share is None else in_bins(share, (0.45, 0.6), "")


def _frame(clip: Compared, _: Pair) -> str:
    width, height = clip.truth.size_px
    return f"{width}×{height}, {'upright' if height > width else 'across'}"


def _true_spine(_: Compared, pair: Pair) -> str | None:
    return in_bins(pair.true_deg.get("spine_flexion_deg", np.nan), (20, 35, 50), "°")


def _depth(_: Compared, pair: Pair) -> str | None:
    return in_bins(pair.true_deg.get("hip_flexion_deg", np.nan), (60, 90), "°")


#: What the reps are sorted by, in the order of the page.
BREAKDOWNS: dict[str, Grouping] = {
    "turn from side-on, measured": lambda clip, _: in_bins(clip.turned_deg, (8, 15), "°"),
    "turn from side-on, true": _extra_bins("yaw_deg", (4, 8, 12), "°"),
    "size of the person": lambda clip, _: in_bins(clip.height_px, (200, 300, 400), " px"),
    "picture": _frame,
    "share of the bend in the two lowest joints": _spread,
    "true label": lambda _, pair: pair.true.expected,
    "true spine flexion": _true_spine,
    "true hip flexion": _depth,
    "arms": _extra("arms"),
    "sex": _extra("sex"),
    "weight": _extra("weight"),
    "muscle": _extra("muscle"),
    "age": _extra("age"),
    "loose shirt": _extra_bins("loose_shirt", (0.1, 0.2), ""),
}


def breakdown(clips: Iterable[Compared]) -> Table:
    """One table: per group how many reps, the mean absolute error of each angle at the bottom, and the verdicts."""
    every = [(clip, pair) for clip in clips for pair in clip.pairs]
    rows: list[tuple[str, ...]] = []
    for title, group_of in BREAKDOWNS.items():
        groups: dict[str, list[Pair]] = {}
        for clip, pair in every:
            name = group_of(clip, pair)
            if name is not None:
                groups.setdefault(name, []).append(pair)
        rows += [(f"{title}: {name}", *_cells(pairs)) for name, pairs in sorted(groups.items(), key=_order)]
    head = ("group", "reps", "spine MAE", "hip MAE", "knee MAE", "right of judged", "unseen")
    return table("Broken down", head, rows,
                 "Mean absolute error at the bottom, degrees.")


def _order(group: tuple[str, list[Pair]]) -> tuple[bool, bool, str]:
    """Bins from low to high, words by the alphabet."""
    name = group[0]
    return name.startswith(">"), not name.startswith("≤"), name


def _cells(pairs: Sequence[Pair]) -> tuple[str, ...]:
    judged = [pair for pair in pairs if pair.judged]
    right = sum(pair.right for pair in judged)
    return (
        str(len(pairs)),
        *(number(describe([pair.error(f"{angle}_flexion_deg") for pair in pairs]).mae)
          for angle in ("spine", "hip", "knee")),
        percent(right / len(judged)) if judged else "–",
        percent(sum(pair.verdict == "unseen" for pair in pairs) / len(pairs)),
    )
