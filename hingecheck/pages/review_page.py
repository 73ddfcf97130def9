"""Review: one set with its video, curves, one card per rep, relabels, questions and exports."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from pathlib import Path
from uuid import UUID

import streamlit as st

from exercises.results import Rep
from hingecheck import reasons
from hingecheck.history import files, queries, sets
from hingecheck.history.connection import History
from hingecheck.history.records import HistoryError, SavedSet
from hingecheck.jobs import saving
from hingecheck.pages import (
    after_set,
    angle_curves,
    another_exercise,
    elements,
    exports,
    rep_cards,
    set_list,
    state,
    visitors,
    whose,
)
from hingecheck.pages.video_jump import jump_to
from hingecheck.report import wording
from pose.track import Track

#: Session state: time of the video, number of seeks, and the last of them that the browser was told.
_AT, _SEEKS, _TOLD = "at_s", "seeks", "seek_told"
_POLL_S = 1.0


def page() -> None:
    """Draw the page."""
    set_id = _set_id()
    history = state.history()
    if set_id is None:
        _draw_choice(history)
        return
    try:
        saved = sets.load(history, set_id)
    except HistoryError:
        st.title("Review")
        st.info("This set is no longer in your history. Choose another.")
        _draw_choice(history)
        return
    if st.session_state.get("set_id") != set_id:
        st.session_state["set_id"], st.session_state[_AT] = set_id, 0.0
    _draw_head(saved)
    track = files.load_track(history, set_id)
    begin_s = _begin_s(track)
    _draw_video(history, saved, begin_s)
    clicked_s = angle_curves.draw(set_id, track, saved.report, saved.exercise)
    if clicked_s is not None and clicked_s != st.session_state.get("clicked_s"):
        st.session_state["clicked_s"] = clicked_s
        _seek(clicked_s)
        st.rerun()
    pictures = files.key_image_paths(history, set_id)
    rep_cards.draw_comparison(saved, pictures, _video_file(history, set_id), begin_s)
    _draw_cards(history, saved, pictures)
    another_exercise.draw(saved)
    after_set.draw_questions(history, saved)
    after_set.draw_notes(history, saved)
    exports.draw(history, saved, _video_file(history, set_id))
    _draw_deletion(history, saved)


def _set_id() -> UUID | None:
    """The set that the address names, else the last one of this window."""
    with suppress(ValueError):
        return UUID(st.query_params.get("set", ""))
    last: UUID | None = st.session_state.get("set_id")
    if last is not None:
        st.query_params["set"] = str(last)
    return last


def _draw_choice(history: History) -> None:
    """Let the person choose one of their newest sets, or explain how to get one."""
    person = whose.draw()
    st.title("Review", anchor=False)
    lines = queries.lines(history, person.id, limit=30) if person is not None else ()
    if not lines:
        st.write("There is nothing to review yet. Analyse a video first. Its set then opens here.")
        state.link("analyse", "Analyse a video")
        return
    st.write("Choose a set.")
    set_list.draw(lines)


def _draw_head(saved: SavedSet) -> None:
    report, exercise = saved.report, saved.exercise
    good = exercise.good_word or wording.look(exercise.good).word.lower()
    st.title(elements.plain(wording.headline(report, good)), anchor=False)
    when = f"{saved.line.made_at.astimezone(state.zone()):%d %B %Y, %H:%M}"
    elements.piece("kicker", texts=[exercise.name, saved.person.name, when, report.video])
    summary = saving.with_later_answers(saved).summary
    elements.sentences((*summary, *reasons.sentences(report, reasons.Place.PAGE)))


def _seek(at_s: float) -> None:
    """Move the video to a time."""
    st.session_state[_AT] = at_s
    st.session_state[_SEEKS] = st.session_state.get(_SEEKS, 0) + 1


def _seek_bottom(rep: Rep) -> None:
    """Show the moment that the verdict is about: half-way between reaching the bottom and leaving it."""
    _seek((rep.bottom_s + rep.leave_s) / 2)


def _seek_start(rep: Rep) -> None:
    _seek(rep.start_s)


def _video_file(history: History, set_id: UUID) -> Path | None:
    """The annotated video: of the history, else of this window."""
    temporary = state.videos().get(set_id)
    return files.video_path(history, set_id) or (temporary if temporary is not None and temporary.is_file() else None)


def _begin_s(track: Track | None) -> float:
    """The time of the annotated video's first frame: later than 0 where only a part of the clip was analysed."""
    return 0.0 if track is None or not len(track) else float(track.time_s[0])


def _draw_video(history: History, saved: SavedSet, begin_s: float) -> None:
    video = _video_file(history, saved.line.id)
    if video is None and state.is_drawing(saved.line.id):
        _await_video(saved.line.id)
    elif video is None:
        st.info("The video of this set was not saved. Numbers, curves and key pictures are here.")
    else:
        with st.container(key="film"):
            st.video(str(video))
        seeks = st.session_state.get(_SEEKS, 0)
        if seeks and st.session_state.get(_TOLD) != seeks:
            st.session_state[_TOLD] = seeks
            jump_to(".st-key-film video", max(float(st.session_state[_AT]) - begin_s, 0.0), seeks)
        _draw_save_choice(history, saved, video)
    if saved.report.reps:
        st.caption("Go to a rep")
        with st.container(horizontal=True):
            for rep in saved.report.reps:
                look = wording.look_of(rep)
                st.button(f"{rep.index} {elements.plain(look.sign)} {elements.plain(look.word)}", key=f"go-{rep.index}",
                          on_click=_seek_bottom, args=(rep,))


@st.fragment(run_every=_POLL_S)
def _await_video(set_id: UUID) -> None:
    """Say that the video is being drawn; once it is there, the whole page runs again."""
    if not state.is_drawing(set_id):
        st.rerun()
    st.info("The video is being drawn. It appears here as soon as it is ready.")


def _draw_save_choice(history: History, saved: SavedSet, video: Path) -> None:
    in_history = files.video_path(history, saved.line.id) is not None
    if not visitors.may_change(history, saved.person.id):
        return
    save = st.checkbox("Save this video on this computer", value=in_history, key=f"keep-{saved.line.id}",
                       help="Without this tick the video is deleted when you close this window. The numbers stay.")
    with state.report_errors():
        if save and not in_history:
            files.save_video(history, saved.line.id, video)
        elif in_history and not save:
            state.videos()[saved.line.id] = _copy_to_window(video)
            files.delete_video(history, saved.line.id)


def _copy_to_window(video: Path) -> Path:
    """Copy the video into the window's own folder, so that it plays until the window closes."""
    copy = state.workspace().make() / video.name
    copy.write_bytes(video.read_bytes())
    return copy


def _draw_cards(history: History, saved: SavedSet, pictures: dict[int, Path]) -> None:
    if not saved.report.reps:
        return
    st.header("Rep by rep", anchor=False)
    counts = Counter(wording.look_of(rep).word for rep in saved.report.reps)
    choice = None
    if len(counts) > 1:
        choice = st.segmented_control("Show", list(counts), format_func=lambda word: f"{word} ({counts[word]})",
                                      key=f"filter-{saved.line.id}")
    seek = _seek_start if _video_file(history, saved.line.id) else None
    for rep in saved.report.reps:
        if choice in (None, wording.look_of(rep).word):
            rep_cards.draw_card(history, saved, rep, pictures.get(rep.index), seek)


def _draw_deletion(history: History, saved: SavedSet) -> None:
    if not visitors.may_change(history, saved.person.id):
        return
    with st.expander("Delete this set"):
        st.write("This deletes numbers, curves, key pictures, video, relabels, answers and notes. It cannot be undone.")
        confirmed = st.checkbox("Yes, delete it", key=f"sure-{saved.line.id}")
        if st.button("Delete", disabled=not confirmed, key=f"delete-{saved.line.id}"):
            with state.report_errors():
                sets.delete(history, saved.line.id)
                state.videos().pop(saved.line.id, None)
                st.session_state.pop("set_id", None)
                state.go("progress")
