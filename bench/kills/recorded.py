"""A sample that was really analysed: the folder of its results, and an archive of its saved set."""

from __future__ import annotations

import shutil
from pathlib import Path
from uuid import UUID

from bench.kills.home import Home
from bench.kills.synthetic import person
from exercises.load import load
from hingecheck.history import archive_export, archive_import, queries
from hingecheck.history.store import open_history
from hingecheck.jobs import worker
from hingecheck.jobs.messages import AnalysisRequest

CLIP = Path(__file__).resolve().parents[2] / "samples" / "hinge_mixed.mp4"
#: Up to the end of the first hinge.
_END_S = 5.5


def request(folder: Path, home: Home, from_last: bool = False, set_id: UUID | None = None) -> AnalysisRequest:
    """Return what a page asks a worker for; the video is a copy in the folder."""
    exercise = load("hip_hinge")
    with open_history() as history:
        ana = person(history)
    video = folder / "video.mp4"
    if not video.exists():
        shutil.copyfile(CLIP, video)
    return AnalysisRequest(video=video, name=CLIP.name, folder=folder, exercise=exercise, known={"hip_hinge": exercise},
                           person=ana, end_s=_END_S, from_last=from_last, set_id=set_id)


def prepare(home: Home) -> None:
    """Analyse the sample once; its results and its set go to the inputs."""
    folder = home.inputs / "analysed"
    if folder.exists():
        return
    folder.mkdir()
    response = worker.run(request(folder, home), lambda _message: None)
    if response.set_id is None:
        raise RuntimeError(f"{CLIP.name} was not judged: {response}")
    with open_history() as history:
        archive_export.export_archive(history, home.inputs / "analysed.zip")


def fill(home: Home) -> UUID:
    """Import the set into the home's history, lay the results into its folder, and return the set's id."""
    shutil.copytree(home.inputs / "analysed", home.out, dirs_exist_ok=True)
    with open_history() as history:
        archive_import.import_archive(history, home.inputs / "analysed.zip")
        return queries.lines(history)[0].id
