"""Define the messages between a page and a worker process: AnalysisRequest to it, WorkerMessage back."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from exercises.exercise_model import Exercise
from exercises.programme import Programme
from exercises.results import SetReport
from language.current import current


class _Data(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class AnalysisRequest(_Data):
    """A video to be analysed, and its set saved.

    Attributes
    ----------
    video : Path
        A copy that belongs to the worker.
    name : str
        The person's name for the video.
    folder : Path
        Folder for the results, used by this worker only.
    exercise : Exercise or None
        None to detect it automatically among `known`.
    parts : bool
        The video shows several of `known`: cut it into its parts, and save a set for each.
    programme : Programme or None
        The one that the video shows; `known` are its exercises then.
    known : dict of str to Exercise
        Every exercise, with the person's own limits.
    person : UUID
        Id of the person whose set it is.
    turn_deg : int or None
        Turn the frames clockwise by so much; None to see whether they lie on their side.
    start_s, end_s : float or None
        Part of the video, seconds from its first frame as it plays.
    speed : float or None
        How fast the video plays against what was filmed; None to take what it says.
    from_last : bool
        Judge the measurements that lie in the folder, without the pose model.
    set_ids : tuple of UUID or None
        Ids of its sets where they are saved already and only their videos are to be drawn: one, or one a part, None
        for a part without a verdict.
    language : str
        Code of the language of its sentences; default: the current one where the request is made.
    """

    video: Path
    name: str
    folder: Path
    exercise: Exercise | None
    known: dict[str, Exercise]
    person: UUID
    parts: bool = False
    programme: Programme | None = None
    turn_deg: int | None = None
    start_s: float | None = None
    end_s: float | None = None
    speed: float | None = None
    from_last: bool = False
    set_ids: tuple[UUID | None, ...] = ()
    language: str = Field(default_factory=current)


class ProgressStep(_Data):
    """The progress of a worker in frames; `total` is None where the file does not say its length."""

    stage: str
    done: int
    total: int | None
    fps: float


class AnalysisResponse(_Data):
    """The result of a worker, of a whole video or of one part.

    Attributes
    ----------
    report : SetReport
        Of a video with parts, that of the first.
    set_id : UUID or None
        Of the saved set.
    video : Path or None
        The annotated video.
    problems : tuple of str
        With saving or writing.
    request : AnalysisRequest or None
        Of a part: how it alone would be requested; its measurements lie in that folder.
    parts : tuple of AnalysisResponse
        In order of time; those that are judged by now. Empty for a video as a whole.
    """

    report: SetReport
    set_id: UUID | None = None
    video: Path | None = None
    problems: tuple[str, ...] = ()
    request: AnalysisRequest | None = None
    parts: tuple[AnalysisResponse, ...] = ()

    @property
    def sets(self) -> tuple[AnalysisResponse, ...]:
        """The responses that a set may come of: the parts, or itself."""
        return self.parts or (self,)


class WorkerMessage(_Data):
    """A message from the worker, with one of the four; `judged` comes before the video is drawn.

    `preview` is the frame that is being measured (JPEG).
    """

    step: ProgressStep | None = None
    preview: bytes | None = None
    judged: AnalysisResponse | None = None
    response: AnalysisResponse | None = None
