"""Draw tiles to choose from: a picture, a name and a line of text each; the whole tile is one button."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib import resources

import streamlit as st

from exercises.exercise_model import Exercise
from hingecheck.pages import elements
from language.translate import _
from pose.quantity import Position


@dataclass(frozen=True)
class Tile:
    """One tile: what it stands for, its name, its picture (JPEG), and a line below the name."""

    key: str
    name: str
    picture: bytes | None = None
    line: str = ""


@cache
def picture(name: str) -> bytes | None:
    """Return a picture that comes with the pages, by its name without ending; None where there is none."""
    file = resources.files("hingecheck.pages") / "pictures" / f"{name}.jpg"
    return file.read_bytes() if file.is_file() else None


#: Exercises whose picture stands for others of their position, for a person's own exercises.
_OF_POSITION = {Position.STANDING: "hip_hinge", Position.SITTING: "sitting_posture", Position.PRONE: "prone_press_up",
                Position.LONG_SITTING: "seated_floor_stretch", Position.KNEELING: "knee_to_chest",
                Position.SUPINE: "towel_hamstring_stretch"}


def picture_name(exercise: Exercise) -> str:
    """Return the name of the picture that shows an exercise: its own, or that of the most similar that has one."""
    front = "lumbar_rotation" if exercise.camera == "front" else ""
    names = (exercise.id, exercise.based_on, front, _OF_POSITION[exercise.position])
    return next(name for name in names if picture(name) is not None)


def of_exercise(exercise: Exercise, line: str = "") -> Tile:
    """Return the tile of an exercise."""
    return Tile(exercise.id, _(exercise.name), picture(picture_name(exercise)), line)


@contextmanager
def grid(key: str) -> Iterator[None]:
    """Lay out the tiles that are drawn inside side by side."""
    with st.container(key=f"tiles-{key}"):
        yield


def draw(tile: Tile, key: str, on_click: Callable[[], None] | None = None) -> bool:
    """Draw a tile; return whether it was just pressed."""
    with st.container(key=f"tile-{key}-{tile.key}"):
        elements.piece("tile_picture", source="" if tile.picture is None else elements.source(tile.picture))
        pressed = st.button(elements.plain(tile.name), key=f"{key}-{tile.key}", on_click=on_click, width="stretch")
        if tile.line:
            elements.piece("tile_line", text=tile.line)
    return pressed


def choose(tiles: Sequence[Tile], key: str) -> str | None:
    """Draw tiles side by side; return the key of the one that was just pressed."""
    with grid(key):
        pressed = [tile.key for tile in tiles if draw(tile, key)]
    return next(iter(pressed), None)

