"""A history with sets of two people, as seen by every kind of account."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from uuid import UUID, uuid4

from exercises.report_parts import FullBend
from exercises.results import SetReport
from hingecheck.history import (
    archive_export,
    goals,
    hand_angles,
    people,
    queries,
    recent_videos,
    remarks,
    sets,
)
from hingecheck.history.access import Role, Viewer
from hingecheck.history.connection import History, read_transaction
from hingecheck.history.records import NewSet
from hingecheck.history.store import open_history
from hingecheck.history.tables import Base
from tests.helpers import saved_sets
from tests.helpers.new_sets import RIGHT_ANGLE

PASSWORD = "four words and more"


@dataclass(frozen=True)
class Home:
    """A history with everything in it of Ana and of Ben, and the accounts of a shared server."""

    history: History
    ana: UUID
    ben: UUID
    set_id: UUID
    session_id: UUID
    note_id: UUID
    goal_id: UUID
    prescription_id: UUID
    angle_id: UUID
    video: Path
    archive: Path

    def seen_by(self, role: Role, person_id: UUID | None, *agreed: UUID) -> History:
        return replace(self.history, viewer=Viewer(uuid4(), "Zoe", role, person_id, frozenset(agreed)))


def report_of_a_file() -> SetReport:
    return saved_sets.report().model_copy(update={"video_sha256": "ab" * 32})


def _fill(history: History, name: str, video: Path) -> tuple[UUID, ...]:
    person = people.add(history, name).id
    report = report_of_a_file().model_copy(update={"full_bend": FullBend(spine_flexion_deg=70.0)})
    # The same video twice: the second counts as a copy.
    sets.save(history, NewSet(report_of_a_file(), saved_sets.EXERCISE), person)
    new = NewSet(report, saved_sets.EXERCISE, saved_sets.track(), {3: saved_sets.KEY_IMAGE}, video)
    set_id = sets.save(history, new, person)
    drawn = video.with_name("recent.mp4")
    drawn.write_bytes(b"recent")
    recent_videos.put(history, set_id, drawn)
    remarks.answer(history, set_id, 3)
    remarks.relabel(history, set_id, 3, "neutral")
    note = remarks.add_note(history, person, "sore", set_id=set_id)
    goal = goals.set_goal(history, person, "hip_hinge", "hip_flexion_deg", 80.0)
    prescription = goals.prescribe(history, person, "hip_hinge", 'exercise = "hip_hinge"')
    angle = hand_angles.add(history, set_id, RIGHT_ANGLE)
    return person, set_id, queries.sessions(history, person)[0].id, note.id, goal.id, prescription.id, angle.id


@contextmanager
def open_home(folder: Path, url: str) -> Iterator[Home]:
    folder.mkdir()
    video = folder / "drawn.mp4"
    video.write_bytes(b"video")
    with open_history(folder / "data", url) as history:
        ana, *of_ana = _fill(history, "Ana", video)
        ben, *_ = _fill(history, "Ben", video)
        archive = folder / "backup.zip"
        archive_export.export_archive(history, archive)
        yield Home(history, ana, ben, *of_ana, video, archive)


def all_rows(history: History) -> dict[str, list[str]]:
    with read_transaction(history) as session:
        return {table.name: sorted(repr(row) for row in session.execute(table.select()))
                for table in Base.metadata.sorted_tables}


def all_files(history: History) -> list[tuple[str, bytes]]:
    return sorted((str(path), path.read_bytes()) for path in history.folder.glob("sets/*/*"))
