"""Where a person's practice is to lead: prescriptions with a first day, goals, and their own full bend."""

from __future__ import annotations

import math
from datetime import datetime, timezone
from uuid import UUID, uuid4

from sqlalchemy import delete as delete_rows
from sqlalchemy import select

from exercises.hold_model import Side
from exercises.report_parts import FullBend
from hingecheck.history import people, text_checks
from hingecheck.history.connection import History, reading, writing
from hingecheck.history.records import Goal, HistoryError, OwnFullBend, Prescription
from hingecheck.history.tables import FullBendRow, GoalRow, PrescriptionRow
from pose.quantity import QUANTITIES


def prescribe(history: History, person_id: UUID, exercise: str, text: str,
              valid_from: datetime | None = None) -> Prescription:
    """Keep what a person is to do in an exercise from a moment on (default now); earlier ones stay on record.

    `text` is kept as it is written (JSON or TOML); what it means is not looked at here.
    """
    text_checks.name(exercise, "the exercise")
    if not text.strip():
        raise HistoryError("the prescription is empty: write what is to be done.")
    text_checks.text(text, "the prescription")
    now = datetime.now(timezone.utc)
    row = PrescriptionRow(id=uuid4(), person_id=person_id, exercise=exercise, text=text, valid_from=valid_from or now,
                          made_at=now)
    with writing(history) as session:
        people.row_of(session, person_id)
        session.add(row)
    return _prescription(row)


def prescriptions(history: History, person_id: UUID) -> tuple[Prescription, ...]:
    """Return every prescription of a person, the newest first day first."""
    with reading(history) as session:
        return tuple(map(_prescription, session.scalars(
            select(PrescriptionRow).where(PrescriptionRow.person_id == person_id)
            .order_by(PrescriptionRow.valid_from.desc(), PrescriptionRow.made_at.desc(), PrescriptionRow.id))))


def prescribed(history: History, person_id: UUID, exercise: str, at: datetime | None = None) -> Prescription | None:
    """Return what is to be done in an exercise at a moment (default now); None where nothing was prescribed by then."""
    moment = at or datetime.now(timezone.utc)
    return next((one for one in prescriptions(history, person_id)
                 if one.exercise == exercise and one.valid_from <= moment), None)


def delete_prescription(history: History, prescription_id: UUID) -> None:
    """Delete a prescription; one that is gone already is no mistake."""
    with writing(history) as session:
        session.execute(delete_rows(PrescriptionRow).where(PrescriptionRow.id == prescription_id))


def set_goal(history: History, person_id: UUID, exercise: str, measure: str, at: float,
             side: Side | None = None) -> Goal:
    """Keep where a person wants to get; it takes the place of the goal for the same exercise, measure and side."""
    text_checks.name(exercise, "the exercise")
    if measure not in QUANTITIES or not math.isfinite(at):
        raise HistoryError(f"a goal is a number of something measured, as leg_raise_deg; got {measure} = {at:g}.")
    row = GoalRow(id=uuid4(), person_id=person_id, exercise=exercise, measure=measure, at=at, side=side,
                  made_at=datetime.now(timezone.utc))
    with writing(history) as session:
        people.row_of(session, person_id)
        same = (GoalRow.person_id == person_id, GoalRow.exercise == exercise, GoalRow.measure == measure,
                GoalRow.side.is_(None) if side is None else GoalRow.side == side)
        session.execute(delete_rows(GoalRow).where(*same))
        session.add(row)
    return _goal(row)


def goals(history: History, person_id: UUID) -> tuple[Goal, ...]:
    """Return a person's goals, by exercise."""
    with reading(history) as session:
        return tuple(map(_goal, session.scalars(
            select(GoalRow).where(GoalRow.person_id == person_id).order_by(GoalRow.exercise, GoalRow.made_at))))


def delete_goal(history: History, goal_id: UUID) -> None:
    """Delete a goal; one that is gone already is no mistake."""
    with writing(history) as session:
        session.execute(delete_rows(GoalRow).where(GoalRow.id == goal_id))


def set_full_bend(history: History, person_id: UUID, full_bend: FullBend) -> OwnFullBend:
    """Keep a full bend that was typed in; a measured one is kept when its set is saved."""
    row = FullBendRow(id=uuid4(), person_id=person_id, set_id=None, made_at=datetime.now(timezone.utc),
                      **full_bend.model_dump())
    with writing(history) as session:
        people.row_of(session, person_id)
        session.add(row)
    return _full_bend(row)


def full_bend(history: History, person_id: UUID) -> OwnFullBend | None:
    """Return the person's own 100 %: the newest full bend; None where there is none (`own_range.personal` takes it)."""
    with reading(history) as session:
        row = session.scalars(select(FullBendRow).where(FullBendRow.person_id == person_id)
                              .order_by(FullBendRow.made_at.desc(), FullBendRow.id).limit(1)).one_or_none()
        return None if row is None else _full_bend(row)


def _prescription(row: PrescriptionRow) -> Prescription:
    return Prescription(row.id, row.person_id, row.exercise, row.text, row.valid_from, row.made_at)


def _goal(row: GoalRow) -> Goal:
    side: Side | None = "left" if row.side == "left" else "right" if row.side == "right" else None
    return Goal(row.id, row.person_id, row.exercise, row.measure, row.at, side, row.made_at)


def _full_bend(row: FullBendRow) -> OwnFullBend:
    bend = FullBend(**{name: getattr(row, name) for name in FullBend.model_fields})
    return OwnFullBend(row.id, row.person_id, bend, row.set_id, row.made_at)
