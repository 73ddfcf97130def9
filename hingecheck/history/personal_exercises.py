"""A person of the history -> every exercise as it holds for them: by their prescriptions and their own full bend."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from uuid import UUID

from exercises import tomlfile
from exercises.exercise_model import Exercise
from exercises.library import library
from exercises.own_range import has_own_limits, personal
from exercises.prescribed_exercise import apply_prescription
from exercises.prescription import Prescription
from exercises.report_parts import FullBend
from exercises.tomlfile import ExerciseError
from hingecheck.history import goals
from hingecheck.history.connection import History

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib  # type: ignore[import-not-found, unused-ignore]

_SOURCE = "the prescription"


def prescription(text: str, find: Callable[[str], Exercise]) -> tuple[Prescription, Exercise]:
    """Read a prescription from its text (TOML, or JSON) and apply it.

    Raises
    ------
    ExerciseError
        It is wrong, or does not fit its exercise.
    """
    try:
        data = json.loads(text) if text.lstrip().startswith("{") else tomllib.loads(text)
    except ValueError as error:
        raise ExerciseError(_SOURCE, (f"it cannot be read: {error}",)) from None
    given = tomlfile.checked(Prescription, data, _SOURCE)
    return given, apply_prescription(find(given.exercise), given)


def chosen(history: History, person_id: UUID, exercise: Exercise | None, own: FullBend | None = None,
           fixed: bool = False) -> tuple[Exercise | None, dict[str, Exercise], tuple[str, ...]]:
    """Return what one set of a person is judged by: the exercise, or all that it may be, and what could not be used.

    Parameters
    ----------
    history : History
    person_id : UUID
    exercise : Exercise or None
        The one that was chosen; None to tell it from the clip.
    own : FullBend, optional
        A full bend that goes before the saved one.
    fixed : bool
        The exercise came from a prescription or a file of its own: nothing saved changes it but the full bend.
    """
    found, problems = known(history, person_id, own)
    if exercise is None:
        return None, found, problems
    if not fixed and exercise.id in found:
        return found[exercise.id], {}, problems
    return bent(exercise, own or _saved_bend(history, person_id)), {}, problems


def known(history: History, person_id: UUID | None,
          own: FullBend | None = None) -> tuple[dict[str, Exercise], tuple[str, ...]]:
    """Return every exercise by its id, as it holds for a person now, and what could not be used.

    Parameters
    ----------
    history : History
    person_id : UUID or None
        None = nobody yet: as the files have them.
    own : FullBend, optional
        A full bend that goes before the saved one.
    """
    shelf = library()
    found = {one.exercise.id: one.exercise for one in shelf.entries()}
    problems = [f"{bad.origin}: {problem}" for bad in shelf.bad for problem in bad.problems]
    if person_id is None:
        return found, tuple(problems)
    for name in {one.exercise for one in goals.prescriptions(history, person_id)} & set(found):
        valid = goals.prescribed(history, person_id, name)
        if valid is not None:
            try:
                found[name] = prescription(valid.text, shelf.exercise)[1]
            except ExerciseError as error:
                problems.append(str(error))
    bend = own or _saved_bend(history, person_id)
    return {name: bent(one, bend) for name, one in found.items()}, tuple(problems)


def _saved_bend(history: History, person_id: UUID) -> FullBend | None:
    saved = goals.full_bend(history, person_id)
    return None if saved is None else saved.full_bend


def bent(exercise: Exercise, bend: FullBend | None) -> Exercise:
    """Return the exercise by a person's full bend where there is one and the exercise's limits depend on it."""
    return personal(exercise, bend) if bend is not None and has_own_limits(exercise) else exercise
