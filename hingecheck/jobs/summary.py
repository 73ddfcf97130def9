"""Results of many videos -> summary.csv, one line per video, or per part of one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from exercises.results import SetReport
from hingecheck.jobs.video_task import TaskResult, VideoTask
from hingecheck.report import data_files

NAME = "summary.csv"
COLUMNS = ("video", "folder", "status", "exercise", "reps", "verdicts", "seconds", "skipped", "problems")


def counted(report: SetReport) -> str:
    """Return how many reps have which verdict, the most frequent first.

    Examples
    --------
    >>> from exercises.results import Rep
    >>> reps = [Rep(index=n, start_s=0, bottom_s=0, leave_s=0, end_s=0, verdict=v) for n, v in enumerate("aba")]
    >>> counted(SetReport(video="x", exercise="y", status="judged", reps=reps))
    '2 a, 1 b'
    """
    verdicts = Counter(rep.verdict for rep in report.reps)
    return ", ".join(f"{count} {verdict}" for verdict, count in verdicts.most_common())


def rows(task: VideoTask, result: TaskResult) -> list[tuple[str, ...]]:
    """Return the cells of one video, or of each of its parts, in the order of `COLUMNS`."""
    lines: list[tuple[str, ...]] = []
    for one in result.results:
        report = one.result.report
        problems = [*(report.reasons if report.status != "judged" else ()), *one.result.problems]
        lines.append((task.address, task.folder, report.status, report.exercise, str(len(report.reps)),
                      counted(report), f"{result.seconds:.1f}", str(result.skipped).lower(), " ".join(problems)))
    return lines


def to_csv(rows: Iterable[Sequence[str]]) -> str:
    """Return the table as CSV."""
    return data_files.to_csv(COLUMNS, rows)
