"""Progress: weeks of one exercise, effects of breaks, the programme, practice against the dose, pain, every set."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta, timezone

import streamlit as st

from exercises.exercise_model import Exercise
from exercises.hold_model import Side
from exercises.measures import label_of
from hingecheck.history import goals, personal_exercises, queries
from hingecheck.history.connection import History
from hingecheck.history.records import Goal, Person, RepRecord
from hingecheck.pages import (
    elements,
    practice_charts,
    programme_list,
    programme_week,
    set_list,
    state,
    trend_charts,
    weeks_download,
    whose,
)
from hingecheck.progress import change_words, practice, trends
from hingecheck.report import wording
from hingecheck.report.rep_card import CardNumber
from language.translate import _, mark, plural

_PERIODS = {mark("12 weeks"): 12, mark("A year"): 53, mark("Everything"): None}
_SIDES: dict[str, Side | None] = {mark("Both"): None, mark("Left"): "left", mark("Right"): "right"}
_FIRST_SETS, _MORE_SETS = 12, 50


def page() -> None:
    """Draw the page."""
    person = whose.draw()
    st.title(_("Progress"), anchor=False)
    history = state.history()
    set_counts = queries.exercises(history, person.id) if person is not None else {}
    if person is None or not set_counts:
        st.write(_("There is nothing to compare yet. Analyse a set today and another in a few days. Changes then "
                   "appear here."))
        state.link("analyse", _("Analyse a video"))
        is_asked = "programme" in st.query_params
        if person is not None and (is_asked or goals.prescriptions(history, person.id)):
            programme_week.draw(history, person)
        else:
            programme_list.draw_way(history, "")
        return
    known = personal_exercises.for_person(history, person.id)[0]
    left, right = st.columns(2)
    name = left.selectbox(_("Exercise"), list(set_counts),
                          format_func=lambda name: f"{_name(name, known)} ({set_counts[name]})")
    st.session_state.setdefault("period", "12 weeks")
    period = right.segmented_control(_("Period"), list(_PERIODS), format_func=_, key="period", required=True)
    weeks = _PERIODS[period or "12 weeks"]
    since = None if weeks is None else datetime.now(timezone.utc) - timedelta(weeks=weeks)
    _draw_exercise(history, person, known.get(name), name, queries.reps(history, person.id, name, since))
    weeks_download.draw(history, person, weeks)
    programme_week.draw(history, person)
    answers = practice.pain(queries.answers(history, person.id, since))
    practice_charts.draw(queries.practice(history, person.id, since), answers)
    _draw_sets(history, person, name)


def _name(exercise: str, known: dict[str, Exercise]) -> str:
    return _(known[exercise].name) if exercise in known else exercise.replace("_", " ").capitalize()


def _draw_exercise(history: History, person: Person, exercise: Exercise | None, name: str,
                   reps: Sequence[RepRecord]) -> None:
    """Draw the numbers, sentences and charts of one exercise."""
    if not reps:
        st.info(_("There is no set of this exercise in this period. Choose a longer one."))
        return
    measure = trends.measure_of(reps)
    side: Side | None = None
    if any(rep.side for rep in reps):
        choice = st.segmented_control(_("Side"), list(_SIDES), format_func=_, default="Both", required=True)
        side = _SIDES[choice or "Both"]
    zone = state.zone()
    weeks = trends.weekly(reps, measure, zone, side)
    latest = weeks[-1]
    good = (wording.amount(None) if latest.good_share is None
            else _("{share:.0f} % of {judged}").format(share=100 * latest.good_share, judged=latest.judged))
    label = label_of(measure)
    elements.numbers([
        CardNumber(_("Typical {label}, latest week").format(label=label), change_words.amount(latest.typical),
                   latest.typical is not None),
        CardNumber(_("Best that week"), change_words.amount(latest.best), latest.best is not None),
        CardNumber(_("Good reps"), good, latest.good_share is not None),
        *([] if latest.onset is None else
          [CardNumber(_("Rounding onset, hip"), change_words.amount(latest.onset))])])
    elements.sentences(_change_sentences(reps, weeks, measure, side, label))
    goal_lines = [(goal.at, _("goal")) for goal in goals.goals(history, person.id)
                  if _applies(goal, name, measure, side)]
    if not goal_lines and exercise is not None and exercise.target is not None and exercise.target.measure == measure:
        goal_lines = [(exercise.target.at, _("goal"))]
    trend_charts.draw_angles(weeks, label, goal_lines)
    trend_charts.draw_shares(weeks)
    if any(week.onset is not None for week in weeks):
        trend_charts.draw_onsets(weeks)


def _applies(goal: Goal, name: str, measure: str, side: Side | None) -> bool:
    return goal.exercise == name and goal.measure == measure and goal.side in (None, side)


def _change_sentences(reps: Sequence[RepRecord], weeks: Sequence[trends.Week], measure: str, side: Side | None,
                      label: str) -> list[str]:
    sentences = [change_words.change_sentence(trends.trend(weeks, measure), label)]
    recent = max(rep.made_at for rep in reps) - timedelta(weeks=4)
    difference = trends.side_difference(reps, measure, recent)
    if difference is not None:
        sentences.append(change_words.sides_sentence(difference))
    for pause in trends.pauses(reps, measure, state.zone(), side)[-2:]:
        sentences.append(change_words.pause_sentence(pause))
    relabelled = sum(week.relabels for week in weeks)
    if relabelled:
        sentences.append(plural("{count} rep is relabelled. The shares count the original verdicts.",
                                "{count} reps are relabelled. The shares count the original verdicts.",
                                relabelled).format(count=relabelled))
    return sentences


def _draw_sets(history: History, person: Person, name: str) -> None:
    """Draw the newest sets of this exercise, each with a button that opens it."""
    st.header(_("Sets"), anchor=False)
    limit = st.session_state.setdefault("set_limit", _FIRST_SETS)
    lines = queries.lines(history, person.id, name, limit=limit + 1)
    set_list.draw(history, lines[:limit])
    if len(lines) > limit and st.button(_("Show older sets")):
        st.session_state["set_limit"] = limit + _MORE_SETS
        st.rerun()
