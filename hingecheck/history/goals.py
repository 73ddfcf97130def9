"""Save and read a person's prescriptions, goals and own full bend."""

from __future__ import annotations

import math
from datetime import datetime, timezone
from uuid import UUID, uuid4

from sqlalchemy import delete as delete_rows
from sqlalchemy import select

from exercises.hold_model import Side
from exercises.report_parts import FullBend
from hingecheck.history import people, text_checks
from hingecheck.history.connection import History, read_transaction, write_transaction
from hingecheck.history.records import Goal, HistoryError, OwnFullBend, SavedPrescription
from hingecheck.history.tables import FullBendRow, GoalRow, PrescriptionRow
from language.numbers import localised
from language.translate import _, mark
from pose.quantity import QUANTITIES


def prescribe(history: History, person_id: UUID, exercise: str, text: str,
              valid_from: datetime | None = None) -> SavedPrescription:
    """Save a prescription for one exercise that is valid from a time on (default now); earlier ones stay on record.

    `text` (JSON or TOML) is saved as it is; it is not parsed here.
    """
    text_checks.check_name(exercise, mark("the exercise"))
    if not text.strip():
        raise HistoryError(_("the prescription is empty. Write what the person is to do."))
    text_checks.check_text(text, mark("the prescription"))
    now = datetime.now(timezone.utc)
    row = PrescriptionRow(id=uuid4(), person_id=person_id, exercise=exercise, text=text, valid_from=valid_from or now,
                          made_at=now)
    with write_transaction(history) as session:
        people.row_of(session, person_id)
        session.add(row)
    return _prescription(row)


def prescriptions(history: History, person_id: UUID) -> tuple[SavedPrescription, ...]:
    """Return every prescription of a person, the latest `valid_from` first."""
    with read_transaction(history) as session:
        return tuple(map(_prescription, session.scalars(
            select(PrescriptionRow).where(PrescriptionRow.person_id == person_id)
            .order_by(PrescriptionRow.valid_from.desc(), PrescriptionRow.made_at.desc(), PrescriptionRow.id))))


def prescription_at(history: History, person_id: UUID, exercise: str,
                    at: datetime | None = None) -> SavedPrescription | None:
    """Return the prescription of an exercise that is valid at a time (default now); None where there is none."""
    time = at or datetime.now(timezone.utc)
    return next((prescription for prescription in prescriptions(history, person_id)
                 if prescription.exercise == exercise and prescription.valid_from <= time), None)


def delete_prescription(history: History, prescription_id: UUID) -> None:
    """Delete a prescription, if it exists."""
    with write_transaction(history) as session:
        session.execute(delete_rows(PrescriptionRow).where(PrescriptionRow.id == prescription_id))


def set_goal(history: History, person_id: UUID, exercise: str, measure: str, at: float,
             side: Side | None = None) -> Goal:
    """Save a goal; it replaces the goal for the same exercise, measure and side."""
    text_checks.check_name(exercise, mark("the exercise"))
    if measure not in QUANTITIES or not math.isfinite(at):
        raise HistoryError(_("a goal is a number for a measured quantity, as leg_raise_deg; got {measure} = "
                             "{at}.").format(measure=measure, at=localised(f"{at:g}")))
    row = GoalRow(id=uuid4(), person_id=person_id, exercise=exercise, measure=measure, at=at, side=side,
                  made_at=datetime.now(timezone.utc))
    with write_transaction(history) as session:
        people.row_of(session, person_id)
        same = (GoalRow.person_id == person_id, GoalRow.exercise == exercise, GoalRow.measure == measure,
                GoalRow.side.is_(None) if side is None else GoalRow.side == side)
        session.execute(delete_rows(GoalRow).where(*same))
        session.add(row)
    return _goal(row)


def goals(history: History, person_id: UUID) -> tuple[Goal, ...]:
    """Return a person's goals, by exercise."""
    with read_transaction(history) as session:
        return tuple(map(_goal, session.scalars(
            select(GoalRow).where(GoalRow.person_id == person_id).order_by(GoalRow.exercise, GoalRow.made_at))))


def delete_goal(history: History, goal_id: UUID) -> None:
    """Delete a goal, if it exists."""
    with write_transaction(history) as session:
        session.execute(delete_rows(GoalRow).where(GoalRow.id == goal_id))


def set_full_bend(history: History, person_id: UUID, full_bend: FullBend) -> OwnFullBend:
    """Save a full bend that the person entered; a measured one is saved with its set."""
    row = FullBendRow(id=uuid4(), person_id=person_id, set_id=None, made_at=datetime.now(timezone.utc),
                      **full_bend.model_dump())
    with write_transaction(history) as session:
        people.row_of(session, person_id)
        session.add(row)
    return _full_bend(row)


def full_bend(history: History, person_id: UUID) -> OwnFullBend | None:
    """Return the person's newest full bend, their own 100 % (for `personal_range`); None where there is none."""
    with read_transaction(history) as session:
        row = session.scalars(select(FullBendRow).where(FullBendRow.person_id == person_id)
                              .order_by(FullBendRow.made_at.desc(), FullBendRow.id).limit(1)).one_or_none()
        return None if row is None else _full_bend(row)


def _prescription(row: PrescriptionRow) -> SavedPrescription:
    return SavedPrescription(row.id, row.person_id, row.exercise, row.text, row.valid_from, row.made_at)


def _goal(row: GoalRow) -> Goal:
    side: Side | None = "left" if row.side == "left" else "right" if row.side == "right" else None
    return Goal(row.id, row.person_id, row.exercise, row.measure, row.at, side, row.made_at)


def _full_bend(row: FullBendRow) -> OwnFullBend:
    bend = FullBend(**{name: getattr(row, name) for name in FullBend.model_fields})
    return OwnFullBend(row.id, row.person_id, bend, row.set_id, row.made_at)
