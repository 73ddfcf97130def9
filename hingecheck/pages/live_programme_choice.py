"""Draw the choice of a programme to be led through, as the person's own limits have it."""

from __future__ import annotations

import streamlit as st

from exercises.exercise_model import Exercise
from exercises.programme_plan import PRESCRIBED, duration_s
from hingecheck.history import personal_exercises
from hingecheck.history.prescribed_programme import prescribed_programme
from hingecheck.history.records import Person
from hingecheck.live.live_programme import LiveProgramme, make_live_programme
from hingecheck.pages import elements, live_engine, programme_list, state
from hingecheck.pages.live_stream import is_playing
from language.translate import _


def choose_programme(person: Person | None, language: str) -> LiveProgramme:
    """Draw the choice, how long the programme takes and what to be careful about; return it.

    Parameters
    ----------
    person : Person or None
        Their prescriptions make a programme of their own, and change the limits of the others.
    language : str
        Code of the language of the cues.
    """
    programmes = programme_list.visible_programmes()
    known = {entry.programme.id: entry.programme for entry in programmes.entries.values()}
    history = state.history()
    own, problems = personal_exercises.for_person(history, None if person is None else person.id)
    if person is not None:
        own_programme, wrong = prescribed_programme(history, person.id, programmes.exercises.exercise)
        problems = (*problems, *wrong)
        known = known if own_programme is None else {PRESCRIBED: own_programme, **known}
    begun = live_engine.begun_programme(person)
    # What was deleted meanwhile, or is no longer prescribed, can still be brought to its end.
    last = begun if begun is not None and begun.programme.id not in known else None
    if last is not None:
        known[last.programme.id] = last.programme
    kept = {} if last is None else {activity.exercise.id: activity.exercise for activity in last.activities}

    def find(name: str) -> Exercise:
        if last is not None and programme is last.programme:
            return kept[name]
        return own[name] if name in own else programmes.exercises.exercise(name)

    asked = st.query_params.get("programme", "")
    name = st.selectbox(_("Programme"), list(known), index=list(known).index(asked) if asked in known else 0,
                        format_func=lambda name: _(known[name].name), key="live_programme")
    programme = known[name]
    elements.piece("kicker", texts=[_("About {minutes:.0f} minutes").format(minutes=duration_s(programme, find) / 60),
                                    *dict.fromkeys(_(find(step.exercise).name) for step in programme.steps)])
    if not is_playing():  # the way there would end the session
        programme_list.draw_way(history, name)
    plan = make_live_programme(programme, find, language)
    before = dict.fromkeys(activity.exercise.before for activity in plan.activities if activity.exercise.before)
    elements.sentences((*map(_, (*before, *programme.cautions)), *problems))
    return plan
