"""Draw a person's prescriptions, goals and own full bend, with the forms that change them."""

from __future__ import annotations

import streamlit as st

from exercises.library import load_library
from exercises.report_parts import FullBend
from exercises.tomlfile import ExerciseError
from hingecheck.history import goals, personal_exercises
from hingecheck.history.connection import History
from hingecheck.history.records import Person
from hingecheck.pages import elements, state
from pose.quantity import QUANTITIES

_MEASURES = ("leg_raise_deg", "hip_flexion_deg")
_SIDES = {"both": None, "left": "left", "right": "right"}
_EXAMPLE = 'exercise = "doorway_hamstring_stretch"\nsets = 2\nper_week = 4\n[hold]\nat_least_s = 20\n'


def draw(history: History, person: Person) -> None:
    """Draw the section."""
    st.header("Prescriptions and goals", anchor=False)
    names = {entry.exercise.id: entry.exercise.name for entry in load_library().entries()}
    _prescriptions(history, person, names)
    _goals(history, person, names)
    _full_bend(history, person)


def _prescriptions(history: History, person: Person, names: dict[str, str]) -> None:
    for saved in goals.prescriptions(history, person.id):
        with st.expander(elements.plain(f"Prescription: {names.get(saved.exercise, saved.exercise)}, from "
                                     f"{saved.valid_from.astimezone(state.zone()):%d %B %Y}")):
            st.code(saved.text, language=None)
            if st.button("Delete this prescription", key=f"unprescribe-{saved.id}"):
                with state.report_errors():
                    goals.delete_prescription(history, saved.id)
                    st.rerun()
    with st.expander("Add a prescription"), st.form(f"prescribe-{person.id}", border=False, clear_on_submit=False):
        text = st.text_area("Prescription text (TOML or JSON)", placeholder=_EXAMPLE, height=180, max_chars=20_000)
        if st.form_submit_button("Add the prescription"):
            try:
                prescription, _ = personal_exercises.parse_prescription(text, load_library().exercise)
            except ExerciseError as error:
                st.error("This prescription cannot be used. Correct the text and add it again.")
                st.text("\n".join(error.problems))
                return
            with state.report_errors():
                goals.prescribe(history, person.id, prescription.exercise, text)
                st.rerun()


def _goals(history: History, person: Person, names: dict[str, str]) -> None:
    for goal in goals.goals(history, person.id):
        side = f", {goal.side}" if goal.side else ""
        measure = QUANTITIES[goal.measure].label if goal.measure in QUANTITIES else goal.measure
        with st.container(horizontal=True):
            st.text(f"Goal: {names.get(goal.exercise, goal.exercise)}{side}: {measure} {goal.at:.0f}\u00b0")
            if st.button("Delete", key=f"ungoal-{goal.id}"):
                with state.report_errors():
                    goals.delete_goal(history, goal.id)
                    st.rerun()
    with st.expander("Set a goal"), st.form(f"goal-{person.id}", border=False):
        exercise = st.selectbox("Exercise", list(names), format_func=lambda name: names[name])
        measure = st.selectbox("Quantity", _MEASURES, format_func=lambda name: QUANTITIES[name].label.capitalize())
        at = st.number_input("Goal, \u00b0", 10, 130, 90, step=5)
        side = st.selectbox("Side", list(_SIDES))
        if st.form_submit_button("Save goal"):
            with state.report_errors():
                goals.set_goal(history, person.id, exercise, measure, float(at), _SIDES[side])  # type: ignore[arg-type]
                st.rerun()


def _full_bend(history: History, person: Person) -> None:
    own = goals.full_bend(history, person.id)
    if own is None:
        st.caption("Own full bend: unmeasured. The back is judged by the same limits as everybody's. Analyse one "
                   "Forward bend to measure it.")
    else:
        origin = "measured" if own.set_id is not None else "entered"
        st.caption(f"Own full bend: about {own.full_bend.spine_flexion_deg:.0f}\u00b0, {origin} on "
                   f"{own.made_at.astimezone(state.zone()):%d %B %Y}. The back is judged by shares of it.")
    with st.expander("Enter a full bend"), st.form(f"bend-{person.id}", border=False):
        angle_deg = st.number_input("Spine flexion in the fullest bend, \u00b0", 30, 150, 60)
        if st.form_submit_button("Save full bend"):
            with state.report_errors():
                goals.set_full_bend(history, person.id, FullBend(spine_flexion_deg=float(angle_deg)))
                st.rerun()
