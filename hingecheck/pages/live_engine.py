"""The engine of a window's live session: begun with its choices, and with other ones begun anew."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

import streamlit as st

from hingecheck.history.records import Person
from hingecheck.live.engine_process import EngineProcess
from hingecheck.live.live_programme import LiveProgramme
from hingecheck.live.programme_lead import Stage
from hingecheck.live.set_plan import SetPlan
from hingecheck.live.snapshot import Snapshot

_ENGINE, _PERSON_ID, _PLAN = "live_engine", "live_person_id", "live_plan"


def of(plan: SetPlan | LiveProgramme, person: Person | None) -> EngineProcess:
    """Return the session's own engine; other choices begin another set, another person another engine."""
    person_id: UUID | None = None if person is None else person.id
    engine: EngineProcess | None = st.session_state.get(_ENGINE)
    if engine is None or st.session_state[_PERSON_ID] not in (person_id, None):
        if engine is not None:
            engine.end_stream()
        engine = st.session_state[_ENGINE] = EngineProcess(plan, person_id)
        st.session_state[_PLAN] = plan
    elif plan != st.session_state[_PLAN]:
        begun = to_begin(plan, st.session_state[_PLAN], engine.snapshot())
        if begun is not None:
            begin(engine, begun)
    st.session_state[_PERSON_ID] = person_id
    return engine


def begin(engine: EngineProcess, plan: SetPlan | LiveProgramme) -> None:
    """Begin a set or a programme."""
    engine.start(plan)
    st.session_state[_PLAN] = plan


def begun_programme(person: Person | None) -> LiveProgramme | None:
    """Return the programme that this person's session was begun with; None for single sets, or nothing begun."""
    plan = st.session_state.get(_PLAN)
    is_theirs = st.session_state.get(_PERSON_ID) == (None if person is None else person.id)
    return plan if isinstance(plan, LiveProgramme) and is_theirs else None


def to_begin(plan: SetPlan | LiveProgramme, before: SetPlan | LiveProgramme, now: Snapshot
             ) -> SetPlan | LiveProgramme | None:
    """Return what is to begin now that the choices make another plan; None where all goes on as it is.

    A programme that goes on, or has just ended, is not thrown away because its file, a prescription or a limit was
    changed meanwhile: that holds from its next beginning. In another language it goes on with the set that it was at.
    """
    if not (isinstance(plan, LiveProgramme) and isinstance(before, LiveProgramme)) or now.programme is None \
            or not now.frames or plan.programme.id != before.programme.id:
        return plan
    if plan.words == before.words or now.programme.stage is Stage.OVER:
        return None
    return replace(before, words=plan.words).going_on(now.programme.index, now.done)
