"""Draw a live session's snapshot beside the video and hand its utterances to the browser, several times per second."""

from __future__ import annotations

import time

import streamlit as st

from hingecheck import reasons
from hingecheck.live.engine_process import EngineProcess
from hingecheck.live.events import Phase
from hingecheck.live.snapshot import Snapshot
from hingecheck.pages import elements, language_choice, live_counter, programme_panel, programme_summary, state
from hingecheck.pages.browser_link import follow_link
from hingecheck.pages.live_choices import LiveChoice
from hingecheck.pages.live_notice import FrameProgress, show_notice
from hingecheck.pages.live_voice import speak
from hingecheck.report import set_sentences, verdict_words
from language.translate import _, mark

_FRAME_PROGRESS, _LAST_UTTERANCE = "live_frame_progress", "live_last_utterance"
#: How often the browser polls: for utterances, for what is only seen (the video shows it too), and without a camera.
_UTTERANCES_EVERY_S, _PANEL_EVERY_S, _IDLE_EVERY_S = 0.4, 0.5, 1.0
#: A poll for utterances waits so long for a new one, nearly until the next poll: a response goes out at once, and the
#: polls, each of which costs the server as much as a frame, stay few.
_WAIT_S, _STEP_S = 0.35, 0.03
#: Below so many frames per second, once so many have come, cues come late: only then is it worth words.
_SLOW_FPS, _SLOW_FROM_FRAMES = 8.0, 60
#: So many of the last reps stand under the cue.
_MAX_REPS = 8

_SLOW = mark("Only {fps} frames per second: cues may come late. Close other programs and pages, and plug the "
             "computer in.")


def draw_panel(engine: EngineProcess, choice: LiveChoice, playing: bool) -> None:
    """Draw the panel beside the video and hand the browser what to speak, again and again.

    Parameters
    ----------
    engine : EngineProcess
    choice : LiveChoice
    playing : bool
        Whether the camera runs.
    """
    for draw, every_s in ((_speech, _UTTERANCES_EVERY_S), (_panel, _PANEL_EVERY_S)):
        language_choice.fragment(draw, every_s if playing else _IDLE_EVERY_S)(engine, choice, playing)


def draw_notice(engine: EngineProcess) -> None:
    """Draw what is wrong with a camera that does not run, again and again."""
    language_choice.fragment(_notice, _IDLE_EVERY_S)(engine)


def _notice(engine: EngineProcess) -> None:
    show_notice(engine.snapshot().gap_s, False, False)


def _speech(engine: EngineProcess, choice: LiveChoice, playing: bool) -> None:
    """Hand over the utterances; nothing is drawn, so that it costs next to nothing."""
    now, words = _next_snapshot(engine) if playing else engine.snapshot(), choice.plan.words
    is_stalled = _frame_progress(now, playing).is_stalled
    speak(now.utterances, choice.voice, words, words.going.no_picture if is_stalled else "")


def _panel(engine: EngineProcess, choice: LiveChoice, playing: bool) -> None:
    now = engine.snapshot()
    if playing:
        show_notice(now.gap_s, playing, _frame_progress(now, playing).is_stalled)
    if now.problem:
        st.error(elements.plain(now.problem))
    if playing and now.frames and not programme_summary.is_over(now):
        live_counter.draw(now)
        elements.pills([(f"{rep.index} ", verdict_words.look_of(rep), rep.borderline) for rep in now.reps[-_MAX_REPS:]])
        if now.frames >= _SLOW_FROM_FRAMES and now.fps < _SLOW_FPS:
            st.warning(_(_SLOW).format(fps=f"{now.fps:.0f}"))
    if now.programme is not None:
        programme_panel.draw(engine, now, choice.plan, playing)
        return
    if playing and now.frames:
        _buttons(engine, choice, now)
    _after(now, choice, playing)


def _next_snapshot(engine: EngineProcess) -> Snapshot:
    """Return the snapshot with the next utterance, or the latest one after `_WAIT_S`."""
    until_s, now = time.monotonic() + _WAIT_S, engine.snapshot()
    while now.utterances[-1:] == st.session_state.get(_LAST_UTTERANCE) and time.monotonic() < until_s:
        time.sleep(_STEP_S)
        now = engine.snapshot()
    st.session_state[_LAST_UTTERANCE] = now.utterances[-1:]
    return now


def _frame_progress(now: Snapshot, playing: bool) -> FrameProgress:
    """Update and return the progress of the frames."""
    before: FrameProgress | None = st.session_state.get(_FRAME_PROGRESS)
    after = st.session_state[_FRAME_PROGRESS] = FrameProgress.update(before, now.frames, playing, time.monotonic())
    return after


def _buttons(engine: EngineProcess, choice: LiveChoice, now: Snapshot) -> None:
    if now.phase is Phase.GOING and st.button(_("Stop the set")):
        engine.stop()
    if now.phase is Phase.OVER and st.button(_("Another set"), type="primary"):
        engine.start(choice.plan)


def _after(now: Snapshot, choice: LiveChoice, playing: bool) -> None:
    """Show the result of the last set, and open its review: when the set is over, or the camera stopped after it."""
    if now.is_analysing:
        st.write(_("Analysing the whole set ..."))
    if now.report is None or now.is_analysing:
        return
    st.subheader(elements.plain(set_sentences.headline(now.report)), anchor=False)
    if now.set_id is not None:
        with st.container(key="live_review_link", border=True):
            st.write(_("Two short questions about how it felt, every rep with its image, and the curves:"))
            state.link("review", _("Review this set"), set=str(now.set_id))
        if choice.opens_review and (now.phase is Phase.OVER or not playing):
            follow_link(".st-key-live_review_link a", str(now.set_id))
    elements.sentences(now.report.summary or reasons.sentences(now.report, reasons.Place.PAGE))
