"""Ask which exercise a measured clip shows; an answer judges what was measured, and nothing is measured again."""

from __future__ import annotations

import streamlit as st

from exercises.exercise_model import Exercise
from exercises.results import SetReport
from hingecheck import reasons
from hingecheck.jobs import rejudged
from hingecheck.jobs.messages import AnalysisRequest
from hingecheck.jobs.video_states import VideoState
from hingecheck.jobs.work_queue import Batch
from hingecheck.pages import elements, part_list, state, tiles
from language.translate import _
from pose.quantity import Position
from pose.reason import ReasonKind

_ASKED = (ReasonKind.EXERCISE_UNSURE, ReasonKind.NO_EXERCISE_FITS)
_MOST_TILES = 3


def is_asked(video: VideoState, request: AnalysisRequest) -> bool:
    """Return whether only the person can say which exercise a clip shows."""
    response = video.response
    return (response is not None and response.set_id is None and not response.parts and rejudged.is_measured(request)
            and any(reason.kind in _ASKED for reason in reasons.of_report(response.report)))


def draw(batch: Batch, index: int) -> None:
    """Draw the question about one clip: the likely exercises as large buttons, then all others."""
    video, request = batch.states[index], batch.requests[index]
    assert video.response is not None
    likely = _likely(video.response.report, request.known)
    st.title(_("Which exercise is this?"), anchor=False)
    elements.piece("kicker", texts=[request.name, *_others(batch, index)])
    elements.sentences([reasons.sentence(reason, reasons.Place.PAGE) for reason in reasons.of_report(
        video.response.report) if reason.kind is ReasonKind.SEVERAL_EXERCISES])
    cut = part_list.draw_cut(video.response.report, request, f"asked-{index}")
    if cut is not None:
        batch.submit(index, cut)
        st.rerun()
    name = tiles.choose([tiles.of_exercise(request.known[name]) for name in likely], f"is-{index}")
    draw_others(batch, index, _("None of these") if likely else _("Exercise"), exclude=likely)
    if name is not None:
        answer(batch, index, request.known[name])


def draw_others(batch: Batch, index: int, label: str, exclude: tuple[str, ...] = ()) -> None:
    """Draw a list of the exercises to judge a clip by."""
    request = batch.requests[index]
    others = {name: one for name, one in request.known.items() if name not in exclude}
    name = st.selectbox(label, list(others), index=None, format_func=lambda name: _(others[name].name),
                        placeholder=_("Choose another exercise"), key=f"other-{index}-{request.folder.name}")
    if name is not None and st.button(_("Judge as this exercise"), key=f"judge-{index}"):
        answer(batch, index, others[name])


def answer(batch: Batch, index: int, exercise: Exercise) -> None:
    """Judge a clip as an exercise; its video waits for its turn to be drawn."""
    request = batch.requests[index]
    with state.report_errors():
        response = rejudged.judge(state.history(), request, exercise)
        chosen = rejudged.to_draw(request, exercise, response)
        if response.set_id is None:
            batch.settle(index, chosen, response)
        else:
            batch.submit(index, chosen, response)
        st.rerun()


def _likely(report: SetReport, known: dict[str, Exercise]) -> tuple[str, ...]:
    recognised = report.recognised
    candidates = () if recognised is None else tuple(name for name in recognised.candidates if name in known)
    return candidates[:_MOST_TILES] or _of_position(report, known)


def _of_position(report: SetReport, known: dict[str, Exercise]) -> tuple[str, ...]:
    """The first exercises of the position in which the person was seen, where nothing of it fits."""
    seen = next((str(reason.named["position"]) for reason in reasons.of_report(report)
                 if reason.kind is ReasonKind.NO_EXERCISE_FITS and reason.named["position"]), "")
    return tuple(name for name, one in known.items() if seen and one.position is Position(seen))[:_MOST_TILES]


def _others(batch: Batch, index: int) -> list[str]:
    """How many other clips ask as well."""
    more = sum(is_asked(video, request) for number, (video, request)
               in enumerate(zip(batch.states, batch.requests, strict=True)) if number != index)
    return [_("then {more} more").format(more=more)] if more else []
