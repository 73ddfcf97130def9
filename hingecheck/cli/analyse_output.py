"""The results of `hingecheck analyse` -> what it prints: tables, JSON lines, problems, and the state of a programme.

As in `main`, nothing heavy is imported until a command needs it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import typer

from hingecheck.cli import output_encoding
from language.translate import _

if TYPE_CHECKING:
    from rich.console import Console

    from exercises.exercise_model import Exercise
    from exercises.programme import Programme
    from hingecheck.jobs.video_job import VideoResult
    from hingecheck.jobs.video_task import TaskResult, VideoTask
    from hingecheck.progress.adherence import PartDone


@dataclass(frozen=True)
class Output:
    """What is printed."""

    as_json: bool
    quiet: bool
    programme: Programme | None

    @property
    def has_tables(self) -> bool:
        """Whether a person reads it."""
        return not (self.quiet or self.as_json)


def print_results(console: Console, task: VideoTask, result: TaskResult, output: Output) -> None:
    """Print what came of a video, part by part."""
    for one in result.results:
        if output.as_json:
            _print_json(one.result, task.address, one.files)
        _print_result(console, one.result, task.address, one.files, table=output.has_tables, as_json=output.as_json)
    if output.programme is not None and not output.quiet:
        from hingecheck.progress import adherence

        reports = [one.result.report for one in result.results]
        _print_programme(console, output.programme, adherence.reports_done(output.programme, reports, _find()))


def _find() -> Callable[[str], Exercise]:
    from exercises.library import load_library

    return load_library().exercise


def _print_programme(console: Console, programme: Programme, done: Sequence[PartDone]) -> None:
    """Say how much of a programme a video holds."""
    from hingecheck.cli import programmes_command

    find = _find()
    for part in done:
        what = programmes_command.part_line(_(find(part.exercise).name), part)
        console.print(f"{_(programme.name)}: {what}", markup=False, soft_wrap=True)
    if any(part.done < part.of and find(part.exercise).hold is not None for part in done):
        console.print(_("A hold counts where it lasted as long as the programme asks. Reps count whatever their "
                        "verdict."), markup=False, soft_wrap=True)


def _print_json(result: VideoResult, address: str, files: Mapping[str, str]) -> None:
    core = result.report.model_dump(mode="json")
    output_encoding.use_utf8()
    line = json.dumps({**core, "address": address, "files": dict(files)}, ensure_ascii=False, allow_nan=False)
    typer.echo(line)


def _print_result(console: Console, result: VideoResult, path: str, files: Mapping[str, str], table: bool,
                  as_json: bool) -> None:
    """Say what came of a video: problems on standard error always, the table on standard output where wanted."""
    from hingecheck.report.terminal import print_answers, print_set
    from pose.reason import ReasonKind

    for problem in result.problems:
        console.print(f"{path}: {problem}", style="bold", markup=False, soft_wrap=True)
    if result.report.status != "judged":
        reasons = " ".join(result.report.reasons) or _("no reason was given")
        named = ReasonKind.UNREADABLE.value in result.report.reason_kinds
        text = reasons if named else f"{path}: {reasons}"
        console.print(text, style="bold", markup=False, soft_wrap=True)
    elif table:
        print_set(result.report, files, result.analysis.exercise)
    if result.report.answers is not None and not as_json:
        print_answers(console, result.report.answers)
