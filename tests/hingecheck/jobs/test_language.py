"""Work is done in the language of whoever asked for it, in whatever thread or process."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from uuid import uuid4

from hingecheck.analysis.pipeline import Options
from hingecheck.child_process import environment
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


def test_a_child_speaks_the_language_of_its_parent_in_each_thread() -> None:
    code = ("from concurrent.futures import ThreadPoolExecutor; from language.current import current; "
            "print(ThreadPoolExecutor(1).submit(current).result())")
    with use("es"):
        child = subprocess.run([sys.executable, "-c", code], env=environment(), capture_output=True, text=True,
                               check=True)
    assert child.stdout.strip() == "es"


def test_a_language_is_given_where_another_thread_starts_the_child() -> None:
    with use("es"), ThreadPoolExecutor(1) as other:
        assert other.submit(environment).result()["HINGECHECK_LANG"] == "en"
        assert other.submit(environment, "es").result()["HINGECHECK_LANG"] == "es"
