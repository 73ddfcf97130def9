"""Analyse: choose videos or a sample, watch them being read, land in the review."""

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
from hingecheck.pages import elements, refusal, state
from hingecheck.samples import Sample, samples

_KINDS = ["mp4", "mov", "m4v", "avi", "mkv", "webm", "mpg", "mpeg", "3gp", "mts", "ts", "wmv"]
_AUTO = "auto"
_STAGES = {"measuring": "Measuring", "drawing": "Drawing the video"}
_LOOK_EVERY_S = 0.7


def page() -> None:
    """Draw the page."""
    st.title("Analyse a video")
    batch = state.batch()
    if batch is None:
        _choose()
    elif not batch.is_over:
        _watch()
    else:
        _land(batch)


def _choose() -> None:
    st.write("Film yourself from the side, whole body in the picture, standing tall for two seconds first. Then drop "
             "the video here.")
    own = st.file_uploader("Your videos", type=_KINDS, accept_multiple_files=True)
    ready = samples()
    sample = st.selectbox("Or try a sample", ready, index=None, format_func=lambda one: one.words,
                          placeholder="Choose a sample") if ready else None
    person = state.person("Whose set is it?")
    known, problems = personal_exercises.for_person(state.history(), person.id if person else None)
    choice = st.selectbox("Exercise", [_AUTO, *known],
                          format_func=lambda one: "Tell it from the video" if one == _AUTO else known[one].name)
    exercise = known.get(choice)
    if exercise is not None and exercise.before:
        st.info(exercise.before)
    if st.button("Analyse", type="primary", disabled=not (own or sample)):
        with state.shown_errors():
            owner = person or people.default(state.history())
            state.choose(owner.id)
            _start(owner, [*own, *([] if own or sample is None else [sample])], exercise, known)
    elements.sentences(problems)
    with st.expander("Where to put the camera"):
        refusal.camera(exercise or known["hip_hinge"])


def _start(owner: Person, videos: Sequence[UploadedFile | Sample], exercise: Exercise | None,
           known: dict[str, Exercise]) -> None:
    orders = []
    for given in videos:
        folder = state.workspace().make()
        name = given.name if isinstance(given, UploadedFile) else given.path.name
        # The person's name for it stays a text; the file's own name is ours, whatever theirs was.
        video = folder / f"video{_suffix(name)}"
        if isinstance(given, UploadedFile):
            video.write_bytes(given.getbuffer())
        else:
            shutil.copyfile(given.path, video)
        orders.append(AnalysisRequest(video=video, name=name, folder=folder, exercise=exercise, known=known,
                                      person=owner.id))
    state.set_batch(Batch(orders))
    st.rerun()


def _suffix(name: str) -> str:
    suffix = Path(name).suffix.lower()
    return suffix if suffix.removeprefix(".") in _KINDS else ".mp4"


@st.fragment(run_every=_LOOK_EVERY_S)
def _watch() -> None:
    """Show how far it is; when it is over, the whole page runs again."""
    batch = state.batch()
    if batch is None or batch.is_over:
        st.rerun()
    assert batch is not None
    at = next((place for place, one in enumerate(batch.states) if one.phase == "working"), 0)
    elements.piece("kicker", texts=[batch.states[at].name,
                                 *([f"video {at + 1} of {len(batch.states)}"] if len(batch.states) > 1 else [])])
    st.progress(_share(batch.states[at]), text=_words(batch.states[at]))
    if st.button("Stop"):
        batch.cancel()
        st.rerun()
    picture = batch.preview()
    if picture is not None:
        with st.container(key="preview"):
            st.image(picture, caption="The frame being read", width="stretch")


def _share(one: VideoState) -> float:
    if one.step is None or not one.step.total:
        return 0.0
    return min(1.0, one.step.done / one.step.total)


def _words(one: VideoState) -> str:
    if one.step is None:
        return "Starting"
    of = f" of {one.step.total}" if one.step.total else ""
    return f"{_STAGES.get(one.step.stage, 'Working')}: frame {one.step.done}{of}, {one.step.fps:.0f} a second"


def _land(batch: Batch) -> None:
    """Go to the review where there is just one to see; else say how each video ended."""
    outcomes = [one.outcome for one in batch.states if one.outcome is not None]
    for outcome in outcomes:
        if outcome.set_id is not None and outcome.video is not None:
            state.videos()[outcome.set_id] = outcome.video
    if len(batch.states) == 1 and outcomes and outcomes[0].set_id is not None:
        state.set_batch(None)
        _open(str(outcomes[0].set_id))
        return
    if any(one.phase == "stopped" for one in batch.states):
        st.info("Stopped. Nothing of an unfinished video was kept.")
    for place, outcome in enumerate(outcomes):
        _ended(place, outcome, batch.requests[place])
    if st.button("Analyse another video", type="primary"):
        state.set_batch(None)
        st.rerun()


def _open(set_id: str) -> None:
    """Open the review by itself: the browser follows the link, where `state.go` would let a late look blank the review.

    The fragment's last look may still be on its way when the server turns the page; Streamlit (1.60) then goes back to
    the old page, where nothing is left to draw. The browser looks no more once it has drawn this link.
    """
    with st.container(key="judged"):
        state.link("review", "Open the review", set=set_id)
    elements.press(".st-key-judged a", set_id)


def _ended(place: int, outcome: AnalysisOutcome, order: AnalysisRequest) -> None:
    if outcome.set_id is None:
        refusal.show(outcome, order.exercise)
        _ask_again(place, outcome, order)
        return
    with st.container(border=True):
        elements.piece("kicker", texts=[outcome.report.video])
        elements.sentences(outcome.report.summary[:1])
        if st.button("Review", key=f"review-{place}"):
            state.set_batch(None)
            state.go("review", set=str(outcome.set_id))


def _ask_again(place: int, outcome: AnalysisOutcome, order: AnalysisRequest) -> None:
    """Where the exercise could not be told for sure, let the person say."""
    recognised = outcome.report.recognised
    for name in () if recognised is None else recognised.candidates[:3]:
        exercise = order.known.get(name)
        if exercise is not None and st.button(f"It is: {elements.plain(exercise.name)}", key=f"is-{place}-{name}"):
            with state.shown_errors():
                folder = state.workspace().make()
                video = folder / order.video.name
                shutil.copyfile(order.video, video)
                state.set_batch(Batch([order.model_copy(update={
                    "video": video, "folder": folder, "exercise": exercise})]))
            st.rerun()
