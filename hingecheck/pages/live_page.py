"""Live: choose, start the camera, step back; the rest is voice and big pictures.

The media thread sees the `Engine` only. What is written and spoken beside the video polls its snapshot.
"""

from __future__ import annotations

from uuid import UUID

import streamlit as st

from hingecheck.history.records import Person
from hingecheck.live.engine_process import EngineApart
from hingecheck.live.set_plan import Plan
from hingecheck.pages import elements, refusal, state
from hingecheck.pages.live_choices import choices
from hingecheck.pages.live_panel import beside
from hingecheck.pages.live_stream import is_playing, stream

_ENGINE, _WHOSE, _PLAN = "live_engine", "live_whose", "live_plan"
_STEPS = ("Choose what you do.", "Press Start the camera, and allow it when the browser asks.",
          "Step back until your whole body is in the picture. From then on everything is said aloud.")
#: The video is as large as the window allows: its height, with the menu above and the button below, is the window's.
_STYLE = """<style>
[data-testid="stMainBlockContainer"] { max-width: max(640px, calc((100vh - 11rem) * 1.96));
  padding: 4.2rem 1.5rem 1rem; }
[data-testid="stMainBlockContainer"] h1 { font-size: 1.3rem; padding: 0; }
.hc-live { display: flex; flex-direction: column; gap: 12px; }
.hc-live-count { min-height: 1em; font-size: clamp(7rem, min(15vw, 24vh), 14rem); font-weight: 750; line-height: 1;
  letter-spacing: -0.03em; font-variant-numeric: tabular-nums; white-space: nowrap; }
.hc-live-count.long { font-size: clamp(6rem, min(10vw, 16vh), 10rem); }
.hc-live-cue { min-height: 2.3em; font-size: clamp(2.3rem, min(3.4vw, 5.4vh), 3.4rem); font-weight: 650;
  line-height: 1.15; }
.st-key-live_voice_out { position: absolute; }
.hc-live[data-phase="over"] .hc-live-cue:empty { display: none; }
ul.hc-strip { padding: 0 !important; }
.hc-live-cue.fault, .hc-live-cue.watch { border-left: 0.4rem solid var(--tone); padding-left: 0.8rem; }
@media (max-width: 640px) {
  [data-testid="stMainBlockContainer"] { padding: 4rem 1rem 1rem; }
  .hc-live-count, .hc-live-count.long { font-size: 8.5rem; }
  .st-key-live_where { display: none; }
}
</style>"""


def page() -> None:
    """Draw the page."""
    st.title("Live")
    st.html(_STYLE)
    playing = is_playing()
    left, right = st.columns([9, 4])
    with right:
        # Above the choices, and drawn after them: it shows the set that was chosen.
        first = st.container()
        with st.expander("Exercise, side, target, whose set it is", expanded=not playing):
            person = state.person("Whose set is it?")
            chosen = choices(person)
    engine = _engine(chosen.plan, person)
    with left:
        playing = stream(engine)
        if not playing:
            with st.container(key="live_where"):
                refusal.draw_camera(chosen.plan.exercise)
    with first:
        if not playing:
            elements.piece("steps", texts=_STEPS)
        beside(engine, chosen, playing)
    if not playing:
        st.caption("A phone needs an address that begins with https. Without a browser, hingecheck live does the same "
                   "in a window of its own.")


def _engine(chosen: Plan, person: Person | None) -> EngineApart:
    """The session's own engine; other choices begin another set, another person another engine."""
    whose: UUID | None = None if person is None else person.id
    engine: EngineApart | None = st.session_state.get(_ENGINE)
    if engine is None or st.session_state[_WHOSE] not in (whose, None):
        if engine is not None:
            engine.ended()
        engine = st.session_state[_ENGINE] = EngineApart(chosen, whose)
    elif chosen != st.session_state[_PLAN]:
        engine.start(chosen)
    st.session_state[_WHOSE], st.session_state[_PLAN] = whose, chosen
    return engine
