"""A video of two exercises, its poses recorded: cut into its parts by the functions of the command and by a worker."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from exercises.load import catalogue
from hingecheck import reasons
from hingecheck.analysis import pipeline, rejudge
from hingecheck.analysis.pipeline import Options, conclude
from hingecheck.history import copies, files, people, queries, sets
from hingecheck.history.connection import FOLDER_VARIABLE, URL_VARIABLE, History
from hingecheck.history.store import open_history
from hingecheck.jobs import part_jobs, rejudged, worker
from hingecheck.jobs.messages import AnalysisRequest, WorkerMessage
from hingecheck.jobs.work_queue import Batch
from pose.io.video import VideoReader, VideoWriter
from pose.reason import ReasonKind
from tests.helpers.fixture_types import SightingsOf
from tests.helpers.joined_clips import joined_rows
from tests.helpers.waiting import until

NAMES, IDS = ("hinge_neutral", "calf_raise"), ("hip_hinge", "calf_raise")


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory, samples: Path, recorded: SightingsOf) -> Path:
    """A folder with the film of two samples, one after the other, and what was measured in it."""
    folder = tmp_path_factory.mktemp("measured")
    rows, (join_s,) = joined_rows(recorded, NAMES)
    with VideoWriter(folder / "video.mp4", 10.0) as writer:
        for name, begin_s in zip(NAMES, (0.0, join_s), strict=True):
            with VideoReader(samples / f"{name}.mp4") as frames:
                for number, frame in enumerate(frames):
                    if number % 3 == 0:
                        writer.write(frame.reduced(320), begin_s + frame.time_s)
    rejudge.keep(folder, folder / "video.mp4", Options(None), conclude(rows, None, "video.mp4"))
    return folder


@pytest.fixture
def folder(measured: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(measured, tmp_path / "here"))


@pytest.fixture
def history(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[History]:
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path / "data"))
    monkeypatch.delenv(URL_VARIABLE, raising=False)
    with open_history() as opened:
        yield opened


@pytest.fixture
def request_of(folder: Path, history: History) -> AnalysisRequest:
    """The request of the whole video, which was measured."""
    return AnalysisRequest(video=folder / "video.mp4", name="mine.mp4", folder=folder, exercise=None,
                           known=catalogue(), person=people.default(history).id, from_last=True)


def test_the_measurements_are_judged_by_parts_without_the_model(folder: Path) -> None:
    judged: list[str] = []
    results = part_jobs.run(folder / "video.mp4", folder, Options(None), False, None,
                            lambda result: judged.append(result.report.exercise), True)
    assert tuple(result.report.exercise for result in results) == tuple(judged) == IDS
    assert [result.files["json"].parent.name for result in results] == ["1-hip_hinge", "2-calf_raise"]
    assert all("video" not in result.files for result in results)
    assert results[1].report.starts_s == pytest.approx(19.6, abs=0.5)


def test_a_video_without_a_part_is_judged_as_one_exercise_and_says_so(folder: Path, recorded: SightingsOf) -> None:
    rows, _ = joined_rows(recorded, ["hinge_neutral"])
    rejudge.keep(folder, folder / "video.mp4", Options(None), conclude(
        [row for row in rows if row.time_s < 3.5], None, "video.mp4"))
    (result,) = part_jobs.run(folder / "video.mp4", folder, Options(None), False, from_last=True)
    assert ReasonKind.NO_PARTS.value in result.report.reason_kinds
    assert "No part of this video is long enough" in " ".join(reasons.sentences(result.report, reasons.Place.PAGE))


def test_a_video_that_cannot_be_read_says_nothing_of_parts(tmp_path: Path) -> None:
    (result,) = part_jobs.run(tmp_path / "nothing.mp4", tmp_path, Options(None), False)
    assert result.report.reason_kinds == ("unreadable",)


def test_a_worker_saves_a_set_for_each_part_before_any_video_is_drawn(request_of: AnalysisRequest,
                                                                      history: History) -> None:
    sent: list[WorkerMessage] = []
    response = worker.run(rejudged.in_parts(request_of), sent.append)
    assert tuple(part.report.exercise for part in response.parts) == IDS
    assert [part.report.video for part in response.parts] == ["mine.mp4", "mine.mp4"]
    judged = [message.judged for message in sent if message.judged is not None]
    assert [len(one.parts) for one in judged] == [1, 2]
    drawing = next(number for number, message in enumerate(sent) if message.step is not None
                   and message.step.stage == "drawing")
    assert all(message.judged is None for message in sent[drawing:]), "verdicts are known before"
    for part, own in zip(response.parts, IDS, strict=True):
        assert part.set_id is not None
        assert part.video is not None
        assert part.video.is_file()
        assert part.request is not None
        saved = sets.load(history, part.set_id)
        assert (saved.exercise.id, len(saved.report.reps)) == (own, 4)
        assert len(files.key_image_paths(history, part.set_id)) == 4
        alone = rejudge.analysis(part.request.video, part.request.folder,
                                 rejudged.options_of(part.request, part.request.exercise))
        assert [rep.verdict for rep in alone.report.reps] == [rep.verdict for rep in saved.report.reps]
    assert copies.copied_sets(history, request_of.person) == frozenset()


def test_what_was_stopped_is_not_saved_twice(request_of: AnalysisRequest, history: History) -> None:
    sent: list[WorkerMessage] = []
    worker.run(rejudged.in_parts(request_of), sent.append)
    first, second = (message.judged for message in sent if message.judged is not None)
    for judged, count in ((second, 2), (first, 3)):
        again = rejudged.resumed(rejudged.in_parts(request_of), judged)
        assert len(worker.run(again, lambda _message: None).parts) == 2
        assert queries.count(history) == count


def test_a_whole_clip_keeps_its_video_while_it_may_be_cut(request_of: AnalysisRequest) -> None:
    batch = Batch([request_of])
    until(lambda: batch.is_over, within_s=240)
    response = batch.states[0].response
    assert response is not None
    assert response.set_id is not None
    assert response.parts == ()
    assert "several_exercises" in response.report.reason_kinds
    time.sleep(0.5)
    assert rejudged.is_measured(request_of)


def test_an_analysis_says_that_a_video_shows_several(measured: Path) -> None:
    report = pipeline.analyse(measured / "video.mp4", Options(None)).report
    assert "several_exercises" in report.reason_kinds
    assert report.reason_values[report.reason_kinds.index("several_exercises")]["ids"] == IDS


def test_a_video_of_one_exercise_is_no_list(request_of: AnalysisRequest, recorded: SightingsOf) -> None:
    rows, _ = joined_rows(recorded, ["hinge_neutral"])
    rejudge.keep(request_of.folder, request_of.video, Options(None), conclude(rows, None, "video.mp4"))
    response = worker.run(rejudged.in_parts(request_of), lambda _message: None)
    assert (response.parts, response.report.exercise) == ((), "hip_hinge")
    assert response.set_id is not None
