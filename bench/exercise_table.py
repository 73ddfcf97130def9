"""Compared clips of several exercises -> a Table: told or asked for, counted, sides, holds, planted faults."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from bench.compare import Compared
from bench.lying import broken
from bench.tables import Table, signed, table
from exercises.results import Recognition


def exercises(clips: Sequence[Compared]) -> Table | None:
    """A row a clip; None where all clips show the same exercise."""
    if len({clip.truth.exercise for clip in clips}) < 2:
        return None
    rows = [_row(clip) for clip in clips]
    right = sum(clip.recognition.exercise == clip.truth.exercise for clip in clips)
    asked = sum(clip.recognition.exercise is None for clip in clips)
    planted = sum(len(pair.true.faults) for clip in clips for pair in clip.pairs)
    caught = sum(len(set(pair.true.faults) & broken(pair)) for clip in clips for pair in clip.pairs)
    invented = sum(len(broken(pair) - set(pair.true.faults)) for clip in clips for pair in clip.pairs)
    return table("Exercises", ("clip", "exercise", "told by itself", "reps", "side", "hold, s", "faults put in",
                               "found", "invented"), rows,
                 f"Told by itself: {right} right, {asked} asked for, {len(clips) - right - asked} wrong. Faults: "
                 f"{caught} of {planted} found, {invented} invented. Hold: largest error of a clip's reps, seconds.")


def recognition_words(recognition: Recognition) -> str:
    """What the program says when it is not told which exercise a clip shows."""
    return recognition.exercise or f"asks: {' or '.join(recognition.candidates) or 'none known'}"


def _row(clip: Compared) -> tuple[str, ...]:
    planted = sorted({fault for pair in clip.pairs for fault in pair.true.faults})
    caught = sum(len(set(pair.true.faults) & broken(pair)) for pair in clip.pairs)
    invented = sorted({fault for pair in clip.pairs for fault in broken(pair) - set(pair.true.faults)})
    total = sum(len(pair.true.faults) for pair in clip.pairs)
    return (clip.name, clip.truth.exercise, recognition_words(clip.recognition),
            f"{clip.rep_count}/{len(clip.truth.reps)}", _sides(clip), _hold_error(clip), ", ".join(planted) or "–",
            f"{caught}/{total}" if total else "–", ", ".join(invented) or "–")


def _sides(clip: Compared) -> str:
    asked = [pair for pair in clip.pairs if pair.true.side]
    if not asked:
        return "–"
    right = sum(pair.rep.side == pair.true.side for pair in asked)
    unknown = sum(pair.rep.side is None for pair in asked)
    return f"{right}/{len(asked)}" + (f", {unknown} not told" if unknown else "")


def _hold_error(clip: Compared) -> str:
    errors = [pair.hold_error_s for pair in clip.pairs if np.isfinite(pair.hold_error_s)]
    return signed(max(errors, key=abs), 2) if errors else "–"
