"""Choose what a video shows: one exercise, which is detected or named, or several, of any kind or of a programme."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st

from exercises.exercise_model import Exercise
from exercises.programme import Programme
from exercises.programme_library import exercises_of
from exercises.programme_plan import PRESCRIBED
from hingecheck.history.prescribed_programme import prescribed_programme
from hingecheck.history.records import Person
from hingecheck.pages import programme_list, state
from language.translate import _

#: Choices beside the ids of exercises, none of which has a colon; a programme's stands before its id.
_AUTO, _SEVERAL, _PROGRAMME = "auto", "several:", "programme:"


@dataclass(frozen=True)
class VideoContent:
    """What a video shows.

    Attributes
    ----------
    exercise : Exercise or None
        None to detect it automatically among `known`.
    known : mapping of str to Exercise
        Every exercise that it may show, with the person's own limits.
    parts : bool
        It shows several, one after the other.
    programme : Programme or None
        They are those of this programme.
    """

    exercise: Exercise | None
    known: Mapping[str, Exercise]
    parts: bool = False
    programme: Programme | None = None


def choose(known: Mapping[str, Exercise], person: Person | None) -> VideoContent:
    """Draw the choice.

    Parameters
    ----------
    known : mapping of str to Exercise
        Every exercise, with the person's own limits.
    person : Person or None
        Their prescriptions make a programme of their own.
    """
    programmes = programme_list.visible_programmes()
    of_any = {f"{_PROGRAMME}{name}": entry.programme for name, entry in programmes.entries.items()}
    if person is not None:
        own_programme, _problems = prescribed_programme(state.history(), person.id, programmes.exercises.exercise)
        of_any = of_any if own_programme is None else {f"{_PROGRAMME}{PRESCRIBED}": own_programme, **of_any}
    names = [_AUTO, _SEVERAL, *of_any, *known]
    words = {_AUTO: _("Detect automatically"), _SEVERAL: _("Several exercises in one video"),
             **{name: _("Programme: {programme}").format(programme=_(one.name)) for name, one in of_any.items()}}
    asked = st.query_params.get("exercise", _AUTO)
    choice = st.selectbox(_("Exercise"), names, index=names.index(asked) if asked in names else 0,
                          format_func=lambda name: words.get(name) or _(known[name].name))
    programme = of_any.get(choice)
    if programme is None:
        return VideoContent(known.get(choice), known, choice == _SEVERAL)
    return VideoContent(None, exercises_of(programme, known, programmes.exercises.exercise), True, programme)
