"""Rendered pictures: where things appear, what hides what, the same seed, and rows that are written and read."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

moderngl = pytest.importorskip("moderngl", reason="moderngl is not installed: pip install -e '.[render]'")

from bench.render import dataset, make_rows  # noqa: E402
from bench.render.cameras import pitch_deg, random_place, yaw_deg  # noqa: E402
from bench.render.clips import eased, reps, timeline  # noqa: E402
from bench.render.mesh import box, sphere  # noqa: E402
from bench.render.photo import Photo  # noqa: E402
from bench.render.scene import PLACES  # noqa: E402
from bench.render.stage import Camera, Light, Stage  # noqa: E402
from bench.render.things import Thing  # noqa: E402
from pose.frame.measure import Measurer  # noqa: E402
from pose.frames import Sighting  # noqa: E402
from pose.model import bundle  # noqa: E402

SIZE = (320, 240)


def has_egl() -> bool:
    try:
        Stage(SIZE).close()
    except Exception:  # whatever the driver raises: there is none that draws
        return False
    return True


needs_egl = pytest.mark.skipif(not has_egl(), reason="there is no EGL that draws: install libegl1 and libgl1-mesa-dri")


@needs_egl
@pytest.mark.parametrize("roll_deg", [0.0, 8.0])
def test_a_ball_appears_where_its_middle_is_projected(roll_deg: float) -> None:
    camera = Camera((30.0, 9.0, 6.0), (0.0, 8.0, 0.0), 45.0, roll_deg, SIZE)
    for at in ((0.0, 8.0, 0.0), (2.0, 12.0, -5.0), (-3.0, 3.0, 6.0)):
        black = np.zeros((SIZE[1], SIZE[0], 3), np.uint8)
        image = Stage(SIZE).draw(camera, [sphere(np.array(at), 0.5, (1.0, 1.0, 1.0))], black, Light(ambient=0.9))
        down, across = np.nonzero(image.sum(axis=2) > 200)
        seen = np.array([across.mean() + 0.5, down.mean() + 0.5])
        assert np.abs(seen - camera.project(np.array([at]))[0]).max() < 1.0


@needs_egl
def test_what_is_nearer_hides_what_is_farther() -> None:
    camera = Camera((30.0, 5.0, 0.0), (0.0, 5.0, 0.0), 45.0, 0.0, SIZE)
    red, blue = box((-1, 0, -1), (1, 10, 1), (1.0, 0.0, 0.0)), box((4, 0, -1), (6, 10, 1), (0.0, 0.0, 1.0))
    behind = np.full((SIZE[1], SIZE[0], 3), 200, np.uint8)
    for order in ([red, blue], [blue, red]):
        image = Stage(SIZE).draw(camera, order, behind, Light())
        assert image[120, 160].argmax() == 2
        assert image[120, 5].tolist() == [200, 200, 200]


@needs_egl
def test_one_seed_gives_one_picture() -> None:
    pictures = []
    for _ in range(2):
        scene, wanted = make_rows.pictures(5, 2)
        _, _, posture, step, thing = wanted[-1]
        pictures.append(scene.shot(Stage(scene.camera.size_px), posture, step, thing, Photo(noise=5.0)).image)
    assert (pictures[0] == pictures[1]).all()
    other, wanted = make_rows.pictures(5, 3)
    _, _, posture, step, thing = wanted[-1]
    image = other.shot(Stage(other.camera.size_px), posture, step, thing, Photo(noise=5.0)).image
    assert image.shape != pictures[0].shape or (image != pictures[0]).mean() > 0.5


@needs_egl
def test_a_plate_at_the_lock_out_hides_what_it_is_said_to_hide() -> None:
    """Where a place is hidden, its pixels are the plate's colour."""
    green = (0.0, 1.0, 0.0)
    checked = 0
    for number in range(40):
        scene, wanted = make_rows.pictures(6, number)
        if scene.person.thing.kind != "barbell" or abs(scene.camera.eye[2]) > 8:
            continue
        thing = replace(scene.person.thing, colour=green)
        scene.room = replace(scene.room, meshes=[], behind=np.zeros_like(scene.room.behind), light=Light(ambient=0.6))
        _, _, posture, step, _ = wanted[2]
        shot = scene.shot(Stage(scene.camera.size_px), posture, step, thing, Photo(noise=0.0))
        hip = shot.joints_px[[3, 9]].mean(axis=0).astype(int)
        colour = shot.image[hip[1], hip[0]].astype(int)
        metal = np.ptp(colour) < 12  # the plate's hub
        assert bool(shot.hidden[PLACES.index("hip")]) <= bool(colour[1] > 2 * colour[[0, 2]].max() or metal)
        checked += 1
    assert checked >= 2


def test_yaw_and_pitch_of_the_camera_are_those_that_were_asked_for() -> None:
    for number in range(30):
        scene, wanted = make_rows.pictures(7, number)
        truth = scene.truth_at(wanted[0][2])
        azimuth = scene.place.azimuth_deg % 360
        yaw = azimuth - 360 if azimuth > 270 else azimuth if azimuth < 90 else 180 - azimuth
        # The camera is aimed at the middle of all postures, the yaw is seen from the hips of one.
        assert truth["yaw_deg"] == pytest.approx(yaw, abs=9)
        assert abs(pitch_deg(scene.camera)) <= 10.01


def test_turning_the_person_changes_the_yaw_by_as_much() -> None:
    camera = Camera((30.0, 8.0, 0.0), (0.0, 8.0, 0.0), 45.0)
    assert yaw_deg(camera, np.zeros(3), 20.0) == pytest.approx(20.0)
    assert yaw_deg(camera, np.zeros(3), -20.0) == pytest.approx(-20.0)


def test_a_clip_that_starts_at_the_bottom_stands_only_afterwards() -> None:
    rest, peak = dict(hip=0.0), dict(hip=80.0)
    for lead, first in ((1.5, 0.0), (0.0, 80.0)):
        keys, marks = reps(rest, [peak, peak], lead=lead)
        frames = timeline(keys, 30)
        assert frames[0]["hip"] == first
        assert frames[-1]["hip"] == 0.0
        for mark in marks:
            assert frames[round((mark["bottom"] + mark["leave"]) / 2 * 30)]["hip"] == pytest.approx(80.0, abs=0.1)
    assert eased(0.5) == pytest.approx(0.5)


@needs_egl
def test_rows_come_back_as_they_were_written(tmp_path: Path) -> None:
    try:
        bundle.model_path()
    except bundle.ModelError as error:
        pytest.skip(f"there is no pose model: {error}")
    with make_rows.Stills() as stills:
        rows = make_rows.measured_person(5, 1, {}, stills)
    _, wanted = make_rows.pictures(5, 1)
    count = len(rows)
    make_rows.write(tmp_path / "chunk_5_00001.npz", [dict(row) for row in rows])
    table = dataset.load(tmp_path)
    assert len(table["person"]) == count == len(wanted)
    assert set(table["kind"]) == {"own", "stand", "lock-out", "bend"}
    assert (dataset.own_stands(table) == 0).all()
    number = int(np.nonzero(table["found"])[0][-1])
    assert dataset.row(table, number).trunk_px == pytest.approx(rows[number]["trunk_px"], rel=1e-6)
    assert dataset.astray(table)[table["found"]].min() < 0.1
    with np.load(tmp_path / "chunk_5_00001.npz") as chunk:
        pose = dataset.pose(chunk, number)
    width, height = table["size_px"][number].tolist()
    again = Measurer()(Sighting(0, 0.0, (width, height), pose))
    assert again.reach_px == pytest.approx(table["reach_px"][number], abs=0.01, nan_ok=True)
    assert again.trunk_pitch_deg == pytest.approx(float(table["trunk_pitch_deg"][number]), abs=0.01)


def test_a_bar_needs_a_phone_farther_away() -> None:
    places = [random_place(np.random.default_rng(number), with_bar=True) for number in range(50)]
    assert min(place.distance_dm for place in places) >= 24
    assert Thing("barbell").long
    assert not Thing("kettlebell").long
