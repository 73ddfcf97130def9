"""A form that prescribes an exercise: side, amount, hold, days a week, goal and limits, filled from the exercise."""

from __future__ import annotations

import json
from typing import Any

import streamlit as st

from exercises.exercise_model import Exercise
from exercises.library import load_library
from exercises.measures import label_of
from exercises.rule_model import Rule
from exercises.tomlfile import ExerciseError
from hingecheck.history import goals, personal_exercises, prescription_words
from hingecheck.history.connection import History
from hingecheck.history.records import Person
from hingecheck.pages import elements, page_words, state
from hingecheck.report import verdict_words
from language.translate import _, mark

_SIDES = {mark("Both"): "both", mark("Left"): "left", mark("Right"): "right"}
#: What most of the sources advise, for exercises without a dose of their own.
_SETS, _PER_WEEK = 3, 3
#: The largest angle that a form takes, degrees.
_LARGEST_DEG = 180
_HOLD = "hold_s"
_EXAMPLE = 'exercise = "doorway_hamstring_stretch"\nsets = 2\nper_week = 4\n[hold]\nat_least_s = 20\n'


def draw(history: History, person: Person) -> None:
    """Draw the form, and the field for the text of a file below it."""
    known = {entry.exercise.id: entry.exercise for entry in load_library().entries() if entry.exercise.posture is None}
    with st.container(key="prescription-form"), st.expander(_("Prescribe an exercise")):
        name = st.selectbox(_("Exercise"), list(known), format_func=lambda name: _(known[name].name), key="prescribed")
        with st.form(f"prescribe-{person.id}-{name}", border=False):
            fields = _fields(known[name])
            if st.form_submit_button(_("Prescribe"), type="primary"):
                _save(history, person, json.dumps(fields))
    with st.expander(_("Add a prescription from a file")), st.form(f"prescribe-text-{person.id}", border=False):
        text = st.text_area(_("Prescription text (TOML or JSON)"), placeholder=_EXAMPLE, height=180, max_chars=10_000)
        if st.form_submit_button(_("Add the prescription")):
            _save(history, person, text)


def _fields(exercise: Exercise) -> dict[str, Any]:
    """Draw the fields that fit an exercise; return the prescription that they say."""
    dose = exercise.dose
    data: dict[str, Any] = {"exercise": exercise.id}
    left, middle, right = st.columns(3)
    data["sets"] = left.number_input(_sets_label(exercise), 1, 100, dose.repeats[0] if dose.repeats else _SETS)
    data["per_week"] = middle.number_input(_("Times a week"), 1, 21, dose.per_week[0] if dose.per_week else _PER_WEEK)
    hold = next((rule.bound.at_least for rule in exercise.rules if rule.measure == _HOLD), None)
    if hold is not None:
        data["hold"] = {"at_least_s": float(right.number_input(_("Hold at least, s"), 1, 600, round(hold)))}
    if exercise.sides is not None:
        choice = st.radio(_("Side"), list(_SIDES), format_func=_, horizontal=True)
        data["sides"] = _SIDES[choice or "Both"]
    if exercise.target is not None:
        label = label_of(exercise.target.measure)
        at = st.number_input(_("Goal: {label}, °").format(label=label), 1, _LARGEST_DEG, round(exercise.target.at))
        if at != round(exercise.target.at):
            data["target"] = {"at": float(at)}
    limits = {rule.id: change for rule in exercise.rules if (change := _limit(rule)) is not None}
    return data | ({"rules": limits} if limits else {})


def _sets_label(exercise: Exercise) -> str:
    is_held = any(rule.measure == _HOLD for rule in exercise.rules)
    if exercise.sides is None:
        return _("Holds") if is_held else _("Reps")
    return _("Holds per side") if is_held else _("Reps per side")


def _limit(rule: Rule) -> dict[str, float] | None:
    """Draw the field of a rule's limit; return the change, None where it stays as it is."""
    own = _first(rule.bound.at_most, rule.bound.at_least)
    if rule.unit != "deg" or own is None or not 0 <= own <= _LARGEST_DEG:
        return None
    label = _("{rule}: at most, °") if rule.bound.at_most is not None else _("{rule}: at least, °")
    value = st.number_input(label.format(rule=verdict_words.rule_name(rule.id)), 0, _LARGEST_DEG, round(own))
    side = "at_most" if rule.bound.at_most is not None else "at_least"
    return None if value == round(own) else {side: float(value)}


def _save(history: History, person: Person, text: str) -> None:
    try:
        prescription, _exercise = personal_exercises.parse_prescription(text, load_library().exercise)
    except ExerciseError as error:
        st.error(_("This prescription cannot be used. Correct it and add it again."))
        st.text("\n".join(error.problems))
        return
    with state.report_errors():
        goals.prescribe(history, person.id, prescription.exercise, text)
        st.rerun()


def draw_saved(history: History, person: Person, names: dict[str, str]) -> None:
    """Draw the saved prescriptions, each with its text and a button that deletes it."""
    for saved in goals.prescriptions(history, person.id):
        with st.container(border=True):
            elements.piece("titled", title=_(names.get(saved.exercise, saved.exercise)),
                           text=_("Prescribed {day}").format(day=page_words.day(saved.valid_from)))
            elements.sentences(list(filter(None, [prescription_words.summary(saved.text, load_library().exercise)])))
            with st.expander(_("As a file")):
                st.code(saved.text, language=None)
            if st.button(_("Delete this prescription"), key=f"unprescribe-{saved.id}"):
                with state.report_errors():
                    goals.delete_prescription(history, saved.id)
                    st.rerun()


def _first(*values: float | None) -> float | None:
    return next((value for value in values if value is not None), None)
