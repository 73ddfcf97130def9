"""The camera of every exercise is drawn as its set-up says it, in words, from above and from where it stands."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from exercises.exercise_model import Exercise
from exercises.load import catalogue, load
from hingecheck.pages import camera_drawing, tiles
from hingecheck.report import camera_text
from pose.quantity import Position

SVG = "{http://www.w3.org/2000/svg}"
EXERCISES = list(catalogue().values())


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda one: one.id)
def test_height_and_distance_are_those_of_the_set_up(exercise: Exercise) -> None:
    set_up = next(step for step in exercise.setup if "camera" in step)
    place = camera_text.place(exercise)
    assert place.height in set_up
    distance = "two to three metres" if place.in_front else "three to four metres"
    assert distance in set_up
    assert distance in camera_text.sentence(exercise)
    assert ("in front of you" in set_up) == place.in_front


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda one: one.id)
def test_the_drawing_has_the_distance(exercise: Exercise) -> None:
    drawn = ElementTree.fromstring(camera_drawing.above(exercise))
    assert camera_text.place(exercise).metres in [text.text for text in drawn.iter(f"{SVG}text")]


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda one: one.id)
def test_the_camera_is_beside_the_middle_of_the_person(exercise: Exercise) -> None:
    """A camera beyond the feet of somebody who lies sees them from below."""
    drawn = ElementTree.fromstring(camera_drawing.above(exercise))
    xs = [float(x) for path in drawn.iter(f"{SVG}path") if path.get("class") == "limb"
          for x in re.findall(r"[ML](-?[\d.]+) ", path.get("d", ""))]
    xs += [float(head.get("cx", "0")) for head in drawn.iter(f"{SVG}circle")]
    camera = next(rect for rect in drawn.iter(f"{SVG}rect") if rect.get("class") == "lens")
    middle = float(camera.get("x", "0")) + float(camera.get("width", "0")) / 2
    assert min(xs) - 25 <= middle <= max(xs) + 25
    assert abs(middle - (min(xs) + max(xs)) / 2) < 30


def test_every_exercise_has_a_picture_with_the_lens_inside() -> None:
    for exercise in EXERCISES:
        assert tiles.picture_name(exercise) == exercise.id
        assert 0.1 < camera_drawing._lens()[exercise.id] < 0.95


def test_an_exercise_of_ones_own_has_the_picture_of_its_like() -> None:
    hinge = load("hip_hinge").model_copy(update={"id": "mine"})
    assert tiles.picture_name(hinge.model_copy(update={"based_on": "calf_raise"})) == "calf_raise"
    assert tiles.picture_name(hinge.model_copy(update={"position": Position.SUPINE})) == "towel_hamstring_stretch"
