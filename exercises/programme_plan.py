"""Programme and its exercises -> what comes after what: each set of each side, its rest, and how long it all takes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from exercises.exercise_model import Exercise, FindExercise
from exercises.hold_model import Side
from exercises.prescription import Prescription
from exercises.programme import Programme, Step
from language.translate import _, mark

#: Id of the programme that a person's prescriptions make.
PRESCRIBED = "prescribed"

#: Getting into a hold and out of it, and one rep without a hold: 2.9 s down and 2.0 s up in the samples of holds, 1.6,
#: 0.8 and 1.4 s in those of hinges.
_WAYS_S, _REP_S = 5.0, 4.0
#: Moving the camera and lying down or getting up, where the next exercise wants another position or camera.
_CHANGE_S = 60.0
_SIDES: dict[str, tuple[Side, ...]] = {"left": ("left",), "right": ("right",), "both": ("left", "right")}


@dataclass(frozen=True)
class Activity:
    """One set of one side.

    Attributes
    ----------
    step : int
        Which step of the programme, from 0.
    exercise : Exercise
    number, of : int
        Which set of this exercise and side, from 1, and how many there are.
    side : "left", "right" or None
        None where the exercise has no sides.
    reps : int
        Of a held exercise, holds.
    hold_s : float or None
        Seconds of each hold; None where nothing is held.
    rest_s : float
        Rest after it; 0 after the last of all.
    changes_place : bool
        Whether the person lies, sits or stands otherwise than before, or the camera moves.
    """

    step: int
    exercise: Exercise
    number: int
    of: int
    side: Side | None
    reps: int
    hold_s: float | None
    rest_s: float
    changes_place: bool

    @property
    def duration_s(self) -> float:
        """Seconds that it takes, without the rest after it; an estimate."""
        each = _REP_S if self.hold_s is None else self.hold_s + _WAYS_S
        return self.reps * each + (_CHANGE_S if self.changes_place else 0.0)


def activities(programme: Programme, find: FindExercise) -> tuple[Activity, ...]:
    """Return every set in order: the sides of a set one after the other, then the next set.

    Parameters
    ----------
    programme : Programme
        Checked, see `programme_library`.
    find : callable
        Id -> Exercise.
    """
    result: list[Activity] = []
    before: Exercise | None = None
    for place, step in enumerate(programme.steps):
        exercise = find(step.exercise)
        for number in range(1, step.sets + 1):
            for side in sides_of(step, exercise):
                moved = before is None or (before.position, before.camera) != (exercise.position, exercise.camera)
                result.append(Activity(place, exercise, number, step.sets, side, step.reps, hold_of(step, exercise),
                                       step.rest_s, moved))
                before = exercise
    last = result[-1]
    return (*result[:-1], Activity(**{**vars(last), "rest_s": 0.0}))


def duration_s(programme: Programme, find: FindExercise) -> float:
    """Return how long a programme takes with its warm-up and rests, an estimate in seconds."""
    warm_up_s = 0.0 if programme.warm_up is None else programme.warm_up.seconds
    return warm_up_s + sum(one.duration_s + one.rest_s for one in activities(programme, find))


def sides_of(step: Step, exercise: Exercise) -> tuple[Side | None, ...]:
    """Return the sides of a step in turn; one None where the exercise has none."""
    if exercise.sides is None:
        return (None,)
    return _SIDES[step.sides or "both"]


def hold_of(step: Step, exercise: Exercise) -> float | None:
    """Return the seconds of a hold: the step's, else the shortest that the exercise counts; None without a hold."""
    return None if exercise.hold is None else step.hold_s or shortest_hold_s(exercise)


def shortest_hold_s(exercise: Exercise) -> float | None:
    """Return the shortest hold that breaks no rule of the exercise; None where no rule asks for one."""
    limits = [rule.bound.limit for rule in exercise.rules if rule.measure == "hold_s" and rule.bound.sign < 0]
    return max(limits, default=None)


def of_prescriptions(prescriptions: Iterable[Prescription]) -> Programme | None:
    """Return the programme of a person's prescriptions, in their order; None where there are none."""
    items = tuple(prescriptions)
    if not items:
        return None
    return Programme(id=PRESCRIBED, name=mark("Today's programme"), steps=tuple(_steps(items)),
                     summary=mark("What was prescribed for you, one after the other."),
                     per_week=max(one.per_week or 3 for one in items))


def _steps(prescriptions: Iterable[Prescription]) -> Iterator[Step]:
    for one in prescriptions:
        hold_s = one.hold.at_least_s if one.hold is not None else None
        yield Step(exercise=one.exercise, reps=one.sets or 2, sides=one.sides, hold_s=hold_s,
                   source=_("The prescription for {person}").format(person=one.person) if one.person
                   else _("The prescription"))
