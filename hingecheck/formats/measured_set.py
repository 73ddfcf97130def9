"""What every format is made of: one set with its report, its numbers over time and its landmarks."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from uuid import UUID, uuid4

import numpy as np

from exercises.results import SetReport
from language.translate import _
from pose.landmark_track import LandmarkTrack
from pose.track import Track

#: Frames per second of a set that does not say: its tracks are too short to have any.
_USUAL_FPS = 30.0
#: Windows has no file with these, and a backslash makes a folder; a tab or a line breaks the head of an OpenSim file.
_NOT_IN_NAMES = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f-\x9f]')


class FormatError(Exception):
    """A set cannot be written in a format; the message says why and what to do."""


@dataclass(frozen=True, eq=False)
class MeasuredSet:
    """One set to be written in another program's format.

    Attributes
    ----------
    report : SetReport
    track : Track or None
        Numbers over time, with landmarks where they were saved.
    exercise : str
        The exercise's name, as a person reads it.
    made_at : datetime or None
        When it was done, with its time zone.
    person : str
        Whose it is; "" to leave that out.
    id : UUID
        The same for the same saved set.
    """

    report: SetReport
    track: Track | None = None
    exercise: str = ""
    made_at: datetime | None = None
    person: str = ""
    id: UUID = field(default_factory=uuid4)

    @property
    def stem(self) -> str:
        """Name of its files without a suffix: the video's, without characters that some system allows in none."""
        return _NOT_IN_NAMES.sub("_", Path(self.report.video).stem) or "set"

    @property
    def fps(self) -> float:
        """Usual frames per second."""
        return self.report.fps or _USUAL_FPS

    def numbers(self) -> Track:
        """Return its numbers over time.

        Raises
        ------
        FormatError
            None were saved.
        """
        if self.track is None or not len(self.track):
            raise FormatError(_("{video}: this set has no numbers over time. Analyse its video again.").format(
                                  video=self.report.video))
        return self.track

    def landmarks(self) -> tuple[Track, LandmarkTrack]:
        """Return its numbers over time and its landmarks.

        Raises
        ------
        FormatError
            None were saved, or nobody was seen.
        """
        track = self.numbers()
        if track.landmarks is None:
            raise FormatError(_("{video}: an older version saved this set, without landmarks. Analyse its video "
                                "again.").format(video=self.report.video))
        if not np.isfinite(track.landmarks.points_px).any():
            raise FormatError(_("{video}: nobody was seen in this set, so there are no landmarks to write.").format(
                                  video=self.report.video))
        return track, track.landmarks
