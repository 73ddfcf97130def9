"""A person of the history -> every exercise as it holds for them: by their prescriptions and their own full bend."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from uuid import UUID

from coach.history import plans
from coach.history.connection import History
from exercises import tomlfile
from exercises.library import library
from exercises.model import Exercise
from exercises.own_range import has_own_limits, personal
from exercises.prescribed import prescribed
from exercises.prescription import Prescription
from exercises.tomlfile import ExerciseError

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
    return given, prescribed(find(given.exercise), given)


def known(history: History, person_id: UUID | None) -> tuple[dict[str, Exercise], tuple[str, ...]]:
    """Return every exercise by its id, as it holds for a person now, and what could not be used.

    Parameters
    ----------
    history : History
    person_id : UUID or None
        None = nobody yet: as the files have them.
    """
    shelf = library()
    found = {one.exercise.id: one.exercise for one in shelf.entries()}
    problems = [f"{bad.origin}: {problem}" for bad in shelf.bad for problem in bad.problems]
    if person_id is None:
        return found, tuple(problems)
    for name in {one.exercise for one in plans.prescriptions(history, person_id)} & set(found):
        valid = plans.prescribed(history, person_id, name)
        if valid is not None:
            try:
                found[name] = prescription(valid.text, shelf.exercise)[1]
            except ExerciseError as error:
                problems.append(str(error))
    own = plans.full_bend(history, person_id)
    if own is not None:
        found = {name: personal(one, own.full_bend) if has_own_limits(one) else one for name, one in found.items()}
    return found, tuple(problems)
