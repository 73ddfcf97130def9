"""Compared clips of one folder -> its Section: counts, timing, verdicts, angles, proxies, breakdown, worst reps."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from bench import proxies
from bench.compare import ANGLES, ONSET, Compared, Pair, pairs_of
from bench.exercise_table import exercises
from bench.figures import Errors, auc, coverage, describe
from bench.groups import breakdown
from bench.lying import holds
from bench.tables import Section, Table, number, percent, signed, table

_VERDICTS = ("neutral", "rounded", "squatted", "shallow", "slumped", "stooped", "good", "fault", "unseen")
_LABELS = {"spine_flexion_deg": "spine", "hip_flexion_deg": "hip", "knee_flexion_deg": "knee",
           "leg_raise_deg": "leg raise", ONSET: "hip flexion where the back begins to give"}
_WORST = 8


def section(title: str, clips: Sequence[Compared], left_out: Sequence[str] = ()) -> Section:
    """Put the section of a folder together.

    Parameters
    ----------
    title : str
    clips : sequence of Compared
    left_out : sequence of str
        Clips that no exercise of the catalogue can judge yet.
    """
    lines = [f"{len(clips)} clips, {sum(len(clip.truth.reps) for clip in clips)} reps."]
    if left_out:
        lines.append(f"Left out, since the catalogue has no such exercise: {', '.join(left_out)}.")
    pairs = pairs_of(clips)
    lying, every = holds(pairs), exercises(clips)
    return Section(title, tuple(lines), (
        *([every] if every else []), counts(clips), verdicts(clips), angles(clips), timing(pairs),
        *([lying] if lying else [against_proxies(pairs)]),
        breakdown(clips), worst(clips),
    ))


def overview(folders: Sequence[tuple[str, Sequence[Compared]]]) -> Table:
    """The figures that matter most, a row a folder."""
    rows = []
    for title, clips in folders:
        pairs = pairs_of(clips)
        judged = [pair for pair in pairs if pair.judged]
        unseen = sum(pair.verdict == "unseen" for pair in pairs)
        rows.append((
            title, f"{_counted(clips)}/{len(clips)}", _right(judged), percent(unseen / len(pairs)) if pairs else "–",
            str(sum(pair.wrong_and_sure for pair in pairs)),
            *(number(_at_bottom(pairs, name).mae) for name in ANGLES),
            percent(_covered(pairs, "spine_flexion_deg")),
        ))
    return table("Every folder", ("folder", "counts right", "verdicts right of judged", "unseen", "wrong and sure",
                                 *(f"{_LABELS[name]} MAE" for name in ANGLES), "spine in its 90 % band"), rows)


def counts(clips: Sequence[Compared]) -> Table:
    """How many reps were counted, missed, made up; clips with a wrong count by name."""
    true, matched = sum(len(clip.truth.reps) for clip in clips), len(pairs_of(clips))
    wrong = [f"{clip.name} {clip.rep_count} for {len(clip.truth.reps)}" for clip in clips
             if clip.rep_count != len(clip.truth.reps)]
    refused = [f"{clip.name} ({clip.refused})" for clip in clips if clip.refused]
    note = " ".join([*(["Wrong: " + "; ".join(wrong) + "."] if wrong else []),
                     *(["Refused: " + "; ".join(refused)] if refused else [])])
    return table("Reps counted", ("clips", "count right", "reps", "matched", "missed", "made up", "clips refused"),
                 [(str(len(clips)), str(_counted(clips)), str(true), str(matched), str(true - matched),
                   str(sum(clip.rep_count for clip in clips) - matched), str(len(refused)))], note)


def verdicts(clips: Sequence[Compared]) -> Table:
    """Truth against verdict, sure and unsure apart."""
    pairs = pairs_of(clips)
    judged = [pair for pair in pairs if pair.judged]
    unseen = sum(pair.verdict == "unseen" for pair in pairs)
    rows = []
    for label in sorted({rep.expected for clip in clips for rep in clip.truth.reps}):
        mine = [pair for pair in pairs if pair.true.expected == label]
        true = sum(rep.expected == label for clip in clips for rep in clip.truth.reps)
        rows.append((label, str(true), *(_cell(mine, verdict) for verdict in _VERDICTS), str(true - len(mine))))
    sure = [pair for pair in judged if not pair.borderline]
    return table(
        "Verdicts", ("truth", "reps", *_VERDICTS, "not found"), rows,
        f"Sure + unsure (called borderline). Right: {_right(judged)} of {len(judged)} judged reps, {_right(sure)} of "
        f"the {len(sure)} sure ones. Unseen: {unseen} of {len(pairs)}. Wrong and sure: "
        f"{sum(pair.wrong_and_sure for pair in pairs)}.")


def angles(clips: Sequence[Compared]) -> Table:
    """Every angle at the bottom of the reps, and over all frames."""
    pairs = pairs_of(clips)
    rows = []
    for name in (*ANGLES, ONSET):
        here = [pair for pair in pairs if np.isfinite(pair.true_deg.get(name, np.nan))]
        frames = [clip.frame_errors[name] for clip in clips if name in clip.frame_errors]
        if here:
            width = np.array([pair.band_deg[name] for pair in here])
            label = _LABELS[name] if name == ONSET else f"{_LABELS[name]}, bottom"
            rows.append((label, *_figures(_at_bottom(here, name)), percent(_covered(here, name)),
                         "±" + number(float(np.nanmedian(width))) if np.isfinite(width).any() else "–"))
        if frames:
            rows.append((f"{_LABELS[name]}, all frames", *_figures(describe(np.concatenate(frames))), "–", "–"))
    return table("Angles", ("angle", "n", "MAE", "bias", "p95", "max", "unmeasured", "truth in 90 % band",
                            "typical band"), rows, "Degrees; measured minus true.")


def timing(pairs: Sequence[Pair]) -> Table:
    """When the reps start, reach the bottom, leave it, end."""
    errors = {
        "start": [pair.rep.start_s - pair.true.start_s for pair in pairs],
        "bottom reached": [pair.rep.bottom_s - pair.true.bottom_s for pair in pairs],
        "bottom left": [pair.rep.leave_s - pair.true.leave_s for pair in pairs],
        "end": [pair.rep.end_s - pair.true.end_s for pair in pairs],
        "time at the bottom": [pair.rep.leave_s - pair.rep.bottom_s - (pair.true.leave_s - pair.true.bottom_s)
                               for pair in pairs],
    }
    rows = [(name, str(e.n), number(e.mae, 2), signed(e.bias, 2), number(e.p95, 2), number(e.largest, 2))
            for name, e in ((name, describe(values)) for name, values in errors.items())]
    return table("Timing", ("moment", "n", "MAE", "bias", "p95", "max"), rows, "Seconds.")


def against_proxies(pairs: Sequence[Pair]) -> Table:
    """The usual shortcuts on the same frames of the same reps: as a hip angle, and for telling rounded from neutral."""
    hip = _at_bottom(pairs, "hip_flexion_deg")
    rows = [
        ("this program: hip flexion", str(hip.n), number(hip.mae), signed(hip.bias), number(hip.p95), "–"),
        ("this program: spine flexion", "–", "–", "–", "–",
         number(_separation(pairs, lambda pair: pair.measured_deg.get("spine_flexion_deg", np.nan)), 3)),
    ]
    for name, meaning in proxies.MEANING.items():
        cells = ("–", "–", "–", "–")
        if name in proxies.AS_HIP:
            e = describe([pair.proxy_deg[name] - pair.true_deg.get("hip_flexion_deg", np.nan) for pair in pairs])
            cells = (str(e.n), number(e.mae), signed(e.bias), number(e.p95))
        score = _separation(pairs, lambda pair, name=name: pair.proxy_deg[name])
        rows.append((meaning, *cells, number(score, 3) if name in proxies.AS_ROUNDING else "–"))
    return table("Against the usual proxies", ("measure", "n", "as hip flexion: MAE", "bias", "p95",
                                               "rounded against neutral: AUC"), rows,
                 "At the bottom of the same reps, degrees. AUC 1 = always in the right order, 0.5 = a coin.")


def worst(clips: Sequence[Compared]) -> Table:
    """The reps with wrong verdicts, then those whose spine is furthest off."""
    every = [(clip, pair) for clip in clips for pair in clip.pairs]
    every.sort(key=lambda item: (item[1].right or not item[1].judged,
                                 -np.nan_to_num(abs(item[1].error("spine_flexion_deg")))))
    wrong = sum(pair.judged and not pair.right for _, pair in every)
    rows = []
    for clip, pair in every[:max(_WORST, min(wrong, 2 * _WORST))]:
        extra = clip.truth.extra
        made = [str(extra[key]) for key in ("sex", "weight", "arms") if key in extra]
        made += [f"low share {clip.truth.lumbar_share:.2f}"] if clip.truth.lumbar_share is not None else []
        rows.append((f"{clip.name} #{pair.number}", pair.true.expected, pair.verdict + ("?" if pair.borderline else ""),
                     *(_true_and_measured(pair, name) for name in ANGLES[:3]),
                     "±" + number(pair.band_deg.get("spine_flexion_deg", np.nan), 0), ", ".join(made) or "–"))
    return table("Worst reps", ("rep", "truth", "verdict", "spine", "hip", "knee", "stated spine band", "made with"),
                 rows, "True → measured, degrees; wrong verdicts first (? = said to be unsure).")


def _cell(pairs: Sequence[Pair], verdict: str) -> str:
    sure, unsure = (sum(pair.verdict == verdict and pair.borderline is flag for pair in pairs)
                    for flag in (False, True))
    return f"{sure} + {unsure}" if sure or unsure else "·"


def _counted(clips: Sequence[Compared]) -> int:
    return sum(clip.rep_count == len(clip.truth.reps) for clip in clips)


def _right(judged: Sequence[Pair]) -> str:
    right = sum(pair.right for pair in judged)
    return percent(right / len(judged)) if judged else "–"


def _at_bottom(pairs: Sequence[Pair], name: str) -> Errors:
    return describe([pair.error(name) for pair in pairs if name in pair.true_deg])


def _covered(pairs: Sequence[Pair], name: str) -> float:
    return coverage([pair.error(name) for pair in pairs], [pair.band_deg.get(name, np.nan) for pair in pairs])


def _figures(e: Errors) -> tuple[str, ...]:
    return str(e.n), number(e.mae), signed(e.bias), number(e.p95), number(e.largest), percent(e.unmeasured)


def _separation(pairs: Sequence[Pair], score) -> float:
    rounded, neutral = ([score(pair) for pair in pairs if pair.true.expected == label]
                        for label in ("rounded", "neutral"))
    return auc(rounded, neutral)


def _true_and_measured(pair: Pair, name: str) -> str:
    return f"{number(pair.true_deg.get(name, np.nan), 0)} → {number(pair.measured_deg.get(name, np.nan), 0)}"
