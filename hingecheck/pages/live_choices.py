"""Draw the choices of a live set: the exercise with the person's own limits, side, reps, hold, language of the cues."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from exercises.exercise_model import Exercise
from hingecheck.history import personal_exercises
from hingecheck.history.records import Person
from hingecheck.live.hold_clock import hold_goal_s
from hingecheck.live.phrases import languages, load_words
from hingecheck.live.set_plan import SetPlan, make_plan
from hingecheck.pages import elements, state

_SIDES = {"both": "Both, one after the other", "left": "Left", "right": "Right"}
_DEFAULT_EXERCISE, _DEFAULT_REPS = "hip_hinge", 5


@dataclass(frozen=True)
class LiveChoice:
    """The plan of the set, whether cues are spoken, and whether the review opens after the set."""

    plan: SetPlan
    speaks: bool
    opens_review: bool


def choose_set(person: Person | None) -> LiveChoice:
    """Draw the choices; return them.

    Parameters
    ----------
    person : Person or None
        Their prescriptions and full bend change the exercises; None = no person yet.
    """
    known, problems = personal_exercises.for_person(state.history(), None if person is None else person.id)
    names = list(known)
    asked = st.query_params.get("exercise", _DEFAULT_EXERCISE)
    first = names.index(asked if asked in known else _DEFAULT_EXERCISE)
    exercise = known[st.selectbox("Exercise", names, index=first, key="live_exercise",
                                  format_func=lambda name: known[name].name)]
    # A prescription has its own numbers: one person's choice of numbers must not carry over to another.
    key = f"{exercise.id}_{'' if person is None else person.id}"
    left, right = st.columns(2)
    side = _side(exercise, key)
    with left:
        reps = _reps(exercise, key)
    with right:
        hold_s = _hold_s(exercise, key)
        language = st.selectbox("Language of the cues", languages(), format_func=lambda code: load_words(code).name)
    speaks = st.toggle("Speak", value=True, key="live_voice")
    opens_review = st.toggle("Open the review after the set", value=True, key="live_review")
    changes = () if exercise.prescribed is None else exercise.prescribed.changes
    if changes:
        elements.piece("kicker", texts=["As prescribed", *changes])
    elements.sentences([line for line in (exercise.before, *exercise.cautions, *problems) if line])
    return LiveChoice(make_plan(exercise, side, reps, hold_s, language=language), speaks, opens_review)


def _side(exercise: Exercise, key: str) -> str:
    if exercise.sides is None:
        return ""
    default = "both" if exercise.prescribed is None or len(exercise.prescribed.sides) != 1 \
        else exercise.prescribed.sides[0]
    return st.selectbox("Side", list(_SIDES), index=list(_SIDES).index(default), format_func=_SIDES.__getitem__,
                        key=f"live_side_{key}")


def _reps(exercise: Exercise, key: str) -> int | None:
    if exercise.posture is not None:
        return None
    default = exercise.dose.repeats[0] if exercise.dose.repeats is not None else _DEFAULT_REPS
    label = "Repeats per side" if exercise.sides is not None else "Repeats"
    reps = st.number_input(label, 0, 100, default, key=f"live_reps_{key}", help="0: no end until you stop")
    return int(reps) or None


def _hold_s(exercise: Exercise, key: str) -> float | None:
    goal_s = hold_goal_s(exercise)
    if goal_s is None:
        return None
    return float(st.number_input("Hold for, seconds", 1, 600, round(goal_s), key=f"live_hold_{key}"))
