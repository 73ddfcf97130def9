"""The live page without a camera: whose exercise is judged, and when a camera counts as stopped."""

from __future__ import annotations

from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from exercises.load import load
from exercises.report_parts import FullBend
from hingecheck.history import goals, people
from hingecheck.history.store import open_history
from hingecheck.live.phrases import load as words
from hingecheck.pages import live_notice
from hingecheck.pages.live_choices import Choice
from hingecheck.pages.live_notice import Pictures

DOORWAY = 'exercise = "doorway_hamstring_stretch"\nsets = 3\nsides = "left"\n[hold]\nat_least_s = 45\n'


def choosing() -> None:
    """The choices alone, for a page of its own."""
    import streamlit

    from hingecheck.pages import state
    from hingecheck.pages.live_choices import choices

    streamlit.session_state["chosen"] = choices(state.person())


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    """Ana with a prescription and a full bend of her own, and Ben."""
    monkeypatch.setenv("HINGECHECK_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("HINGECHECK_EXERCISES_DIR", str(tmp_path / "none"))
    monkeypatch.setenv("HINGECHECK_DATABASE_URL", "")
    st.cache_resource.clear()
    with open_history(tmp_path / "data", "") as history:
        ana, _ = people.add(history, "Ana"), people.add(history, "Ben")
        goals.prescribe(history, ana.id, "doorway_hamstring_stretch", DOORWAY)
        goals.set_full_bend(history, ana.id, FullBend(spine_flexion_deg=100.0))
    return AppTest.from_function(choosing, default_timeout=60).run()


def chosen(page: AppTest) -> Choice:
    assert not page.exception
    found = page.session_state["chosen"]
    assert isinstance(found, Choice)
    return found


def test_the_exercise_is_judged_as_it_holds_for_the_person(page: AppTest) -> None:
    assert chosen(page).plan.exercise.rule("rounding").bound.at_most == pytest.approx(70.0)
    page.selectbox(key="live_exercise").select("doorway_hamstring_stretch").run()
    hers = chosen(page).plan
    assert (hers.reps, hers.hold_s, hers.sides) == (3, 45.0, ("left",))
    assert any("As prescribed" in str(piece.proto) for piece in page.get("html"))
    next(box for box in page.selectbox if box.label == "Person").select_index(1).run()
    his, usual = chosen(page).plan, load("doorway_hamstring_stretch")
    assert his.exercise == usual
    assert usual.dose.repeats is not None
    assert (his.reps, his.sides) == (usual.dose.repeats[0], ("left", "right"))
    assert his.hold_s == usual.rule("hold_short").bound.at_least


def test_what_is_changed_by_hand_goes_before_the_prescription(page: AppTest) -> None:
    page.selectbox(key="live_exercise").select("doorway_hamstring_stretch").run()
    next(box for box in page.number_input if box.label == "Repeats a side").set_value(0).run()
    page.toggle(key="live_review").set_value(False).run()
    assert chosen(page).plan.reps is None
    assert not chosen(page).review


def after(*seen: tuple[int, bool, float]) -> bool:
    """Whether the camera counts as stopped after these looks: pictures so far, playing, clock."""
    now: Pictures | None = None
    for frames, playing, at_s in seen:
        now = Pictures.seen(now, frames, playing, at_s)
    assert now is not None
    return now.stand_still


def test_a_camera_that_plays_and_sends_nothing_has_stopped() -> None:
    assert not after((90, True, 0.0), (90, True, 2.9))
    assert after((90, True, 0.0), (90, True, 1.5), (90, True, 3.1))
    assert not after((90, True, 0.0), (90, True, 3.1), (91, True, 3.3)), "and goes on with the next picture"
    assert not after((90, False, 0.0), (90, False, 60.0)), "nobody expects pictures of a camera that was not started"
    assert not after((0, False, 0.0), (0, False, 60.0), (0, True, 61.0), (1, True, 62.0), (1, True, 70.0)), \
        "the model is being loaded"
    assert after((1, True, 0.0), (1, True, 15.1))


def test_every_trouble_says_what_to_do() -> None:
    signs = [sign for sign, _ in live_notice._REFUSED]
    assert signs[-1] == "Error", "the last catches what has no sentence of its own"
    for _, said in live_notice._REFUSED:
        assert any(way in said.lower() for way in ("press start the camera", "http://localhost", "press other camera"))
    assert len(words().going.no_picture.split()) <= 6
