"""The fields of one exercise of a programme: side, sets, reps or holds and their length, rest, and what to mind."""

from __future__ import annotations

import streamlit as st

from exercises.dose import LONGEST_S
from exercises.exercise_model import Exercise
from exercises.programme import LONGEST_REST_S, MOST_REPS, MOST_SETS
from exercises.programme_draft import DraftStep, least_hold_s
from language.translate import _, mark

_SIDES = {"both": mark("Both"), "left": mark("Left"), "right": mark("Right")}
_LONGEST_NOTE = 300
#: Two fields stand beside each other on a phone.
_WIDTH_PX = 148


def draw(step: DraftStep, known: dict[str, Exercise], place: int) -> None:
    """Draw the fields that fit the exercise, and take over into the step what they say."""
    if step.exercise not in known:  # its file was deleted meanwhile
        step.choose(next(iter(known.values())))
    names = list(known)
    chosen = st.selectbox(_("Exercise {number}").format(number=place), names, names.index(step.exercise),
                          format_func=lambda name: _(known[name].name), key=f"exercise-{step.uid}")
    if chosen != step.exercise:
        step.choose(known[chosen])
    exercise = known[step.exercise]
    # Another exercise has fields of its own, which begin with its own amounts.
    key = f"{step.uid}-{step.exercise}"
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if exercise.sides is not None:
            step.sides = st.selectbox(_("Side"), list(_SIDES), list(_SIDES).index(step.sides or "both"),
                                      format_func=lambda side: _(_SIDES[side]), key=f"sides-{key}", width=_WIDTH_PX)
        sets = _("Sets") if exercise.sides is None else _("Sets per side")
        step.sets = st.number_input(sets, 1, MOST_SETS, step.sets, key=f"sets-{key}", width=_WIDTH_PX)
        reps = _("Reps in each set") if exercise.hold is None else _("Holds in each set")
        step.reps = st.number_input(reps, 1, MOST_REPS, step.reps, key=f"reps-{key}", width=_WIDTH_PX)
        if exercise.hold is not None:
            step.hold_s = st.number_input(_("Hold for, seconds"), least_hold_s(exercise), LONGEST_S, step.hold_s, 5.0,
                                          format="%g", key=f"hold-{key}", width=_WIDTH_PX)
        step.rest_s = st.number_input(_("Rest, seconds"), 0.0, LONGEST_REST_S, step.rest_s, 5.0, format="%g",
                                      key=f"rest-{key}", width=_WIDTH_PX)
    step.note = st.text_input(_("What to mind"), step.note, max_chars=_LONGEST_NOTE, key=f"note-{key}")
