"""The form of a programme: name, days, warm-up, its exercises in order, and how long all of it takes.

What is typed stands in the draft, which outlives a visit to another page. Every drawing says what stands in a field:
the first one never reaches the browser where another follows at once; a field would then begin with its default.
"""

from __future__ import annotations

from contextlib import suppress

import streamlit as st

from exercises.exercise_model import Exercise
from exercises.programme import LONGEST_REST_S, MOST_PER_WEEK, Weekday
from exercises.programme_draft import ProgrammeDraft, step_of
from exercises.programme_library import Programmes
from exercises.programme_plan import duration_s
from exercises.tomlfile import ExerciseError
from hingecheck.pages import elements, page_words, programme_step
from hingecheck.progress import own_programmes
from language.translate import _

_LONGEST_NAME, _LONGEST_TEXT = 100, 2000


def draw(draft: ProgrammeDraft, programmes: Programmes) -> None:
    """Draw the fields, and take over into the draft what they say."""
    key = draft.uid
    draft.name = st.text_input(_("Name"), draft.name, max_chars=_LONGEST_NAME, key=f"name-{key}")
    draft.summary = st.text_input(_("What it is for"), draft.summary, max_chars=_LONGEST_TEXT, key=f"summary-{key}")
    left, right = st.columns(2)
    draft.per_week = left.number_input(_("Times a week"), 1, MOST_PER_WEEK, draft.per_week, key=f"week-{key}")
    draft.days = tuple(right.pills(
        _("On these days (none: any day will do)"), [day.value for day in Weekday], selection_mode="multi",
        default=list(draft.days), format_func=lambda day: page_words.day_name(Weekday(day).number), key=f"days-{key}"))
    _draw_warm_up(draft)
    known = {entry.exercise.id: entry.exercise for entry in programmes.exercises.entries()
             if entry.exercise.posture is None}
    _draw_steps(draft, known)
    draft.cautions = st.text_area(_("What to be careful about, one sentence a line"), draft.cautions,
                                  max_chars=_LONGEST_TEXT, key=f"cautions-{key}")
    with suppress(ExerciseError):  # what is missing yet is said when it is to be saved
        planned_s = duration_s(own_programmes.preview(draft, programmes), programmes.exercises.exercise)
        elements.sentences([_("About {minutes:.0f} minutes in all, with warm-up and rests.").format(
            minutes=planned_s / 60)])


def _draw_warm_up(draft: ProgrammeDraft) -> None:
    left, right = st.columns(2)
    draft.warm_up_s = left.number_input(_("Warm-up, seconds (0: none)"), 0.0, LONGEST_REST_S, draft.warm_up_s, 30.0,
                                        format="%g", key=f"warm-up-{draft.uid}")
    if draft.warm_up_s:
        draft.do = right.text_area(_("What to do, one sentence a line"), draft.do, max_chars=_LONGEST_TEXT,
                                   key=f"do-{draft.uid}")


def _draw_steps(draft: ProgrammeDraft, known: dict[str, Exercise]) -> None:
    """Draw each exercise with the buttons that move and remove it, and the one that adds another."""
    st.subheader(_("Exercises, in order"), anchor=False)
    for place, step in enumerate(list(draft.steps), 1):
        with st.container(border=True, key=f"step-{step.uid}"):
            programme_step.draw(step, known, place)
            with st.container(horizontal=True):
                st.button(_("Move up"), key=f"up-{step.uid}", disabled=place == 1, on_click=draft.move, args=(step, -1))
                st.button(_("Move down"), key=f"down-{step.uid}", disabled=place == len(draft.steps),
                          on_click=draft.move, args=(step, 1))
                st.button(_("Remove"), key=f"remove-{step.uid}", on_click=draft.steps.remove, args=(step,))
    st.button(_("Add an exercise"), key="add-step", on_click=_add, args=(draft, known))


def _add(draft: ProgrammeDraft, known: dict[str, Exercise]) -> None:
    """Add the first exercise that is not in the draft yet."""
    used = {step.exercise for step in draft.steps}
    name = next((name for name in known if name not in used), next(iter(known)))
    draft.steps.append(step_of(known[name]))
