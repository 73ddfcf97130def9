"""Videos wait, work, are judged, stopped and submitted again; what an earlier turn still says is not heard."""

from __future__ import annotations

from pathlib import Path
from uuid import uuid4

from hingecheck.jobs.messages import AnalysisRequest, AnalysisResponse
from hingecheck.jobs.video_states import VideoStates
from tests.helpers import saved_sets


def videos(count: int = 2) -> VideoStates:
    return VideoStates([AnalysisRequest(video=Path(f"{number}.mp4"), name=f"{number}.mp4", folder=Path(), known={},
                                        exercise=None, person=uuid4()) for number in range(count)])


def response() -> AnalysisResponse:
    return AnalysisResponse(report=saved_sets.report(), set_id=uuid4())


def phases(states: VideoStates) -> list[str]:
    return [video.phase for video in states.states]


def test_videos_take_their_turns_in_order() -> None:
    states = videos()
    first = states.next_turn()
    assert first is not None
    assert phases(states) == ["working", "waiting"]
    states.finish(first, response(), "")
    second = states.next_turn()
    assert second is not None
    assert second.index == 1
    states.finish(second, response(), "")
    assert states.next_turn() is None
    assert phases(states) == ["done", "done"]


def test_an_earlier_turn_changes_nothing_any_more() -> None:
    states = videos(1)
    earlier = states.next_turn()
    assert earlier is not None
    states.stop()
    states.submit(0, states.requests[0], None)
    states.finish(earlier, None, "it was killed")
    assert phases(states) == ["waiting"]
    again = states.next_turn()
    assert again is not None
    assert not states.is_on(earlier)
    assert states.is_on(again)


def test_a_verdict_outlives_a_worker_that_fails_while_it_draws() -> None:
    states, known = videos(1), response()
    turn = states.next_turn()
    assert turn is not None
    states.change(turn, judged=known)
    assert states.states[0].verdict == known
    states.finish(turn, None, "no space left")
    last = states.states[0].response
    assert last is not None
    assert (last.set_id, last.report) == (known.set_id, known.report)
    assert "no space left" in last.problems[0]


def test_a_verdict_that_is_known_already_needs_no_turn() -> None:
    states, known = videos(1), response()
    turn = states.next_turn()
    assert turn is not None
    states.finish(turn, None, "nothing")
    states.settle(0, states.requests[0], known)
    assert states.next_turn() is None
    assert states.states[0].response == known
