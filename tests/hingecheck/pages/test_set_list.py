"""A row of the list of sets."""

from __future__ import annotations

from datetime import datetime, timezone
from uuid import uuid4

import pytest

from hingecheck.history.records import SetLine
from hingecheck.pages import set_list
from language.current import use
from tests.helpers import saved_sets


@pytest.mark.parametrize(("code", "sides"), [("en", "left and right"), ("de", "links und rechts"),
                                             ("fr", "gauche et droite")])
def test_the_sides_are_in_the_language_of_the_page(code: str, sides: str) -> None:
    reps = [rep.model_copy(update={"side": side})
            for rep, side in zip(saved_sets.report("NR").reps, ("right", "left"), strict=True)]
    line = SetLine(uuid4(), uuid4(), uuid4(), datetime.now(timezone.utc), "hip_hinge", "ok", "a.mp4", 20.0, 2, 2, 1, "")
    with use(code):
        assert set_list.facts(line, reps, ("tired",))[1:] == [sides, "a.mp4", "#tired"]
