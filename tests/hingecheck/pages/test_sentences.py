"""The sentences of the progress page: what changed, by how many degrees, and whether that is a real change."""

from __future__ import annotations

from datetime import date, datetime, timezone

import pytest
from streamlit.testing.v1 import AppTest

from hingecheck.history.records import PracticeRecord
from hingecheck.progress import change_words
from hingecheck.progress.trends import Change, Pause, Value, change

LEFT, RIGHT = Value(61.0, 5.0), Value(69.0, 5.0)
ERROR_DEG = (5.0 ** 2 + 5.0 ** 2) ** 0.5


@pytest.mark.parametrize(("before", "after", "measure", "sentence"), [
    (61, 69, "leg_raise_deg", "from about 61° to about 69°. About 8° more: a real change, larger than the measurement "
                              "error."),
    (69, 61, "leg_raise_deg", "from about 69° to about 61°. About 8° less: a real change, larger than the measurement "
                              "error."),
    (61, 67, "leg_raise_deg", "from about 61° to about 67°. No clear change (a real one is at least about 7°)."),
    (61, 67, "hip_flexion_deg", f"from about 61° to about 67°. No clear change (a real one is at least about "
                                f"{ERROR_DEG:.0f}°)."),
])
def test_a_change_of_weeks_is_named_with_its_size(before: float, after: float, measure: str, sentence: str) -> None:
    difference = change(Value(before, 5.0), Value(after, 5.0), measure)
    assert change_words.change_sentence(difference, "leg raise") == f"Typical leg raise: {sentence}"


def test_without_an_uncertainty_no_size_of_a_real_change_is_named() -> None:
    difference = change(Value(61), Value(67), "hip_flexion_deg")
    assert change_words.change_sentence(difference, "hip flexion") == (
        "Typical hip flexion: from about 61° to about 67°. No clear change.")


def test_one_week_is_no_change() -> None:
    assert change_words.change_sentence(None, "leg raise").startswith("One week so far.")


@pytest.mark.parametrize(("left", "right", "sentence"), [
    (LEFT, RIGHT, "Left and right: the right side reaches about 8° further."),
    (RIGHT, LEFT, "Left and right: the left side reaches about 8° further."),
    (LEFT, LEFT, "Left and right: no clear difference in the last four weeks."),
])
def test_the_side_that_reaches_further_is_named(left: Value, right: Value, sentence: str) -> None:
    assert change_words.sides_sentence(change(left, right, "leg_raise_deg")) == sentence


@pytest.mark.parametrize(("effect", "sentence"), [
    (None, "its effect is unmeasured."),
    (change(LEFT, LEFT, "leg_raise_deg"), "no clear change."),
    (change(RIGHT, LEFT, "leg_raise_deg"), "about 8° less afterwards. What you do not practise fades."),
    (change(LEFT, RIGHT, "leg_raise_deg"), "about 8° more afterwards."),
])
def test_a_break_is_named_with_its_effect(effect: Change | None, sentence: str) -> None:
    pause = Pause(date(2026, 3, 2), date(2026, 3, 14), 12, effect)
    assert change_words.pause_sentence(pause) == f"A break of 12 days until 14 March 2026: {sentence}"


def _script() -> None:
    """Draw the practice of the sets in the session state; Streamlit runs this function's text by itself."""
    import streamlit as st

    from hingecheck.pages import practice_charts

    practice_charts.draw(st.session_state["sets"], ())


@pytest.mark.parametrize(("held_s", "count", "sentence"), [
    (0.0, 0, "No practice yet this week. Short, frequent sessions do more than long, rare ones."),
    (60.0, 1, "Practise on 3 to 4 days per week: that is enough to make progress."),
    (60.0, 10, "About 4 minutes per side in one session are enough. More in one session adds little."),
])
def test_this_weeks_practice_gets_its_advice(held_s: float, count: int, sentence: str) -> None:
    now = datetime.now(timezone.utc)
    page = AppTest.from_function(_script, default_timeout=60)
    page.session_state["sets"] = [PracticeRecord(now, "doorway_hamstring_stretch", "left", held_s)] * count
    page.run()
    assert not page.exception
    html = " ".join(element.proto.body for element in page.get("html"))
    assert sentence in html
    assert f"{held_s * count / 60:.0f} of 10" in html
