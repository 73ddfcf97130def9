"""The plan of a live set and its reps so far -> how far each side is, whose turn it is, and a side out of turn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from exercises.hold_model import Side
from exercises.results import Rep
from hingecheck.live.phrases import HoldWords
from hingecheck.live.set_plan import SetPlan
from language.translate import _

_OTHER: dict[Side, Side] = {"left": "right", "right": "left"}


@dataclass(frozen=True)
class Tally:
    """How far a live set is.

    Attributes
    ----------
    done : int
        Reps that count towards the goal.
    of : int or None
        The goal of the whole set; None without an end.
    part : str
        The side under way or next, with its own count: "right leg, 2 of 2"; "" where the exercise has no sides.
    """

    done: int
    of: int | None
    part: str = ""


def counted(plan: SetPlan, reps: Sequence[Rep]) -> int:
    """Return the number of reps that count towards the goal.

    A side that was not asked for, or done more often than asked, brings the goal no nearer; a rep whose side is unclear
    counts.
    """
    if plan.reps is None or not plan.sides:
        return len(reps)
    done = Counter(rep.side for rep in reps)
    return sum(min(done[side], plan.reps) for side in plan.sides) + done[None]


def tally(plan: SetPlan, reps: Sequence[Rep], side: Side | None) -> Tally:
    """Return how far the set is; `side` is that of the hold under way, where there is one."""
    return Tally(counted(plan, reps), plan.total_reps, _part(plan, reps, side))


def words_at_end(plan: SetPlan, reps: Sequence[Rep], side: Side | None, words: HoldWords) -> str:
    """Return the words for the end of the hold under way, on `side`: done, change sides, or both finished."""
    if len(plan.sides) < 2:
        return words.done
    done = Counter([*(rep.side for rep in reps), side])
    if side is None:
        return words.switch if any(not done[one] for one in plan.sides) else words.finished
    goal = plan.reps or done[side]
    if done[_OTHER[side]] < goal:
        return words.switch
    return words.finished if done[side] >= goal else words.done


def side_cue(plan: SetPlan, reps: Sequence[Rep], side: Side | None, words: HoldWords) -> str:
    """Return what to speak about the side of the hold under way; "" where it is its turn.

    Parameters
    ----------
    plan : SetPlan
    reps : sequence of Rep
        Those before the hold.
    side : "left", "right" or None
        That of the hold; None says nothing.
    words : HoldWords
    """
    if side is None or not plan.sides:
        return ""
    if side not in plan.sides:
        return words.use_left if plan.sides[0] == "left" else words.use_right
    done = Counter(rep.side for rep in reps)
    return words.again if len(plan.sides) > 1 and done[side] > done[_OTHER[side]] else ""


def _part(plan: SetPlan, reps: Sequence[Rep], side: Side | None) -> str:
    if not plan.sides:
        return ""
    done = Counter(rep.side for rep in reps)
    next_side = side or min(plan.sides, key=lambda one: done[one])
    number = done[next_side] + 1
    name = _side_name(plan, next_side)
    if plan.reps is None:
        return f"{name}, {number}"
    return _("{name}, {number} of {of}").format(name=name, number=min(number, plan.reps), of=plan.reps)


def _side_name(plan: SetPlan, side: Side | None) -> str:
    """Return a side in words: a leg, where a leg is measured."""
    sides = plan.exercise.sides
    if sides is not None and ("leg" in sides.left or "knee" in sides.left):
        return _("left leg") if side == "left" else _("right leg")
    return _("left side") if side == "left" else _("right side")
