"""What was asked for on the command line (an id, a file, a prescription, answers) -> Exercise and Answers."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from exercises.aftercare import check_answers
from exercises.exercise_model import Exercise
from exercises.library import Library, load_library
from exercises.load import catalogue_ids
from exercises.prescribed_exercise import load_prescription
from exercises.safety import Answers
from exercises.tomlfile import ExerciseError
from language.translate import _


def exercise(name: str) -> tuple[Exercise, tuple[str, ...]]:
    """Return the exercise of an id or a `.toml` file, and what to know about where it came from.

    Raises
    ------
    ExerciseError
        There is none of that id (the nearest is named), or its file is wrong.
    """
    return _of(name, load_library())


def prescribed_exercise(path: Path, name: str | None) -> tuple[Exercise, tuple[str, ...]]:
    """Return the exercise of a prescription, as prescribed, and what to know about it.

    Parameters
    ----------
    path : Path
        The prescription.
    name : str or None
        The id or file that was also asked for; it must be the prescription's exercise.

    Raises
    ------
    ExerciseError
        The prescription is wrong, or is for another exercise.
    """
    known = load_library()
    if name is None:
        exercise = load_prescription(path, known.exercise)[1]
        return exercise, known.notices(exercise.id)
    asked, notices = _of(name, known)

    def find(wanted: str) -> Exercise:
        if wanted != asked.id:
            raise ExerciseError(str(path), (_("expected {id!r}, as given with --exercise, got {wanted!r}").format(
                                                id=asked.id, wanted=wanted),))
        return asked

    return load_prescription(path, find)[1], notices


def answers(pain: int | None, felt: Sequence[str]) -> Answers | None:
    """Return what was answered after the set; None where nothing was.

    Raises
    ------
    ValueError
        With what was expected, and the nearest word.
    """
    return check_answers(pain, tuple(felt)) if pain is not None or felt else None


def _of(name: str, known: Library) -> tuple[Exercise, tuple[str, ...]]:
    if not name.endswith(".toml"):
        return known.exercise(name), known.notices(name)
    definition = known.file(Path(name))
    is_built_in = definition.id in catalogue_ids()
    own = _("{name}: used in place of the {id} that comes with the program").format(name=name, id=definition.id)
    return definition, (own,) if is_built_in else ()
