"""One arm held up is a sign; two arms, a bend, a person who lies, and an arm in passing are none."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from hingecheck.live.engine import Engine
from hingecheck.live.programme_lead import Stage
from hingecheck.live.raised_arm import HOLD_S, RaisedArm, is_raised
from pose.frames import Pose, Sighting
from pose.landmarks import PAIRS
from tests.helpers.fixture_types import SightingsOf
from tests.helpers.live_replay import RecordedDetector
from tests.helpers.stick_figure import joints, pose
from tests.hingecheck.live.test_programme import GREY, programme, waiting


def person(left: float = 0.0, right: float = 180.0, trunk: float = 0.0, seen: float = 1.0) -> Pose:
    """A standing person whose straight arms have these pitches, 0 = up; the left wrist is seen that well."""
    built = pose(joints(trunk=trunk, upper_arm=right, forearm=right))
    up = joints(trunk=trunk, upper_arm=left, forearm=left)
    for joint in ("elbow", "wrist"):
        built.landmarks_px[PAIRS[joint][0]] = up[joint]
    built.visibility[PAIRS["wrist"][0]] = seen
    return built


@pytest.mark.parametrize(("built", "raised"), [
    (person(), True), (person(left=180.0, right=0.0), True), (person(left=20.0), True),
    (person(right=0.0), False), (person(left=180.0), False), (person(left=80.0), False),
    (person(trunk=60.0), False), (person(trunk=-90.0), False), (person(seen=0.3), False),
], ids=["left", "right", "oblique", "both", "none", "level", "bent", "lying", "hidden"])
def test_what_is_the_sign(built: Pose, raised: bool) -> None:
    assert is_raised(built) is raised


def signs(*parts: tuple[Pose | None, float]) -> list[float]:
    """The times of the signs of parts of these lengths, at ten frames a second."""
    arm, times, frames = RaisedArm(), [], [one for one, seconds in parts for _ in range(round(seconds * 10))]
    for number, built in enumerate(frames):
        if arm(built, number / 10):
            times.append(number / 10)
    return times


def test_it_is_held_and_counts_once_until_the_arm_was_down() -> None:
    up, down = person(), person(left=180.0)
    assert signs((up, HOLD_S)) == []
    assert signs((down, 1.0), (up, 6.0)) == [1.0 + HOLD_S]
    assert signs((up, 1.0), (None, 0.2), (up, 1.0)) == [HOLD_S]
    assert signs((up, 1.0), (None, 0.6), (up, 1.0)) == []
    assert signs((up, 2.0), (down, 1.0), (up, 2.0)) == [HOLD_S, 3.0 + HOLD_S]


def test_no_exercise_of_the_samples_gives_it(samples: Path, recorded: SightingsOf) -> None:
    names = sorted(path.stem for path in samples.glob("*.mp4"))
    assert len(names) > 10
    for name in names:
        arm = RaisedArm()
        assert not any(arm(sighting.pose, sighting.time_s) for sighting in recorded(name)), name


def raised(sighting: Sighting) -> Sighting:
    """The same person with the left arm up."""
    assert sighting.pose is not None
    landmarks = sighting.pose.landmarks_px.copy()
    ear, hip = landmarks[PAIRS["ear"][0]], landmarks[PAIRS["hip"][0]]
    length = hip[1] - ear[1]
    for joint, above in (("elbow", 0.05), ("wrist", 0.4)):
        landmarks[PAIRS[joint][0]] = ear - np.array([0.0, above * length], dtype=np.float32)
    seen = sighting.pose.visibility.copy()
    seen[PAIRS["wrist"][0]] = 1.0
    return replace(sighting, pose=replace(sighting.pose, landmarks_px=landmarks, visibility=seen))


def test_it_skips_the_warm_up_pauses_a_set_and_goes_on(recorded: SightingsOf) -> None:
    stands = recorded("hinge_neutral")[0]
    parts = [(stands, 3.0), (raised(stands), 2.0), (stands, 12.0), (raised(stands), 2.0), (stands, 3.0),
             (raised(stands), 2.0), (stands, 1.0)]
    stream = [one for sighting, seconds in parts for one in waiting(sighting, seconds)]
    stream = [replace(one, index=number, time_s=number / 10) for number, one in enumerate(stream)]
    plan = programme(steps=[{"exercise": "hip_hinge", "reps": 4, "source": "test"}],
                     warm_up={"seconds": 60, "do": ["Walk."], "source": "test"})
    engine, stages = Engine(plan, make_detector=lambda: RecordedDetector(tuple(stream))), []
    for sighting in stream:
        engine.process(GREY, sighting.time_s)
        now = engine.snapshot()
        assert now.problem == ""
        assert now.programme is not None
        stages.append(now.programme.stage)
    engine.close()
    assert list(dict.fromkeys(stages)) == [Stage.WARM_UP, Stage.REST, Stage.SET, Stage.PAUSED]
    assert stages.index(Stage.REST) == round((3.0 + HOLD_S) * 10)
    assert stages[-1] is Stage.SET, "the third sign ends the pause"
