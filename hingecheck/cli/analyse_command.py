"""`hingecheck analyse`: videos and options -> files, tables and an exit code; a shell over `job`.

As in `cli`, nothing heavy is imported until a command needs it.
"""

from __future__ import annotations

import os
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hingecheck import cores
from hingecheck.cli import analyse_many, analyse_options, set_saver, typed_number
from hingecheck.cli.analyse_many import Keep, Many, Tell
from hingecheck.cli.analyse_options import AUTO
from hingecheck.cli.analyse_output import Output, print_results
from language.numbers import localised
from language.translate import _

if TYPE_CHECKING:
    from rich.console import Console

    from exercises.exercise_model import Exercise
    from hingecheck.analysis.pipeline import SetAnalysis
    from hingecheck.jobs.video_task import TaskResult, VideoTask

#: Exit codes; wrong usage is 2, which Typer gives itself.
JUDGED, NOT_JUDGED, STOPPED = 0, 1, 130
DEBUG = "HINGECHECK_DEBUG"


def analyse(
    context: typer.Context,
    videos: Annotated[list[str], typer.Argument(
        metavar="VIDEO...", help=_("Video files, folders of them, or addresses such as s3://bucket/film.mp4."),
        show_default=False)],
    out: Annotated[str | None, typer.Option(
        "--out", "-o", metavar="DIR", help=_("Folder for the files, or an address; with several videos, one folder "
                                             "each inside it. Default: "
                                             "./hingecheck-out/<video>."), show_default=False)] = None,
    exercise: Annotated[str, typer.Option("--exercise", "-e", metavar="ID",
                                          help=_("What is done in the video; a TOML file of your own; or auto, to "
                                                 "detect it."))] = AUTO,
    from_last: Annotated[bool, typer.Option(
        "--again", help=_("Judge what the last analysis into the same folder measured, by another --exercise: takes a "
                          "second, writes no annotated.mp4."))] = False,
    as_json: Annotated[bool, typer.Option(
        "--json", help=_("Print one JSON object a video, and nothing else."))] = False,
    no_video: Annotated[bool, typer.Option("--no-video", help=_("Do not write annotated.mp4 (faster)."))] = False,
    start_s: Annotated[float | None, typer.Option("--from", metavar="SEC", min=0, help=_("Begin here."),
                                                  show_default=False)] = None,
    end_s: Annotated[float | None, typer.Option("--to", metavar="SEC", min=0, help=_("End here."),
                                                show_default=False)] = None,
    parts: Annotated[bool, typer.Option(
        "--parts", help=_("The video shows several exercises: cut it into its parts, and judge each by its own rules, "
                          "in a folder each."))] = False,
    programme: Annotated[str | None, typer.Option(
        "--programme", metavar="ID", help=_("The video shows this programme, or part of it: as --parts, with its "
                                            "exercises alone; says how much of it was "
                                            "done."), show_default=False)] = None,
    mirror: Annotated[bool, typer.Option("--mirror", help=_("The video is mirrored: swap left and right."))] = False,
    turn: Annotated[int | None, typer.Option(
        "--turn", metavar="DEG", help=_("Turn the picture clockwise by 90, 180 or 270 degrees; 0 = it is upright. "
                                        "Default: see whether it lies on its side."), show_default=False)] = None,
    speed: Annotated[float | None, typer.Option(
        "--speed", metavar="X", parser=typed_number.read, show_default=False,
        help=_("How fast the video plays against what was filmed: 0.25 for slow motion at a quarter. Default: as the "
               "phone noted it."))] = None,
    model: Annotated[Path | None, typer.Option("--model", metavar="FILE", exists=True, dir_okay=False, readable=True,
                                               help=_("Another pose model (.task)."), show_default=False)] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help=_("No progress and no table, only problems."))] = False,
    full_bend: Annotated[str | None, typer.Option(
        "--full-bend", metavar="DEG|REPORT", help=_("Judge the back by your own range: degrees of your full bend, or "
                                                    "the report.json of a forward_bend."), show_default=False)] = None,
    truth: Annotated[Path | None, typer.Option(
        "--truth", metavar="FILE", help=_("Compare with angles measured by hand: CSV of time and degrees, as Kinovea "
                                          "exports."), show_default=False)] = None,
    truth_quantity: Annotated[str | None, typer.Option(
        "--truth-quantity", metavar="NAME", help=_("What the file's only column is, as hip_flexion_deg. Default: as "
                                                   "the column is named."), show_default=False)] = None,
    truth_inner: Annotated[bool, typer.Option("--truth-inner", help=_("The file has inner angles, 180 = straight."))]
    = False,
    prescription: Annotated[Path | None, typer.Option(
        "--prescription", metavar="FILE", help=_("Judge by the limits, hold, sides and goal that this file gives for "
                                                 "one person."), show_default=False)] = None,
    pain: Annotated[int | None, typer.Option(
        "--pain", metavar="N", help=_("How much it hurt, 0 to 10: what follows is said and "
                                      "kept."), show_default=False)] = None,
    felt: Annotated[list[str] | None, typer.Option(
        "--felt", metavar="WORD", help=_("Where it was felt: middle (of the muscle), ends (near the sit bone or the "
                                         "knee), lower_back, numb_foot. May be given several "
                                         "times."), show_default=False)] = None,
    save: Annotated[bool, typer.Option("--save", help=_("Keep the sets in the history."))] = False,
    person: Annotated[str | None, typer.Option(
        "--person", "-p", metavar="NAME", help=_("With --save: whose they are, and whose prescription and full bend "
                                                 "hold; a new name is added."), show_default=False)] = None,
    day: Annotated[str | None, typer.Option(
        "--day", metavar="DATE", help=_("With --save: the day on which the sets were done, as 2026-11-16, or today. "
                                        "Default: when each video was filmed, else "
                                        "today."), show_default=False)] = None,
    keep_video: Annotated[bool, typer.Option("--keep-video", help=_("With --save: keep the annotated video."))] = False,
    jobs: Annotated[int | None, typer.Option(
        "--jobs", "-j", metavar="N", min=1, help=_("How many processors work, on stretches of one video or on several "
                                                   "videos; the results are the same. Default: "
                                                   "all."), show_default=False)] = None,
    scheduler: Annotated[str | None, typer.Option(
        "--scheduler", metavar="ADDRESS", help=_("Let the workers of a Dask cluster analyse the videos: the address of "
                                                 "its scheduler, as tcp://HOST:8786."), show_default=False)] = None,
    resume: Annotated[bool, typer.Option(
        "--resume", help=_("Leave out videos that were done before and have not changed, judged by the same options "
                           "and version."))] = False,
) -> None:
    """Judge the reps in recorded videos and write report.html, report.json, reps.csv, series.csv and annotated.mp4.

    Exit code 0: every video judged. 1: at least one could not be judged. 2: wrong usage.
    """
    if start_s is not None and end_s is not None and end_s <= start_s:
        raise typer.BadParameter(_("must be later than --from ({start_s}), got {end_s}").format(
                                     start_s=localised(f"{start_s:g}"),
                                     end_s=localised(f"{end_s:g}")), param_hint="--to")
    if turn not in (None, 0, 90, 180, 270):
        raise typer.BadParameter(_("expected 0, 90, 180 or 270, got {turn}").format(turn=turn), param_hint="--turn")
    if speed is not None and not 0.01 <= speed <= 100:
        raise typer.BadParameter(_("expected a number as 0.25, got {speed}").format(
                                     speed=localised(f"{speed:g}")), param_hint="--speed")
    try:
        explicit = str(context.get_parameter_source("exercise")).endswith("COMMANDLINE") and exercise != AUTO
        asked = analyse_options.exercise(exercise, prescription, explicit)
        own = analyse_options.full_bend(full_bend, asked)
        fixed = prescription is not None or exercise.endswith(".toml")
        answers = analyse_options.answers(pain, felt or ())
        sources = analyse_options.sources(videos, out)
        measured = analyse_options.measured(truth, truth_quantity, truth_inner, len(sources))
        of_video = analyse_options.programme(programme, parts, {
            "--exercise": explicit, "--truth": truth is not None,
            "--prescription": prescription is not None})
        from hingecheck.analysis.pipeline import Options

        with set_saver.set_saver(save, person, keep_video, quiet, day) as (keep, whose):
            chosen, known = analyse_options.judged_by(asked, own, whose, fixed)
            known = analyse_options.of_programme(known, of_video)
            options = Options(exercise=chosen, start_s=start_s, end_s=end_s, mirror=mirror, turn_deg=turn, speed=speed,
                              model=model, measured=measured, known=known, answers=answers, jobs=jobs)
            tasks = analyse_options.tasks(sources, options, video=not (no_video or from_last), from_last=from_last,
                                          parts=parts or of_video is not None, resume=resume, must_be_saved=save)
            how = Many(cores.jobs_of(jobs), scheduler)
            code = _analyse_all(tasks, analyse_options.root(out), how, keep, Output(as_json, quiet, of_video))
    except KeyboardInterrupt:
        typer.echo(_("Stopped. Finished videos have all their files; the last may lack some, and none is cut short."),
                   err=True)
        code = STOPPED
    raise typer.Exit(code)


def _analyse_all(tasks: Sequence[VideoTask], root: str, how: Many, keep: Keep, output: Output) -> int:
    from rich.console import Console

    console = Console(stderr=True, highlight=False)
    exercise = tasks[0].options.exercise
    if exercise is not None and exercise.before:
        console.print(_(exercise.before), style="bold", markup=False, soft_wrap=True)

    def tell(task: VideoTask, result: TaskResult) -> None:
        print_results(console, task, result, output)

    first = tasks[0]
    if len(tasks) == 1 and not (how.scheduler or first.resume or "://" in first.address or "://" in first.folder):
        good = _analyse_one(first, console, tell, keep, output)
    else:
        good = _analyse_many(tasks, root, how, console, tell, keep, output)
    return JUDGED if good else NOT_JUDGED


def _analyse_many(tasks: Sequence[VideoTask], root: str, how: Many, console: Console, tell: Tell, keep: Keep,
                  output: Output) -> bool:
    from hingecheck.jobs.executors import SchedulerError

    try:
        return analyse_many.run(tasks, root, how, console, tell, keep, output.quiet, output.has_tables)
    except SchedulerError as error:
        raise typer.BadParameter(str(error), param_hint="--scheduler") from error


def _analyse_one(task: VideoTask, console: Console, tell: Tell, keep: Keep, output: Output) -> bool:
    """Analyse one video in this process, with a bar of its frames."""
    from hingecheck.cli.progress_bar import Meter
    from hingecheck.jobs import video_job, video_task

    path = Path(task.address)
    with Meter(console, output.quiet) as meter:
        try:
            task_result = video_task.run(task, meter.video(path.name))
        except Exception as error:
            result = video_job.VideoResult(_failed(path, task.options.exercise, error))
            task_result = video_task.TaskResult((video_task.PartResult(result, {}),))
    task_result = analyse_many.save_result(task, task_result, keep)
    tell(task, task_result)
    return task_result.is_good


def _failed(path: Path, exercise: Exercise | None, error: Exception) -> SetAnalysis:
    """Report a mistake of this program's own as this video's; the other videos go on."""
    from exercises.results import SetReport
    from hingecheck import reasons
    from hingecheck.analysis.pipeline import SetAnalysis
    from pose.reason import Reason, ReasonKind

    if os.environ.get(DEBUG):
        traceback.print_exception(error)
    text = _("HingeCheck itself failed on this video ({error}). Please report this; with {variable}=1 set, it prints "
             "where.").format(error=f"{type(error).__name__}: {error}", variable=DEBUG)
    report = SetReport(video=path.name, exercise="" if exercise is None else exercise.id, status="error",
                       **reasons.report_fields([Reason.of(ReasonKind.PROGRAM_FAILED, text=text)]))
    return SetAnalysis(report, None, None, (), exercise)
