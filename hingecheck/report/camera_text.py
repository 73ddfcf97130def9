"""Where the camera stands for an exercise -> a small drawing in plain characters, from above and from the side."""

from __future__ import annotations

from dataclasses import dataclass

from exercises.exercise_model import Exercise

#: By the value of `Exercise.position`.
_LYING_DOWN = ("supine", "prone")
_ON_THE_FLOOR = (*_LYING_DOWN, "long_sitting", "kneeling")


@dataclass(frozen=True)
class CameraPlace:
    """Where the camera stands: the height of its lens in words, its distance, whether in front of the person."""

    height: str
    distance: str = "three to four metres"
    in_front: bool = False

    @property
    def metres(self) -> str:
        """The distance in figures."""
        return "2 to 3 m" if self.in_front else "3 to 4 m"


def place(exercise: Exercise) -> CameraPlace:
    """Return where the camera stands for an exercise; its set-up says the same."""
    if exercise.camera == "front":
        return CameraPlace("chest", "two to three metres", in_front=True)
    position = exercise.position.value
    return CameraPlace("floor" if position in _ON_THE_FLOOR else "seat" if position == "sitting" else "hip")


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
    " ┊  2 to 3 m",
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
    lying = exercise.position.value in _LYING_DOWN
    above = _ABOVE_LYING if lying else _ABOVE_FRONT if front else _ABOVE_SIDE
    title = "from behind the head" if lying else "from the side" if front else "from behind you"
    beside = _LYING if lying else _SITTING if exercise.position.value == "sitting" else \
        _LOW if exercise.position.value in _ON_THE_FLOOR else _STANDING
    pairs = zip(above, (title, *beside), strict=True)
    return "".join(f"  {left:<{_WIDTH}}{right}".rstrip() + "\n" for left, right in pairs)


def sentence(exercise: Exercise) -> str:
    """Return the same in words."""
    stand = place(exercise)
    if stand.in_front:
        return f"The camera stands {stand.distance} in front of you, at {stand.height} height, level; you face it."
    way = "lie" if exercise.position.value in _LYING_DOWN else "face"
    return f"The camera stands {stand.distance} to your side, at {stand.height} height, level, at a right angle to " \
           f"the way you {way}."
