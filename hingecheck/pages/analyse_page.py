"""Analyse: choose videos or a sample, follow their analysis, open the review."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from exercises.exercise_model import Exercise
from hingecheck.history import people, personal_exercises
from hingecheck.history.records import Person
from hingecheck.jobs.messages import AnalysisOutcome, AnalysisRequest
from hingecheck.jobs.work_queue import Batch, VideoState
from hingecheck.pages import another_exercise, elements, refusal, state
from hingecheck.pages.browser_link import follow_link
from hingecheck.samples import Sample, samples

_SUFFIXES = ["mp4", "mov", "m4v", "avi", "mkv", "webm", "mpg", "mpeg", "3gp", "mts", "ts", "wmv"]
_AUTO = "auto"
#: The worker's stages in words.
_STAGES = {"measuring": "Measuring", "drawing": "Drawing the video"}
_POLL_S = 0.7
#: What a turn that is asked about is called on its button.
_TURNED = {90: "Turn it a quarter to the right", 180: "Turn it upside down", 270: "Turn it a quarter to the left"}


def page() -> None:
    """Draw the page."""
    st.title("Analyse a video")
    batch = state.batch()
    if batch is None:
        _draw_choices()
    elif not batch.is_over:
        _draw_progress()
    else:
        _draw_results(batch)


def _draw_choices() -> None:
    st.write("Film yourself from the side, with your whole body in the frame. Stand tall for two seconds first. Then "
             "drop the video here.")
    uploads = st.file_uploader("Your videos", type=_SUFFIXES, accept_multiple_files=True)
    clips = samples()
    sample = st.selectbox("Or try a sample", clips, index=None, format_func=lambda clip: clip.words,
                          placeholder="Choose a sample") if clips else None
    person = state.person("Whose set is it?")
    known, problems = personal_exercises.for_person(state.history(), person.id if person else None)
    choice = st.selectbox("Exercise", [_AUTO, *known],
                          format_func=lambda name: "Detect automatically" if name == _AUTO else known[name].name)
    exercise = known.get(choice)
    if exercise is not None and exercise.before:
        st.info(exercise.before)
    if st.button("Analyse", type="primary", disabled=not (uploads or sample)):
        with state.report_errors():
            owner = person or people.default(state.history())
            state.choose_person(owner.id)
            _start(owner, [*uploads, *([] if uploads or sample is None else [sample])], exercise, known)
    elements.sentences(problems)
    with st.expander("Where to put the camera"):
        refusal.draw_camera(exercise or known["hip_hinge"])


def _start(owner: Person, videos: Sequence[UploadedFile | Sample], exercise: Exercise | None,
           known: dict[str, Exercise]) -> None:
    requests = []
    for source in videos:
        folder = state.workspace().make()
        name = source.name if isinstance(source, UploadedFile) else source.path.name
        # The upload's name is only ever displayed: a hostile name never becomes a path.
        video = folder / f"video{_suffix(name)}"
        if isinstance(source, UploadedFile):
            video.write_bytes(source.getbuffer())
        else:
            shutil.copyfile(source.path, video)
        requests.append(AnalysisRequest(video=video, name=name, folder=folder, exercise=exercise, known=known,
                                        person=owner.id))
    state.set_batch(Batch(requests))
    st.rerun()


def _suffix(name: str) -> str:
    suffix = Path(name).suffix.lower()
    return suffix if suffix.removeprefix(".") in _SUFFIXES else ".mp4"


@st.fragment(run_every=_POLL_S)
def _draw_progress() -> None:
    """Draw the progress of the batch; once it is over, the whole page runs again."""
    batch = state.batch()
    if batch is None or batch.is_over:
        st.rerun()
    assert batch is not None
    index = next((index for index, video in enumerate(batch.states) if video.phase == "working"), 0)
    elements.piece("kicker", texts=[batch.states[index].name,
                                 *([f"video {index + 1} of {len(batch.states)}"] if len(batch.states) > 1 else [])])
    st.progress(_share(batch.states[index]), text=_step_text(batch.states[index]))
    if st.button("Stop"):
        batch.cancel()
        st.rerun()
    frame = batch.preview()
    if frame is not None:
        with st.container(key="preview"):
            st.image(frame, caption="The frame being measured", width="stretch")


def _share(video: VideoState) -> float:
    if video.step is None or not video.step.total:
        return 0.0
    return min(1.0, video.step.done / video.step.total)


def _step_text(video: VideoState) -> str:
    if video.step is None:
        return "Starting"
    total = f" of {video.step.total}" if video.step.total else ""
    return f"{_STAGES.get(video.step.stage, 'Working')}: frame {video.step.done}{total}, {video.step.fps:.0f} fps"


def _draw_results(batch: Batch) -> None:
    """Open the review of a single judged video; otherwise draw the outcome of each video."""
    outcomes = [video.outcome for video in batch.states if video.outcome is not None]
    for request, video in zip(batch.requests, batch.states, strict=True):
        outcome = video.outcome
        if outcome is None or outcome.set_id is None:
            continue
        another_exercise.remember(outcome.set_id, request)
        if outcome.video is not None:
            state.videos()[outcome.set_id] = outcome.video
    if len(batch.states) == 1 and outcomes and outcomes[0].set_id is not None:
        state.set_batch(None)
        _open_review(str(outcomes[0].set_id))
        return
    if any(video.phase == "stopped" for video in batch.states):
        st.info("Stopped. Nothing of an unfinished video was saved.")
    for index, outcome in enumerate(outcomes):
        _draw_outcome(index, outcome, batch.requests[index])
    if st.button("Analyse another video", type="primary"):
        state.set_batch(None)
        st.rerun()


def _open_review(set_id: str) -> None:
    """Open the review through a link that the browser follows; after `state.go` a late request could blank the page.

    The fragment's last request may still be in transit when the server changes the page. Streamlit (1.60) then returns
    to the old page, which has nothing left to draw. The browser sends no more requests once it has drawn this link.
    """
    with st.container(key="judged"):
        state.link("review", "Open the review", set=set_id)
    follow_link(".st-key-judged a", set_id)


def _draw_outcome(index: int, outcome: AnalysisOutcome, request: AnalysisRequest) -> None:
    if outcome.set_id is None:
        refusal.draw(outcome, request.exercise)
        _draw_turns(index, outcome, request)
        _draw_candidates(index, outcome, request)
        return
    with st.container(border=True):
        elements.piece("kicker", texts=[outcome.report.video])
        elements.sentences(outcome.report.summary[:1])
        if st.button("Review", key=f"review-{index}"):
            state.set_batch(None)
            state.go("review", set=str(outcome.set_id))


def _draw_turns(index: int, outcome: AnalysisOutcome, request: AnalysisRequest) -> None:
    """Let the person say which way is up, where that is asked; the video is then measured again."""
    asked_deg = outcome.report.turn_asked_deg
    for turn_deg, label in () if asked_deg is None else ((asked_deg, _TURNED[asked_deg]), (0, "It is upright")):
        if st.button(label, key=f"turn-{index}-{turn_deg}"):
            with state.report_errors():
                state.set_batch(Batch([another_exercise.request_turned(request, turn_deg)]))
            st.rerun()


def _draw_candidates(index: int, outcome: AnalysisOutcome, request: AnalysisRequest) -> None:
    """Let the person choose among the likely exercises; nothing is measured again."""
    recognised = outcome.report.recognised
    for name in () if recognised is None else recognised.candidates[:3]:
        exercise = request.known.get(name)
        if exercise is not None and st.button(f"Analyse as {elements.plain(exercise.name)}", key=f"is-{index}-{name}"):
            with state.report_errors():
                state.set_batch(Batch([another_exercise.request_as(request, exercise)]))
            st.rerun()
