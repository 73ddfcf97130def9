"""The parts of a video on the page Analyse: each with its seconds its review, and a programme's share."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID, uuid4

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from exercises.load import catalogue
from exercises.programme_library import load_programmes
from exercises.results import SetReport
from hingecheck import reasons
from hingecheck.jobs.messages import AnalysisRequest, AnalysisResponse
from hingecheck.jobs.video_states import VideoState
from pose.reason import Reason, ReasonKind
from tests.helpers import saved_sets

HINGES = saved_sets.report("NNN").model_copy(update={"starts_s": 62.0, "duration_s": 20.0})
REFUSED = SetReport(video="mine.mp4", exercise="", status="refused", starts_s=0.0, duration_s=61.6,
                    **reasons.report_fields([Reason.of(ReasonKind.NO_EXERCISE_FITS, position="")]))


def _progress(state, request):
    """Draw a batch of one video that is over; Streamlit runs this function's text by itself."""
    from types import SimpleNamespace

    from hingecheck.pages import analysis_progress

    analysis_progress.draw(SimpleNamespace(is_over=True, states=(state,), requests=(request,)))


@pytest.fixture
def request_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AnalysisRequest:
    monkeypatch.setenv("HINGECHECK_DATA_DIR", str(tmp_path / "data"))
    st.cache_resource.clear()
    (tmp_path / "video.mp4").write_bytes(b"a")
    (tmp_path / "measurements.npz").write_bytes(b"a")
    return AnalysisRequest(video=tmp_path / "video.mp4", name="mine.mp4", folder=tmp_path, exercise=None,
                           known=catalogue(), person=uuid4(), parts=True,
                           programme=load_programmes().entry("desk_break").programme)


def drawn(response: AnalysisResponse, request: AnalysisRequest) -> AppTest:
    state = VideoState("mine.mp4", "done", response=response)
    page = AppTest.from_function(_progress, kwargs={"state": state, "request": request}, default_timeout=120).run()
    assert not page.exception
    return page


def test_each_part_has_its_seconds_and_its_review(request_of: AnalysisRequest) -> None:
    part = AnalysisResponse(report=HINGES, set_id=UUID(int=7))
    page = drawn(AnalysisResponse(report=REFUSED, parts=(AnalysisResponse(report=REFUSED), part),
                                  problems=("The disk is full.",)), request_of)
    assert page.title[0].value == "2 parts of this video"
    assert [one.value for one in page.subheader] == ["Not judged", "Hip hinge", "Desk break"]
    html = " ".join(element.proto.body for element in page.get("html"))
    for sentence in ("0:00 to 1:02 of the video", "1:02 to 1:22 of the video", "3 of 3", "Hip hinge: 3 of ",
                     "The disk is full.", "Choose the exercise that was done."):
        assert sentence in html, sentence
    assert [button.label for button in page.button if button.label != "Analyse another video"] == ["Open the review"]


def test_a_clip_that_could_not_be_judged_as_one_may_be_cut(request_of: AnalysisRequest) -> None:
    several = Reason.of(ReasonKind.SEVERAL_EXERCISES, exercises=("Hip hinge", "Calf raise"),
                        ids=("hip_hinge", "calf_raise"))
    refused = reasons.with_reasons(REFUSED, [several])
    page = drawn(AnalysisResponse(report=refused), request_of.model_copy(update={"parts": False, "programme": None}))
    assert page.title[0].value == "Which exercise is this?"
    html = " ".join(element.proto.body for element in page.get("html"))
    assert "This video seems to show more than one exercise: Hip hinge, Calf raise." in html
    assert "Cut it into its parts" in [button.label for button in page.button]


def _remembered(state, request):
    """Say where the measurements of the parts lie; Streamlit runs this function's text by itself."""
    from types import SimpleNamespace

    import streamlit

    from hingecheck.pages import state as window

    streamlit.session_state["batch"] = SimpleNamespace(states=(state,), requests=(request,))
    streamlit.text(" ".join(one.folder.name for one in window.requests().values()))


def test_a_part_is_judged_again_from_its_own_measurements(request_of: AnalysisRequest) -> None:
    parts = tuple(AnalysisResponse(report=HINGES, set_id=UUID(int=number), request=request_of.model_copy(
        update={"folder": request_of.folder / f"{number}-hip_hinge"})) for number in (1, 2))
    state = VideoState("mine.mp4", "done", response=AnalysisResponse(report=HINGES, parts=parts))
    page = AppTest.from_function(_remembered, kwargs={"state": state, "request": request_of}).run()
    assert not page.exception
    assert page.text[0].value == "1-hip_hinge 2-hip_hinge"
