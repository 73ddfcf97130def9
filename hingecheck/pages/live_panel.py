"""Draw a live session's snapshot beside the video and hand its utterances to the browser, several times per second."""

from __future__ import annotations

import html
import time

import streamlit as st

from hingecheck import reasons
from hingecheck.live.engine_process import EngineProcess
from hingecheck.live.events import Phase
from hingecheck.live.snapshot import Snapshot
from hingecheck.pages import elements, programme_panel, programme_summary, state
from hingecheck.pages.browser_link import follow_link
from hingecheck.pages.live_choices import LiveChoice
from hingecheck.pages.live_notice import FrameProgress, show_notice
from hingecheck.pages.live_voice import speak
from hingecheck.report import wording

_FRAME_PROGRESS, _LAST_UTTERANCE = "live_frame_progress", "live_last_utterance"
#: How often the browser polls: for utterances, for what is only seen (the video shows it too), and without a camera.
_UTTERANCES_EVERY_S, _PANEL_EVERY_S, _IDLE_EVERY_S = 0.4, 0.5, 1.0
#: A poll for utterances waits so long for a new one, nearly until the next poll: a response goes out at once, and the
#: polls, each of which costs the server as much as a frame, stay few.
_WAIT_S, _STEP_S = 0.35, 0.03
#: A longer counter than "59 s" gets smaller figures.
_MAX_LARGE_CHARS = 4
#: So many of the last reps stand under the cue.
_MAX_REPS = 8


def draw_panel(engine: EngineProcess, choice: LiveChoice, playing: bool) -> None:
    """Draw the panel beside the video and hand the browser what to speak, again and again.

    Parameters
    ----------
    engine : EngineProcess
    choice : LiveChoice
    playing : bool
        Whether the camera runs.
    """
    st.fragment(_speech, run_every=_UTTERANCES_EVERY_S if playing else _IDLE_EVERY_S)(engine, choice, playing)
    st.fragment(_panel, run_every=_PANEL_EVERY_S if playing else _IDLE_EVERY_S)(engine, choice, playing)


def _speech(engine: EngineProcess, choice: LiveChoice, playing: bool) -> None:
    """Hand over the utterances; nothing is drawn, so that it costs next to nothing."""
    now, words = _next_snapshot(engine) if playing else engine.snapshot(), choice.plan.words
    is_stalled = _frame_progress(now, playing).is_stalled
    speak(now.utterances, choice.speaks, words.language, words.going.no_picture if is_stalled else "")


def _panel(engine: EngineProcess, choice: LiveChoice, playing: bool) -> None:
    now = engine.snapshot()
    show_notice(now.gap_s, playing, _frame_progress(now, playing).is_stalled)
    if now.problem:
        st.error(elements.plain(now.problem))
    if playing and now.frames and not programme_summary.is_over(now):
        st.html(_counter_and_cue(now))
        elements.pills([(f"{rep.index} ", wording.look_of(rep), rep.borderline) for rep in now.reps[-_MAX_REPS:]])
        elements.piece("kicker", texts=[f"{now.fps:.0f} frames per second", f"{now.dropped} dropped"])
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


def _counter_and_cue(now: Snapshot) -> str:
    """Return the counter and the cue as HTML."""
    long = " long" if len(now.counter) > _MAX_LARGE_CHARS else ""
    return (f'<div class="hc-live" data-phase="{now.phase.value}" data-reps="{len(now.reps)}">'
            f'<span class="hc-live-count{long}">{html.escape(now.counter)}</span>'
            f'<span class="hc-live-cue {html.escape(now.headline.tone) if now.headline.text else ""}">'
            f'{html.escape(now.headline.text)}</span></div>')


def _buttons(engine: EngineProcess, choice: LiveChoice, now: Snapshot) -> None:
    if now.phase is Phase.GOING and st.button("Stop the set"):
        engine.stop()
    if now.phase is Phase.OVER and st.button("Another set", type="primary"):
        engine.start(choice.plan)


def _after(now: Snapshot, choice: LiveChoice, playing: bool) -> None:
    """Show the result of the last set, and open its review: when the set is over, or the camera stopped after it."""
    if now.is_analysing:
        st.write("Analysing the whole set ...")
    if now.report is None or now.is_analysing:
        return
    st.subheader(elements.plain(wording.headline(now.report)), anchor=False)
    if now.set_id is not None:
        with st.container(key="live_review_link", border=True):
            st.write("Two short questions about how it felt, every rep with its image, and the curves:")
            state.link("review", "Review this set", set=str(now.set_id))
        if choice.opens_review and (now.phase is Phase.OVER or not playing):
            follow_link(".st-key-live_review_link a", str(now.set_id))
    elements.sentences(now.report.summary or reasons.sentences(now.report, reasons.Place.PAGE))
