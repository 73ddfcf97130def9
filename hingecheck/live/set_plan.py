"""Choices of a person -> the plan of one live set: exercise, sides, reps, hold, language. Frozen data."""

from __future__ import annotations

from dataclasses import dataclass, field

from exercises.exercise_model import Exercise
from exercises.hold_model import Side
from exercises.hold_timing import hold_goal_s
from hingecheck.live.phrases import Words, load_words

#: No rest between two reps lasts longer, nor does a switch of sides.
REST_ENDS_S = 45.0


@dataclass(frozen=True)
class SetPlan:
    """The plan of one live set.

    Attributes
    ----------
    exercise : Exercise
        With the person's own limits, where they have any.
    sides : tuple of "left", "right"
        To be done in turn; empty where the exercise has none.
    reps : int or None
        The set ends by itself after so many (per side); None = it ends when stopped, or after a long rest.
    hold_s : float or None
        The goal of each hold, seconds; None where nothing is held.
    toward_camera : "left", "right" or None
        The side that must be towards the camera; None = either.
    set_up : bool
        False for a recording: nobody can follow its advice, so all of it is the set.
    words : Words
    rest_ends_s : float
        A rest of this length after a rep ends the set, seconds.
    """

    exercise: Exercise
    sides: tuple[Side, ...] = ()
    reps: int | None = None
    hold_s: float | None = None
    toward_camera: Side | None = None
    set_up: bool = True
    words: Words = field(default_factory=load_words)
    rest_ends_s: float = REST_ENDS_S

    @property
    def total_reps(self) -> int | None:
        """Number of reps of the set over all its sides; None without an end."""
        return None if self.reps is None else self.reps * max(1, len(self.sides))


def make_plan(exercise: Exercise, side: str = "", reps: int | None = None, hold_s: float | None = None, *,
              toward_camera: Side | None = None, set_up: bool = True, language: str | None = None) -> SetPlan:
    """Return the plan of a set; the exercise gives what is not chosen.

    Parameters
    ----------
    exercise : Exercise
    side : "left", "right" or "both"
        "" = as the exercise has it.
    reps, hold_s, toward_camera, set_up :
        As in `SetPlan`.
    language : str, optional
        Code of the language of the cues; default: the current language.

    Raises
    ------
    ExerciseError
        There is no such language, or its file is wrong.
    """
    sides: tuple[Side, ...] = ()
    if exercise.sides is not None:
        both: tuple[Side, ...] = ("left", "right") if exercise.sides.both or side == "both" else ()
        sides = ("left",) if side == "left" else ("right",) if side == "right" else both
    goal_s = hold_goal_s(exercise) if hold_s is None else hold_s
    return SetPlan(exercise, sides, reps, goal_s if exercise.hold is not None else None, toward_camera, set_up,
                   load_words(language))
