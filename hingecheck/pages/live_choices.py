"""Draw the choices of a live session: one exercise with side, reps and hold, or a programme; language of the cues."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from exercises.exercise_model import Exercise
from exercises.hold_timing import hold_goal_s
from hingecheck.history import personal_exercises
from hingecheck.history.records import Person
from hingecheck.live.live_programme import LiveProgramme
from hingecheck.live.phrases import languages, load_words
from hingecheck.live.set_plan import SetPlan, make_plan
from hingecheck.pages import elements, state
from hingecheck.pages.live_programme_choice import choose_programme
from hingecheck.pages.live_voice import Voice, choose_voice
from language.current import current
from language.translate import _, mark

_SIDES = {"both": mark("Both, one after the other"), "left": mark("Left"), "right": mark("Right")}
_DEFAULT_EXERCISE, _DEFAULT_REPS = "hip_hinge", 5
_ONE, _PROGRAMME = mark("One exercise"), mark("A programme")


@dataclass(frozen=True)
class LiveChoice:
    """The plan of the set or the programme, how cues are spoken, and what follows: the review, a kept video."""

    plan: SetPlan | LiveProgramme
    voice: Voice
    opens_review: bool
    keeps_video: bool = False


def choose(person: Person | None) -> LiveChoice:
    """Draw the choices; return them.

    Parameters
    ----------
    person : Person or None
        Their prescriptions and full bend change the exercises; None = no person yet.
    """
    what = st.segmented_control(_("What to do"), [_ONE, _PROGRAMME], format_func=_, key="live_what", required=True,
                                default=_PROGRAMME if "programme" in st.query_params else _ONE)
    if what == _ONE:
        return choose_set(person)
    language = _language()
    plan = choose_programme(person, language)
    return LiveChoice(plan, choose_voice(), opens_review=False, keeps_video=_keeps_video())


def choose_set(person: Person | None) -> LiveChoice:
    """Draw the choices of one exercise; return them, as `choose`."""
    known, problems = personal_exercises.for_person(state.history(), None if person is None else person.id)
    names = list(known)
    asked = st.query_params.get("exercise", _DEFAULT_EXERCISE)
    first = names.index(asked if asked in known else _DEFAULT_EXERCISE)
    exercise = known[st.selectbox(_("Exercise"), names, index=first, key="live_exercise",
                                  format_func=lambda name: _(known[name].name))]
    # A prescription has its own numbers: one person's choice of numbers must not carry over to another.
    key = f"{exercise.id}_{'' if person is None else person.id}"
    left, right = st.columns(2)
    side = _side(exercise, key)
    with left:
        reps = _reps(exercise, key)
    with right:
        hold_s = _hold_s(exercise, key)
        language = _language()
    voice = choose_voice()
    opens_review = st.toggle(_("Open the review after the set"), value=True, key="live_review")
    keeps_video = _keeps_video()
    changes = () if exercise.prescribed is None else exercise.prescribed.changes
    if changes:
        elements.piece("kicker", texts=[_("As prescribed"), *changes])
    elements.sentences([line for line in (*map(_, (exercise.before, *exercise.cautions)), *problems) if line])
    return LiveChoice(make_plan(exercise, side, reps, hold_s, language=language), voice, opens_review,
                      keeps_video)


def _language() -> str:
    known = languages()
    return st.selectbox(_("Language of the cues"), known, format_func=lambda code: load_words(code).name,
                        index=known.index(current()) if current() in known else 0)


def _keeps_video() -> bool:
    return st.toggle(_("Keep the video of this set"), key="live_keep_video",
                     help=_("With the skeleton drawn on it, for the review; it stays on {place}.").format(
                         place=state.place()))


def _side(exercise: Exercise, key: str) -> str:
    if exercise.sides is None:
        return ""
    default = "both" if exercise.prescribed is None or len(exercise.prescribed.sides) != 1 \
        else exercise.prescribed.sides[0]
    return st.selectbox(_("Side"), list(_SIDES), index=list(_SIDES).index(default),
                        format_func=lambda side: _(_SIDES[side]), key=f"live_side_{key}")


def _reps(exercise: Exercise, key: str) -> int | None:
    if exercise.posture is not None:
        return None
    default = exercise.dose.repeats[0] if exercise.dose.repeats is not None else _DEFAULT_REPS
    label = _("Repeats per side") if exercise.sides is not None else _("Repeats")
    reps = st.number_input(label, 0, 100, default, key=f"live_reps_{key}", help=_("0: no end until you stop"))
    return int(reps) or None


def _hold_s(exercise: Exercise, key: str) -> float | None:
    goal_s = hold_goal_s(exercise)
    if goal_s is None:
        return None
    return float(st.number_input(_("Hold for, seconds"), 1, 600, round(goal_s), key=f"live_hold_{key}"))
