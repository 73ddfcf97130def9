"""Many videos on this machine's processes and on a Dask cluster that loses a worker: python -m bench.many [--quick]

Copies of a sample are analysed without annotated videos: one alone in one process that has the model loaded (that time,
by the number of videos and over two processors, is the ideal), then all of them by `SurvivingPool`, then by a Dask
LocalCluster of two workers of which one is killed when half of the videos are done. Prints the times over the ideal,
how many videos were told of and how often, and the peak memory of this process. Then the history: how long saving a set
takes, since that is done by one process whatever works.
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from pathlib import Path

from bench.process_memory import peak_mb
from exercises.load import load
from hingecheck.analysis.pipeline import Options
from hingecheck.history import people
from hingecheck.history.store import open_history
from hingecheck.jobs import executors, many_videos, saving, video_task
from hingecheck.jobs.video_task import TaskResult, VideoTask

CLIP = Path(__file__).resolve().parents[1] / "samples" / "hinge_mixed.mp4"
WORKERS = 2
MUST = 1.15


def tasks_in(folder: Path, count: int, name: str) -> list[VideoTask]:
    """Make so many videos, each in a folder of its own and all of one name."""
    tasks = []
    for number in range(count):
        video = folder / "films" / f"{number:03}" / "IMG_0001.mp4"
        video.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(CLIP, video)
        out = folder / name / f"{number:03}"
        tasks.append(VideoTask(str(video), str(out), Options(load("hip_hinge"), jobs=1), video=False))
    return tasks


def ideal_s(folder: Path, count: int) -> float:
    """Return how long two processors that never wait need."""
    first, *rest = tasks_in(folder, 4, "alone")
    with executors.opened(1, None) as pool:
        pool.submit(video_task.run, first).result()  # loads the model
        began_s = time.monotonic()
        for task in rest:
            pool.submit(video_task.run, task).result()
        return (time.monotonic() - began_s) / len(rest) * count / WORKERS


def run(name: str, tasks: list[VideoTask], executor: Executor, ideal: float,
        half_way: Callable[[], None] | None = None) -> tuple[str, TaskResult]:
    """Analyse all; return the line of the table, and one of the results."""
    began_s, reports, last = time.monotonic(), Counter[str](), None
    for task, result in many_videos.results(tasks, executor):
        reports[task.address] += 1
        assert result.results[0].result.report.status == "judged", result.results[0].result.report.reasons
        last = result
        if half_way is not None and sum(reports.values()) == len(tasks) // 2:
            half_way()
    took_s = time.monotonic() - began_s
    assert last is not None
    once = len(reports) == len(tasks) and set(reports.values()) == {1}
    good = once and took_s <= MUST * ideal
    return (f"{name}: {len(tasks)} videos in {took_s:.1f} s, {took_s / ideal:.2f} of the ideal {ideal:.1f} s, each "
            f"told of {'once' if once else 'NOT ONCE'}; this process {peak_mb():.0f} MB; must be at most {MUST}: "
            f"{'yes' if good else 'NO'}"), last


def on_this_machine(folder: Path, count: int, ideal: float) -> tuple[str, TaskResult]:
    """Analyse by processes of this machine."""
    with executors.opened(WORKERS, None) as pool:
        return run("processes of this machine", tasks_in(folder, count, "pool"), pool, ideal)


def on_a_cluster(folder: Path, count: int, ideal: float) -> tuple[str, TaskResult]:
    """Analyse by two Dask workers, one of which is killed half-way."""
    from distributed import LocalCluster

    with LocalCluster(n_workers=WORKERS, threads_per_worker=1, dashboard_address=None, host="127.0.0.1") as cluster, \
            executors.opened(1, cluster.scheduler_address) as executor:
        return run("Dask, one worker killed half-way", tasks_in(folder, count, "dask"), executor, ideal,
                   lambda: os.kill(cluster.workers[0].pid, signal.SIGKILL))


def saves(folder: Path, result: TaskResult, times: int) -> Iterator[str]:
    """Yield how long the history takes for a set."""
    exercise = result.results[0].result.analysis.exercise
    assert exercise is not None
    with open_history(folder / "history", "") as history:
        person = people.default(history)
        began_s = time.monotonic()
        for _ in range(times):
            saving.save_set(history, result.results[0].result, exercise, person.id)
        yield f"history: {1000 * (time.monotonic() - began_s) / times:.0f} ms a set"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="6 videos in place of 24")
    count = 6 if parser.parse_args().quick else 24
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        ideal = ideal_s(folder, count)
        for way in (on_this_machine, on_a_cluster):
            line, result = way(folder, count, ideal)
            print(line, flush=True)
        for line in saves(folder, result, 20):
            print(line)


if __name__ == "__main__":
    main()
