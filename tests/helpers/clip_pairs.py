"""Reps with known truth and known errors, and a clip with its truth as written by the renderer."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np

from bench import proxies
from bench.compare import Compared, Pair
from bench.truth import TrueRep, Truth
from exercises.results import Angles, Rep


def true_rep(start: float, expected: str = "neutral") -> TrueRep:
    return TrueRep(start, start + 1, start + 2, start + 3, expected)


def measured_rep(start: float, verdict: str = "neutral", borderline: bool = False, spine: float | None = 10.0,
              **more: object) -> Rep:
    return Rep(index=1, start_s=start, bottom_s=start + 1, leave_s=start + 2, end_s=start + 3, verdict=verdict,
               borderline=borderline, spine_flexion_deg=spine, uncertainty_deg=Angles(spine_flexion_deg=6), **more)


def pair(expected: str, verdict: str, borderline: bool = False, true: float = 0.0, measured: float = 0.0,
         start_off: float = 0.0) -> Pair:
    proxy = dict.fromkeys(proxies.MEANING, 40.0) | {"shoulder_hip_knee": 70.0 + true}
    return Pair(1, true_rep(0, expected), measured_rep(start_off, verdict, borderline), verdict, borderline,
                {"spine_flexion_deg": true, "hip_flexion_deg": 70.0},
                {"spine_flexion_deg": measured, "hip_flexion_deg": 72.0},
                {"spine_flexion_deg": 6.0, "hip_flexion_deg": np.nan}, proxy)


PAIRS = (
    pair("neutral", "neutral", true=0, measured=4, start_off=0.1),
    pair("neutral", "rounded", borderline=True, true=10, measured=30),
    pair("rounded", "rounded", true=50, measured=45),
    pair("rounded", "neutral", true=40, measured=15),
    pair("rounded", "unseen", true=40, measured=np.nan),
)


def clip() -> Compared:
    """Return a clip of five pairs, a missed rep and an upright frame."""
    truth = Truth(Path("hinge_21_00.mp4"), "hip_hinge", (480, 854), np.array([0.0, 1.0]), {},
                  (*(pair.true for pair in PAIRS), true_rep(20, "rounded")), lumbar_share=0.6,
                  extra={"arms": "hips", "yaw_deg": -9.0})
    return Compared(truth, PAIRS, 5, "", 12.0, 200.0,
                    {"spine_flexion_deg": np.array([2.0, -4.0, np.nan, np.nan])})


def rows_of(table) -> dict[str, dict[str, str]]:
    return {row[0]: dict(zip(table.columns, row, strict=True)) for row in table.rows}


def rendered(folder: Path, name: str) -> Path:
    frames = {"hip_flexion": [0, 40, 80], "spine_flexion": [2, 2, 2], "knee_flexion": [5, 5, 5], "time": [0, 0.5, 1],
              "joints_px": {"left_hip": [[1, 2], [3, 4], [5, 6]]}}
    reps = [{"start": 0, "bottom": 0.8, "leave": 1, "end": 1, "label": "neutral", "faults": []}]
    data = {"exercise": "hip_hinge", "fps": 2, "size": [480, 854], "spine_share": [0.3, 0.25, 0.2, 0.15, 0.1],
            "reps": reps, "frames": frames}
    (folder / f"{name}.json").write_text(json.dumps(data))
    (folder / f"{name}.mp4").write_bytes(b"")
    return folder / f"{name}.mp4"
