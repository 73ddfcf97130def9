"""Test the video of a live set: kept where it was asked for, as long as the set, and nothing of it left elsewhere."""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np
import pytest

from exercises.load import load
from hingecheck.history import files, queries, sets
from hingecheck.history.store import open_history
from hingecheck.live.autosave import Autosave
from hingecheck.live.engine import Engine
from hingecheck.live.set_plan import make_plan
from pose.io.video import VideoReader
from tests.helpers.fixture_types import SightingsOf
from tests.helpers.live_replay import RecordedDetector, with_wait


@pytest.mark.parametrize("keep", [True, False])
def test_the_video_of_a_set_is_kept_where_asked(recorded: SightingsOf, tmp_path: Path, keep: bool,
                                               monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    sightings = with_wait(recorded("hinge_squatted"), 5.0)
    engine = Engine(make_plan(load("hip_hinge"), reps=3), Autosave("Ana", lambda: open_history(tmp_path / "data", "")),
                    make_detector=lambda: RecordedDetector(sightings))
    engine.keep_video(keep)
    for number, sighting in enumerate(sightings):
        engine.process(np.full((480, 640, 3), (number * 2) % 200, np.uint8), sighting.time_s)
    engine.close()
    assert engine.snapshot().problem == ""
    with open_history(tmp_path / "data", "") as history:
        (line,) = queries.lines(history)
        video = files.video_path(history, line.id)
        report = sets.load(history, line.id).report
        assert (video is not None) is keep
        if video is not None:
            times = [frame.time_s for frame in VideoReader(video)]
            assert times[0] == 0.0
            assert times[-1] > report.reps[-1].end_s, "the whole set, dated as its report"
            bottom = min(VideoReader(video), key=lambda frame: abs(frame.time_s - report.reps[0].bottom_s))
            assert np.ptp(np.asarray(bottom.image).reshape(-1, 3).mean(axis=1)) > 100, "the skeleton is drawn"
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith("hingecheck-live-set")] == []
