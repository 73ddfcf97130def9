"""Three clicks on a frame: the angle that was drawn, wherever and however large it is shown."""

from __future__ import annotations

import math

import numpy as np
import pytest
from pydantic import ValidationError

from hingecheck.validation.agreement import with_agreement
from hingecheck.validation.clicked_angles import (
    ENOUGH,
    ClickedAngle,
    Clicks,
    Zoom,
    angle_of,
    as_table,
    beside,
)
from tests.helpers import saved_sets

TRACK = saved_sets.track("NNRNR")
HIP = TRACK.columns["hip_flexion_deg"]


def three(flexion_deg: float, corner: tuple[float, float] = (300, 200), turned_deg: float = 0, mirror: int = 1,
          length_px: float = 80) -> Clicks:
    """Clicks on a leg that is bent by an angle."""
    points = []
    for direction_deg, reach in ((90, length_px), (0, 0), (270 + flexion_deg, 0.7 * length_px)):
        direction = math.radians(direction_deg + turned_deg)
        points.append((corner[0] + mirror * reach * math.cos(direction), corner[1] - reach * math.sin(direction)))
    return Clicks().added(points[0]).added(points[1]).added(points[2])


@pytest.mark.parametrize("flexion_deg", [0.5, 30, 60, 90, 135, 175])
@pytest.mark.parametrize("turned_deg", [0, 37, 200])
@pytest.mark.parametrize("mirror", [1, -1])
def test_the_angle_is_the_one_that_was_drawn(flexion_deg, turned_deg, mirror):
    angle = angle_of(three(flexion_deg, turned_deg=turned_deg, mirror=mirror), "knee_flexion_deg", 1.5)
    assert angle.value_deg == pytest.approx(flexion_deg, abs=1e-6)


@pytest.mark.parametrize("zoom", [Zoom(), Zoom(3.0, (250.0, 120.0)), Zoom(0.5, (-40.0, 10.0))])
def test_zooming_changes_no_angle(zoom):
    clicks = Clicks()
    for x, y in three(72).points_px:
        screen = ((x - zoom.corner_px[0]) * zoom.scale, (y - zoom.corner_px[1]) * zoom.scale)
        clicks = clicks.added(zoom.to_frame(screen))
    assert angle_of(clicks, "hip_flexion_deg", 0).value_deg == pytest.approx(72)


def test_what_is_under_the_finger_stays_there_when_zoomed():
    zoom = Zoom(2.0, (100.0, 50.0))
    nearer = zoom.about((40.0, 60.0), 1.5)
    assert nearer.scale == 3.0
    assert nearer.to_frame((40.0, 60.0)) == pytest.approx(zoom.to_frame((40.0, 60.0)))


def test_every_change_can_be_undone():
    clicks = three(40)
    moved = clicks.dragged((302, 199), (310, 190))
    assert moved.points_px[1] == (310, 190)
    assert moved.points_px[::2] == clicks.points_px[::2]
    assert moved.undone() == clicks
    assert moved.undone().undone().points_px == clicks.points_px[:2]
    assert Clicks().undone() == Clicks()
    assert clicks.added((0, 0)) == clicks, "there is no fourth click"


def test_a_drag_takes_the_nearest_click_or_none():
    clicks = three(40)
    assert clicks.dragged((30, 30), (1, 1)) == clicks
    assert clicks.dragged((315, 200), (1, 1)) != clicks
    assert clicks.dragged((315, 200), (1, 1), Zoom(4.0)) == clicks, "looked at closely, 15 pixels are far"


@pytest.mark.parametrize(("clicks", "quantity", "sentence"), [
    (Clicks().added((1, 1)), "knee_flexion_deg", "expected three clicks, got 1: click the knee"),
    (Clicks(), "leg_raise_deg", "expected three clicks, got 0: click the shoulder"),
    (three(40).dragged((300, 200), three(40).points_px[2]), "knee_flexion_deg", "are the same point"),
    (three(40), "spine_flexion_deg", "spine_flexion_deg cannot be measured by three clicks")])
def test_what_is_no_angle_says_why(clicks, quantity, sentence):
    with pytest.raises(ValueError, match=sentence):
        angle_of(clicks, quantity, 0)


def test_beside_ours_at_the_same_moment():
    row = 120
    angle = angle_of(three(50), "hip_flexion_deg", float(TRACK.time_s[row]))
    both = beside(angle, TRACK)
    assert both.ours_deg == pytest.approx(HIP[row])
    assert both.difference_deg == pytest.approx(HIP[row] - 50)
    assert both.band_deg == pytest.approx(4.5)
    unmeasured = beside(angle_of(three(50), "leg_raise_deg", 4.0), TRACK)
    assert math.isnan(unmeasured.ours_deg)
    assert math.isnan(beside(angle_of(three(50), "hip_flexion_deg", 900.0), TRACK).ours_deg)


def test_ten_of_them_give_the_agreement():
    rows = np.flatnonzero(HIP > 20)[::7][:ENOUGH - 1]
    angles = [angle_of(three(HIP[row] - 2), "hip_flexion_deg", float(TRACK.time_s[row])) for row in rows]
    assert len(angles) == ENOUGH - 1
    assert as_table(angles) is None
    last = int(rows[-1]) + 1
    wrong = angle_of(three(5), "hip_flexion_deg", float(TRACK.time_s[last]))
    right = angle_of(three(HIP[last] - 2), "hip_flexion_deg", float(TRACK.time_s[last]))
    report, _ = with_agreement(saved_sets.report(), TRACK, as_table([*angles, wrong, right]))
    (agreement,) = report.agreement
    assert agreement.n == ENOUGH
    assert agreement.bias_deg == pytest.approx(2.0, abs=0.01), "the second angle of a moment corrects the first"


@pytest.mark.parametrize("wrong", [math.inf, math.nan])
def test_a_click_lies_somewhere(wrong):
    for values in ({"time_s": wrong}, {"points_px": ((0, 0), (0, 50), (wrong, 50))}):
        with pytest.raises(ValidationError, match="finite number"):
            ClickedAngle(**{"quantity": "hip_flexion_deg", "time_s": 1, "points_px": ((0, 0), (0, 50), (50, 50)),
                            **values})


def test_it_is_kept_as_json():
    angle = angle_of(three(50), "hip_flexion_deg", 1.25, "Anna")
    assert ClickedAngle.model_validate_json(angle.model_dump_json()) == angle
