"""Adapt the exercises to a person of the history: apply their prescriptions and their own full bend."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from uuid import UUID

from exercises import tomlfile
from exercises.exercise_model import Exercise
from exercises.library import load_library
from exercises.personal_range import has_personal_limits, with_personal_limits
from exercises.prescribed_exercise import apply_prescription
from exercises.prescription import Prescription
from exercises.report_parts import FullBend
from exercises.tomlfile import ExerciseError
from hingecheck.history import goals
from hingecheck.history.connection import History
from language.translate import _, mark

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib  # type: ignore[import-not-found, unused-ignore]

_SOURCE = mark("the prescription")
#: Fifty times the longest of the documents; keys without end take gigabytes to read.
_LONGEST_TEXT = 10_000


def parse_prescription(text: str, find: Callable[[str], Exercise]) -> tuple[Prescription, Exercise]:
    """Parse the text of a prescription (TOML or JSON) and apply it to its exercise.

    Raises
    ------
    ExerciseError
        The text is invalid, or does not fit the exercise.
    """
    if len(text) > _LONGEST_TEXT:
        raise ExerciseError(_(_SOURCE), (_("it has {count} characters; at most {most} are read").format(
                                          count=len(text), most=_LONGEST_TEXT),))
    try:
        data = json.loads(text) if text.lstrip().startswith("{") else tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise ExerciseError(_(_SOURCE), (_("it cannot be read: {error}").format(error=error),)) from None
    if not isinstance(data, dict):
        raise ExerciseError(_(_SOURCE), (_("it cannot be read: expected keys with values"),))
    prescription = tomlfile.validate(Prescription, data, _(_SOURCE))
    return prescription, apply_prescription(find(prescription.exercise), prescription)


def for_set(history: History, person_id: UUID, exercise: Exercise | None, own: FullBend | None = None,
            fixed: bool = False) -> tuple[Exercise | None, dict[str, Exercise], tuple[str, ...]]:
    """Return the exercise that judges one set of a person, or all candidates, and the problems of unusable files.

    Parameters
    ----------
    history : History
    person_id : UUID
    exercise : Exercise or None
        The person's choice; None to detect it automatically among the candidates.
    own : FullBend, optional
        A full bend that takes precedence over the saved one.
    fixed : bool
        The exercise comes from a prescription or a file: no saved prescription changes it, only the full bend.
    """
    exercises, problems = for_person(history, person_id, own)
    if exercise is None:
        return None, exercises, problems
    if not fixed and exercise.id in exercises:
        return exercises[exercise.id], {}, problems
    return with_full_bend(exercise, own or _saved_bend(history, person_id)), {}, problems


def for_person(history: History, person_id: UUID | None,
               own: FullBend | None = None) -> tuple[dict[str, Exercise], tuple[str, ...]]:
    """Return every exercise by its id, adapted to a person, and the problems of files that cannot be used.

    Parameters
    ----------
    history : History
    person_id : UUID or None
        None = no person yet: the exercises as their files define them.
    own : FullBend, optional
        A full bend that takes precedence over the saved one.
    """
    files = load_library()
    exercises = {entry.exercise.id: entry.exercise for entry in files.entries()}
    problems = [f"{bad.origin}: {problem}" for bad in files.invalid for problem in bad.problems]
    if person_id is None:
        return exercises, tuple(problems)
    for name in {saved.exercise for saved in goals.prescriptions(history, person_id)} & set(exercises):
        valid = goals.prescription_at(history, person_id, name)
        if valid is not None:
            try:
                exercises[name] = parse_prescription(valid.text, files.exercise)[1]
            except ExerciseError as error:
                problems.append(str(error))
    bend = own or _saved_bend(history, person_id)
    return {name: with_full_bend(exercise, bend) for name, exercise in exercises.items()}, tuple(problems)


def _saved_bend(history: History, person_id: UUID) -> FullBend | None:
    saved = goals.full_bend(history, person_id)
    return None if saved is None else saved.full_bend


def with_full_bend(exercise: Exercise, bend: FullBend | None) -> Exercise:
    """Return the exercise with limits scaled by a full bend, if there is one and the limits depend on it."""
    return with_personal_limits(exercise, bend) if bend is not None and has_personal_limits(exercise) else exercise
