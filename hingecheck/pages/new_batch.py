"""Videos that a person chose -> a batch of this window: each copied into a folder of its own, then analysed."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

from streamlit.runtime.uploaded_file_manager import UploadedFile

from hingecheck.history import people, personal_exercises
from hingecheck.history.records import Person
from hingecheck.jobs import rejudged
from hingecheck.jobs.messages import AnalysisRequest
from hingecheck.jobs.work_queue import Batch
from hingecheck.pages import state
from hingecheck.pages.video_content import VideoContent
from hingecheck.samples import Sample

#: Endings of the files that may be uploaded.
SUFFIXES = ["mp4", "mov", "m4v", "avi", "mkv", "webm", "mpg", "mpeg", "3gp", "mts", "ts", "wmv"]


def start(owner: Person, uploads: Sequence[UploadedFile], content: VideoContent,
          part: tuple[float | None, float | None] = (None, None)) -> None:
    """Analyse uploaded videos.

    Parameters
    ----------
    owner : Person
        Whose sets they are.
    uploads : sequence of UploadedFile
    content : VideoContent
        What they show.
    part : (float or None, float or None)
        Beginning and end of what is analysed of each, seconds; None = as the video.
    """
    requests = []
    for upload in uploads:
        folder = state.workspace().make()
        # The upload's name is only ever displayed: a hostile name never becomes a path.
        video = folder / f"video{_suffix(upload.name)}"
        video.write_bytes(upload.getbuffer())
        requests.append(AnalysisRequest(video=video, name=upload.name, folder=folder, exercise=content.exercise,
                                        known=dict(content.known), parts=content.parts, programme=content.programme,
                                        person=owner.id, start_s=part[0], end_s=part[1]))
    state.set_batch(Batch(requests))


def start_sample(sample: Sample) -> None:
    """Analyse a sample as the exercise that it shows; its set is the Example person's."""
    with state.report_errors():
        owner = people.example(state.history())
        known, _problems = personal_exercises.for_person(state.history(), owner.id)
        folder = state.workspace().make()
        video = Path(shutil.copyfile(sample.path, folder / "video.mp4"))
        state.set_batch(Batch([AnalysisRequest(video=video, name=sample.path.name, folder=folder,
                                               exercise=known[sample.exercise], known=known, person=owner.id)]))


def again(batch: Batch) -> None:
    """Analyse what was stopped of a batch, from the files that are here already."""
    for index, (request, video) in enumerate(zip(batch.requests, batch.states, strict=True)):
        if video.phase == "stopped" and request.video.is_file():
            batch.submit(index, rejudged.resumed(request, video.judged), video.judged)


def _suffix(name: str) -> str:
    suffix = Path(name).suffix.lower()
    return suffix if suffix.removeprefix(".") in SUFFIXES else ".mp4"
