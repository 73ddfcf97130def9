"""A clip with known truth -> Truth: its angles over time by this program's names, its reps, and how it was made.

Two files are read: `NAME.truth.json` beside a sample, and the renderer's own `NAME.json`. A third, `NAME.extra.json`,
may add what the picture was made from (body, arms, camera); without it those breakdowns are left out.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np

from exercises.load import catalogue
from pose.arrays import BoolArray, FloatArray
from pose.quantity import Position

#: Labels that are verdicts; others are remarks.
_VERDICTS = ("neutral", "rounded", "squatted", "shallow", "slumped", "stooped")

#: Spine flexion, degrees, between which a back counts as neither neutral nor rounded: within 10 of the limit for
#: rounding (40, exercises/catalogue), the error that one rep in ten has.
NEITHER_DEG = (30.0, 50.0)
NEITHER = "neither"

#: Measured as a change from the own stand.
_FROM_STAND = ("spine_flexion_deg", "hip_flexion_deg", "knee_flexion_deg")


@dataclass(frozen=True)
class TrueRep:
    """One repetition as it was made; seconds from the first frame.

    Attributes
    ----------
    start_s, bottom_s, leave_s, end_s : float
        Leaving rest, arriving at the bottom, leaving it, back at rest.
    expected : str
        The verdict it should get; "neither" where either verdict on the back will do.
    faults : tuple of str
        What was put in on purpose.
    side : str
        "left" or "right" where one leg is tested, else "".
    """

    start_s: float
    bottom_s: float
    leave_s: float
    end_s: float
    expected: str = "good"
    faults: tuple[str, ...] = ()
    side: str = ""

    @property
    def middle_s(self) -> float:
        """Middle of the bottom."""
        return (self.bottom_s + self.leave_s) / 2


@dataclass(frozen=True, eq=False)
class Truth:
    """What is known about a clip.

    Attributes
    ----------
    clip : Path
    exercise : str
        Id of the exercise that is shown.
    size_px : (int, int)
        Width and height.
    time_s : ndarray, shape (n,)
    angles : mapping of str to ndarray, shape (n,)
        Degrees; names as in `pose.quantity` where this program measures the same.
    reps : tuple of TrueRep
    joints_px : mapping of str to ndarray, shape (n, 2)
        "left_hip" and so on, picture coordinates.
    lumbar_share : float or None
        How much of the spine's flexion lies in its two lowest joints, 0 to 1.
    extra : mapping
        How the clip was made: sex, weight, muscle, age, arms, loose_shirt, yaw_deg, ... where known.
    """

    clip: Path
    exercise: str
    size_px: tuple[int, int]
    time_s: FloatArray
    angles: Mapping[str, FloatArray]
    reps: tuple[TrueRep, ...]
    joints_px: Mapping[str, FloatArray] = field(default_factory=dict)
    lumbar_share: float | None = None
    extra: Mapping[str, Any] = field(default_factory=dict)

    def at(self, name: str, time_s: float | FloatArray) -> FloatArray:
        """Angle at one or many moments, straight between frames."""
        return np.interp(time_s, self.time_s, self.angles[name])


def clips_with_truth(folder: Path) -> list[Path]:
    """Clips of a folder whose truth lies beside them, by name. A clip still being written has none yet."""
    return sorted(clip for clip in folder.glob("*.mp4") if _truth_file(clip) is not None)


def read_truth(clip: Path) -> Truth:
    """Read the truth beside a clip.

    Raises
    ------
    FileNotFoundError
        If there is none.
    """
    path = _truth_file(clip)
    if path is None:
        raise FileNotFoundError(f"{clip}: expected its truth beside it, in {clip.stem}.truth.json or {clip.stem}.json")
    data = json.loads(path.read_text(encoding="utf-8"))
    read = _compact if path.name.endswith(".truth.json") else _by_frame
    time_s, angles, joints = read(data)
    reps = tuple(_rep(rep) for rep in data["reps"])
    share = data.get("spine_share")
    width, height = data["size"]
    known = catalogue().get(data["exercise"])
    if known is not None and known.position is Position.STANDING and reps:
        angles = _from_own_stand(angles, time_s < reps[0].start_s)
        reps = tuple(_of_back(rep, time_s, angles) for rep in reps)
    return Truth(clip, data["exercise"], (width, height), time_s, _our_names(angles), reps, joints,
                 sum(share[:2]) if share else None, _extra(clip))


def _truth_file(clip: Path) -> Path | None:
    names = (f"{clip.stem}.truth.json", f"{clip.stem}.json")
    return next((clip.with_name(name) for name in names if clip.with_name(name).is_file()), None)


def _compact(data: Mapping[str, Any]) -> tuple[FloatArray, dict[str, FloatArray], dict[str, FloatArray]]:
    """As in samples: a number for an angle that never changes, the two coordinates of a joint apart."""
    time_s = np.arange(data["frame_count"]) / data["fps"]
    angles = {name: np.broadcast_to(np.asarray(values, dtype=float), time_s.shape)
              for name, values in data["angles"].items()}
    joints = {name: np.array(values, dtype=float).T for name, values in data["joints_px"].items()}
    return time_s, angles, joints


def _by_frame(data: Mapping[str, Any]) -> tuple[FloatArray, dict[str, FloatArray], dict[str, FloatArray]]:
    """As the renderer writes it: a list a quantity, degrees without the unit in the name."""
    frames = dict(data["frames"])
    time_s = np.array(frames.pop("time"), dtype=float)
    joints = {name: np.array(values, dtype=float) for name, values in frames.pop("joints_px", {}).items()}
    angles = {f"{name}_deg": np.array(values, dtype=float) for name, values in frames.items()}
    return time_s, angles, joints


def _our_names(angles: dict[str, FloatArray]) -> dict[str, FloatArray]:
    """On the back the tested thigh is measured from the floor line: that is our leg raise, not our hip flexion."""
    if "other_hip_deg" not in angles:
        return angles
    return {"leg_raise_deg" if name == "hip_flexion_deg" else name: values for name, values in angles.items()}


def _from_own_stand(angles: dict[str, FloatArray], standing: BoolArray) -> dict[str, FloatArray]:
    """Count from the own stand, as the program does: rendered people stand with hips at -12 to 5 deg, knees soft."""
    if not standing.any():
        return angles
    return {name: values - np.median(values[standing]) if name in _FROM_STAND else values
            for name, values in angles.items()}


def _of_back(rep: TrueRep, time_s: FloatArray, angles: Mapping[str, FloatArray]) -> TrueRep:
    """Let the true flexion say whether a back made neutral or rounded is one of them."""
    if rep.expected not in ("neutral", "rounded") or "spine_flexion_deg" not in angles:
        return rep
    spine_deg = float(np.interp(rep.middle_s, time_s, angles["spine_flexion_deg"]))
    return replace(rep, expected=NEITHER) if NEITHER_DEG[0] < spine_deg < NEITHER_DEG[1] else rep


def _rep(data: Mapping[str, Any]) -> TrueRep:
    faults = tuple(data.get("faults", ()))
    label = data.get("label", "")
    expected = label if label in _VERDICTS else "fault" if faults else "good"
    return TrueRep(data["start"], data["bottom"], data["leave"], data["end"], expected, faults, data.get("side", ""))


def _extra(clip: Path) -> dict[str, Any]:
    path = clip.with_name(f"{clip.stem}.extra.json")
    return dict(json.loads(path.read_text(encoding="utf-8"))) if path.is_file() else {}
