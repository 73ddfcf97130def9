"""What the review says of a set's video, and its file for another program, drawn without a browser."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path
from uuid import UUID

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from hingecheck import reasons
from hingecheck.history import people, sets
from hingecheck.history.store import open_history
from hingecheck.jobs.messages import AnalysisRequest
from hingecheck.pages import state
from pose.reason import Reason, ReasonKind
from tests.helpers import new_sets

FILMED = datetime(2026, 3, 16, 8, tzinfo=timezone.utc)
ASKED = Reason.of(ReasonKind.SLOW_MOTION_ASKED, down_s=12, up_s=8)


def _facts(set_id, request=None):
    """Draw the facts; Streamlit runs this function's text by itself."""
    from hingecheck.history import sets
    from hingecheck.pages import state, video_facts

    state.remember_pages({"review": "http://127.0.0.1/review"})
    if request is not None:
        state.requests()[set_id] = request
    video_facts.draw(sets.load(state.history(), set_id))


def _exports(set_id):
    """Draw the choice of formats."""
    from hingecheck.history import sets
    from hingecheck.pages import other_programs, state

    other_programs.draw(state.history(), sets.load(state.history(), set_id), "stem")


@pytest.fixture
def save(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., UUID]:
    """Save a set of Ana with changes to its report."""
    monkeypatch.setenv("HINGECHECK_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("HINGECHECK_DATABASE_URL", "")
    st.cache_resource.clear()

    def save_set(made_at: datetime = new_sets.NOON, **changes: object) -> UUID:
        with open_history() as history:
            ana = people.find_or_add(history, "Ana")[0]
            new = new_sets.new_set(made_at)
            return sets.save(history, replace(new, report=new.report.model_copy(update=changes)), ana.id)

    return save_set


def drawn(script: Callable[..., None], **arguments: object) -> AppTest:
    page = AppTest.from_function(script, kwargs=arguments, default_timeout=120).run()
    assert not page.exception
    return page


def captions(page: AppTest) -> list[str]:
    return [element.value for element in page.caption]


def test_nothing_is_said_of_a_plain_video(save: Callable[..., UUID]) -> None:
    page = drawn(_facts, set_id=save(video_sha256="aa"))
    assert (captions(page), len(page.button)) == ([], 0)


def test_the_day_of_the_filming(save: Callable[..., UUID]) -> None:
    page = drawn(_facts, set_id=save(FILMED, recorded_at=FILMED))
    assert captions(page) == ["Filmed on 16 March 2026: this set counts for that day."]


def test_the_same_video_twice(save: Callable[..., UUID]) -> None:
    save(FILMED, video_sha256="aa")
    again = save(FILMED + timedelta(days=1), video_sha256="aa")
    assert captions(drawn(_facts, set_id=again)) == [
        "The same video is also another set: Hip hinge, 16 March 2026, 08:00. It counts once."]


def test_slow_motion_is_asked_with_buttons_while_the_video_is_here(save: Callable[..., UUID], tmp_path: Path) -> None:
    set_id = save(**reasons.report_fields([ASKED]))
    assert not drawn(_facts, set_id=set_id).button
    video = tmp_path / "clip.mp4"
    video.write_bytes(b"a")
    request = AnalysisRequest(video=video, name="clip.mp4", folder=tmp_path, exercise=None, known={}, person=set_id)
    page = drawn(_facts, set_id=set_id, request=request)
    assert [button.label for button in page.button] == ["Half as fast", "A quarter as fast", "An eighth as fast"]


def test_every_format_of_a_set_or_what_it_lacks(save: Callable[..., UUID]) -> None:
    page = drawn(_exports, set_id=save())
    assert len(page.selectbox[0].options) == 7
    page.selectbox[0].select("mot").run()
    assert not page.exception
    assert [button.proto.label for button in page.get("download_button")] == ["Download OpenSim angles (.mot)"]
    page.selectbox[0].select("trc").run()
    assert "without landmarks" in page.info[0].value


def _review(set_id):
    """Draw the whole review."""
    import streamlit

    from hingecheck.pages import review_page, state

    state.remember_pages({"review": "http://127.0.0.1/review"})
    streamlit.query_params["set"] = str(set_id)
    review_page.page()


def test_the_facts_stand_above_the_curves_and_cards(save: Callable[..., UUID]) -> None:
    save(video_sha256="a" * 64)
    copy = save(new_sets.NOON + timedelta(days=1), video_sha256="a" * 64)
    page = drawn(_review, set_id=copy)
    places = [place for place, text in enumerate(captions(page)) if "It counts once." in text]
    assert places == [0]


def _cut_while_another_is_analysed(set_id, request, other):
    """Begin a batch and draw the facts; Streamlit runs this function's text by itself."""
    import streamlit

    from hingecheck.history import sets
    from hingecheck.jobs.work_queue import Batch
    from hingecheck.pages import state, video_facts

    state.remember_pages({})
    state.go = lambda name: streamlit.text(f"{name}: {[one.name for one in state.batch().requests]}")
    if state.batch() is None:
        state.requests()[set_id] = request
        state.set_batch(Batch([other]))
    video_facts.draw(sets.load(state.history(), set_id))


SEVERAL = Reason.of(ReasonKind.SEVERAL_EXERCISES, exercises=("Hip hinge", "Calf raise"),
                    ids=("hip_hinge", "calf_raise"))


def test_a_clip_of_several_exercises_is_cut_while_its_measurements_are_here(save: Callable[..., UUID],
                                                                           tmp_path: Path) -> None:
    set_id = save(**reasons.report_fields([SEVERAL]))
    page = drawn(_facts, set_id=set_id)
    assert not page.button
    assert captions(page) == ["What was measured in this video is no longer here. Open Analyse, choose the video "
                              "again, and choose there that it shows several exercises."]
    video = tmp_path / "clip.mp4"
    video.write_bytes(b"a")
    (tmp_path / "measurements.npz").write_bytes(b"a")
    request = AnalysisRequest(video=video, name="clip.mp4", folder=tmp_path, exercise=None, known={}, person=set_id)
    page = drawn(_facts, set_id=set_id, request=request)
    assert [button.label for button in page.button] == ["Cut it into its parts"]


def test_what_is_being_analysed_goes_on_when_a_clip_is_cut(save: Callable[..., UUID], tmp_path: Path, samples: Path,
                                                           monkeypatch: pytest.MonkeyPatch) -> None:
    set_id = save(**reasons.report_fields([SEVERAL]))
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "other.mp4").write_bytes((samples / "hinge_neutral.mp4").read_bytes())
    for name in ("clip.mp4", "measurements.npz"):
        (tmp_path / name).write_bytes(b"a")
    request = AnalysisRequest(video=tmp_path / "clip.mp4", name="clip.mp4", folder=tmp_path, exercise=None, known={},
                              person=set_id)
    other = request.model_copy(update={"video": tmp_path / "other/other.mp4", "name": "other.mp4",
                                       "folder": tmp_path / "other"})
    monkeypatch.setattr(state, "go", state.go)
    page = drawn(_cut_while_another_is_analysed, set_id=set_id, request=request, other=other)
    page.button[0].click().run()
    assert not page.exception
    assert page.text[0].value == "analyse: ['other.mp4', 'clip.mp4']"
    page.session_state["batch"].cancel()
