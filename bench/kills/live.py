"""Coach a recorded person live: every rep is saved as it comes, the set once more at its end, the display recorded.

The poses are the recorded ones of the model; frames, window analysis, drawing and saving are real.
"""

from __future__ import annotations

import time
from itertools import takewhile
from pathlib import Path

from bench.kills.home import Home
from bench.kills.recorded import CLIP
from exercises.load import load
from hingecheck.history.records import NewSet
from hingecheck.live.autosave import Autosave, SetAutosave
from hingecheck.live.engine import Engine
from hingecheck.live.set_plan import make_plan
from pose.frames import Frame, Sighting
from pose.io import recording
from pose.io.video import VideoReader, VideoWriter

_POSES = Path(__file__).resolve().parents[2] / "tests" / "data" / f"{CLIP.stem}.poses.npz"
#: Up to the end of the second hinge.
_END_S = 10.5


class _Recorded:
    """The recorded poses, frame by frame."""

    def __init__(self) -> None:
        self._sightings = iter(recording.load(_POSES))

    def detect(self, frame: Frame) -> Sighting:
        """Return the pose of the next frame."""
        sighting = next(self._sightings)
        return Sighting(frame.index, frame.time_s, sighting.size_px, sighting.pose, sighting.people)

    def close(self) -> None:
        """Nothing is held."""


class _TellingAutosave(Autosave):
    """Prints what is saved at the moment when it is: a person sees it in the window."""

    def _save(self, target: SetAutosave, new: NewSet, is_final: bool) -> None:
        super()._save(target, new, is_final)
        if not self.problem:
            print(f"saved {target.id}\n{'final' if is_final else 'reps'} {target.id} {len(new.report.reps)}")


def prepare(home: Home) -> None:
    """Nothing."""


def work(home: Home) -> None:
    """Go on until killed."""
    print("ready")
    while True:
        engine = Engine(make_plan(load("hip_hinge"), set_up=False), _TellingAutosave("Ana"), make_detector=_Recorded)
        with VideoReader(CLIP) as frames, VideoWriter(home.out / "display.mp4") as display:
            for frame in takewhile(lambda frame: frame.time_s < _END_S, frames):
                display.write(engine.process(frame.image, frame.time_s), frame.time_s)
        print(f"file {home.out / 'display.mp4'}")
        engine.close()
        while engine.snapshot().is_analysing:
            time.sleep(0.01)
        print("pass")
