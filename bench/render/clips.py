"""Keyframes and a way to take one picture -> a video with its exact truth beside it, as `bench.truth` reads it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

import av
import numpy as np

from pose.arrays import FloatArray, Image

#: Seconds and the values that hold then; what is not named carries on.
Keys: TypeAlias = Sequence[tuple[float, Mapping[str, float]]]
#: Values at a moment -> picture, true angles in degrees, true joints in pixels.
Shoot: TypeAlias = Callable[
    [Mapping[str, float]], tuple[Image, Mapping[str, float], Mapping[str, FloatArray]]
]


@dataclass(frozen=True)
class Take:
    """What happens in a clip.

    Attributes
    ----------
    exercise : str
        Id of the exercise.
    keys : Keys
    reps : list of dict
        Times of every rep in seconds, its label and its faults.
    about : dict
        What else is true of the clip.
    """

    exercise: str
    keys: Keys
    reps: list[dict[str, Any]]
    about: dict[str, Any] = field(default_factory=dict)


def eased(share: float) -> float:
    """From 0 to 1 without a jolt."""
    return float(0.5 - 0.5 * np.cos(np.pi * np.clip(share, 0, 1)))


def timeline(keys: Keys, fps: float) -> list[dict[str, float]]:
    """Values of every frame, eased between the keys."""
    names = sorted({name for _, values in keys for name in values})
    full, now = [], dict.fromkeys(names, 0.0)
    for time_s, values in keys:
        now = {**now, **values}
        full.append((time_s, now))
    times = [time_s for time_s, _ in full]
    frames = []
    for number in range(int(times[-1] * fps) + 1):
        time_s = number / fps
        at = int(np.searchsorted(times, time_s + 1e-9)) - 1
        (start, a), (end, b) = full[at], full[min(at + 1, len(full) - 1)]
        share = eased((time_s - start) / (end - start)) if end > start else 0.0
        frames.append({name: a[name] + share * (b[name] - a[name]) for name in names})
    return frames


def reps(
    rest: Mapping[str, float],
    peaks: Sequence[Mapping[str, float]],
    down: float = 1.6,
    hold: float = 0.8,
    up: float = 1.4,
    gap: float = 0.7,
    lead: float = 1.5,
) -> tuple[list[tuple[float, Mapping[str, float]]], list[dict[str, Any]]]:
    """Keys of one rep a peak, and each rep's times; `lead` = 0 starts at the bottom of the first."""
    keys: list[tuple[float, Mapping[str, float]]] = [(0.0, rest), (lead, rest)]
    marks, now = [], lead
    if lead == 0:
        keys = [(0.0, peaks[0]), (0.6, peaks[0])]
        now = 0.6 - down - hold
    for peak in peaks:
        bottom, leave, end = now + down, now + down + hold, now + down + hold + up
        keys += [(bottom, peak), (leave, peak), (end, rest), (end + gap, rest)]
        marks.append(
            dict(
                start=round(max(now, 0.0), 3),
                bottom=round(max(bottom, 0.0), 3),
                leave=round(leave, 3),
                end=round(end, 3),
            )
        )
        now = end + gap
    return sorted(((time_s, values) for time_s, values in keys if time_s >= 0), key=lambda key: key[0]), marks


def hold(
    rest: Mapping[str, float],
    peak: Mapping[str, float],
    seconds: float,
    rise: float = 3.0,
    lead: float = 1.5,
    tail: float = 2.0,
) -> tuple[list[tuple[float, Mapping[str, float]]], list[dict[str, Any]]]:
    """Keys of one hold, and its times."""
    leave = lead + rise + seconds
    keys = [(0.0, rest), (lead, rest), (lead + rise, peak), (leave, peak), (leave + 2, rest), (leave + 2 + tail, rest)]
    return keys, [dict(start=lead, bottom=lead + rise, leave=leave, end=leave + 2)]


def write(
    folder: Path, name: str, take: Take, shoot: Shoot, size_px: tuple[int, int], fps: int = 30, crf: int = 27
) -> None:
    """Write NAME.mp4 (H.264, quality `crf`), NAME.json (the truth) and NAME.extra.json (how it was made)."""
    columns: dict[str, list[Any]] = {}
    joints: dict[str, list[Any]] = {}
    path = folder / f"{name}.mp4"
    with av.open(str(path), "w") as box:
        stream = box.add_stream("libx264", rate=fps)
        stream.width, stream.height = size_px
        stream.pix_fmt = "yuv420p"
        stream.options = {"crf": str(crf), "preset": "fast"}
        for number, values in enumerate(timeline(take.keys, fps)):
            image, truth, points = shoot(values)
            for key, value in (dict(truth) | {"time": number / fps}).items():
                columns.setdefault(key, []).append(round(float(value), 4 if key == "time" else 2))
            for key, point in points.items():
                joints.setdefault(key, []).append([round(float(part), 1) for part in point])
            box.mux(stream.encode(av.VideoFrame.from_ndarray(image, "rgb24")))
        box.mux(stream.encode())
    truth_file = dict(
        exercise=take.exercise, fps=fps, size=size_px, reps=take.reps, frames=columns | {"joints_px": joints}
    )
    if "spine_share" in take.about:
        truth_file["spine_share"] = take.about["spine_share"]
    (folder / f"{name}.extra.json").write_text(json.dumps(take.about), encoding="utf-8")
    (folder / f"{name}.json").write_text(json.dumps(truth_file, separators=(",", ":")), encoding="utf-8")
