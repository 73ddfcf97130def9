"""Sets of the same video: the same clip twice, or a clip as a whole and in parts. What they share counts once.

Two sets share reps where they are of one file, of the same exercise and speed, and their reps lie at the same seconds
of it; the parts of one clip follow each other and share none. Of several sets the one with the most reps counts, of
equal ones the first.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, ColumnElement, case, cast, func, select

from exercises.feedback import UNSEEN
from exercises.results import SetReport
from hingecheck.history import queries
from hingecheck.history.connection import History, read_transaction
from hingecheck.history.records import SetLine
from hingecheck.history.tables import DocumentRow, SessionRow, SetRow

#: A set shares the reps of others where they cover more than this share of its seconds.
_SHARED = 0.5

_Seconds = tuple[float, float]


@dataclass(frozen=True)
class _Film:
    """The reps of a set on the clock of its video file, or all of it where it has none; in order of time."""

    video: tuple[str, str, float]
    spans: tuple[_Seconds, ...]

    def is_within(self, others: Iterable[_Film]) -> bool:
        """Return whether the spans of others cover most of this one."""
        joined = _union(span for other in others if other.video == self.video for span in other.spans)
        covered = sum(max(min(end, other_end) - max(start, other_start), 0.0)
                      for start, end in self.spans for other_start, other_end in joined)
        return covered > _SHARED * sum(end - start for start, end in self.spans)


def copies(history: History, person_id: UUID, report: SetReport) -> tuple[SetLine, ...]:
    """Return a person's sets of the same video file and exercise that share reps with a report, oldest first."""
    own = _film(report.model_dump(mode="json"))
    return tuple(line for line, film in _saved(history, person_id, report)
                 if film.is_within([own]) or own.is_within([film]))


def counted_before(history: History, person_id: UUID, report: SetReport) -> SetLine | None:
    """Return the set in which the reps of a report count already; None where it holds more than is saved."""
    own, saved = _film(report.model_dump(mode="json")), _saved(history, person_id, report)
    counted = [film for _, film in saved if len(film.spans) >= len(own.spans)]
    if not own.is_within(counted):
        return None
    return next((line for line, film in saved if film in counted and own.is_within([film])), saved[0][0])


def copied_sets(history: History, person_id: UUID) -> frozenset[UUID]:
    """Return the sets of a person whose reps count already, in other sets of the same video and exercise."""
    every = (select(SetRow.id, SetRow.exercise, _digest(history)).join(SessionRow, SetRow.session_id == SessionRow.id)
             .join(DocumentRow, DocumentRow.set_id == SetRow.id).where(SessionRow.person_id == person_id))
    with read_transaction(history) as session:
        of_video: dict[tuple[str, str], list[UUID]] = {}
        for set_id, exercise, digest in session.execute(every):
            if digest:
                of_video.setdefault((exercise, digest), []).append(set_id)
        several = [set_id for ids in of_video.values() if len(ids) > 1 for set_id in ids]
        query = (select(SetRow.id, DocumentRow.report).join(DocumentRow, DocumentRow.set_id == SetRow.id)
                 .where(SetRow.id.in_(several)).order_by(SetRow.made_at, SetRow.id))
        films = [(set_id, _film(json.loads(text))) for set_id, text in session.execute(query)]
    counted: list[_Film] = []
    copied = set()
    for set_id, film in sorted(films, key=lambda one: -len(one[1].spans)):
        if film.is_within(counted):
            copied.add(set_id)
        else:
            counted.append(film)
    return frozenset(copied)


def _saved(history: History, person_id: UUID, report: SetReport) -> list[tuple[SetLine, _Film]]:
    """Return a person's sets of the same video file, exercise and speed as a report, oldest first."""
    if not report.video_sha256:
        return []
    query = (select(*queries.LINE, DocumentRow.report).join(SessionRow, SetRow.session_id == SessionRow.id)
             .join(DocumentRow, DocumentRow.set_id == SetRow.id)
             .where(SessionRow.person_id == person_id, SetRow.exercise == report.exercise,
                    _digest(history) == report.video_sha256).order_by(SetRow.made_at, SetRow.id))
    with read_transaction(history) as session:
        pairs = [(SetLine(*line), _film(json.loads(text))) for *line, text in session.execute(query)]
    return [(line, film) for line, film in pairs if film.video[2] == report.playback_speed]


def _digest(history: History) -> ColumnElement[str]:
    """Return the expression for the digest of a set's video file, which stands in its report alone."""
    if history.engine.dialect.name == "postgresql":
        return cast(DocumentRow.report, JSON)["video_sha256"].as_string()
    # A report that is damaged has no digest, and does not keep the others from being read.
    digest = func.json_extract(DocumentRow.report, "$.video_sha256")
    return case((func.json_valid(DocumentRow.report), digest), else_="")


def _film(report: dict[str, Any]) -> _Film:
    speed = report.get("playback_speed", 1.0)
    # The reps of a posture are the times at which it was left.
    reps = [rep for rep in report["reps"] if rep["verdict"] != UNSEEN] if report.get("posture") is None else []
    spans: Sequence[_Seconds] = [(rep["start_s"] / speed, rep["end_s"] / speed) for rep in reps]
    if not spans:
        start_s = (report.get("starts_s") or 0.0) / speed
        spans = [(start_s, start_s + (report.get("duration_s") or 0.0) / speed)]
    return _Film((report.get("video_sha256", ""), report["exercise"], speed), tuple(sorted(spans)))


def _union(spans: Iterable[_Seconds]) -> list[_Seconds]:
    """Return the seconds of several spans without overlap."""
    joined: list[_Seconds] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
