"""Define the tables of the newest schema; `migrations` upgrades older ones. docs/history.md explains the columns."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, Double, ForeignKey, ForeignKeyConstraint, Index, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import JSON

from hingecheck.history.column_types import Id, Utc


class Base(DeclarativeBase):
    """Base of the tables, with the same column types on every database."""

    type_annotation_map = {datetime: Utc, str: Text, float: Double, UUID: Id}  # noqa: RUF012 (SQLAlchemy reads it from the class)


def _of(parent: str) -> Mapped[UUID]:
    """Return a column that refers to a parent row; deleting the parent deletes this row."""
    return mapped_column(ForeignKey(f"{parent}.id", ondelete="CASCADE"))


class PersonRow(Base):
    """A profile."""

    __tablename__ = "people"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    name: Mapped[str]
    notes: Mapped[str]
    created_at: Mapped[datetime]
    archived_at: Mapped[datetime | None]


class SessionRow(Base):
    """A session."""

    __tablename__ = "sessions"
    __table_args__ = (Index("ix_sessions_person_started", "person_id", "started_at"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    person_id: Mapped[UUID] = _of("people")
    started_at: Mapped[datetime]
    note: Mapped[str]


class SetRow(Base):
    """The part of a SetReport that lists and progress query; the whole report is in `documents`."""

    __tablename__ = "sets"
    __table_args__ = (Index("ix_sets_session", "session_id"), Index("ix_sets_made", "made_at"))

    id: Mapped[UUID] = mapped_column(primary_key=True)
    session_id: Mapped[UUID] = _of("sessions")
    made_at: Mapped[datetime]
    exercise: Mapped[str]
    status: Mapped[str]
    video: Mapped[str]
    fps: Mapped[float | None]
    duration_s: Mapped[float | None]
    headline: Mapped[str]
    summary: Mapped[str]
    rounding_onset_deg: Mapped[float | None]
    rounding_onset_uncertainty_deg: Mapped[float | None]
    reps: Mapped[int]
    judged_reps: Mapped[int] = mapped_column(server_default="0")
    good_reps: Mapped[int] = mapped_column(server_default="0")


class DocumentRow(Base):
    """The whole report and the exercise that judged it, as JSON; separate, so that lists do not read them."""

    __tablename__ = "documents"

    set_id: Mapped[UUID] = mapped_column(ForeignKey("sets.id", ondelete="CASCADE"), primary_key=True)
    report: Mapped[str]
    exercise: Mapped[str]


class FileRow(Base):
    """A file of a set, as it was when it was written."""

    __tablename__ = "files"

    set_id: Mapped[UUID] = mapped_column(ForeignKey("sets.id", ondelete="CASCADE"), primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)
    size_bytes: Mapped[int] = mapped_column(BigInteger)
    sha256: Mapped[str]


class RepRow(Base):
    """One rep: its times, its verdict, the angles at its bottom."""

    __tablename__ = "reps"

    set_id: Mapped[UUID] = mapped_column(ForeignKey("sets.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    side: Mapped[str | None]
    start_s: Mapped[float]
    bottom_s: Mapped[float]
    leave_s: Mapped[float]
    end_s: Mapped[float]
    hold_s: Mapped[float | None]
    held_s: Mapped[float | None]
    whole: Mapped[bool]
    verdict: Mapped[str]
    borderline: Mapped[bool]
    hip_flexion_deg: Mapped[float | None]
    hip_flexion_uncertainty_deg: Mapped[float | None]
    spine_flexion_deg: Mapped[float | None]
    spine_flexion_uncertainty_deg: Mapped[float | None]
    knee_flexion_deg: Mapped[float | None]
    knee_flexion_uncertainty_deg: Mapped[float | None]
    leg_raise_deg: Mapped[float | None]
    leg_raise_uncertainty_deg: Mapped[float | None]
    rounding_onset_deg: Mapped[float | None]
    rounding_onset_uncertainty_deg: Mapped[float | None]
    hip_share: Mapped[float | None]
    spine_share_of_full_bend: Mapped[float | None]
    target_gap_deg: Mapped[float | None]
    #: Ids of the broken rules, separated by spaces.
    rules_broken: Mapped[str] = mapped_column(server_default="")


class FindingRow(Base):
    """The finding of one rule on one rep."""

    __tablename__ = "findings"
    __table_args__ = (ForeignKeyConstraint(["set_id", "rep"], ["reps.set_id", "reps.number"], ondelete="CASCADE"),)

    set_id: Mapped[UUID] = mapped_column(primary_key=True)
    rep: Mapped[int] = mapped_column(primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True)
    rule: Mapped[str]
    verdict: Mapped[str]
    severity: Mapped[str]
    value: Mapped[float | None]
    limit_value: Mapped[float | None]
    unit: Mapped[str]
    uncertainty: Mapped[float | None]
    margin: Mapped[float | None]
    borderline: Mapped[bool]
    watched: Mapped[bool]
    at_s: Mapped[float | None]


class RelabelRow(Base):
    """A verdict that a person gave a rep."""

    __tablename__ = "relabels"
    __table_args__ = (ForeignKeyConstraint(["set_id", "rep"], ["reps.set_id", "reps.number"], ondelete="CASCADE"),
                      Index("ix_relabels_rep", "set_id", "rep"))

    id: Mapped[UUID] = mapped_column(primary_key=True)
    set_id: Mapped[UUID]
    rep: Mapped[int]
    verdict: Mapped[str]
    original: Mapped[str]
    note: Mapped[str]
    author: Mapped[str]
    made_at: Mapped[datetime]


class AnswerRow(Base):
    """The after-set answers."""

    __tablename__ = "answers"
    __table_args__ = (Index("ix_answers_set", "set_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    set_id: Mapped[UUID] = _of("sets")
    pain: Mapped[int | None]
    felt: Mapped[list[str]] = mapped_column(JSON)
    made_at: Mapped[datetime]


class HandAngleRow(Base):
    """An angle that somebody clicked on a frame: three points in pixels of the upright frame, and the angle."""

    __tablename__ = "hand_angles"
    __table_args__ = (Index("ix_hand_angles_set", "set_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    set_id: Mapped[UUID] = _of("sets")
    quantity: Mapped[str]
    time_s: Mapped[float]
    first_x_px: Mapped[float]
    first_y_px: Mapped[float]
    corner_x_px: Mapped[float]
    corner_y_px: Mapped[float]
    last_x_px: Mapped[float]
    last_y_px: Mapped[float]
    value_deg: Mapped[float]
    author: Mapped[str]
    made_at: Mapped[datetime]


class NoteRow(Base):
    """A note."""

    __tablename__ = "notes"
    __table_args__ = (Index("ix_notes_person", "person_id"), Index("ix_notes_session", "session_id"),
                      Index("ix_notes_set", "set_id"))

    id: Mapped[UUID] = mapped_column(primary_key=True)
    person_id: Mapped[UUID] = _of("people")
    session_id: Mapped[UUID | None] = mapped_column(ForeignKey("sessions.id", ondelete="CASCADE"))
    set_id: Mapped[UUID | None] = mapped_column(ForeignKey("sets.id", ondelete="CASCADE"))
    text: Mapped[str]
    author: Mapped[str]
    made_at: Mapped[datetime]


class PrescriptionRow(Base):
    """A prescription, valid from a time on."""

    __tablename__ = "prescriptions"
    __table_args__ = (Index("ix_prescriptions_person", "person_id", "exercise", "valid_from"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    person_id: Mapped[UUID] = _of("people")
    exercise: Mapped[str]
    text: Mapped[str]
    valid_from: Mapped[datetime]
    made_at: Mapped[datetime]


class GoalRow(Base):
    """A goal."""

    __tablename__ = "goals"
    __table_args__ = (Index("ix_goals_person", "person_id"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    person_id: Mapped[UUID] = _of("people")
    exercise: Mapped[str]
    measure: Mapped[str]
    at: Mapped[float]
    side: Mapped[str | None]
    made_at: Mapped[datetime]


class FullBendRow(Base):
    """A person's full bend; deleting the set that measured it deletes it."""

    __tablename__ = "full_bends"
    __table_args__ = (Index("ix_full_bends_person", "person_id", "made_at"), Index("ix_full_bends_set", "set_id"))

    id: Mapped[UUID] = mapped_column(primary_key=True)
    person_id: Mapped[UUID] = _of("people")
    set_id: Mapped[UUID | None] = mapped_column(ForeignKey("sets.id", ondelete="CASCADE"))
    spine_flexion_deg: Mapped[float]
    uncertainty_deg: Mapped[float | None]
    hip_flexion_deg: Mapped[float | None]
    hip_uncertainty_deg: Mapped[float | None]
    rep: Mapped[int | None]
    made_at: Mapped[datetime]


class AccountRow(Base):
    """An account of a shared server; `password` is an argon2 hash, "" where the account logs in elsewhere only."""

    __tablename__ = "accounts"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    name: Mapped[str]
    #: What two names share that are the same to people.
    name_key: Mapped[str] = mapped_column(unique=True)
    role: Mapped[str]
    password: Mapped[str]
    #: Whether the owner chose the password: the account has to choose its own first.
    is_temporary: Mapped[bool]
    #: Who this is to the OpenID provider: an e-mail address or a subject.
    openid: Mapped[str | None] = mapped_column(unique=True)
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))
    created_at: Mapped[datetime]


class ConsentRow(Base):
    """A person agreed that a therapist's account sees their sets."""

    __tablename__ = "consents"
    __table_args__ = (Index("ix_consents_account", "account_id"),)

    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), primary_key=True)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True)
    made_at: Mapped[datetime]


class AboutRow(Base):
    """Facts about the database itself: its own id, which the marks of unfinished files carry."""

    __tablename__ = "about"

    key: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]
