"""A live session's snapshot -> what stands beside the video and is spoken, several times a second."""

from __future__ import annotations

import html
import time

import streamlit as st

from hingecheck import reasons
from hingecheck.live.engine_process import EngineApart
from hingecheck.live.events import Phase
from hingecheck.live.snapshot import Snapshot
from hingecheck.pages import elements, state
from hingecheck.pages.browser_link import follow
from hingecheck.pages.live_choices import Choice
from hingecheck.pages.live_notice import Pictures, notice
from hingecheck.pages.live_voice import speak
from hingecheck.report import wording

_PICTURES, _HEARD = "live_pictures", "live_heard"
#: How often the browser asks: for what is said, for what is only seen (the picture shows it too), without a camera.
_HEAR_EVERY_S, _LOOK_EVERY_S, _WAIT_EVERY_S = 0.4, 0.5, 1.0
#: A question for what is said waits so long for something new, nearly until the next: an answer goes out at once, and
#: the questions, each of which costs the server as much as a picture, stay few.
_LISTEN_S, _STEP_S = 0.35, 0.03
#: "59 s" is as long as the large figures may be.
_SHORT = 4
#: So many of the last reps stand under the cue.
_LAST = 8


def beside(engine: EngineApart, chosen: Choice, playing: bool) -> None:
    """Draw what stands beside the video, and hand the browser what it is to say; again and again.

    Parameters
    ----------
    engine : EngineApart
    chosen : Choice
    playing : bool
        Whether the camera runs.
    """
    st.fragment(_aloud, run_every=_HEAR_EVERY_S if playing else _WAIT_EVERY_S)(engine, chosen, playing)
    st.fragment(_beside, run_every=_LOOK_EVERY_S if playing else _WAIT_EVERY_S)(engine, chosen, playing)


def _aloud(engine: EngineApart, chosen: Choice, playing: bool) -> None:
    """Nothing that is seen, so that it costs next to nothing."""
    now, words = _listened(engine) if playing else engine.snapshot(), chosen.plan.words
    stand_still = _pictures(now, playing).stand_still
    speak(now.said, chosen.aloud, words.language, words.going.no_picture if stand_still else "")


def _beside(engine: EngineApart, chosen: Choice, playing: bool) -> None:
    now = engine.snapshot()
    notice(now.gap_s, playing, _pictures(now, playing).stand_still)
    if now.problem:
        st.error(elements.plain(now.problem))
    if playing and now.frames:
        st.html(_now(now))
        elements.pills([(f"{rep.index} ", wording.look_of(rep), rep.borderline) for rep in now.reps[-_LAST:]])
        elements.piece("kicker", texts=[f"{now.fps:.0f} pictures a second", f"{now.dropped} left out"])
        _buttons(engine, chosen, now)
    _after(now, chosen, playing)


def _listened(engine: EngineApart) -> Snapshot:
    """Return how things stand once something new was said, or a moment later."""
    until_s, now = time.monotonic() + _LISTEN_S, engine.snapshot()
    while now.said[-1:] == st.session_state.get(_HEARD) and time.monotonic() < until_s:
        time.sleep(_STEP_S)
        now = engine.snapshot()
    st.session_state[_HEARD] = now.said[-1:]
    return now


def _pictures(now: Snapshot, playing: bool) -> Pictures:
    """How long it is that the last picture came."""
    before: Pictures | None = st.session_state.get(_PICTURES)
    after = st.session_state[_PICTURES] = Pictures.seen(before, now.frames, playing, time.monotonic())
    return after


def _now(now: Snapshot) -> str:
    """The counter and the cue as HTML."""
    long = " long" if len(now.counter) > _SHORT else ""
    return (f'<div class="hc-live" data-phase="{now.phase.value}" data-reps="{len(now.reps)}">'
            f'<span class="hc-live-count{long}">{html.escape(now.counter)}</span>'
            f'<span class="hc-live-cue {html.escape(now.headline.tone) if now.headline.text else ""}">'
            f'{html.escape(now.headline.text)}</span></div>')


def _buttons(engine: EngineApart, chosen: Choice, now: Snapshot) -> None:
    if now.phase is Phase.GOING and st.button("Stop the set"):
        engine.stop()
    if now.phase is Phase.OVER and st.button("Another set", type="primary"):
        engine.start(chosen.plan)


def _after(now: Snapshot, chosen: Choice, playing: bool) -> None:
    """Say what came of the last set, and open its review: when it is over, or the camera was stopped after it."""
    if now.judging:
        st.write("Looking at the whole set ...")
    if now.report is None or now.judging:
        return
    st.subheader(elements.plain(wording.headline(now.report)), anchor=False)
    if now.set_id is not None:
        with st.container(key="live_review_link", border=True):
            st.write("Two short questions about how it felt, every rep with its picture, and the curves:")
            state.link("review", "Review this set", set=str(now.set_id))
        if chosen.review and (now.phase is Phase.OVER or not playing):
            follow(".st-key-live_review_link a", str(now.set_id))
    elements.sentences(now.report.summary or reasons.told(now.report, reasons.Place.PAGE))
