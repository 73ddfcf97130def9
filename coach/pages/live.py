"""Live: choose, start the camera, step back; the rest is voice and big pictures.

The media thread sees the `Engine` only. A fragment polls its snapshot for what is written and spoken beside the video.
"""

from __future__ import annotations

import html
from uuid import UUID

import streamlit as st

from coach import wording
from coach.history import people
from coach.history.records import HistoryError, Person
from coach.history.store import open_history
from coach.live.apart import EngineApart
from coach.live.events import Phase
from coach.live.holding import hold_goal_s
from coach.live.plan import Plan, plan
from coach.live.snapshot import Snapshot
from coach.live.words import languages, load
from coach.pages.live_stream import stream
from coach.pages.live_voice import speak
from exercises.library import library
from exercises.model import Exercise

_ENGINE, _WHOSE, _PLAN, _SHOWN, _PAGES, _PERSON = (
    "live_engine", "live_whose", "live_plan", "live_shown", "pages", "person_id")
#: A cue is heard at most so much later than it is known.
_LOOK_EVERY_S = 0.25
_SIDES = {"both": "Both, one after the other", "left": "Left", "right": "Right"}
_STYLE = """<style>
.hc-live { display: flex; flex-direction: column; gap: 10px; min-height: 13rem; }
.hc-live-count { min-height: 8rem; font-size: 8rem; font-weight: 750; line-height: 1; }
.hc-live-cue { font-size: 2.3rem; font-weight: 650; line-height: 1.15; }
.hc-live-strip { display: flex; flex-wrap: wrap; gap: 8px; list-style: none; margin: 0.3rem 0; padding: 0; }
.hc-live-strip li { border: 2px solid; border-radius: 99px; padding: 2px 12px; font-weight: 600; margin: 0; }
</style>"""


def page() -> None:
    """Draw the page."""
    st.title("Live")
    st.html(_STYLE)
    try:
        with st.expander("Exercise, side, target, whose set it is", expanded=_ENGINE not in st.session_state):
            chosen, person, voice, review = _choices()
    except HistoryError as error:
        st.error("Your history cannot be opened, so a set could not be kept.")
        st.text(str(error))
        return
    engine = _engine(chosen, person)
    for line in filter(None, (chosen.exercise.before, *chosen.exercise.cautions)):
        st.caption(line)
    left, right = st.columns([3, 2])
    with left:
        playing = stream(engine)
    if not playing:
        st.write("Press START, allow the camera when the browser asks, and step back: the rest is said aloud.")
        st.caption("No camera here, or the browser does not give it? Allow it beside the address, close other programs "
                   "that use it, and press START again. A phone needs an address that begins with https. On this "
                   "computer, hingecheck live does the same without a browser.")
    with right:
        _beside(engine, voice, review)


def _choices() -> tuple[Plan, Person | None, bool, bool]:
    """What is to be done, by whom, aloud or not, and whether the review opens afterwards."""
    every = {known.exercise.id: known.exercise for known in library().entries()}
    ids = list(every)
    left, right = st.columns(2)
    exercise = every[left.selectbox("Exercise", ids, index=ids.index("hip_hinge"), key="live_exercise",
                                    format_func=lambda one: every[one].name)]
    side = left.selectbox("Side", list(_SIDES), format_func=_SIDES.__getitem__, key="live_side") \
        if exercise.sides is not None else ""
    reps = _reps(exercise, left)
    hold_s = None
    goal_s = hold_goal_s(exercise)
    if goal_s is not None:
        hold_s = float(left.number_input("Hold for, seconds", 1, 600, round(goal_s), key=f"live_hold_{exercise.id}"))
    person = _person(right)
    codes = languages()
    language = right.selectbox("Language of the cues", codes, format_func=lambda code: load(code).name)
    voice = right.toggle("Speak", value=True, key="live_voice")
    review = right.toggle("Open the review after the set", value=True, key="live_review")
    return plan(exercise, side, reps, hold_s, language=language), person, voice, review


def _reps(exercise: Exercise, place: st.delta_generator.DeltaGenerator) -> int | None:
    if exercise.posture is not None:
        return None
    usual = exercise.dose.repeats[0] if exercise.dose.repeats is not None else 5
    label = "Repeats a side" if exercise.sides is not None else "Repeats"
    until = place.number_input(f"{label} (0 = until you stop)", 0, 100, usual, key=f"live_reps_{exercise.id}")
    return int(until) or None


def _person(place: st.delta_generator.DeltaGenerator) -> Person | None:
    with open_history() as history:
        everybody = people.everyone(history)
    if not everybody:
        return None
    ids = [one.id for one in everybody]
    usual = ids.index(st.session_state[_PERSON]) if st.session_state.get(_PERSON) in ids else 0
    chosen = place.selectbox("Whose set is it?", range(len(ids)), usual, format_func=lambda one: everybody[one].name)
    return everybody[chosen]


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


@st.fragment(run_every=_LOOK_EVERY_S)
def _beside(engine: EngineApart, voice: bool, review: bool) -> None:
    """What stands beside the video, and what is spoken."""
    now = engine.snapshot()
    speak(now.said, voice)
    if now.problem:
        st.error(now.problem)
    if now.frames:
        st.html(_now(now))
        st.caption(f"{now.fps:.0f} pictures a second, {now.dropped} left out")
    _after(engine, now, review)


def _now(now: Snapshot) -> str:
    """The counter, the cue and the last verdicts as HTML."""
    pills = "".join(
        f'<li class="{html.escape(look.tone)}">{html.escape(look.sign)} {rep.index} {html.escape(look.word)}</li>'
        for rep in now.reps[-8:] for look in [wording.look_of(rep)])
    return (f'<div class="hc-live" data-phase="{now.phase.value}" data-reps="{len(now.reps)}">'
            f'<span class="hc-live-count">{html.escape(now.counter)}</span>'
            f'<span class="hc-live-cue">{html.escape(now.headline.text)}</span></div>'
            f'<ul class="hc-live-strip">{pills}</ul>')


def _after(engine: EngineApart, now: Snapshot, review: bool) -> None:
    """End the set, begin another, or see what came of the last."""
    if now.phase is Phase.GOING and st.button("Stop the set"):
        engine.stop()
    if now.phase is Phase.OVER:
        if now.judging:
            st.write("Looking at the whole set ...")
        if st.button("Another set", type="primary"):
            engine.start(st.session_state[_PLAN])
    if now.report is None or now.judging:
        return
    st.subheader(wording.headline(now.report))
    for line in now.report.summary or now.report.reasons:
        st.text(line)
    pages = st.session_state.get(_PAGES, {})
    if now.set_id is not None and "review" in pages:
        query = {"set": str(now.set_id)}
        if review and now.phase is Phase.OVER and st.session_state.get(_SHOWN) != now.set_id:
            st.session_state[_SHOWN] = now.set_id
            st.switch_page(pages["review"], query_params=query)
        elif st.button("Review this set"):
            st.switch_page(pages["review"], query_params=query)
