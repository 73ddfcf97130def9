"""Define the records that the history takes and returns: frozen data, with times in UTC that carry their zone.

Ids are UUIDs, so that two histories can be merged without two things sharing an id.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

from exercises.exercise_model import Exercise
from exercises.hold_model import Side
from exercises.report_parts import FullBend
from exercises.results import SetReport
from hingecheck.validation.clicked_angles import ClickedAngle
from pose.track import Track

#: Of the person whose sets those of the samples are, in every history.
EXAMPLE_ID = UUID("e8a3b1e0-0000-4000-8000-000000000001")


class HistoryError(Exception):
    """The history cannot be opened, read or written; the message says what is wrong and what to do."""


class AmbiguousPersonError(HistoryError):
    """The history has several profiles, and the caller named none of them."""


@dataclass(frozen=True)
class Person:
    """A profile. `archived_at` is set while the profile is archived, which deletes none of its data."""

    id: UUID
    name: str
    notes: str
    created_at: datetime
    archived_at: datetime | None = None


@dataclass(frozen=True)
class Session:
    """A session: sets of one person with less than two hours between them, or a session started by hand."""

    id: UUID
    person_id: UUID
    started_at: datetime
    note: str = ""


@dataclass(frozen=True, eq=False)
class NewSet:
    """A set to be saved.

    Attributes
    ----------
    report : SetReport
        Judged or refused; a file that could not be read gives no set.
    exercise : Exercise
        The exercise that judged the set, with the person's own limits where there are any.
    track : Track, optional
        The time series.
    key_images : mapping of int to bytes, optional
        Rep index -> drawn key image (JPEG).
    video : Path, optional
        The annotated video, only if the person wants it saved. The file is copied.
    made_at : datetime, optional
        When the set was done, with its time zone; default now.
    """

    report: SetReport
    exercise: Exercise
    track: Track | None = None
    key_images: Mapping[int, bytes] = field(default_factory=dict)
    video: Path | None = None
    made_at: datetime | None = None


@dataclass(frozen=True)
class SetLine:
    """One line of a list of sets; `has_answers`: the after-set questions were answered."""

    id: UUID
    session_id: UUID
    person_id: UUID
    made_at: datetime
    exercise: str
    status: str
    video: str
    duration_s: float | None
    reps: int
    judged_reps: int
    good_reps: int
    headline: str
    has_answers: bool = False


@dataclass(frozen=True)
class Relabel:
    """A verdict that the person or a therapist gives a rep beside the original one; the newest counts."""

    id: UUID
    set_id: UUID
    rep: int
    verdict: str
    original: str
    note: str
    author: str
    made_at: datetime


@dataclass(frozen=True)
class SavedAnswers:
    """The after-set answers: pain from 0 to 10 (None = no answer) and where it was felt; the newest count."""

    id: UUID
    set_id: UUID
    pain: int | None
    felt: tuple[str, ...]
    made_at: datetime


@dataclass(frozen=True)
class HandAngle:
    """An angle that somebody clicked on a frame of a set."""

    id: UUID
    set_id: UUID
    angle: ClickedAngle
    made_at: datetime


@dataclass(frozen=True)
class Note:
    """A free text about a person, one session or one set."""

    id: UUID
    person_id: UUID
    session_id: UUID | None
    set_id: UUID | None
    text: str
    author: str
    made_at: datetime


@dataclass(frozen=True)
class SavedPrescription:
    """A prescription for one exercise, valid from a time on: the text (JSON or TOML) as its author wrote it."""

    id: UUID
    person_id: UUID
    exercise: str
    text: str
    valid_from: datetime
    made_at: datetime


@dataclass(frozen=True)
class Goal:
    """A goal in an exercise: the quantity `measure` reaches the value `at`; `side` None = both."""

    id: UUID
    person_id: UUID
    exercise: str
    measure: str
    at: float
    side: Side | None
    made_at: datetime


@dataclass(frozen=True)
class OwnFullBend:
    """A person's full bend, their own 100 %, and the set that measured it; `set_id` None = entered by hand."""

    id: UUID
    person_id: UUID
    full_bend: FullBend
    set_id: UUID | None
    made_at: datetime


@dataclass(frozen=True, eq=False)
class SavedSet:
    """All data of one set, as its review needs it.

    Attributes
    ----------
    line, person, session : SetLine, Person, Session
    report : SetReport
        Identical to the report that was saved.
    exercise : Exercise
        The exercise that judged the set then.
    relabels, notes : tuple of Relabel, tuple of Note
        Of this set, oldest first.
    answers : SavedAnswers or None
    folder : Path
        Folder of its files on this computer (`files` reads them); it may not exist.
    """

    line: SetLine
    person: Person
    session: Session
    report: SetReport
    exercise: Exercise
    relabels: tuple[Relabel, ...]
    answers: SavedAnswers | None
    notes: tuple[Note, ...]
    folder: Path


class RepRecord(NamedTuple):
    """One rep with the values that progress compares; a tuple, because a year has ten thousand of them.

    Angles are at the bottom of the rep, in degrees; times in seconds. `held_s` is None in an exercise without a hold.
    `relabel` is the newest verdict that a person gave, None where nobody gave one.
    """

    set_id: UUID
    made_at: datetime
    exercise: str
    number: int
    side: Side | None
    verdict: str
    borderline: bool
    hip_flexion_deg: float | None = None
    hip_flexion_uncertainty_deg: float | None = None
    leg_raise_deg: float | None = None
    leg_raise_uncertainty_deg: float | None = None
    rounding_onset_deg: float | None = None
    rounding_onset_uncertainty_deg: float | None = None
    held_s: float | None = None
    rules_broken: tuple[str, ...] = ()
    relabel: str | None = None


class PracticeRecord(NamedTuple):
    """The practice of one side in one set, for minutes and days of practice.

    `held_s` is the sum of its holds in seconds, None where it has none.
    """

    made_at: datetime
    exercise: str
    side: Side | None
    held_s: float | None


@dataclass(frozen=True)
class SetAnswers:
    """The answers after one set, with its exercise."""

    set_id: UUID
    made_at: datetime
    exercise: str
    pain: int | None
    felt: tuple[str, ...]
