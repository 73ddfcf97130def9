"""What a live set is to be: exercise, sides, how many, how long, in which words. Frozen data, made from choices."""

from __future__ import annotations

from dataclasses import dataclass, field

from exercises.exercise_model import Exercise
from exercises.hold_model import Side
from hingecheck.live.hold_clock import hold_goal_s
from hingecheck.live.phrases import Words, load

#: Nobody rests longer between two reps; sides are switched in less.
REST_ENDS_S = 45.0


@dataclass(frozen=True)
class Plan:
    """One set that is to be done live.

    Attributes
    ----------
    exercise : Exercise
        With the person's own limits, where there are any.
    sides : tuple of "left", "right"
        To be done in turn; empty where the exercise has none.
    reps : int or None
        The set ends by itself after so many (a side); None = it ends when stopped, or after a long rest.
    hold_s : float or None
        How long a hold is counted; None where nothing is held.
    toward_camera : "left", "right" or None
        The side that must be seen; None = either.
    set_up : bool
        False for a recording: it cannot be told what to change, so all of it is the set.
    words : Words
    rest_ends_s : float
        After a rep, so long without another ends the set.
    """

    exercise: Exercise
    sides: tuple[Side, ...] = ()
    reps: int | None = None
    hold_s: float | None = None
    toward_camera: Side | None = None
    set_up: bool = True
    words: Words = field(default_factory=load)
    rest_ends_s: float = REST_ENDS_S

    @property
    def reps_in_all(self) -> int | None:
        """How many reps the set has over all its sides; None without an end."""
        return None if self.reps is None else self.reps * max(1, len(self.sides))


def plan(exercise: Exercise, side: str = "", reps: int | None = None, hold_s: float | None = None, *,
         toward_camera: Side | None = None, set_up: bool = True, language: str = "en") -> Plan:
    """Return the plan of a set: what is not chosen comes from the exercise.

    Parameters
    ----------
    exercise : Exercise
    side : "left", "right" or "both"
        "" = as the exercise has it.
    reps, hold_s, toward_camera, set_up :
        As in `Plan`.
    language : str
        Of what is said.

    Raises
    ------
    ExerciseError
        The language is not known.
    """
    sides: tuple[Side, ...] = ()
    if exercise.sides is not None:
        both: tuple[Side, ...] = ("left", "right") if exercise.sides.both or side == "both" else ()
        sides = ("left",) if side == "left" else ("right",) if side == "right" else both
    goal_s = hold_goal_s(exercise) if hold_s is None else hold_s
    return Plan(exercise, sides, reps, goal_s if exercise.hold is not None else None, toward_camera, set_up,
                load(language))
