"""What the annotated video says and when: the verdict from a rep's bottom on, and the reps so far."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from hingecheck.overlay.annotated_video import annotate
from hingecheck.overlay.marks import Marker
from pose.drawing.overlay import Marks
from pose.frame.measure import Row
from pose.frame.view import View
from pose.frames import Frame
from pose.io.video import VideoReader
from tests.helpers import saved_sets

#: The third of five reps, which rounds: begins at 11.0 s, is at its bottom from 12.5 s, ends at 14.8 s.
BEFORE_S, DOWN_S, BOTTOM_S, UP_S, AFTER_S = 10.8, 11.5, 12.6, 14.5, 15.1


@pytest.fixture(scope="module")
def marker() -> Marker:
    track = saved_sets.track(unseen=4)
    rows = [Row(index, float(time_s), 1, View()) for index, time_s in enumerate(track.time_s)]
    return Marker(saved_sets.EXERCISE, saved_sets.report(unseen=4), track, rows, None)


@pytest.mark.parametrize(("time_s", "headline", "counter"), [
    (0.5, "", "rep 0 of 5"), (BEFORE_S, "", "rep 2 of 5"), (DOWN_S, "", "rep 2 of 5"),
    (BOTTOM_S, "Rounded", "rep 3 of 5"), (UP_S, "Rounded", "rep 3 of 5"), (AFTER_S, "", "rep 3 of 5"),
    (18.0, "Not judged", "rep 4 of 5"), (22.0, "Rounded", "rep 5 of 5")])
def test_the_verdict_comes_at_the_bottom_and_the_reps_are_counted(
        marker: Marker, time_s: float, headline: str, counter: str) -> None:
    marks = marker(round(time_s * saved_sets.FPS))
    assert (marks.headline, marks.counter) == (headline, counter)


def test_the_video_has_them_on_their_own_frames(tmp_path: Path) -> None:
    grey = [Frame(index, index / 10, np.full((360, 480, 3), 128, np.uint8)) for index in range(30)]
    marks = [Marks(), Marks(headline="Rounded"), Marks(counter="rep 2 of 5")]
    path = annotate(grey, lambda index: marks[index // 10], tmp_path / "annotated.mp4", 10.0)
    with VideoReader(path) as frames:
        images = [frame.image.astype(int) for frame in frames]
    assert len(images) == 30
    left, right = np.s_[280:, :240], np.s_[280:, 240:]
    for index, (in_left, in_right) in {5: (False, False), 15: (True, False), 25: (False, True)}.items():
        letters = [bool((images[index][part].min(axis=2) > 220).sum() > 50) for part in (left, right)]
        assert letters == [in_left, in_right], index
