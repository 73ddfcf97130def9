"""A person, a room and a phone -> pictures with everything that is true of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bench.render.body import Body, Posed
from bench.render.cameras import Place, camera_at, pitch_deg, yaw_deg
from bench.render.clothes import Wardrobe, head_meshes
from bench.render.people import Person
from bench.render.photo import Photo, spoilt
from bench.render.room import Room, random_room
from bench.render.rotation import about_y
from bench.render.soft import bend_share
from bench.render.stage import Camera, Stage
from bench.render.standing import Posture, standing
from bench.render.things import Thing, held
from pose.arrays import BoolArray, FloatArray, Image

#: Joints whose true place in the picture is kept, by the names of `pose.landmarks`.
JOINTS = {
    f"{side}_{name}": f"{bone}.{side[0].upper()}"
    for side in ("left", "right")
    for name, bone in (
        ("shoulder", "upperarm01"),
        ("elbow", "lowerarm01"),
        ("wrist", "wrist"),
        ("hip", "upperleg01"),
        ("knee", "lowerleg01"),
        ("ankle", "foot"),
    )
}
#: Places of which it is known whether a thing hides them from the camera.
PLACES = ("hip", "mid-thigh", "knee", "mid-shank", "ankle", "shoulder")


@dataclass(frozen=True)
class Step:
    """Where somebody stands: nearer to the camera (dm), and turned to their left (deg), against the usual place."""

    nearer_dm: float = 0.0
    turn_deg: float = 0.0


@dataclass(frozen=True, eq=False)
class Shot:
    """A picture and its truth.

    Attributes
    ----------
    image : ndarray of uint8, shape (height, width, 3)
    truth : dict of str to float
        Degrees, and metres for what is far.
    joints_px : ndarray, shape (len(JOINTS), 2)
    hidden : ndarray of bool, shape (len(PLACES),)
        What a thing hides.
    """

    image: Image
    truth: dict[str, float]
    joints_px: FloatArray
    hidden: BoolArray


class Scene:
    """One person before one phone.

    Parameters
    ----------
    person : Person
    place : Place
    rng : numpy.random.Generator
        Draws the room, and what varies from picture to picture.
    postures : sequence of (Posture, Step)
        What has to fit into the picture.
    cluttered : float
        Chance that the room is.
    """

    def __init__(
        self,
        person: Person,
        place: Place,
        rng: np.random.Generator,
        postures: Sequence[tuple[Posture, Step]],
        cluttered: float = 0.7,
    ) -> None:
        self.person, self.place, self._rng = person, place, rng
        self._body = Body(person.build)
        self._wardrobe = Wardrobe(self._body, person.outfit)
        towards = np.radians(place.azimuth_deg)
        self._towards = np.array([np.cos(towards), 0.0, np.sin(towards)])
        self.camera: Camera = camera_at(place, np.concatenate([self._extent(*each) for each in postures]))
        self.room: Room = random_room(rng, place.size_px, place.azimuth_deg, cluttered)
        self._folds = rng.uniform(0, 2 * np.pi, 3)

    def _extent(self, posture: Posture, step: Step) -> FloatArray:
        """Points of the body, and the middles of plates, that have to be in the picture."""
        posed = standing(self._body, posture, self.person.tissue)
        middles = [centre for centre, _ in held(self.person.thing, posed).discs]
        points = np.concatenate([posed.points[::40], np.array(middles).reshape(-1, 3)])
        return points @ about_y(step.turn_deg).T + step.nearer_dm * self._towards

    def truth_at(self, posture: Posture) -> dict[str, float]:
        """What would be true of a picture in the usual place."""
        return self._truth(standing(self._body, posture, self.person.tissue), Step())

    def shot(self, stage: Stage, posture: Posture, step: Step, thing: Thing, photo: Photo) -> Shot:
        """Take a picture."""
        shift, turn = step.nearer_dm * self._towards, about_y(step.turn_deg)
        local = standing(self._body, posture, self.person.tissue)
        carried = held(thing, local)
        posed = local.moved(shift, turn)
        upright = float(np.clip(1 - 2 * bend_share(posture.hip, posture.spine), 0, 1))
        folds = self._folds + self._rng.normal(0, 0.5, 3)
        meshes = [
            *self.room.meshes,
            *(mesh.moved(shift, turn) for mesh in carried.meshes),
            *self._wardrobe.meshes((posed.points, self._body.normals(posed.points)), upright, folds),
            *head_meshes(self._body, self.person.outfit, posed.points),
        ]
        image = spoilt(stage.draw(self.camera, meshes, self.room.behind, self.room.light), photo, self._rng)
        discs = [(turn @ centre + shift, radius) for centre, radius in carried.discs]
        return Shot(
            image,
            self._truth(posed, step),
            self.camera.project(np.array([posed.joints[b] for b in JOINTS.values()])),
            _hidden(self.camera, posed, discs),
        )

    def _truth(self, posed: Posed, step: Step) -> dict[str, float]:
        hip = (posed.joints["upperleg01.L"] + posed.joints["upperleg01.R"]) / 2
        to_eye = np.array(self.camera.eye) - hip
        facing = -np.sign(to_eye @ about_y(step.turn_deg)[:, 0])
        return posed.truth | {
            "yaw_deg": yaw_deg(self.camera, hip, step.turn_deg),
            "facing": float(facing),
            "camera_pitch_deg": pitch_deg(self.camera),
            "camera_roll_deg": self.camera.roll_deg,
            "camera_height_m": self.camera.eye[1] / 10,
            "fov_deg": self.camera.fov_deg,
            "distance_m": float(np.hypot(to_eye[0], to_eye[2])) / 10,
            "nearer_m": step.nearer_dm / 10,
            "turn_deg": step.turn_deg,
            "bystanders": float(self.room.people),
        }


def _hidden(camera: Camera, posed: Posed, discs: Sequence[tuple[FloatArray, float]]) -> BoolArray:
    """Which of `PLACES` lie behind a disc that is square to the person."""
    joints = {
        name: (posed.joints[f"{bone}.L"] + posed.joints[f"{bone}.R"]) / 2
        for name, bone in (("hip", "upperleg01"), ("knee", "lowerleg01"), ("ankle", "foot"), ("shoulder", "upperarm01"))
    }
    joints["mid-thigh"], joints["mid-shank"] = (
        (joints["hip"] + joints["knee"]) / 2,
        (joints["knee"] + joints["ankle"]) / 2,
    )
    eye = np.array(camera.eye)
    across = posed.joints["upperleg01.L"] - posed.joints["upperleg01.R"]
    across = across / np.linalg.norm(across)
    hidden = np.zeros(len(PLACES), dtype=bool)
    for number, name in enumerate(PLACES):
        ray = joints[name] - eye
        for centre, radius in discs:
            along = float((centre - eye) @ across) / float(ray @ across)
            hidden[number] |= 0 < along < 1 and float(np.linalg.norm(eye + along * ray - centre)) < radius
    return hidden


def random_step(rng: np.random.Generator, distance_dm: float, chance: float = 0.4) -> Step:
    """Draw a place: with that chance up to 60 cm (a quarter of the way at most) nearer or farther; turned a little."""
    farthest = min(6.0, 0.25 * distance_dm)
    nearer = rng.uniform(-farthest, farthest) if rng.random() < chance else rng.normal(0, 0.2)
    return Step(float(nearer), float(rng.normal(0, 2.0)))
