"""Convert a SetReport into the rows of one set, and rows into records; no database is used."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from exercises.feedback import UNSEEN
from exercises.results import Finding, Rep, SetReport, Verdict
from hingecheck.history import tables
from hingecheck.history.records import (
    HandAngle,
    HistoryError,
    NewSet,
    Note,
    Person,
    Relabel,
    SavedAnswers,
    Session,
    SetLine,
)
from hingecheck.history.tables import Base
from hingecheck.report import set_sentences, verdict_words, wording
from hingecheck.validation.clicked_angles import ClickedAngle
from language.translate import _

#: A row to be inserted: column -> value.
Row = dict[str, Any]


def set_rows(set_id: UUID, session_id: UUID, new: NewSet, document: str) -> list[tuple[type[Base], list[Row]]]:
    """Return the rows of a set by table, parents first; `document` is its report as JSON."""
    reps = new.report.reps
    documents = {"set_id": set_id, "report": document, "exercise": new.exercise.model_dump_json()}
    return [(tables.SetRow, [_set(set_id, session_id, new)]), (tables.DocumentRow, [documents]),
            (tables.RepRow, [_rep(set_id, rep) for rep in reps]),
            (tables.FindingRow, [_finding(set_id, rep.index, place, finding)
                                 for rep in reps for place, finding in enumerate(rep.findings)])]


def report_json(report: SetReport) -> str:
    """Return the report as JSON after checking that it can be saved.

    Raises
    ------
    HistoryError
        The report is about a file that could not be read, or two reps have the same number.
    """
    if report.status == "error":
        raise HistoryError(_("{video}: the file could not be read, so there is no set to save. {reasons}").format(
                               video=report.video, reasons=" ".join(report.reasons)).rstrip())
    numbers = [rep.index for rep in report.reps]
    if len(set(numbers)) < len(numbers):
        raise HistoryError(_("{video}: two reps have the same number, so the report is not saved.").format(
                               video=report.video))
    try:
        return report.model_dump_json()
    except ValueError:
        raise HistoryError(_("the name of the video holds an invalid character. "
                             "Rename the file and try again.")) from None


def _set(set_id: UUID, session_id: UUID, new: NewSet) -> Row:
    report = new.report
    judged, good = count_verdicts([rep.verdict for rep in report.reps])
    return dict(
        id=set_id, session_id=session_id, made_at=new.made_at, exercise=report.exercise, status=report.status,
        video=report.video, fps=report.fps, duration_s=report.duration_s,
        headline=set_sentences.headline(report, new.exercise.good_word), summary="\n".join(report.summary),
        rounding_onset_deg=report.rounding_onset_deg,
        rounding_onset_uncertainty_deg=report.rounding_onset_uncertainty_deg,
        reps=len(report.reps), judged_reps=judged, good_reps=good)


def count_verdicts(verdicts: list[str]) -> tuple[int, int]:
    """Return how many of these reps could be judged, and how many of those were good."""
    without_unseen = [verdict for verdict in verdicts if verdict != UNSEEN]
    return len(without_unseen), sum(verdict_words.look(verdict).tone == "good" for verdict in without_unseen)


def _rep(set_id: UUID, rep: Rep) -> Row:
    angles = {}
    for name in wording.ANGLES:
        angles[name] = getattr(rep, name)
        angles[name.removesuffix("_deg") + "_uncertainty_deg"] = getattr(rep.uncertainty_deg, name)
    same_names = ("side", "start_s", "bottom_s", "leave_s", "end_s", "hold_s", "whole", "verdict", "borderline",
                  "rounding_onset_deg", "rounding_onset_uncertainty_deg", "hip_share", "spine_share_of_full_bend",
                  "target_gap_deg")
    return dict(
        set_id=set_id, number=rep.index, held_s=None if rep.held is None else rep.held.seconds,
        rules_broken=" ".join(finding.rule for finding in rep.findings if finding.verdict is Verdict.BROKEN),
        **angles, **{name: getattr(rep, name) for name in same_names})


def _finding(set_id: UUID, rep: int, place: int, finding: Finding) -> Row:
    return dict(
        set_id=set_id, rep=rep, place=place, rule=finding.rule, verdict=finding.verdict.value,
        severity=finding.severity.value, value=finding.value, limit_value=finding.limit, unit=finding.unit,
        uncertainty=finding.uncertainty, margin=finding.margin, borderline=finding.borderline,
        watched=finding.watched, at_s=finding.at_s)


def person_record(row: tables.PersonRow) -> Person:
    """Return a profile's record."""
    return Person(row.id, row.name, row.notes, row.created_at, row.archived_at)


def session_record(row: tables.SessionRow) -> Session:
    """Return a session's record."""
    return Session(row.id, row.person_id, row.started_at, row.note)


def line_record(row: tables.SetRow, person_id: UUID, has_answers: bool) -> SetLine:
    """Return a set's line in a list."""
    return SetLine(row.id, row.session_id, person_id, row.made_at, row.exercise, row.status, row.video, row.duration_s,
                   row.reps, row.judged_reps, row.good_reps, row.headline, has_answers)


def relabel_record(row: tables.RelabelRow) -> Relabel:
    """Return a relabel's record."""
    return Relabel(row.id, row.set_id, row.rep, row.verdict, row.original, row.note, row.author, row.made_at)


def answers_record(row: tables.AnswerRow) -> SavedAnswers:
    """Return the record of a set's answers."""
    return SavedAnswers(row.id, row.set_id, row.pain, tuple(row.felt), row.made_at)


def hand_angle_columns(angle: ClickedAngle) -> Row:
    """Return the columns of a clicked angle, without ids and the time when it was made."""
    points = dict(zip(("first", "corner", "last"), angle.points_px, strict=True))
    return dict(quantity=angle.quantity, time_s=angle.time_s, value_deg=angle.value_deg, author=angle.author,
                **{f"{name}_{axis}_px": value for name, point in points.items()
                   for axis, value in zip("xy", point, strict=True)})


def hand_angle_record(row: tables.HandAngleRow) -> HandAngle:
    """Return a clicked angle's record."""
    points = ((row.first_x_px, row.first_y_px), (row.corner_x_px, row.corner_y_px), (row.last_x_px, row.last_y_px))
    angle = ClickedAngle(quantity=row.quantity, time_s=row.time_s, points_px=points, author=row.author)
    return HandAngle(row.id, row.set_id, angle, row.made_at)


def note_record(row: tables.NoteRow) -> Note:
    """Return a note's record."""
    return Note(row.id, row.person_id, row.session_id, row.set_id, row.text, row.author, row.made_at)
