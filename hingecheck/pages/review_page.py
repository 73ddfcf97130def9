"""Review: one set with its video, curves, one card per rep, relabels, questions and exports."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from pathlib import Path
from uuid import UUID

import streamlit as st

from exercises.library import load_library
from exercises.results import Rep, SetReport
from hingecheck import reasons
from hingecheck.history import files, queries, sets, tags
from hingecheck.history.connection import History
from hingecheck.history.records import HistoryError, SavedSet
from hingecheck.jobs import saving
from hingecheck.pages import (
    after_set,
    another_exercise,
    compare_page,
    curve_panel,
    deletion,
    elements,
    exports,
    measure_by_hand,
    page_words,
    rep_cards,
    rep_player,
    set_changes_section,
    set_list,
    set_video,
    state,
    video_facts,
    visitors,
    whose,
)
from hingecheck.report import set_sentences, verdict_words
from hingecheck.report.relabelled import relabelled
from language.translate import _
from pose.track import Track

#: Session state: the rep that a card's button asked for, and how often one was.
_ASKED = "asked_rep"
#: Session state: how many sets are listed; at first, and more at a press.
_LIMIT, _FIRST_SETS = "review_limit", 20


def page() -> None:
    """Draw the page."""
    set_id = _set_id()
    history = state.history()
    if set_id is None or deletion.is_pending(set_id):
        _draw_choice(history)
        return
    try:
        saved = sets.load(history, set_id)
    except HistoryError:
        st.title(_("Review"))
        st.info(_("This set is no longer in your history. Choose another."))
        _draw_choice(history)
        return
    if st.session_state.get("set_id") != set_id:
        st.session_state["set_id"] = set_id
        st.session_state.pop(_ASKED, None)
    set_changes_section.draw_undo(history, set_id)
    _draw_head(saved)
    video_facts.draw(saved)
    set_changes_section.draw(history, saved)
    track, video = files.load_track(history, set_id), set_video.find(history, set_id)
    begin_s = _begin_s(track)
    with st.container(key="review"):
        # Beside each other the video stays in sight; one below the other where there is no video to see.
        beside = video is not None or state.is_drawing(set_id)
        left, right = st.columns([5, 6], gap="large") if beside else (st.container(), st.container())
        with left:
            _draw_video(history, saved, track, video, begin_s)
        with right:
            curve_panel.draw(set_id, track, saved.report, saved.exercise, set_video.SELECTOR, begin_s)
            pictures = files.key_image_paths(history, set_id)
            rep_cards.draw_comparison(saved, pictures, video, begin_s)
            _draw_cards(history, saved, pictures, video is not None)
    compare_page.draw_link(history, saved)
    measure_by_hand.draw(saved, track, measure_by_hand.film_of(saved, video, begin_s))
    another_exercise.draw(saved)
    after_set.draw_questions(history, saved)
    after_set.draw_notes(history, saved)
    exports.draw(history, saved, video)
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
    st.title(_("Review"), anchor=False)
    done = queries.exercises(history, person.id) if person is not None else {}
    if person is None or not done:
        st.write(_("There is nothing to review yet. Analyse a video first. Its set then opens here."))
        state.link("analyse", _("Analyse a video"))
        return
    names = {entry.exercise.id: entry.exercise.name for entry in load_library().entries()}
    chosen = None
    if len(done) > 1:
        chosen = st.selectbox(_("Exercise"), list(done), index=None, placeholder=_("All exercises"),
                              format_func=lambda one: f"{_(names.get(one) or one)} ({done[one]})")
    tagged = tags.of_person(history, person.id)
    tag = st.pills(_("Tag"), list(tagged), format_func=lambda word: f"#{word}") if tagged else None
    limit = st.session_state.setdefault(_LIMIT, _FIRST_SETS)
    lines = queries.lines(history, person.id, chosen, limit=limit + 1 if tag is None else None)
    if tag is not None:
        lines = tuple(line for line in lines if line.id in tagged[tag])
    set_list.draw(history, lines[:limit])
    if len(lines) > limit and st.button(_("Show older sets")):
        st.session_state[_LIMIT] = limit + _FIRST_SETS
        st.rerun()


def _draw_head(saved: SavedSet) -> None:
    report, exercise = saved.report, saved.exercise
    good, judged = set_sentences.good_word(exercise), _with_relabels(saved)
    st.title(elements.plain(set_sentences.headline(judged, good)), anchor=False)
    if judged is not report:
        own = set_sentences.headline(report, good)
        elements.piece("kicker", texts=[_("With the verdicts that people gave"),
                                        _("HingeCheck's own: {headline}").format(headline=own)])
    when = page_words.day_and_time(saved.line.made_at)
    elements.piece("kicker", texts=[_(exercise.name), saved.person.name, when, saved.line.video])
    summary = saving.with_later_answers(saved).summary
    elements.sentences((*summary, *reasons.sentences(report, reasons.Place.PAGE)))


def _with_relabels(saved: SavedSet) -> SetReport:
    return relabelled(saved.report, {relabel.rep: relabel.verdict for relabel in saved.relabels})


def _ask(rep: Rep) -> None:
    """Show a rep in the video."""
    count = st.session_state.get(_ASKED, (0, 0))[1]
    st.session_state[_ASKED] = (rep.index, count + 1)


def _begin_s(track: Track | None) -> float:
    """The time of the annotated video's first frame: later than 0 where only a part of the clip was analysed."""
    return 0.0 if track is None or not len(track) else float(track.time_s[0])


def _draw_video(history: History, saved: SavedSet, track: Track | None, video: Path | None, begin_s: float) -> None:
    set_video.draw(history, saved, video)
    if video is not None:
        rep_player.draw(rep_player.data(saved.line.id, saved.report, track, begin_s), set_video.SELECTOR,
                        st.session_state.get(_ASKED))
        set_video.draw_keep(history, saved, video)


def _draw_cards(history: History, saved: SavedSet, pictures: dict[int, Path], has_video: bool) -> None:
    if not saved.report.reps:
        return
    st.header(_("Rep by rep"), anchor=False)
    words = {rep.index: verdict_words.look_of(rep).word for rep in _with_relabels(saved).reps}
    counts = Counter(words.values())
    choice = None
    if len(counts) > 1:
        choice = st.segmented_control(_("Show"), list(counts), format_func=lambda word: f"{word} ({counts[word]})",
                                      key=f"filter-{saved.line.id}")
    for rep in saved.report.reps:
        if choice in (None, words[rep.index]):
            rep_cards.draw_card(history, saved, rep, pictures.get(rep.index), _ask if has_video else None)


def _draw_deletion(history: History, saved: SavedSet) -> None:
    if not visitors.may_change(history, saved.person.id):
        return
    with st.expander(_("Delete this set")):
        st.write(_("This deletes numbers, curves, key pictures, video, relabels, answers, notes and angles by hand. "
                   "You can undo it for ten seconds."))
        if st.button(_("Delete"), key=f"delete-{saved.line.id}"):
            with state.report_errors():
                deletion.ask(history, saved.line.id, f"{_(saved.exercise.name)}, {saved.line.video}")
                state.videos().pop(saved.line.id, None)
                st.session_state.pop("set_id", None)
                state.go("progress")
