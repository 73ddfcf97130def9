"""A person's saved prescriptions -> today's programme: each exercise as its newest valid prescription has it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timezone
from uuid import UUID

from exercises.exercise_model import Exercise
from exercises.prescription import Prescription
from exercises.programme import Programme
from exercises.programme_plan import of_prescriptions
from exercises.tomlfile import ExerciseError
from hingecheck.history import goals
from hingecheck.history.connection import History
from hingecheck.history.personal_exercises import parse_prescription


def prescribed_programme(history: History, person_id: UUID, find: Callable[[str], Exercise],
                         at: datetime | None = None) -> tuple[Programme | None, tuple[str, ...]]:
    """Return the programme of the prescriptions that are valid at a time, and what is wrong with others.

    Parameters
    ----------
    history : History
    person_id : UUID
    find : callable
        Id -> Exercise.
    at : datetime, optional
        Default now.

    Returns
    -------
    programme : Programme or None
        In the order in which the exercises were first prescribed; None where nothing is.
    problems : tuple of str
        One sentence for each prescription that cannot be used.
    """
    time = at or datetime.now(timezone.utc)
    newest = {saved.exercise: saved.text for saved in reversed(goals.prescriptions(history, person_id))
              if saved.valid_from <= time}
    prescriptions: list[Prescription] = []
    problems: list[str] = []
    for exercise, text in newest.items():
        try:
            prescription, changed = parse_prescription(text, find)
        except ExerciseError as error:
            problems += [f"{exercise}: {problem}" for problem in error.problems]
            continue
        if changed.posture is None:  # a posture is watched: it has no reps that a programme could wait for
            prescriptions.append(prescription)
    return of_prescriptions(prescriptions), tuple(problems)
