"""labels.json -> Label: what a person says of a clip of a real person, in a form that can be counted.

The file is a list of objects with `file`, `exercise`, `exercise_may_be` (or nothing), `reps`, `label`, `back`, `view`,
`usable_s` (spans of seconds, or null) and `source` each.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

#: What a label says of the back that a verdict can be held against.
JUDGEABLE = ("neutral", "rounded")


@dataclass(frozen=True)
class Label:
    """What is known of a clip.

    Attributes
    ----------
    clip : Path
    exercise : str
        Id of the exercise that it is judged by; "" where the catalogue has none.
    may_be : tuple of str
        Ids that automatic detection may answer without being wrong.
    reps : int or None
        How many; None where the label is no plain number.
    back : str
        "neutral", "rounded", or anything else where no verdict can be held against it.
    view : str
    spans_s : tuple of (float, float)
        The parts of the clip that show the exercise; empty for all of it.
    source : str
        Where it comes from; clips of one source may show one person.
    judgeable : bool
        False where the label says that the clip cannot be judged at all (two people, front view).
    """

    clip: Path
    exercise: str
    may_be: tuple[str, ...]
    reps: int | None
    back: str
    view: str
    spans_s: tuple[tuple[float, float], ...]
    source: str
    judgeable: bool

    @property
    def name(self) -> str:
        """Name of the clip without its extension."""
        return self.clip.stem

    @property
    def side_on(self) -> bool:
        """Whether the view is labelled side-on, at least in the usable part."""
        return self.view.startswith("side")

    @property
    def yaw_deg(self) -> float | None:
        """The labelled turn from side-on: 0 for side-on, the middle of a range, None where none is given."""
        if self.side_on:
            return 0.0
        match = re.search(r"(\d+)(?:-(\d+))?\s*deg", self.view)
        return (float(match[1]) + float(match[2] or match[1])) / 2 if match else None

    def within(self, time_s: float) -> bool:
        """Whether a moment lies in a usable part."""
        return not self.spans_s or any(first <= time_s <= last for first, last in self.spans_s)


def read_labels(path: Path, folder: Path) -> list[Label]:
    """Read the labels of the clips in a folder."""
    return [_label(data, folder) for data in json.loads(path.read_text(encoding="utf-8"))]


def _label(data: Mapping[str, Any], folder: Path) -> Label:
    reps = str(data.get("reps", ""))
    may_be = data.get("exercise_may_be")
    back = data.get("back") or next((word for word in JUDGEABLE if data["label"].startswith(word)), "unclear")
    return Label(
        clip=folder / data["file"],
        exercise=data["exercise"],
        may_be=tuple([data["exercise"]] if may_be is None else may_be),
        reps=int(reps) if reps.isdigit() else None,
        back=back,
        view=data["view"],
        spans_s=tuple((float(first), float(last)) for first, last in data.get("usable_s") or ()),
        source=str(data.get("source", "")).split(":")[0],
        judgeable="cannot be judged" not in data["label"] or not data["view"].startswith("side"),
    )
