"""Review: one set with its video, curves, a card a rep, other verdicts beside the original ones, questions, files."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from pathlib import Path
from uuid import UUID

import streamlit as st

from exercises.results import Rep
from hingecheck.history import files, queries, sets
from hingecheck.history.connection import History
from hingecheck.history.records import HistoryError, SavedSet
from hingecheck.jobs import saving
from hingecheck.pages import after_set, angle_curves, elements, exports, rep_cards, set_list, state
from hingecheck.report import wording

_AT, _JUMPS = "at_s", "jumps"


def page() -> None:
    """Draw the page."""
    set_id = _asked()
    history = state.history()
    if set_id is None:
        _choose(history)
        return
    try:
        saved = sets.load(history, set_id)
    except HistoryError:
        st.title("Review")
        st.info("This set is not in your history any more.")
        _choose(history)
        return
    if st.session_state.get("set_id") != set_id:
        st.session_state["set_id"], st.session_state[_AT] = set_id, 0.0
    _head(saved)
    _video(history, saved)
    track = files.load_track(history, set_id)
    jumped = angle_curves.draw(set_id, track, saved.report, saved.exercise)
    if jumped is not None and jumped != st.session_state.get("clicked_s"):
        st.session_state["clicked_s"] = jumped
        jump(jumped)
        st.rerun()
    pictures = files.key_image_paths(history, set_id)
    rep_cards.compare(saved, pictures, _film(history, set_id))
    _cards(history, saved, pictures)
    after_set.questions(history, saved)
    after_set.notes(history, saved)
    exports.draw(history, saved, _film(history, set_id))
    _delete(history, saved)


def _asked() -> UUID | None:
    given = st.query_params.get("set", "")
    with suppress(ValueError):
        return UUID(given)
    known = st.session_state.get("set_id")
    if known is not None:
        st.query_params["set"] = str(known)
    return known


def _choose(history: History) -> None:
    """Let the person choose one of their newest sets, or say how to get one."""
    st.title("Review")
    person = state.person()
    found = queries.lines(history, person.id, limit=30) if person is not None else ()
    if not found:
        st.write("There is nothing to review yet. Analyse a video first; its set then opens here.")
        state.link("analyse", "Analyse a video")
        return
    st.write("Choose a set.")
    set_list.draw(found)


def _head(saved: SavedSet) -> None:
    report, exercise = saved.report, saved.exercise
    good = exercise.good_word or wording.look(exercise.good).word.lower()
    st.title(elements.plain(wording.headline(report, good)), anchor=False)
    when = f"{saved.line.made_at.astimezone(state.zone()):%d %B %Y, %H:%M}"
    elements.piece("kicker", texts=[exercise.name, saved.person.name, when, report.video])
    elements.sentences([elements.for_page(one) for one in (*saving.with_later_answers(saved).summary, *report.reasons)])


def jump(at_s: float) -> None:
    """Make the video show a moment."""
    st.session_state[_AT] = at_s
    st.session_state[_JUMPS] = st.session_state.get(_JUMPS, 0) + 1


def _jump_to(rep: Rep) -> None:
    jump(max(rep.start_s - 0.2, 0.0))


def _film(history: History, set_id: UUID) -> Path | None:
    kept = files.video_path(history, set_id)
    drawn = state.videos().get(set_id)
    return kept or (drawn if drawn is not None and drawn.is_file() else None)


def _video(history: History, saved: SavedSet) -> None:
    film = _film(history, saved.line.id)
    if film is None:
        st.info("The video of this set was not kept. Numbers, curves and key pictures are here.")
    else:
        at_s = float(st.session_state.get(_AT, 0.0))
        with st.container(key="film"):
            st.video(str(film), start_time=at_s)
        jumps = st.session_state.get(_JUMPS, 0)
        if jumps and st.session_state.get("scrolled") != jumps:
            st.session_state["scrolled"] = jumps
            elements.scroll_to(".st-key-film", jumps)
        _keep(history, saved, film)
    if saved.report.reps:
        st.caption("Go to a rep")
        with st.container(horizontal=True):
            for rep in saved.report.reps:
                look = wording.look_of(rep)
                st.button(f"{rep.index} {elements.plain(look.sign)} {elements.plain(look.word)}", key=f"go-{rep.index}",
                          on_click=_jump_to, args=(rep,))


def _keep(history: History, saved: SavedSet, film: Path) -> None:
    kept = files.video_path(history, saved.line.id) is not None
    wanted = st.checkbox("Keep this video on this computer", value=kept, key=f"keep-{saved.line.id}",
                         help="Without this tick the video goes when you close this window; the numbers stay.")
    with state.shown_errors():
        if wanted and not kept:
            files.save_video(history, saved.line.id, film)
        elif kept and not wanted:
            state.videos()[saved.line.id] = _moved(film)
            files.delete_video(history, saved.line.id)


def _moved(film: Path) -> Path:
    """Take the video back into the window's own folder, so that it stays to be seen until the window closes."""
    own = state.workspace().make() / film.name
    own.write_bytes(film.read_bytes())
    return own


def _cards(history: History, saved: SavedSet, pictures: dict[int, Path]) -> None:
    if not saved.report.reps:
        return
    st.header("Rep by rep", anchor=False)
    words = Counter(wording.look_of(rep).word for rep in saved.report.reps)
    chosen = None
    if len(words) > 1:
        chosen = st.segmented_control("Show", list(words), format_func=lambda word: f"{word} ({words[word]})",
                                      key=f"filter-{saved.line.id}")
    for rep in saved.report.reps:
        if chosen in (None, wording.look_of(rep).word):
            rep_cards.card(history, saved, rep, pictures.get(rep.index), _jump_to if _film(history, saved.line.id)
                           else None)


def _delete(history: History, saved: SavedSet) -> None:
    with st.expander("Delete this set"):
        st.write("Numbers, curves, key pictures, the video and what was said about it go for good.")
        sure = st.checkbox("Yes, delete it", key=f"sure-{saved.line.id}")
        if st.button("Delete", disabled=not sure, key=f"delete-{saved.line.id}"):
            with state.shown_errors():
                sets.delete(history, saved.line.id)
                state.videos().pop(saved.line.id, None)
                st.session_state.pop("set_id", None)
                state.go("progress")
