"""Angles that somebody clicked on frames: kept with their set as they were clicked, in either database."""

from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

import pytest
from sqlalchemy import text

from hingecheck.history import hand_angles, people, sets
from hingecheck.history.records import HistoryError
from hingecheck.validation.clicked_angles import ClickedAngle
from tests.helpers.new_sets import RIGHT_ANGLE, new_set, row_counts


@pytest.fixture
def set_id(history):
    return sets.save(history, new_set(), people.add(history, "Ana").id)


def test_they_come_back_as_they_were_clicked_oldest_first(history, set_id):
    other = sets.save(history, new_set(), people.find(history, "Ana").id)
    uneven = ClickedAngle(quantity="hip_flexion_deg", time_s=1 / 3, author="Zoë", points_px=(
        (0.1, 0.2), (1919.7, 1 / 7), (-3.5, 1080.25)))
    saved = [hand_angles.add(history, set_id, angle) for angle in (RIGHT_ANGLE, uneven, RIGHT_ANGLE)]
    assert hand_angles.of_set(history, set_id) == tuple(saved)
    assert [one.angle for one in saved] == [RIGHT_ANGLE, uneven, RIGHT_ANGLE]
    assert hand_angles.of_set(history, other) == ()
    with history.engine.connect() as connection:
        values = connection.execute(text("SELECT value_deg FROM hand_angles ORDER BY made_at")).scalars().all()
    assert values == [90.0, uneven.value_deg, 90.0]


def test_a_deleted_one_is_gone_and_can_be_saved_again(history, set_id):
    first, second = (hand_angles.add(history, set_id, RIGHT_ANGLE) for _ in range(2))
    hand_angles.delete(history, first.id)
    hand_angles.delete(history, first.id)
    assert hand_angles.of_set(history, set_id) == (second,)
    again = hand_angles.add(history, set_id, first.angle)
    assert again == replace(first, id=again.id, made_at=again.made_at)


SAME = ((300.0, 100.0), (300.0, 200.0), (300.5, 200.5))


@pytest.mark.parametrize(("change", "message"), [
    ({"author": ""}, "the author is empty"), ({"author": "a\nb"}, "several lines"),
    ({"points_px": SAME}, "two of the three clicks are the same point"),
    ({"points_px": ((1e13, 1.0), *SAME[:2])}, "first_x_px is 10000000000000.0: expected a number"),
    ({"quantity": "spine_flexion_deg"}, "'spine_flexion_deg' cannot be measured by three clicks; these can: hip_"),
    ({"quantity": "x" * 300}, "quantity of hand_angles has 300 characters")])
def test_what_is_no_angle_is_refused_with_the_reason(history, set_id, change, message):
    before = row_counts(history)
    with pytest.raises(HistoryError, match=message):
        hand_angles.add(history, set_id, RIGHT_ANGLE.model_copy(update=change))
    assert row_counts(history) == before


def test_a_set_that_was_deleted_takes_no_angle(history, set_id):
    sets.delete(history, set_id)
    for gone in (set_id, uuid4()):
        with pytest.raises(HistoryError, match="any more"):
            hand_angles.add(history, gone, RIGHT_ANGLE)
    assert row_counts(history)["hand_angles"] == 0
