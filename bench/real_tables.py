"""Judged clips of real people -> a Section: what must be shown, a row a clip, the same clip otherwise, by source."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np

from bench.real import ASKS, MATCHED, REFUSED, RIGHT, WRONG, RealClip
from bench.stands import Uprights
from bench.tables import Section, Table, number, percent, signed, table

#: Turned clips that are to be judged all the same: labelled so, degrees from side-on.
TURNED_DEG = (30.0, 45.0)


def real_section(title: str, clips: Sequence[RealClip]) -> Section:
    """Put the section together."""
    lines = (f"{len(clips)} clips of {len({clip.label.source for clip in clips})} sources; labels by eye or by a "
             "coach, no angles known. The formula's weights come from rendered people alone; how smooth it is, and the "
             "limit of 40°, were chosen with these clips in view.",)
    return Section(title, lines, (must_show(clips), by_source(clips), clip_table(clips), otherwise(clips),
                                  matched(clips)))


def must_show(clips: Sequence[RealClip]) -> Table:
    """The figures that decide, each with its limit."""
    side = [clip for clip in clips if clip.label.side_on and clip.standing and clip.label.judgeable]
    held = [clip for clip in side if clip.counts]
    judged = sum(len(clip.judged) for clip in held)
    turned = [clip for clip in clips if clip.counts and clip.label.yaw_deg is not None
              and TURNED_DEG[0] <= clip.label.yaw_deg <= TURNED_DEG[1]]
    turned_judged = [clip for clip in turned if clip.judged]
    turned_reps = sum(len(clip.judged) for clip in turned)
    auto = [clip for clip in clips if clip.label.side_on and clip.label.exercise]
    upright = [clip.upright for clip in side if np.isfinite(clip.upright.spine_deg)]
    refused = [clip for clip in side if clip.refused]
    wrong = [clip for clip in clips if clip.detected == WRONG]
    rows = [
        ("verdict right, of judged reps", f"{_share(_sum(held, 'right'), judged)} of {judged}", "≥ 95 %"),
        ("wrong and sure", str(_sum(held, "wrong_and_sure")), "0"),
        ("refused", f"{len(refused)} of {len(side)} clips", "≤ 2 of 28"),
        ("borderline, of judged reps", _share(_sum(held, "borderline"), judged), "≤ 35 %"),
        ("unseen reps", f"{_sum(held, 'unseen')} of {sum(len(c.report.reps) for c in held if not c.refused)}", ""),
        ("clips with a judged rep", f"{sum(bool(clip.judged) for clip in held)} of {len(held)}", ""),
        ("automatic: right", f"{_detected(auto, RIGHT)} of {len(auto)}", "≥ 32 of 42"),
        ("automatic: asks, refused", f"{_detected(auto, ASKS)}, {_detected(auto, REFUSED)}", ""),
        ("automatic: wrong and sure, anywhere", f"{len(wrong)} ({_offered(wrong)} offer the right one next)", "0"),
        ("clips filmed from 30 to 45°: judged", f"{len(turned_judged)} of {len(turned)}", "≥ 70 %"),
        ("clips filmed from 30 to 45°: right of judged reps",
         f"{_share(_sum(turned, 'right'), turned_reps)} of {turned_reps}, "
         f"{_sum(turned, 'wrong_and_sure')} wrong and sure",
         "≥ 90 %"),
        ("spine in upright frames, median over clips", f"{_median([abs(u.spine_deg) for u in upright])}° "
         f"(90th percentile {number(_quantile([abs(u.spine_deg) for u in upright], 0.9), 0)})", "≤ 4°"),
        ("upright frames inside the band", f"{percent(_inside(upright))} of {sum(u.frames for u in upright)} frames "
         f"(mean over clips {percent(_mean([u.inside for u in upright]))})", "90–95 %"),
    ]
    return table("What it must show", ("side-on, standing, exercise named", "measured", "must"), rows,
                 "A rep is right where its verdict agrees with what the label says of the back. Automatic: on all "
                 "side-on clips of an exercise that the catalogue has.")


def by_source(clips: Sequence[RealClip]) -> Table:
    """A row a source: whether a figure hangs on one person."""
    rows = []
    for source in sorted({clip.label.source for clip in clips}):
        own = [clip for clip in clips if clip.label.source == source and clip.label.side_on and clip.counts]
        if own:
            judged = sum(len(clip.judged) for clip in own)
            most = {back: [value for clip in own if clip.label.back == back for value in clip.most]
                    for back in ("neutral", "rounded")}
            rows.append((source.split("/")[-1], str(len(own)), f"{_sum(own, 'right')} / {judged}",
                         str(_sum(own, "wrong_and_sure")), str(_sum(own, "borderline")), str(_sum(own, "unseen")),
                         str(sum(bool(clip.refused) for clip in own)), _range(most["neutral"]),
                         _range(most["rounded"])))
    return table("By source", ("source", "clips", "right / judged", "wrong and sure", "borderline", "unseen", "refused",
                               "neutral, as judged", "rounded, as judged"), rows,
                 "Side-on, standing, labelled neutral or rounded. As judged: range over the reps of the most spine "
                 "flexion that was held.")


def clip_table(clips: Iterable[RealClip]) -> Table:
    """A row a clip."""
    rows = [(clip.name, clip.label.back, clip.label.view, _tally(clip),
             str(clip.wrong_and_sure) if clip.counts else "–", _range(clip.most), _scatter(clip),
             signed(clip.upright.spine_deg, 0), percent(clip.upright.inside),
             clip.detected if clip.recognition.exercise is None else f"{clip.detected}: {clip.recognition.exercise}")
            for clip in clips]
    return table("Clips", ("clip", "back", "view", "verdicts", "wrong and sure", "spine as judged", "scatter",
                           "upright", "inside band", "automatic"), rows,
                 "? = said to be borderline. Scatter: standard deviation over the reps of a clip, degrees.")


def otherwise(clips: Sequence[RealClip]) -> Table:
    """How much the spine changes where nothing changed but how the clip is shown."""
    rows = []
    for change in dict.fromkeys(name for clip in clips for name in clip.changes):
        values = [clip.changes[change] for clip in clips if change in clip.changes and len(clip.changes[change])]
        each = [float(np.nanmedian(np.abs(one))) for one in values if np.isfinite(one).any()]
        rows.append((change, str(len(each)), _median(each), number(_quantile(each, 0.9)),
                     number(max(each, default=np.nan))))
    flips = sum(clip.verdicts_changed for clip in clips)
    return table("The same clip otherwise", ("change", "clips", "median", "90th percentile", "largest"), rows,
                 f"Median absolute change of the spine in a clip, degrees. Verdicts that changed without a word of "
                 f"doubt: {flips}.")


def matched(clips: Sequence[RealClip]) -> Table:
    """The order of matched pairs."""
    named = {clip.name: clip for clip in clips}
    rows = []
    for neutral, rounded in MATCHED:
        if neutral in named and rounded in named:
            low, high = (float(np.median(named[name].most or [np.nan])) for name in (neutral, rounded))
            rows.append((f"{neutral} / {rounded}", number(low, 0), number(high, 0), signed(high - low, 0)))
    return table("Matched pairs", ("neutral / rounded", "neutral", "rounded", "difference"), rows,
                 "Median spine flexion as judged, degrees, of the same person in the same room.")


def _tally(clip: RealClip) -> str:
    if clip.refused:
        return f"refused: {clip.refused[:60]}"
    counted = Counter(rep.verdict + ("?" if rep.borderline else "") for rep in clip.report.reps)
    return ", ".join(f"{count} {verdict}" for verdict, count in counted.most_common()) or "no rep"


def _scatter(clip: RealClip) -> str:
    return number(float(np.std(clip.spines, ddof=1))) if len(clip.spines) > 2 else "–"


def _range(values: Sequence[float]) -> str:
    return f"{min(values):.0f} … {max(values):.0f}" if len(values) else "–"


def _sum(clips: Iterable[RealClip], name: str) -> int:
    return sum(getattr(clip, name) for clip in clips)


def _offered(clips: Iterable[RealClip]) -> int:
    return sum(clip.recognition.runner_up in clip.label.may_be for clip in clips)


def _detected(clips: Iterable[RealClip], what: str) -> int:
    return sum(clip.detected == what for clip in clips)


def _share(part: int, whole: int) -> str:
    return percent(round(part / whole, 3)) if whole else "–"


def _inside(upright: Sequence[Uprights]) -> float:
    """Share of all upright frames that are inside their band: a clip of two seconds counts as much as its frames."""
    frames = sum(one.frames for one in upright)
    return round(sum(one.inside * one.frames for one in upright) / frames, 3) if frames else np.nan


def _mean(values: Sequence[float]) -> float:
    return round(float(np.mean(values)), 3) if values else np.nan


def _median(values: Sequence[float]) -> str:
    return number(float(np.median(values)) if values else np.nan)


def _quantile(values: Sequence[float], share: float) -> float:
    return float(np.quantile(values, share)) if values else np.nan
