"""`hingecheck live`: run the live coach on a camera, a video file or a network address.

As in `main`, nothing heavy is imported until a command needs it.
"""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hingecheck.cli import set_owner
from language.current import current
from language.translate import _

if TYPE_CHECKING:
    from hingecheck.live.engine import Engine
    from hingecheck.live.live_programme import LiveProgramme
    from hingecheck.live.set_plan import SetPlan
    from hingecheck.live.window import Source

_FAILED, _STOPPED = 1, 130


def live(
    context: typer.Context,
    camera: Annotated[int, typer.Option(
        "--camera", "-c", metavar="N", min=0, help=_("Which camera; 0 = the first."))] = 0,
    source: Annotated[str, typer.Option(
        "--source", metavar="FILE|URL", help=_("A video file or the address of a network camera (rtsp://...) instead "
                                               "of a camera."), show_default=False)] = "",
    exercise: Annotated[str, typer.Option(
        "--exercise", "-e", metavar="ID", help=_("The exercise; or a TOML file of your own."))] = "hip_hinge",
    programme: Annotated[str | None, typer.Option(
        "--programme", metavar="ID", help=_("Lead through this programme: its exercises and sides in turn, with rests; "
                                            "prescribed, for what is prescribed for the person; or a TOML "
                                            "file."), show_default=False)] = None,
    side: Annotated[str, typer.Option(
        "--side", metavar="SIDE", help=_("left, right or both, where the exercise has "
                                         "sides."), show_default=False)] = "",
    reps: Annotated[int | None, typer.Option("--reps", metavar="N", min=1, help=_("End the set after N (per side)."),
                                             show_default=False)] = None,
    hold: Annotated[float | None, typer.Option(
        "--hold", metavar="SEC", min=1, help=_("Target time of a hold. Default: the exercise's "
                                               "own."), show_default=False)] = None,
    person: Annotated[str | None, typer.Option(
        "--person", "-p", metavar="NAME", help=_("Whose sets these are; a new name is added to the "
                                                 "history."), show_default=False)] = None,
    record: Annotated[Path | None, typer.Option(
        "--record", metavar="FILE", dir_okay=False, help=_("Save the display as a video."), show_default=False)] = None,
    keep_video: Annotated[bool, typer.Option(
        "--keep-video", help=_("Save the annotated video of each set with it in the history."))] = False,
    mirror: Annotated[bool, typer.Option("--mirror", help=_("Show the image like a mirror."))] = False,
    mute: Annotated[bool, typer.Option("--mute", help=_("Do not speak."))] = False,
    no_window: Annotated[bool, typer.Option("--no-window", help=_("Open no window, only print and speak."))] = False,
    no_save: Annotated[bool, typer.Option("--no-save", help=_("Do not save the sets in the history."))] = False,
    model: Annotated[Path | None, typer.Option("--model", metavar="FILE", exists=True, dir_okay=False, readable=True,
                                               help=_("Another pose model (.task)."), show_default=False)] = None,
    language: Annotated[str, typer.Option("--language", metavar="CODE", help=_("Language of the cues."))] = current(),
) -> None:
    """Coach you live at a camera: checks the set-up, counts, gives cues while you move, autosaves every rep.

    Exit code 0: finished. 1: no camera, no screen, or a set could not be saved. 2: wrong usage.
    """
    from hingecheck.live.window import Source

    if keep_video and no_save:
        raise typer.BadParameter(_("does not go with --no-save"), param_hint="--keep-video")
    video_source = Source(camera, source)
    plan = _one_set(exercise, side, reps, hold, not video_source.is_file, language) if programme is None else \
        _programme(context, programme, person, language, not no_save)
    from hingecheck.live.autosave import Autosave
    from hingecheck.live.engine import Engine

    engine = Engine(plan, None if no_save else Autosave(person), model, mirror, keeps_video=keep_video)
    try:
        code = _run(engine, plan, video_source, record, mute, not no_window)
    except KeyboardInterrupt:
        typer.echo(_("Stopped."), err=True)
        code = _STOPPED
    finally:
        engine.close()
    raise typer.Exit(_print_result(engine, plan, code, person))


def _one_set(exercise: str, side: str, reps: int | None, hold: float | None, set_up: bool, language: str) -> SetPlan:
    """Return the plan of one set, repeated as often as the person likes; print what to know before."""
    from exercises.load import ExerciseError
    from hingecheck.cli import choices
    from hingecheck.live.set_plan import make_plan

    if side not in ("", "left", "right", "both"):
        raise typer.BadParameter(_("expected left, right or both, got {side!r}").format(side=side), param_hint="--side")
    try:
        chosen, notices = choices.exercise(exercise)
    except ExerciseError as error:
        raise typer.BadParameter(str(error), param_hint="--exercise") from error
    try:
        plan = make_plan(chosen, side, reps, hold, set_up=set_up, language=language)
    except ExerciseError as error:
        raise typer.BadParameter(str(error), param_hint="--language") from error
    for line in filter(None, (*notices, _(chosen.before), *map(_, chosen.cautions))):
        typer.echo(line, err=True)
    return plan


def _programme(context: typer.Context, name: str, person: str | None, language: str, own: bool) -> LiveProgramme:
    """Return the programme, which says itself what the options for one set say."""
    from hingecheck.cli import live_programme_command

    for option in ("exercise", "side", "reps", "hold"):
        if str(context.get_parameter_source(option)).endswith("COMMANDLINE"):
            raise typer.BadParameter(_("does not go with --programme, which has its own"), param_hint=f"--{option}")
    return live_programme_command.prepare(name, person, language, own)


def _run(engine: Engine, plan: SetPlan | LiveProgramme, source: Source, record: Path | None, mute: bool,
         window: bool) -> int:
    """Run until the end; print a camera or window error as one sentence."""
    from hingecheck.live.speech import Speech
    from hingecheck.live.window import WindowError, WindowOptions, run
    from pose.io.video import VideoError

    with ExitStack() as stack:
        speech = None
        if not mute:
            speech = Speech(plan.words.language)
            stack.callback(speech.close)
            if speech.problem:
                typer.echo(speech.problem, err=True)
        try:
            run(engine, plan, source, WindowOptions(window, record, engine.mirror, speech, typer.echo))
        except (VideoError, WindowError) as error:
            typer.echo(_("Error: {error}").format(error=error), err=True)
            return _FAILED
    return 0


def _print_result(engine: Engine, plan: SetPlan | LiveProgramme, code: int, person: str | None) -> int:
    """Print the last set, or what was done of the programme, and what could not be saved; return the exit code."""
    from hingecheck.cli import live_programme_command
    from hingecheck.live.live_programme import LiveProgramme
    from hingecheck.report.terminal import print_set

    last = engine.snapshot()
    if isinstance(plan, LiveProgramme):
        live_programme_command.conclude(plan, last)
    else:
        if last.report is not None:
            print_set(last.report, {})
        if last.set_id is not None:
            typer.echo(_("Saved in the history: hingecheck history show {set_id}").format(set_id=str(last.set_id)[:8]))
    if last.problem:
        typer.echo(f"Error: {last.problem} {set_owner.hint(person)}".rstrip(), err=True)
        return code or _FAILED
    return code
