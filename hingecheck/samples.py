"""The sample clips, where the project's folder is at hand -> their files and what each shows. A wheel brings none."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from language.translate import _, mark

_FOLDER = Path(__file__).resolve().parents[1] / "samples"


@dataclass(frozen=True)
class Sample:
    """A clip: its file's stem, the id of its exercise, what it shows (marked), whether it is done well."""

    stem: str
    exercise: str
    shows: str
    good: bool = True

    @property
    def words(self) -> str:
        """What it shows, in the current language."""
        return _(self.shows)

    @property
    def path(self) -> Path:
        """Where it lies."""
        return _FOLDER / f"{self.stem}.mp4"


_ALL = (
    Sample("hinge_mixed", "hip_hinge",
           mark("Five reps: the back rounds a little in the third, clearly in the fifth"), False),
    Sample("hinge_neutral", "hip_hinge", mark("Four reps: the back keeps its curve")),
    Sample("toe_touch_rounded", "hip_hinge", mark("Four reps that became toe touches: the back rounds"), False),
    Sample("hinge_squatted", "hip_hinge", mark("Three reps that became squats"), False),
    Sample("hinge_hands_on_hips", "hip_hinge",
           mark("Three reps, hands on the hips: the back rounds in the third"), False),
    Sample("forward_bend", "forward_bend", mark("Two full bends, to measure a person's own range")),
    Sample("squat_neutral", "squat_lift", mark("Three reps: the back keeps its curve")),
    Sample("squat_rounded", "squat_lift", mark("Three reps: the back rounds by about 60° at the bottom"), False),
    Sample("standing_stretch_hold", "standing_hamstring_stretch", mark("Held for 24 seconds, the back long")),
    Sample("doorway_90", "doorway_hamstring_stretch", mark("Left leg, the knee straight, held for 32 seconds")),
    Sample("doorway_other_leg_lifts", "doorway_hamstring_stretch", mark("Right leg: the other leg lifts"), False),
    Sample("doorway_70_bent_knee", "doorway_hamstring_stretch", mark("Left leg: the knee is bent"), False),
    Sample("towel_80", "towel_hamstring_stretch", mark("Left leg, the knee straight, held for 22 seconds")),
    Sample("wall_both_legs", "wall_hamstring_stretch", mark("Both legs up the wall, for 14 seconds"), False),
    Sample("chair_stretch", "chair_hamstring_stretch", mark("Left leg on a second chair, held for 22 seconds")),
    Sample("seated_floor_stretch", "seated_floor_stretch", mark("Left leg straight, held for 24 seconds")),
    Sample("seated_extension_good", "seated_hamstring_stretch", mark("Three reps: the trunk is still")),
    Sample("seated_extension_slump", "seated_hamstring_stretch", mark("Three reps: the trunk slumps in two"), False),
    Sample("prone_press_up", "prone_press_up", mark("Three press-ups, lying face down")),
    Sample("knee_to_chest", "knee_to_chest", mark("Two folds over the thighs, kneeling")),
    Sample("lumbar_rotation", "lumbar_rotation", mark("One turn to the left, one to the right")),
    Sample("calf_raise", "calf_raise", mark("Four reps: the knees bend in the fourth"), False),
    Sample("sitting_slump", "sitting_posture", mark("Sitting tall, slumping, sitting tall"), False),
    Sample("standing_posture", "standing_posture", mark("Standing tall, stooping, standing tall"), False),
)


def samples(exercise: str | None = None) -> tuple[Sample, ...]:
    """Return the clips that are there, of one exercise or all."""
    return tuple(one for one in _ALL if exercise in (None, one.exercise) and one.path.is_file())
