"""Draw a person's prescriptions, goals and own full bend, with the forms that change them."""

from __future__ import annotations

import streamlit as st

from exercises.exercise_model import Exercise
from exercises.hold_model import Side
from exercises.library import load_library
from exercises.measures import label_of
from exercises.report_parts import FullBend
from hingecheck.history import goals
from hingecheck.history.connection import History
from hingecheck.history.records import Person
from hingecheck.pages import page_words, prescription_form, state
from language.translate import _, mark
from pose.quantity import QUANTITIES

#: Of bends without a goal of their own.
_BENDS, _OF_BENDS = ("", "bend_deg", "hip_flexion_deg"), "hip_flexion_deg"
_SIDES: dict[str, Side | None] = {mark("Both"): None, mark("Left"): "left", mark("Right"): "right"}


def draw(history: History, person: Person) -> None:
    """Draw the section."""
    st.header(_("Prescriptions and goals"), anchor=False)
    names = {entry.exercise.id: entry.exercise.name for entry in load_library().entries()}
    prescription_form.draw_saved(history, person, names)
    prescription_form.draw(history, person)
    _goals(history, person, names)
    _full_bend(history, person)


def _goals(history: History, person: Person, names: dict[str, str]) -> None:
    for goal in goals.goals(history, person.id):
        side = page_words.side(goal.side)
        measure = label_of(goal.measure) if goal.measure in QUANTITIES else goal.measure
        with st.container(horizontal=True):
            st.text(_("Goal: {name}{side}: {measure} {at_deg:.0f}°").format(
                name=_(names.get(goal.exercise, goal.exercise)), side=side, measure=measure, at_deg=goal.at))
            if st.button(_("Delete"), key=f"ungoal-{goal.id}"):
                with state.report_errors():
                    goals.delete_goal(history, goal.id)
                    st.rerun()
    measures = {entry.exercise.id: quantity for entry in load_library().entries()
                if (quantity := _measure(entry.exercise)) is not None}
    with st.expander(_("Set a goal")):
        name = st.selectbox(_("Exercise"), list(measures), format_func=lambda name: _(names[name]), key="goal-exercise")
        exercise = load_library().exercise(name)
        with st.form(f"goal-{person.id}-{name}", border=False):
            start = 90 if exercise.target is None else round(exercise.target.at)
            label = label_of(measures[name]).capitalize()
            at = st.number_input(_("{label}, °").format(label=label), 10, 170, min(max(start, 10), 170), step=5)
            chosen = "Both"
            if exercise.sides is not None:
                chosen = st.radio(_("Side"), list(_SIDES), format_func=_, horizontal=True)
            if st.form_submit_button(_("Save goal")):
                with state.report_errors():
                    goals.set_goal(history, person.id, name, measures[name], float(at), _SIDES[chosen or "Both"])
                    st.rerun()


def _measure(exercise: Exercise) -> str | None:
    """Return what a goal of an exercise is measured in; None where nothing of it grows with practice."""
    if exercise.target is not None:
        return exercise.target.measure
    return _OF_BENDS if exercise.posture is None and exercise.signal.quantity in _BENDS else None


def _full_bend(history: History, person: Person) -> None:
    own = goals.full_bend(history, person.id)
    if own is None:
        st.caption(_("Own full bend: unmeasured. The back is judged by the same limits as everybody's. Analyse one "
                     "Forward bend to measure it."))
    else:
        text = (_("Own full bend: about {angle_deg:.0f}°, measured on {day}. The back is judged by shares of it.")
                if own.set_id is not None else
                _("Own full bend: about {angle_deg:.0f}°, entered on {day}. The back is judged by shares of it."))
        st.caption(text.format(angle_deg=own.full_bend.spine_flexion_deg, day=page_words.day(own.made_at)))
    with st.expander(_("Enter a full bend")), st.form(f"bend-{person.id}", border=False):
        angle_deg = st.number_input(_("Spine flexion in the fullest bend, °"), 30, 150, 60)
        if st.form_submit_button(_("Save full bend")):
            with state.report_errors():
                goals.set_full_bend(history, person.id, FullBend(spine_flexion_deg=float(angle_deg)))
                st.rerun()
