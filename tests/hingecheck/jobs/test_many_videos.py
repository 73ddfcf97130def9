"""Several videos with the real model: each once, whatever happens, and not again where nothing changed."""

from __future__ import annotations

import csv
import os
import signal
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from exercises.load import load
from hingecheck.analysis.pipeline import Options
from hingecheck.jobs import done_record, executors, many_videos, summary, video_task
from hingecheck.jobs.video_task import TaskResult, VideoTask

OPTIONS = Options(load("hip_hinge"), jobs=1)


@pytest.fixture
def clip(one_squat: Path) -> bytes:
    """One rep, ten frames a second."""
    return one_squat.read_bytes()


def put(path: Path, content: bytes) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return str(path)


def by_folder(results: Iterable[tuple[VideoTask, TaskResult]]) -> dict[str, TaskResult]:
    listed = [(Path(task.folder).name, result) for task, result in results]
    assert len({name for name, _ in listed}) == len(listed), "each is told of once"
    return dict(listed)


def test_each_video_has_its_result_and_a_bad_one_spoils_no_other(tmp_path: Path, clip: bytes) -> None:
    contents = {"a": clip, "b": b"no video at all", "c": clip}
    tasks = [VideoTask(put(tmp_path / name / "IMG_0001.MOV", content), str(tmp_path / "out" / name), OPTIONS, False)
             for name, content in contents.items()]
    with executors.opened(2, None) as pool:
        by_path = by_folder(many_videos.results(tasks, pool))
    assert {name: one.results[0].result.report.status for name, one in by_path.items()} == {
        "a": "judged", "b": "error", "c": "judged"}
    assert [rep.verdict for rep in by_path["a"].results[0].result.report.reps] == ["squatted"]
    assert by_path["a"].results[0].result.report.model_dump() == by_path["c"].results[0].result.report.model_dump()
    assert set(by_path["a"].results[0].files) == {"json", "reps", "series", "html"}
    assert all(Path(path).exists() for path in by_path["a"].results[0].files.values())
    assert by_path["a"].results[0].result.analysis.track is not None, "for the history"
    assert sorted(by_path["a"].results[0].result.key_images) == [1]
    listed = [row for task in tasks for row in summary.rows(task, by_path[Path(task.folder).name])]
    rows = list(csv.DictReader(summary.to_csv(listed).splitlines()))
    assert [(row["status"], row["reps"], row["verdicts"]) for row in rows] == [
        ("judged", "1", "1 squatted"), ("error", "0", ""), ("judged", "1", "1 squatted")]
    assert "IMG_0001.MOV" in rows[1]["problems"]


def test_what_was_done_is_left_out_until_something_changes(tmp_path: Path, clip: bytes) -> None:
    folder = str(tmp_path / "out")
    task = VideoTask(put(tmp_path / "film.mp4", clip), folder, OPTIONS, False, resume=True)
    first = video_task.run(task)
    assert not first.skipped
    assert first.record is not None
    assert not video_task.run(replace(task, options=OPTIONS)).skipped, "nothing says that it was done"
    done_record.write(folder, first.record)
    again = video_task.run(replace(task, options=replace(OPTIONS, jobs=2)))
    assert again.skipped
    assert again.results[0].result.report == first.results[0].result.report
    assert not video_task.run(replace(task, must_be_saved=True)).skipped
    assert not video_task.run(replace(task, options=replace(OPTIONS, end_s=5.0))).skipped
    assert not video_task.run(replace(task, video=True)).skipped
    done_record.write(folder, first.record.model_copy(update={"program": "0.0.1"}))
    assert not video_task.run(task).skipped
    done_record.write(folder, first.record)
    put(tmp_path / "film.mp4", clip + b"\0")
    assert not video_task.run(task).skipped


def test_addresses_are_fetched_and_put(tmp_path: Path, clip: bytes) -> None:
    pytest.importorskip("fsspec")
    address = "file://" + put(tmp_path / "store" / "film.mp4", clip)
    out = f"file://{tmp_path}/results/film"
    task = VideoTask(address, out, OPTIONS, False, resume=True)
    result = video_task.run(task)
    assert result.results[0].result.report.status == "judged"
    assert result.results[0].files["json"] == f"{out}/report.json"
    assert (tmp_path / "results" / "film" / "report.html").exists()
    assert result.record is not None
    done_record.write(out, result.record)
    assert video_task.run(task).skipped
    missing = video_task.run(replace(task, address=f"file://{tmp_path}/store/none.mp4"))
    assert missing.results[0].result.report.status == "error"
    assert "none.mp4: it cannot be fetched" in missing.results[0].result.report.reasons[0]


def test_a_cluster_that_loses_a_worker_still_does_each_video_once(tmp_path: Path, clip: bytes) -> None:
    distributed = pytest.importorskip("distributed")
    tasks = [VideoTask(put(tmp_path / f"{number}.mp4", clip), str(tmp_path / "out" / f"{number}"), OPTIONS, False)
             for number in range(6)]
    workers = distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None, host="127.0.0.1")
    with workers as cluster, executors.opened(1, cluster.scheduler_address) as executor:
        results = many_videos.results(tasks, executor)
        first = next(results)
        os.kill(cluster.workers[0].pid, signal.SIGKILL)
        by_path = by_folder([first, *results])
    assert sorted(by_path) == [f"{number}" for number in range(6)]
    assert {one.results[0].result.report.status for one in by_path.values()} == {"judged"}
