"""Where the camera stands for an exercise -> a small drawing in plain characters, from above and from the side."""

from __future__ import annotations

from exercises.exercise_model import Exercise

#: By the value of `Exercise.position`.
_ON_THE_FLOOR = ("supine", "prone")
_NEAR_THE_FLOOR = ("long_sitting", "kneeling")

_ABOVE_SIDE = (
    "from above",
    "",
    "(o)──> you look this way",
    " ┊",
    " ┊  3 to 4 m",
    " ┊",
    "[■] camera",
)
_ABOVE_FRONT = (
    "from above",
    "",
    "(o) you",
    " │  you look this way",
    " v",
    " ┊  3 to 4 m",
    "[■] camera",
)
_ABOVE_LYING = (
    "from above",
    "",
    "head         feet",
    " O════════════<<",
    "        ┊",
    "        ┊  3 to 4 m",
    "       [■] camera",
)
_STANDING = (
    "   O",
    "  /│\\",
    "   │",
    "   + ┈┈┈┈┈┈┈┈┈┈┈ [■]",
    "  / \\             │",
    "─/───\\────────────┴──",
)
_SITTING = (
    "",
    "   O",
    "  /│\\",
    "   │",
    " ┌─+─┐ ┈┈┈┈┈┈┈┈┈ [■]",
    "─┴───┴────────────┴──",
)
_LOW = (
    "",
    "",
    "   O",
    "  /│\\",
    "   │",
    "──(+)─ ┈┈┈┈┈┈┈┈┈ [■]─",
)
_LYING = (
    "",
    "",
    "",
    "",
    "",
    "─(_O_) ┈┈┈┈┈┈┈┈┈ [■]─",
)
#: Where the first drawing ends and the second begins.
_WIDTH = 34


def drawing(exercise: Exercise) -> str:
    """Return the drawing for an exercise's position and camera; lines of at most 60 characters."""
    front = exercise.camera == "front"
    lying = exercise.position.value in _ON_THE_FLOOR
    above = _ABOVE_LYING if lying else _ABOVE_FRONT if front else _ABOVE_SIDE
    title = "from behind the head" if lying else "from the side" if front else "from behind you"
    beside = _LYING if lying else _SITTING if exercise.position.value == "sitting" else \
        _LOW if exercise.position.value in _NEAR_THE_FLOOR else _STANDING
    pairs = zip(above, (title, *beside), strict=True)
    return "".join(f"  {left:<{_WIDTH}}{right}".rstrip() + "\n" for left, right in pairs)


def sentence(exercise: Exercise) -> str:
    """Return the same in words."""
    low = exercise.position.value in _ON_THE_FLOOR
    height = "at floor height" if low else "at the height of your hips"
    if exercise.camera == "front":
        return f"The camera stands three to four metres in front of you, {height}, level; you face it."
    return f"The camera stands three to four metres to your side, {height}, level, at a right angle to the way you " \
           f"{'lie' if low else 'face'}."
