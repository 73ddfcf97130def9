"""A measured clip is judged as the exercise that a person chooses, without the pose model and without a process."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from exercises.load import catalogue, load
from hingecheck.analysis import rejudge
from hingecheck.analysis.pipeline import Options, conclude
from hingecheck.history import files, people, queries, sets
from hingecheck.history.connection import History
from hingecheck.history.store import open_history
from hingecheck.jobs import rejudged
from hingecheck.jobs.messages import AnalysisRequest
from pose.frame.measure import Measurer
from tests.helpers.fixture_types import SightingsOf


@pytest.fixture
def history(tmp_path: Path) -> Iterator[History]:
    with open_history(tmp_path / "data", "") as opened:
        yield opened


@pytest.fixture
def request_of(tmp_path: Path, history: History, samples: Path, recorded: SightingsOf) -> AnalysisRequest:
    """The first nine seconds of somebody who stands: they fit three exercises."""
    folder = tmp_path / "measured"
    folder.mkdir()
    video = Path(shutil.copyfile(samples / "standing_posture.mp4", folder / "video.mp4"))
    measurer = Measurer()
    rows = [measurer(sighting) for sighting in recorded("standing_posture") if sighting.time_s < 9]
    analysis = conclude(rows, None, "video.mp4")
    assert analysis.report.reason_kinds == ("exercise_unsure",)
    rejudge.keep(folder, video, Options(None), analysis)
    return AnalysisRequest(video=video, name="mine <b>.mp4", folder=folder, exercise=None, known=catalogue(),
                           person=people.default(history).id)


def test_an_answer_saves_the_set_with_its_pictures(history: History, request_of: AnalysisRequest) -> None:
    response = rejudged.judge(history, request_of, load("standing_posture"))
    assert response.set_id is not None
    saved = sets.load(history, response.set_id)
    assert (saved.report.video, saved.exercise.id) == ("mine <b>.mp4", "standing_posture")
    assert [rep.verdict for rep in saved.report.reps] == ["stooped"]
    assert list(files.key_image_paths(history, response.set_id)) == [1]


def test_a_wrong_answer_says_why_and_saves_nothing(history: History, request_of: AnalysisRequest) -> None:
    response = rejudged.judge(history, request_of, load("prone_press_up"))
    assert (response.set_id, response.report.status) == (None, "refused")
    assert response.report.reason_kinds == ("wrong_position",)
    assert queries.count(history) == 0


def test_without_measurements_nothing_is_asked(request_of: AnalysisRequest) -> None:
    assert rejudged.is_measured(request_of)
    (request_of.folder / rejudge.NAME).unlink()
    assert not rejudged.is_measured(request_of)
