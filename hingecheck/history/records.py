"""What the history hands out: frozen data, with times that know their zone (UTC).

Ids are UUIDs, so that two histories can be put together without anything meeting its double.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from exercises.exercise_model import Exercise
from exercises.hold_model import Side
from exercises.report_parts import FullBend
from exercises.results import SetReport
from pose.track import Track


class HistoryError(Exception):
    """The history cannot be opened, read or written; the message says what is wrong and what to do next."""


@dataclass(frozen=True)
class Person:
    """A profile. `archived_at` is set only when somebody archived it on purpose; nothing of it is gone then."""

    id: UUID
    name: str
    notes: str
    created_at: datetime
    archived_at: datetime | None = None


@dataclass(frozen=True)
class Session:
    """A sitting: sets of one person with less than two hours between them, or as they were put together by hand."""

    id: UUID
    person_id: UUID
    started_at: datetime
    note: str = ""


@dataclass(frozen=True, eq=False)
class NewSet:
    """A set to be kept.

    Attributes
    ----------
    report : SetReport
        Judged or refused; a file that could not be read is not a set.
    exercise : Exercise
        As it was judged by, with the person's own limits where there are any.
    track : Track, optional
        The time series.
    key_images : mapping of int to RGB picture, optional
        Drawn key picture of each rep, by its index.
    video : Path, optional
        The annotated video; given only when the person wants it kept. It is copied.
    made_at : datetime, optional
        When the set was judged; default now. It must know its zone.
    """

    report: SetReport
    exercise: Exercise
    track: Track | None = None
    key_images: Mapping[int, NDArray[np.uint8]] = field(default_factory=dict)
    video: Path | None = None
    made_at: datetime | None = None


@dataclass(frozen=True)
class SetLine:
    """One line of a list of sets. `answered` says whether the after-set questions were."""

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
    answered: bool = False


@dataclass(frozen=True)
class Relabel:
    """What the person or a therapist says about a rep, beside the original verdict; the newest one counts."""

    id: UUID
    set_id: UUID
    rep: int
    verdict: str
    original: str
    note: str
    author: str
    made_at: datetime


@dataclass(frozen=True)
class Answers:
    """What was answered after a set: pain from 0 to 10 (None = not said) and where it was felt; the newest counts."""

    id: UUID
    set_id: UUID
    pain: int | None
    felt: tuple[str, ...]
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
class Prescription:
    """What a person is to do in an exercise from a day on: the text (JSON or TOML) as its author wrote it."""

    id: UUID
    person_id: UUID
    exercise: str
    text: str
    valid_from: datetime
    made_at: datetime


@dataclass(frozen=True)
class Goal:
    """Where a person wants to get in an exercise: `measure` (a quantity) at `at`; `side` None = both."""

    id: UUID
    person_id: UUID
    exercise: str
    measure: str
    at: float
    side: Side | None
    made_at: datetime


@dataclass(frozen=True)
class OwnFullBend:
    """A person's own 100 % and where it came from; `set_id` None = typed in."""

    id: UUID
    person_id: UUID
    full_bend: FullBend
    set_id: UUID | None
    made_at: datetime


@dataclass(frozen=True, eq=False)
class SavedSet:
    """Everything about one set, as its review needs it.

    Attributes
    ----------
    line : SetLine
    person, session : Person, Session
    report : SetReport
        Identical to the one that was saved.
    exercise : Exercise
        As it was judged by then.
    relabels : tuple of Relabel
        Oldest first.
    answers : Answers or None
    notes : tuple of Note
        Of this set, oldest first.
    folder : Path
        Where its files lie on this computer; it need not exist (`files` reads them).
    """

    line: SetLine
    person: Person
    session: Session
    report: SetReport
    exercise: Exercise
    relabels: tuple[Relabel, ...]
    answers: Answers | None
    notes: tuple[Note, ...]
    folder: Path


class RepRow(NamedTuple):
    """One rep as progress needs it: only what is compared over weeks. They are made by the ten thousand.

    Angles are those at the bottom, in degrees; times in seconds.
    `held_s` is None where the exercise holds nothing; `relabelled` is the newest verdict that a person gave.
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
    relabelled: str | None = None


class PracticeRow(NamedTuple):
    """What was done of one side in one set: all that minutes and days of practice need.

    `held_s` is the sum of its holds, None where it has none.
    """

    made_at: datetime
    exercise: str
    side: Side | None
    held_s: float | None


@dataclass(frozen=True)
class AnswerRow:
    """The answers after one set, with its exercise."""

    set_id: UUID
    made_at: datetime
    exercise: str
    pain: int | None
    felt: tuple[str, ...]
