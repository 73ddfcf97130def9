"""Where the camera stands for an exercise -> a small drawing in plain characters, from above and from the side."""

from __future__ import annotations

from dataclasses import dataclass

from exercises.exercise_model import Exercise
from language.translate import _, mark

#: By the value of `Exercise.position`.
_LYING_DOWN = ("supine", "prone")
_ON_THE_FLOOR = (*_LYING_DOWN, "long_sitting", "kneeling")


@dataclass(frozen=True)
class CameraPlace:
    """Where the camera stands: the height of its lens in words ("hip height"), and whether in front of the person."""

    height: str
    in_front: bool = False

    @property
    def metres(self) -> str:
        """The distance in figures."""
        return _("2 to 3 m") if self.in_front else _("3 to 4 m")


def place(exercise: Exercise) -> CameraPlace:
    """Return where the camera stands for an exercise; its set-up says the same."""
    if exercise.camera == "front":
        return CameraPlace(_("chest height"), in_front=True)
    position = exercise.position.value
    if position in _ON_THE_FLOOR:
        return CameraPlace(_("floor height"))
    return CameraPlace(_("seat height") if position == "sitting" else _("hip height"))


_ABOVE_SIDE = (
    mark("from above"),
    "",
    mark("(o)──> you look this way"),
    " ┊",
    mark(" ┊  3 to 4 m"),
    " ┊",
    mark("[■] camera"),
)
_ABOVE_FRONT = (
    mark("from above"),
    "",
    mark("(o) you"),
    mark(" │  you look this way"),
    " v",
    mark(" ┊  2 to 3 m"),
    mark("[■] camera"),
)
_ABOVE_LYING = (
    mark("from above"),
    "",
    mark("head         feet"),
    " O════════════<<",
    "        ┊",
    mark("        ┊  3 to 4 m"),
    mark("       [■] camera"),
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
    title = _("from behind the head") if lying else _("from the side") if front else _("from behind you")
    beside = _LYING if lying else _SITTING if exercise.position.value == "sitting" else \
        _LOW if exercise.position.value in _ON_THE_FLOOR else _STANDING
    pairs = zip(above, (title, *beside), strict=True)
    return "".join(f"  {_(left):<{_WIDTH}}{right}".rstrip() + "\n" for left, right in pairs)


def sentence(exercise: Exercise) -> str:
    """Return the same in words."""
    stand = place(exercise)
    if stand.in_front:
        return _("The camera stands two to three metres in front of you, at {height}, level; you face it.").format(
            height=stand.height)
    if exercise.position.value in _LYING_DOWN:
        return _("The camera stands three to four metres to your side, at {height}, level, at a right angle to the way "
                 "you lie.").format(height=stand.height)
    return _("The camera stands three to four metres to your side, at {height}, level, at a right angle to the way "
             "you face.").format(height=stand.height)
