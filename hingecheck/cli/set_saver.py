"""Save what `hingecheck analyse --save` analysed, set by set.

As in `main`, nothing heavy is imported until a command needs it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

import typer

from hingecheck.cli.history_access import opened
from language.translate import _

if TYPE_CHECKING:
    from hingecheck.history.connection import History
    from hingecheck.history.records import Person
    from hingecheck.jobs.video_job import VideoResult


@contextmanager
def set_saver(
    save: bool, person: str | None, video: bool, quiet: bool, day: str | None = None,
) -> Iterator[tuple[Callable[[VideoResult], VideoResult], tuple[History, Person] | None]]:
    """Yield the function that saves each analysed video (with `save`), and the history with the person it belongs to.

    `day`: the day on which the sets were done; default: as each video says.

    An unknown person or a history that cannot be opened is reported before the first video is analysed.
    """
    if not save:
        given = {"--keep-video": video, "--person": person is not None, "--day": day is not None}
        for option in (option for option, is_given in given.items() if is_given):
            raise typer.BadParameter(_("needs --save"), param_hint=option)
        yield (lambda result: result), None
        return
    from hingecheck.cli import set_day, set_owner
    from hingecheck.history import copies
    from hingecheck.history.records import HistoryError
    from hingecheck.jobs import saving

    chosen = set_day.parse(day)
    with ExitStack() as stack:
        history = stack.enter_context(opened())
        owner = set_owner.find(history, person)

        def save_result(result: VideoResult) -> VideoResult:
            exercise = None if result.analysis is None else result.analysis.exercise
            if result.report.status != "judged" or exercise is None:
                return result
            try:
                earlier = copies.counted_before(history, owner.id, result.report)
                if earlier is not None:
                    typer.echo(set_day.copy_sentence(result.report.video, earlier), err=True)
                    return replace(result, saved=str(earlier.id))
                made_at = set_day.made_at(result.report, chosen)
                set_id = saving.save_set(history, result, exercise, owner.id, video, made_at=made_at)
            except HistoryError as error:
                return replace(result, problems=(*result.problems, _("Not saved: {error}").format(error=error)))
            if video and "video" not in result.files:
                problem = _("No video was saved, because none was drawn.")
                result = replace(result, problems=(*result.problems, problem))
            if not quiet:
                typer.echo(_("Saved for {name} as {set_id} (hingecheck history show {set_id}).").format(
                               name=owner.name, set_id=str(set_id)[:8]),
                           err=True)
            return replace(result, saved=str(set_id))

        yield save_result, (history, owner)
