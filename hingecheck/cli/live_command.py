"""`hingecheck live`: arguments -> the live coach at a camera, a file or an address."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from hingecheck.live.engine import Engine
    from hingecheck.live.set_plan import SetPlan
    from hingecheck.live.window import Source

_FAILED, _STOPPED = 1, 130


def live(
    camera: Annotated[int, typer.Option("--camera", "-c", metavar="N", min=0, help="Which camera; 0 = the first.")] = 0,
    source: Annotated[str, typer.Option("--source", metavar="FILE|URL", help="A video file or the address of a network "
                                        "camera (rtsp://...) in place of a camera.", show_default=False)] = "",
    exercise: Annotated[str, typer.Option("--exercise", "-e", metavar="ID", help="What is done; or a TOML file of your "
                                          "own.")] = "hip_hinge",
    side: Annotated[str, typer.Option("--side", metavar="SIDE", help="left, right or both, where the exercise has "
                                      "sides.", show_default=False)] = "",
    reps: Annotated[int | None, typer.Option("--reps", metavar="N", min=1, help="End the set after so many (a side).",
                                             show_default=False)] = None,
    hold: Annotated[float | None, typer.Option("--hold", metavar="SEC", min=1, help="Count a hold for so long. "
                                               "Default: as the exercise has it.", show_default=False)] = None,
    person: Annotated[str | None, typer.Option("--person", "-p", metavar="NAME", help="Whose sets these are; a new "
                                               "name is added.", show_default=False)] = None,
    record: Annotated[Path | None, typer.Option("--record", metavar="FILE", dir_okay=False, help="Keep what is shown, "
                                                "as a video.", show_default=False)] = None,
    mirror: Annotated[bool, typer.Option("--mirror", help="Show the picture as a mirror does.")] = False,
    mute: Annotated[bool, typer.Option("--mute", help="Do not speak.")] = False,
    no_window: Annotated[bool, typer.Option("--no-window", help="Show nothing, only print and speak.")] = False,
    no_save: Annotated[bool, typer.Option("--no-save", help="Do not keep the sets in the history.")] = False,
    model: Annotated[Path | None, typer.Option("--model", metavar="FILE", exists=True, dir_okay=False, readable=True,
                                               help="Another pose model (.task).", show_default=False)] = None,
    language: Annotated[str, typer.Option("--language", metavar="CODE", help="Of the cues.")] = "en",
) -> None:
    """Watch you at the webcam: sets you up, counts, cues while you move, keeps every rep.

    Exit code 0: done. 1: no camera, no screen, or nothing could be kept. 2: wrong usage.
    """
    from exercises.load import ExerciseError
    from hingecheck.cli import choices
    from hingecheck.live.set_plan import make_plan

    if side not in ("", "left", "right", "both"):
        raise typer.BadParameter(f"expected left, right or both, got {side!r}", param_hint="--side")
    try:
        found, notices = choices.exercise(exercise)
    except ExerciseError as error:
        raise typer.BadParameter(str(error), param_hint="--exercise") from error
    from hingecheck.live.window import Source

    given = Source(camera, source)
    try:
        plan = make_plan(found, side, reps, hold, set_up=not given.is_file, language=language)
    except ExerciseError as error:
        raise typer.BadParameter(str(error), param_hint="--language") from error
    for line in filter(None, (*notices, found.before, *found.cautions)):
        typer.echo(line, err=True)
    from hingecheck.live.autosave import Autosave
    from hingecheck.live.engine import Engine

    autosave = None if no_save else Autosave(person)
    engine = Engine(plan, autosave, model, mirror)
    try:
        code = _watch(engine, plan, given, record, mute, not no_window)
    except KeyboardInterrupt:
        typer.echo("Stopped.", err=True)
        code = _STOPPED
    finally:
        engine.close()
    raise typer.Exit(_told(engine, code))


def _watch(engine: Engine, plan: SetPlan, source: Source, record: Path | None, mute: bool, window: bool) -> int:
    """Run until the end; what goes wrong is said in a sentence."""
    from hingecheck.live.speech import Speech
    from hingecheck.live.window import WindowError, WindowOptions, run
    from pose.io.video import VideoError

    with ExitStack() as stack:
        speech = None
        if not mute:
            speech = Speech()
            stack.callback(speech.close)
            if speech.problem:
                typer.echo(speech.problem, err=True)
        try:
            run(engine, plan, source, WindowOptions(window, record, engine.mirror, speech, typer.echo))
        except (VideoError, WindowError) as error:
            typer.echo(f"Error: {error}", err=True)
            return _FAILED
    return 0


def _told(engine: Engine, code: int) -> int:
    """Say what came of it, and what could not be kept."""
    from hingecheck.report.terminal import print_set

    end = engine.snapshot()
    if end.report is not None:
        print_set(end.report, {})
    if end.set_id is not None:
        typer.echo(f"Kept in the history: hingecheck history show {str(end.set_id)[:8]}")
    if end.problem:
        typer.echo(f"Error: {end.problem}", err=True)
        return code or _FAILED
    return code
