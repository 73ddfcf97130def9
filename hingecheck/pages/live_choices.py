"""What a live set is to be, chosen by the person: exercise as it holds for them, side, how many, in which words."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from exercises.exercise_model import Exercise
from hingecheck.history import personal_exercises
from hingecheck.history.records import Person
from hingecheck.live.hold_clock import hold_goal_s
from hingecheck.live.phrases import languages, load
from hingecheck.live.set_plan import Plan, plan
from hingecheck.pages import elements, state

_SIDES = {"both": "Both, one after the other", "left": "Left", "right": "Right"}
_USUAL, _USUAL_REPS = "hip_hinge", 5


@dataclass(frozen=True)
class Choice:
    """The set that is to be done, whether it is spoken, and whether the review opens after it."""

    plan: Plan
    aloud: bool
    review: bool


def choices(person: Person | None) -> Choice:
    """Draw the choices; return what they are.

    Parameters
    ----------
    person : Person or None
        Whose prescriptions and full bend change the exercises; None = nobody yet.
    """
    known, problems = personal_exercises.for_person(state.history(), None if person is None else person.id)
    names = list(known)
    exercise = known[st.selectbox("Exercise", names, index=names.index(_USUAL), key="live_exercise",
                                  format_func=lambda one: known[one].name)]
    # A prescription has its own numbers: another person's choice of numbers is not theirs.
    key = f"{exercise.id}_{'' if person is None else person.id}"
    left, right = st.columns(2)
    side = _side(exercise, key)
    with left:
        reps = _reps(exercise, key)
    with right:
        hold_s = _hold_s(exercise, key)
        language = st.selectbox("Language of the cues", languages(), format_func=lambda code: load(code).name)
    aloud = st.toggle("Speak", value=True, key="live_voice")
    review = st.toggle("Open the review after the set", value=True, key="live_review")
    changes = () if exercise.prescribed is None else exercise.prescribed.changes
    if changes:
        elements.piece("kicker", texts=["As prescribed", *changes])
    elements.sentences([line for line in (exercise.before, *exercise.cautions, *problems) if line])
    return Choice(plan(exercise, side, reps, hold_s, language=language), aloud, review)


def _side(exercise: Exercise, key: str) -> str:
    if exercise.sides is None:
        return ""
    usual = "both" if exercise.prescribed is None or len(exercise.prescribed.sides) != 1 \
        else exercise.prescribed.sides[0]
    return st.selectbox("Side", list(_SIDES), index=list(_SIDES).index(usual), format_func=_SIDES.__getitem__,
                        key=f"live_side_{key}")


def _reps(exercise: Exercise, key: str) -> int | None:
    if exercise.posture is not None:
        return None
    usual = exercise.dose.repeats[0] if exercise.dose.repeats is not None else _USUAL_REPS
    label = "Repeats a side" if exercise.sides is not None else "Repeats"
    until = st.number_input(label, 0, 100, usual, key=f"live_reps_{key}", help="0: until you stop")
    return int(until) or None


def _hold_s(exercise: Exercise, key: str) -> float | None:
    goal_s = hold_goal_s(exercise)
    if goal_s is None:
        return None
    return float(st.number_input("Hold for, seconds", 1, 600, round(goal_s), key=f"live_hold_{key}"))
