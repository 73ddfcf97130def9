"""One of many videos, analysed where a worker runs: fetch it, analyse it, put its files in their place.

Task and result are pickled: nothing in them belongs to one machine but paths.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from pydantic import ValidationError

from exercises.results import SetReport
from hingecheck import reasons
from hingecheck.analysis.key_frames import KeyFrames
from hingecheck.analysis.pipeline import Options, SetAnalysis
from hingecheck.jobs import addresses, done_record, part_jobs, video_job
from hingecheck.jobs.addresses import AddressError
from hingecheck.jobs.done_record import DoneRecord
from hingecheck.jobs.video_job import OnProgress, VideoResult
from language.current import current, use
from pose.reason import Reason, ReasonKind


@dataclass(frozen=True, eq=False)
class VideoTask:
    """What a worker is to do.

    Attributes
    ----------
    address : str
        A path that the worker can read, or an address for fsspec.
    folder : str
        Where the results go: a path that the worker can write, or an address.
    options : Options
    video : bool
        Whether the annotated video is wanted.
    parts : bool
        Whether the video shows several exercises, each to be judged by its own rules.
    from_last : bool
        Judge what was measured at the last analysis into this folder, without the pose model.
    resume : bool
        Leave it where the same was done before.
    must_be_saved : bool
        With `resume`: done means saved in the history, too.
    language : str
        Code of the language of its sentences; default: the current one where the task is made.
    """

    address: str
    folder: str
    options: Options
    video: bool = True
    parts: bool = False
    from_last: bool = False
    resume: bool = False
    must_be_saved: bool = False
    language: str = field(default_factory=current)


@dataclass(frozen=True, eq=False)
class PartResult:
    """A judged video or part, without the rows of single frames, and the path or address of each file by its kind."""

    result: VideoResult
    files: Mapping[str, str]


@dataclass(frozen=True, eq=False)
class TaskResult:
    """What came of a task.

    Attributes
    ----------
    results : tuple of PartResult
        One; of a video with parts, one for each.
    record : DoneRecord or None
        What the results are of; None where there are none.
    seconds : float
        How long it took.
    skipped : bool
        True where the same was done before: then `results` have only the reports.
    """

    results: tuple[PartResult, ...]
    record: DoneRecord | None = None
    seconds: float = 0.0
    skipped: bool = False

    @property
    def is_good(self) -> bool:
        """Whether everything was judged and written."""
        return all(one.result.report.status == "judged" and not one.result.problems for one in self.results)


def run(task: VideoTask, on_progress: OnProgress | None = None) -> TaskResult:
    """Analyse a video; called in a worker process, or with `on_progress` in this one."""
    with use(task.language):
        return _run(task, on_progress)


def _run(task: VideoTask, on_progress: OnProgress | None) -> TaskResult:
    began_s = time.monotonic()
    try:
        with addresses.fetched(task.address) as path:
            record = _record_of(task, path)
            before = _before(task, record) if task.resume else None
            if before is not None:
                return before
            with addresses.to_be_put(task.folder) as folder:
                results = _analyse(path, folder, task, on_progress)
                reports = tuple(_inside(result.files["json"], folder) for result in results if "json" in result.files)
                part_results = tuple(_with_address(result, folder, task.folder) for result in results)
    except AddressError as error:
        return failed(task, Reason.of(ReasonKind.UNREADABLE, text=str(error)))
    return TaskResult(part_results, record.model_copy(update={"reports": reports}), time.monotonic() - began_s)


def _analyse(path: Path, folder: Path, task: VideoTask, on_progress: OnProgress | None) -> tuple[VideoResult, ...]:
    if task.parts:
        return part_jobs.run(path, folder, task.options, task.video, on_progress,
                             from_last=task.from_last)
    return (video_job.run(path, folder, task.options, task.video, on_progress, from_last=task.from_last),)


def _record_of(task: VideoTask, path: Path) -> DoneRecord:
    """Return what the results of a task are of; `path` is where its video lies on this machine."""
    how = f"video {task.video}, parts {task.parts}, from last {task.from_last}"
    return done_record.of(task.address, done_record.content_of(path), task.options, how)


def failed(task: VideoTask, reason: Reason) -> TaskResult:
    """Return the result of a video that could not even be opened."""
    exercise = task.options.exercise
    report = SetReport(video=addresses.name(task.address), exercise="" if exercise is None else exercise.id,
                       status="error", **reasons.report_fields([reason]))
    return TaskResult((PartResult(VideoResult(SetAnalysis(report, None, None, (), exercise)), {}),))


def done(task: VideoTask, result: TaskResult) -> TaskResult:
    """Note beside the results that a video is done, and whether it is saved; what went wrong will be tried again."""
    results = [one.result for one in result.results]
    if result.record is None or any(one.problems or one.report.status == "error" for one in results):
        return result
    ids = [one.saved for one in results if one.report.status == "judged"]
    saved = ",".join(filter(None, ids)) if all(ids) else None
    try:
        done_record.write(task.folder, result.record.model_copy(update={"saved": saved}))
    except (AddressError, OSError) as error:
        first, *others = result.results
        first_result = replace(first.result, problems=(*first.result.problems, str(error)))
        return replace(result, results=(replace(first, result=first_result), *others))
    return result


def _before(task: VideoTask, now: DoneRecord) -> TaskResult | None:
    """Return the reports of the same, done before; None where it was not, or a report is gone."""
    record = done_record.read(task.folder)
    if record is None or not record.is_of(now) or not record.reports:
        return None
    documents = [addresses.read_text(task.folder, name) for name in record.reports]
    try:
        reports = [SetReport.model_validate_json(text or "") for text in documents]
    except ValidationError:
        return None
    if task.must_be_saved and not record.saved and any(report.status == "judged" for report in reports):
        return None
    results = [VideoResult(SetAnalysis(report, None, None, (), task.options.exercise)) for report in reports]
    return TaskResult(tuple(PartResult(result, {}) for result in results), record, skipped=True)


def _with_address(result: VideoResult, folder: Path, address: str) -> PartResult:
    """Leave out what only the analysis needed, and say where the files will be."""
    slim = replace(result.analysis, rows=(), neutral=None, key_frames=KeyFrames())
    if not addresses.is_remote(address):
        return PartResult(replace(result, analysis=slim), {kind: str(path) for kind, path in result.files.items()})
    files = {kind: f"{address}/{_inside(path, folder)}" for kind, path in result.files.items()}
    return PartResult(replace(result, analysis=slim, files={}), files)


def _inside(path: Path, folder: Path) -> str:
    return path.relative_to(folder).as_posix()
