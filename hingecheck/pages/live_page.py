"""Draw the live page: choose, start the camera, step back; the rest is voice and large figures.

The media thread uses the `EngineProcess` only. The panel beside the video polls its snapshot.
"""

from __future__ import annotations

import streamlit as st

from hingecheck.live.engine_process import EngineProcess
from hingecheck.live.live_programme import LiveProgramme
from hingecheck.live.set_plan import SetPlan
from hingecheck.live.snapshot import Snapshot
from hingecheck.pages import camera_drawing, elements, live_counter, live_engine, programme_summary, whose
from hingecheck.pages.live_choices import choose
from hingecheck.pages.live_panel import draw_notice, draw_panel
from hingecheck.pages.live_stream import is_playing, stream
from language.translate import _, mark

_STEPS = (mark("Choose your exercise, or a programme."),
          mark("Press Start the camera, and allow it when the browser asks."),
          mark("Step back until your whole body is in the picture. From then on, listen: HingeCheck speaks."))
#: The video is as large as the window allows: with the menu above and the button below it fills the window's height.
_STYLE = """<style>
[data-testid="stMainBlockContainer"] { max-width: max(640px, calc((100vh - 11rem) * 1.96));
  padding: 4.2rem 1.5rem 1rem; }
[data-testid="stMainBlockContainer"] h1 { font-size: 1.3rem; padding: 0; }
.st-key-live_voice_out { position: absolute; }
ul.hc-strip { padding: 0 !important; }
@media (max-width: 640px) {
  [data-testid="stMainBlockContainer"] { padding: 4rem 1rem 1rem; }
}
"""
#: Before the start, a phone shows the choice first, then where the camera goes, then the button.
_IDLE_STYLE = """
@media (max-width: 640px) {
  [data-testid="stHorizontalBlock"]:has(.st-key-live_where) { flex-direction: column-reverse; }
  .st-key-live_choice [data-testid="stHorizontalBlock"] { flex-direction: column; }
  [data-testid="stHorizontalBlock"]:has(.st-key-live_where) > *,
  .st-key-live_choice [data-testid="stHorizontalBlock"] > * { min-width: 100%; }
}
"""


def page() -> None:
    """Draw the page."""
    if whose.is_asked():
        whose.ask()
        return
    person = whose.draw()
    st.title(_("Live"), anchor=False)
    playing = is_playing()
    st.html(_STYLE + live_counter.STYLE + ("" if playing else _IDLE_STYLE) + "</style>")
    left, right = st.columns([9, 4])
    with right:
        # Above the choices but drawn after them, since it shows the chosen set.
        panel = st.container()
        with st.container(key="live_choice"), st.expander(_("Exercise or programme"), expanded=not playing):
            choice = choose(person)
    plan = choice.plan
    engine = live_engine.of(plan, person)
    engine.keep_video(choice.keeps_video)
    with left:
        # Before the button: where the camera goes. Its place stays while the video plays, which would else start anew.
        with st.container(key="live_where"):
            if not playing:
                camera_drawing.draw(plan.exercise if isinstance(plan, SetPlan) else plan.activities[0].exercise)
        playing = stream(engine)
        if not playing:
            draw_notice(engine)
    with panel:
        if not playing:
            elements.piece("steps", texts=list(map(_, _STEPS)))
        draw_panel(engine, choice, playing)
        summary = _draw_summary(engine, plan)
    if summary is not None:
        programme_summary.draw_sets(summary)
    if not playing:
        st.caption(_("Without a browser, hingecheck live does the same in a window of its own. A phone can open this "
                     "page where these pages are shared."))


def _draw_summary(engine: EngineProcess, plan: SetPlan | LiveProgramme) -> Snapshot | None:
    """Draw the end of a programme once, unpolled, since it has a form; return what it was drawn from."""
    now = engine.snapshot()
    if not isinstance(plan, LiveProgramme) or not programme_summary.is_due(now):
        return None
    programme_summary.draw(plan, now)
    return now
