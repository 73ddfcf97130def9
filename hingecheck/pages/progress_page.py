"""Progress: weeks of one exercise, practice against the dose, breaks and what they did, pain, and every set."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta, timezone

import streamlit as st

from exercises.exercise_model import Exercise
from exercises.hold_model import Side
from hingecheck.history import goals, personal_exercises, queries
from hingecheck.history.connection import History
from hingecheck.history.records import Goal, Person, RepRecord
from hingecheck.pages import elements, practice_charts, set_list, state, trend_charts
from hingecheck.progress import practice
from hingecheck.progress import trends as over
from pose.quantity import QUANTITIES

_PERIODS = {"12 weeks": 12, "A year": 53, "Everything": None}
_LISTED = 12


def page() -> None:
    """Draw the page."""
    st.title("Progress")
    history = state.history()
    person = state.person()
    done = queries.exercises(history, person.id) if person is not None else {}
    if person is None or not done:
        st.write("There is nothing to compare yet. Analyse a set today and another in some days: changes show here.")
        state.link("analyse", "Analyse a video")
        return
    known = personal_exercises.for_person(history, person.id)[0]
    left, right = st.columns(2)
    name = left.selectbox("Exercise", list(done), format_func=lambda one: f"{_name(one, known)} ({done[one]})")
    st.session_state.setdefault("period", "12 weeks")
    period = right.segmented_control("How far back", list(_PERIODS), key="period", required=True)
    weeks = _PERIODS[period or "12 weeks"]
    since = None if weeks is None else datetime.now(timezone.utc) - timedelta(weeks=weeks)
    _exercise(history, person, known.get(name), name, queries.reps(history, person.id, name, since))
    pains = practice.pain(queries.answers(history, person.id, since))
    practice_charts.draw(queries.practice(history, person.id, since), pains)
    _sets(history, person, name)


def _name(exercise: str, known: dict[str, Exercise]) -> str:
    return known[exercise].name if exercise in known else exercise.replace("_", " ").capitalize()


def _exercise(history: History, person: Person, exercise: Exercise | None, name: str,
              reps: Sequence[RepRecord]) -> None:
    """What changed in one exercise."""
    if not reps:
        st.info("No set of this exercise in this time.")
        return
    measure = over.measure_of(reps)
    side: Side | None = None
    if any(rep.side for rep in reps):
        chosen = st.segmented_control("Side", ["Both", "Left", "Right"], default="Both", required=True)
        side = "left" if chosen == "Left" else "right" if chosen == "Right" else None
    zone = state.zone()
    weeks = over.weekly(reps, measure, zone, side)
    newest = weeks[-1]
    good = "not seen" if newest.good_share is None else f"{100 * newest.good_share:.0f} % of {newest.judged}"
    label = QUANTITIES[measure].label
    elements.piece("numbers", pairs=[
        (f"Typical {label}, last week done", trend_charts.amount(newest.typical)),
        ("Best that week", trend_charts.amount(newest.best)),
        ("Good reps", good),
        *([("Back gives at hip", trend_charts.amount(newest.onset))] if newest.onset is not None else [])])
    elements.sentences(_said(reps, weeks, measure, side, label))
    marks = [(goal.at, "goal") for goal in goals.goals(history, person.id) if _fits(goal, name, measure, side)]
    if not marks and exercise is not None and exercise.target is not None and exercise.target.measure == measure:
        marks = [(exercise.target.at, "goal")]
    trend_charts.angles(weeks, label, marks)
    trend_charts.shares(weeks)
    if any(week.onset is not None for week in weeks):
        trend_charts.onsets(weeks)


def _fits(goal: Goal, name: str, measure: str, side: Side | None) -> bool:
    return goal.exercise == name and goal.measure == measure and goal.side in (None, side)


def _said(reps: Sequence[RepRecord], weeks: Sequence[over.Week], measure: str, side: Side | None,
          label: str) -> list[str]:
    found = [trend_charts.change_words(over.trend(weeks, measure), label)]
    recent = max(rep.made_at for rep in reps) - timedelta(weeks=4)
    apart = over.side_difference(reps, measure, recent)
    if apart is not None:
        found.append(trend_charts.sides_words(apart))
    for pause in over.pauses(reps, measure, state.zone(), side)[-2:]:
        found.append(trend_charts.pause_words(pause))
    said = sum(week.relabels for week in weeks)
    if said:
        reps_word = "rep has" if said == 1 else "reps have"
        found.append(f"{said} {reps_word} another verdict from a person beside it; the shares count the original ones.")
    return found


def _sets(history: History, person: Person, name: str) -> None:
    """The newest sets of this exercise, to open."""
    st.header("Sets", anchor=False)
    more = st.session_state.setdefault("listed", _LISTED)
    lines = queries.lines(history, person.id, name, limit=more + 1)
    set_list.draw(lines[:more])
    if len(lines) > more and st.button("Show older ones"):
        st.session_state["listed"] = more + 50
        st.rerun()
