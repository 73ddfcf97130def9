"""What a page asks of a worker (Order) and what it hears back (Told): the words between two processes."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from exercises.exercise_model import Exercise
from exercises.results import SetReport

ORDER, PREVIEW = "order.json", "preview.jpg"


class _Data(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class AnalysisRequest(_Data):
    """One video to be analysed and kept.

    Attributes
    ----------
    video : Path
        A copy of the worker's own.
    name : str
        What the person calls it.
    folder : Path
        Where the results go; it is the worker's alone.
    exercise : Exercise or None
        None to tell it from the clip, among `known`.
    known : dict of str to Exercise
        Every exercise, with the person's own limits.
    person : UUID
        Whose set it is.
    from_last : bool
        Judge what was measured before and lies in the folder, without the pose model.
    """

    video: Path
    name: str
    folder: Path
    exercise: Exercise | None
    known: dict[str, Exercise]
    person: UUID
    from_last: bool = False


class ProgressStep(_Data):
    """How far the worker is; `total` is None where the file does not say."""

    stage: str
    done: int
    total: int | None
    fps: float


class AnalysisOutcome(_Data):
    """How it ended: the report, the set in the history where it was judged, the drawn video, what went wrong beside."""

    report: SetReport
    set_id: UUID | None = None
    video: Path | None = None
    problems: tuple[str, ...] = ()


class WorkerMessage(_Data):
    """One line from the worker: one of the two."""

    step: ProgressStep | None = None
    outcome: AnalysisOutcome | None = None
