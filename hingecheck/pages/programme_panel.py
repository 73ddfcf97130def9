"""Draw how far a programme is beside the video: what goes on or comes next, how to lie or sit, and its buttons."""

from __future__ import annotations

import streamlit as st

from hingecheck.live.engine_process import EngineProcess
from hingecheck.live.live_programme import LiveProgramme
from hingecheck.live.programme_lead import ProgrammeState, Stage
from hingecheck.live.raised_arm import SIGN
from hingecheck.live.set_plan import SetPlan
from hingecheck.live.snapshot import Snapshot
from hingecheck.pages import elements, live_engine, programme_summary
from language.translate import _, mark

_IS_SUMMARISED = "live_is_summarised"
_SKIPS = {Stage.WARM_UP: mark("Skip the warm-up"), Stage.REST: mark("Skip the rest")}
_SKIP = mark("Skip this set")


def draw(engine: EngineProcess, now: Snapshot, plan: SetPlan | LiveProgramme, playing: bool) -> None:
    """Draw the programme of a snapshot; when it is over, let the page draw its summary, once.

    Parameters
    ----------
    engine : EngineProcess
    now : Snapshot
        With a programme.
    plan : SetPlan or LiveProgramme
        What "Do it again" begins.
    playing : bool
        Whether the camera runs.
    """
    programme = now.programme
    assert programme is not None
    if programme.stage is Stage.OVER:
        _draw_end(engine, now, plan)
        return
    st.session_state.pop(_IS_SUMMARISED, None)
    if now.frames:
        elements.piece("kicker", texts=[_("{number} of {of}").format(number=programme.index + 1, of=programme.of),
                                        programme.title, programme.amount])
        # What to read stands last: it comes and goes, and must not move the buttons.
        _draw_buttons(engine, programme, playing)
        st.caption(_(SIGN))
        if programme.stage in (Stage.WARM_UP, Stage.REST):
            elements.piece("bullets", texts=programme.instructions)


def _draw_buttons(engine: EngineProcess, programme: ProgrammeState, playing: bool) -> None:
    with st.container(horizontal=True):
        if playing and programme.stage is Stage.PAUSED:
            if st.button(_("Go on"), type="primary", key="live_go_on"):
                engine.resume()
        elif playing:
            if st.button(_("Pause"), key="live_pause"):
                engine.pause()
            # The click is answered with what was drawn when it came: a rest may end, or a set, in that moment.
            st.button(_(_SKIPS.get(programme.stage, _SKIP)), key="live_skip", on_click=engine.skip,
                      args=((programme.stage, programme.index),))
        if st.button(_("End the programme"), key="live_end"):
            engine.stop()


def _draw_end(engine: EngineProcess, now: Snapshot, plan: SetPlan | LiveProgramme) -> None:
    if now.is_analysing:
        st.write(_("Analysing the last set ..."))
    if programme_summary.is_due(now) and not st.session_state.get(_IS_SUMMARISED):
        st.session_state[_IS_SUMMARISED] = True
        st.rerun()
    if st.button(_("Do it again")):
        live_engine.begin(engine, plan)
        st.rerun()
