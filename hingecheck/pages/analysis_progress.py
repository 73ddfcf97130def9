"""Draw a batch of videos: what is asked, what is being measured and how long it takes, and what came of each."""

from __future__ import annotations

from functools import partial

import streamlit as st

from hingecheck.jobs import rejudged
from hingecheck.jobs.messages import AnalysisRequest, AnalysisResponse, ProgressStep
from hingecheck.jobs.video_states import VideoState
from hingecheck.jobs.work_queue import Batch
from hingecheck.pages import (
    elements,
    exercise_question,
    language_choice,
    new_batch,
    part_list,
    refusal,
    state,
    time_left,
)
from hingecheck.pages.browser_link import follow_link
from hingecheck.report import set_sentences, verdict_words
from language.translate import _, mark

#: The worker's stages in words.
_STAGES = {"measuring": mark("Measuring: frame {frames}"), "drawing": mark("Drawing the video: frame {frames}")}
_OTHER_STAGE = mark("Working: frame {frames}")
_POLL_S = 0.7
#: What a turn that is asked about is called on its button.
_TURNED = {90: mark("Turn it a quarter to the right"), 180: mark("Turn it upside down"),
           270: mark("Turn it a quarter to the left")}
_OPENED = "opened_sets"


def draw(batch: Batch) -> None:
    """Draw the batch, again and again until its work is over."""
    if batch.is_over:
        _draw(batch)
    else:
        _draw_until_over()


def was_opened(batch: Batch) -> bool:
    """Return whether the batch is one video whose review was opened while its video was being drawn."""
    opened = st.session_state.get(_OPENED, ())
    return batch.is_over and len(batch.states) == 1 and _set_id(batch.states[0]) in opened


@partial(language_choice.fragment, run_every=_POLL_S)
def _draw_until_over() -> None:
    batch = state.batch()
    if batch is None or batch.is_over:
        st.rerun()
    assert batch is not None
    _draw(batch)


def _draw(batch: Batch) -> None:
    asked = next((index for index, (video, request) in enumerate(zip(batch.states, batch.requests, strict=True))
                  if exercise_question.is_asked(video, request)), None)
    if asked is not None:
        exercise_question.draw(batch, asked)
    elif len(batch.states) == 1:
        _draw_only_title(batch.states[0])
    else:
        st.title(_("Your videos") if batch.is_over else _("Analysing"), anchor=False)
    if len(batch.states) == 1 and batch.is_over and _set_id(batch.states[0]):
        _open_review(_set_id(batch.states[0]))
        return
    for index, video in enumerate(batch.states):
        if index != asked:
            _draw_video(batch, index, video)
    _draw_buttons(batch)


def _draw_only_title(video: VideoState) -> None:
    """Draw the title of a single video: its verdict as soon as it is known."""
    known = video.verdict
    if known is not None and known.parts:
        st.title(part_list.title(known), anchor=False)
    elif known is not None and known.report.status == "judged":
        st.title(elements.plain(set_sentences.headline(known.report)), anchor=False)
    elif not video.is_over:
        st.title(_("Analysing"), anchor=False)
    elif video.phase == "stopped":
        st.title(_("Stopped"), anchor=False)
    elif known is not None:
        st.title(refusal.heading(known.report), anchor=False)


def _draw_video(batch: Batch, index: int, video: VideoState) -> None:
    several, known = len(batch.states) > 1, video.verdict
    with st.container(border=several, key=f"video-{index}"):
        if known is not None and known.parts:
            _draw_parts(batch, index, known, several)
        elif known is not None and known.report.status == "judged":
            _draw_verdict(known, several)
        elif known is not None:
            _draw_refusal(batch, index, known, several)
        else:
            elements.piece("kicker", texts=[video.name, *_waiting(video, batch.requests[index])])
        if video.phase == "working":
            st.progress(_share(video.step), text=step_text(video.step))
            if known is None:
                _draw_preview(batch)


def _waiting(video: VideoState, request: AnalysisRequest) -> list[str]:
    # A clip that is cut is saved whole already.
    stopped = _("stopped, no part of it was saved") if request.parts and request.from_last else \
        _("stopped, nothing of it was saved")
    words = {"waiting": _("waits for its turn"), "stopped": stopped}.get(video.phase)
    return [] if words is None else [words]


def _draw_verdict(known: AnalysisResponse, several: bool) -> None:
    """Draw the verdict of a judged clip, with the way to its review."""
    if several:
        st.subheader(elements.plain(set_sentences.headline(known.report)), anchor=False)
    elements.piece("kicker", texts=[known.report.video])
    elements.pills([(f"{rep.index} ", verdict_words.look_of(rep), rep.borderline) for rep in known.report.reps])
    elements.sentences((*known.report.summary[:1], *known.problems))
    if known.set_id is not None and st.button(_("Open the review"), key=f"review-{known.set_id}"):
        st.session_state.setdefault(_OPENED, set()).add(str(known.set_id))
        state.go("review", set=str(known.set_id))


def _draw_parts(batch: Batch, index: int, known: AnalysisResponse, several: bool) -> None:
    if several:
        st.subheader(part_list.title(known), anchor=False)
    part_list.draw(known, batch.requests[index])


def _draw_refusal(batch: Batch, index: int, response: AnalysisResponse, several: bool) -> None:
    request = batch.requests[index]
    if several:
        st.subheader(refusal.heading(response.report), anchor=False)
    refusal.draw(response, request.exercise)
    asked_deg = response.report.turn_asked_deg
    for turn_deg, label in () if asked_deg is None else ((asked_deg, _(_TURNED[asked_deg])), (0, _("It is upright"))):
        if st.button(label, key=f"turn-{index}-{turn_deg}"):
            batch.submit(index, rejudged.turned(request, turn_deg))
            st.rerun()
    cut = part_list.draw_cut(response.report, request, f"video-{index}")
    if cut is not None:
        batch.submit(index, cut)
        st.rerun()
    if asked_deg is None and rejudged.is_measured(request):
        exercise_question.draw_others(batch, index, _("Was it another exercise?"),
                                      () if request.exercise is None else (request.exercise.id,))


def _draw_buttons(batch: Batch) -> None:
    if not batch.is_over:
        if st.button(_("Stop")):
            batch.cancel()
            st.rerun()
        return
    with st.container(horizontal=True):
        if any(video.phase == "stopped" for video in batch.states):
            st.button(_("Go on"), type="primary", on_click=new_batch.again, args=(batch,))
        if st.button(_("Analyse another video")):
            state.set_batch(None)
            st.rerun()


def _draw_preview(batch: Batch) -> None:
    frame = batch.preview()
    if frame is not None:
        with st.container(key="preview"):
            elements.image(frame, _("The frame that is being measured"))


def _share(step: ProgressStep | None) -> float:
    return min(1.0, step.done / step.total) if step is not None and step.total else 0.0


def step_text(step: ProgressStep | None) -> str:
    """Return the progress of a video in words, with the time that is left where it is known."""
    if step is None:
        return _("Starting")
    frames = _("{done} of {total}").format(done=step.done, total=step.total) if step.total else str(step.done)
    left = time_left.words(step.done, step.total, step.fps)
    text = _(_STAGES.get(step.stage, _OTHER_STAGE)).format(frames=frames)
    return f"{text}, {left}" if left else text


def _set_id(video: VideoState) -> str:
    known = video.verdict
    return "" if known is None or known.set_id is None else str(known.set_id)


def _open_review(set_id: str) -> None:
    """Open the review through a link that the browser follows; after `state.go` a late request could blank the page.

    The fragment's last request may still be in transit when the server changes the page. Streamlit (1.60) then returns
    to the old page, which has nothing left to draw. The browser sends no more requests once it has drawn this link.
    """
    st.session_state.setdefault(_OPENED, set()).add(set_id)
    with st.container(key="judged"):
        state.link("review", _("Open the review"), set=set_id)
    follow_link(".st-key-judged a", set_id)
