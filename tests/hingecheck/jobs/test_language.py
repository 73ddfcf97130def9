"""Work is done in the language of whoever asked for it, in whatever thread or process."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from multiprocessing.connection import Connection
from pathlib import Path
from uuid import uuid4

from hingecheck import child_process
from hingecheck.analysis.pipeline import Options
from hingecheck.child_process import ChildProcess
from hingecheck.jobs.messages import AnalysisRequest
from hingecheck.jobs.video_task import VideoTask
from language.current import current, use


def test_a_request_of_a_page_carries_its_language() -> None:
    with use("de"):
        request = AnalysisRequest(video=Path("a.mp4"), name="a", folder=Path("."), exercise=None, known={},
                                  person=uuid4())
    assert AnalysisRequest.model_validate_json(request.model_dump_json()).language == "de"
    assert request.model_copy(update={"from_last": True}).language == "de"


def test_a_task_of_a_worker_carries_its_language() -> None:
    with use("fr"):
        task = VideoTask("a.mp4", "out", Options(exercise=None))
    assert (task.language, current()) == ("fr", "en")


def say_language(requests: Connection, responses: Connection) -> None:
    """Be a child: say the language of a thread that nobody gave one."""
    responses.send(ThreadPoolExecutor(1).submit(current).result())


def response_of(child: ChildProcess) -> object:
    with child.requests, child.responses:
        return child.responses.recv()


def test_a_child_speaks_the_language_of_the_thread_that_starts_it_in_all_of_its_own() -> None:
    with use("es"):
        assert response_of(child_process.start(say_language)) == "es"


def test_a_language_is_given_where_another_thread_starts_the_child() -> None:
    with use("es"), ThreadPoolExecutor(1) as other:
        assert response_of(other.submit(child_process.start, say_language).result()) == "en"
        assert response_of(other.submit(child_process.start, say_language, language="es").result()) == "es"
