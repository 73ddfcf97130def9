"""Test the live page without a camera: the person's own exercise, and when a camera counts as stalled."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from exercises.load import load
from exercises.report_parts import FullBend
from hingecheck.history import goals, people
from hingecheck.history.store import open_history
from hingecheck.live.live_programme import LiveProgramme
from hingecheck.live.phrases import load_words
from hingecheck.pages import live_notice
from hingecheck.pages.live_choices import LiveChoice
from hingecheck.pages.live_notice import FrameProgress

DOORWAY = 'exercise = "doorway_hamstring_stretch"\nsets = 3\nsides = "left"\n[hold]\nat_least_s = 45\n'


def choices_page() -> None:
    """Draw a page of the choices alone."""
    import streamlit

    from hingecheck.pages import whose
    from hingecheck.pages.live_choices import choose

    streamlit.session_state["choice"] = choose(whose.draw())


@pytest.fixture
def page(data: Path) -> AppTest:
    """The choices, with Ana, who has a prescription and her own full bend, and Ben."""
    with open_history(data, "") as history:
        ana, _ = people.add(history, "Ana"), people.add(history, "Ben")
        goals.prescribe(history, ana.id, "doorway_hamstring_stretch", DOORWAY)
        goals.set_full_bend(history, ana.id, FullBend(spine_flexion_deg=100.0))
    return AppTest.from_function(choices_page, default_timeout=60).run()


def choice_of(page: AppTest) -> LiveChoice:
    assert not page.exception
    choice = page.session_state["choice"]
    assert isinstance(choice, LiveChoice)
    return choice


def test_the_exercise_has_the_limits_of_the_person(page: AppTest) -> None:
    assert choice_of(page).plan.exercise.rule("rounding").bound.at_most == pytest.approx(70.0)
    page.selectbox(key="live_exercise").select("doorway_hamstring_stretch").run()
    hers = choice_of(page).plan
    assert (hers.reps, hers.hold_s, hers.sides) == (3, 45.0, ("left",))
    assert any("As prescribed" in str(piece.proto) for piece in page.get("html"))
    next(button for button in page.button if button.label == "Ben").click().run()
    his, default = choice_of(page).plan, load("doorway_hamstring_stretch")
    assert his.exercise == default
    assert default.dose.repeats is not None
    assert (his.reps, his.sides) == (default.dose.repeats[0], ("left", "right"))
    assert his.hold_s == default.rule("hold_short").bound.at_least


def test_a_choice_by_hand_takes_precedence_over_the_prescription(page: AppTest) -> None:
    page.selectbox(key="live_exercise").select("doorway_hamstring_stretch").run()
    next(box for box in page.number_input if box.label == "Repeats per side").set_value(0).run()
    page.toggle(key="live_review").set_value(False).run()
    assert choice_of(page).plan.reps is None
    assert not choice_of(page).opens_review


def test_a_programme_is_chosen_with_the_limits_of_the_person(page: AppTest) -> None:
    page.button_group(key="live_what").set_value("A programme").run()
    plan = choice_of(page).plan
    assert isinstance(plan, LiveProgramme)
    assert plan.programme.id == "prescribed", "what is prescribed for her comes first"
    assert [(one.side, one.reps, one.hold_s) for one in plan.activities] == [("left", 3, 45.0)]
    page.selectbox(key="live_programme").select("ten_minutes").run()
    plan = choice_of(page).plan
    assert isinstance(plan, LiveProgramme)
    hinge = plan.activities[-1].exercise
    assert (hinge.id, hinge.rule("rounding").bound.at_most) == ("hip_hinge", pytest.approx(70.0))
    assert not choice_of(page).opens_review
    next(button for button in page.button if button.label == "Ben").click().run()
    assert not page.exception
    assert "prescribed" not in page.selectbox(key="live_programme").options


def is_stalled(*polls: tuple[int, bool, float]) -> bool:
    """Return whether the camera counts as stalled after these polls: frames so far, playing, clock."""
    progress: FrameProgress | None = None
    for frames, playing, at_s in polls:
        progress = FrameProgress.update(progress, frames, playing, at_s)
    assert progress is not None
    return progress.is_stalled


def test_a_camera_that_plays_and_sends_nothing_is_stalled() -> None:
    assert not is_stalled((90, True, 0.0), (90, True, 2.9))
    assert is_stalled((90, True, 0.0), (90, True, 1.5), (90, True, 3.1))
    assert not is_stalled((90, True, 0.0), (90, True, 3.1), (91, True, 3.3)), "it goes on with the next frame"
    assert not is_stalled((90, False, 0.0), (90, False, 60.0)), "a camera that was not started sends no frames"
    assert not is_stalled((0, False, 0.0), (0, False, 60.0), (0, True, 61.0), (1, True, 62.0), (1, True, 70.0)), \
        "the model is being loaded"
    assert is_stalled((1, True, 0.0), (1, True, 15.1))


def test_every_camera_error_has_a_remedy() -> None:
    errors = live_notice._camera_errors()
    signs = [sign for sign, _ in errors]
    assert signs[-1] == "Error", "the last matches every error without its own sentence"
    for _, sentence in errors:
        assert any(remedy in sentence.lower()
                   for remedy in ("press start the camera", "http://localhost", "press other camera"))
    assert len(load_words().going.no_picture.split()) <= 6
