"""A sample filmed with the camera on its side: noticed, turned, judged as the upright one; or turned by hand."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from exercises.results import SetReport
from hingecheck.analysis.pipeline import Options, analyse
from pose.io.video import VideoReader, VideoWriter

SAMPLE = Path(__file__).resolve().parents[3] / "samples" / "hinge_neutral.mp4"
END_S = 10.0


@pytest.fixture(scope="module")
def on_its_side(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The first two reps, turned a quarter to the left, without a word in the file."""
    path = tmp_path_factory.mktemp("side") / "side.mp4"
    with VideoReader(SAMPLE, end_s=END_S) as frames, VideoWriter(path, frames.info.fps) as writer:
        for frame in frames:
            writer.write(np.ascontiguousarray(np.rot90(frame.image)), frame.time_s)
    return path


def reps(report: SetReport) -> list[tuple[str, float]]:
    return [(rep.verdict, round(rep.bottom_s, 1)) for rep in report.reps]


def test_a_picture_on_its_side_is_turned_and_judged(on_its_side: Path) -> None:
    analysis = analyse(on_its_side, Options(exercise=None))
    assert analysis.turn_deg == analysis.report.picture_turn_deg == 90
    assert analysis.report.exercise == "hip_hinge"
    assert [verdict for verdict, _ in reps(analysis.report)] == ["neutral", "neutral"]
    assert "--turn 90" in analysis.report.reasons[-1]
    by_hand = analyse(on_its_side, Options(exercise=None, turn_deg=90))
    assert reps(by_hand.report) == reps(analysis.report)
    assert by_hand.report.reasons == analysis.report.reasons[:-1]


def test_what_is_said_to_be_upright_is_not_turned(on_its_side: Path) -> None:
    analysis = analyse(on_its_side, Options(exercise=None, turn_deg=0, end_s=4.0))
    assert analysis.report.picture_turn_deg == 0
    assert analysis.report.exercise != "hip_hinge"
