"""The sample clips, where the project's folder is at hand -> their files and what each shows. A wheel brings none."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

_FOLDER = Path(__file__).resolve().parents[1] / "samples"


@dataclass(frozen=True)
class Sample:
    """A clip: its file's stem, its exercise, what it shows in words, whether it is done well."""

    stem: str
    exercise: str
    words: str
    good: bool = True

    @property
    def path(self) -> Path:
        """Where it lies."""
        return _FOLDER / f"{self.stem}.mp4"


_ALL = (
    Sample("hinge_mixed", "hip_hinge", "Hip hinge: five reps, two of them rounded", False),
    Sample("hinge_neutral", "hip_hinge", "Hip hinge: the back keeps its curve"),
    Sample("toe_touch_rounded", "hip_hinge", "Hip hinge that became a toe touch: the back rounds", False),
    Sample("hinge_squatted", "hip_hinge", "Hip hinge that became a squat", False),
    Sample("forward_bend", "forward_bend", "Full forward bend, to measure a person's own range"),
    Sample("squat_neutral", "squat_lift", "Squat: the back keeps its curve"),
    Sample("squat_rounded", "squat_lift", "Squat: the back rounds at the bottom", False),
    Sample("standing_stretch_hold", "standing_hamstring_stretch", "Standing stretch, held"),
    Sample("doorway_90", "doorway_hamstring_stretch", "Doorway stretch: both sides, knee straight"),
    Sample("doorway_other_leg_lifts", "doorway_hamstring_stretch", "Doorway stretch: the other leg lifts", False),
    Sample("towel_80", "towel_hamstring_stretch", "Towel stretch, both sides"),
    Sample("wall_both_legs", "wall_hamstring_stretch", "Both legs up the wall"),
    Sample("chair_stretch", "chair_hamstring_stretch", "Chair stretch, both sides"),
    Sample("seated_extension_good", "seated_hamstring_stretch", "Leg extension in sitting: the trunk is still"),
    Sample("seated_extension_slump", "seated_hamstring_stretch", "Leg extension in sitting: the trunk slumps", False),
    Sample("prone_press_up", "prone_press_up", "Press-up lying face down"),
    Sample("knee_to_chest", "knee_to_chest", "Kneeling, folding over the thighs"),
    Sample("lumbar_rotation", "lumbar_rotation", "Turning in sitting, both sides"),
    Sample("sitting_slump", "sitting_posture", "Sitting at a desk, slumping", False),
)


def samples(exercise: str | None = None) -> tuple[Sample, ...]:
    """Return the clips that are there, of one exercise or all."""
    return tuple(one for one in _ALL if exercise in (None, one.exercise) and one.path.is_file())
