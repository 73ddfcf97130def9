"""How long the pages wait for a full history: python -m bench.history [--url postgresql://...]

Fills an empty history (a folder of its own, thrown away afterwards; with --url an empty PostgreSQL database) with 1,000
sessions of two people over three years, 4,000 sets, 20,000 reps, and prints the time of everything that a page asks.
Each question is asked nine times: the median and the slowest, in milliseconds, and the processor time of this program
(about what it takes on an idle machine, but for the server's part). Exit code 1 where a median is over a second.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from pathlib import Path
from statistics import median
from uuid import UUID, uuid4

import numpy as np
from sqlalchemy import insert

from exercises.exercise_model import Exercise
from exercises.hold_model import HoldMeasures
from exercises.load import load
from exercises.results import Angles, Finding, Rep, SetReport, Verdict
from hingecheck.history import files, people, queries, remarks, row_conversion, sets
from hingecheck.history.connection import History, write_transaction
from hingecheck.history.records import NewSet
from hingecheck.history.store import open_history
from hingecheck.history.tables import AnswerRow, SessionRow
from hingecheck.jobs import saving
from hingecheck.progress import practice, trends
from pose.io.image_codec import encode_jpeg
from pose.track import Track

SESSIONS, SETS, REPS = 1000, 4, 5
LIMIT_MS = 1000.0
BEGAN = datetime(2023, 11, 22, 7, tzinfo=timezone.utc)
EXERCISES = tuple(map(load, ("hip_hinge", "doorway_hamstring_stretch")))


def made_rep(exercise: Exercise, index: int, day: float, chance: random.Random) -> Rep:
    """A rep as a judge writes it, with every rule of the exercise, better by some degrees a year."""
    broken = chance.random() < 0.3
    held = exercise.hold is not None
    start = 10.0 * index
    findings = tuple(Finding(
        rule=rule.id, verdict=Verdict.BROKEN if broken and not place else Verdict.MET, severity=rule.severity,
        value=chance.uniform(5, 40), limit=rule.bound.limit, uncertainty=6.0, margin=chance.uniform(-9, 20),
        message=rule.broken if broken and not place else "", source=rule.source, at_s=start + 2)
        for place, rule in enumerate(exercise.rules))
    angle = 55 + day / 60 + chance.gauss(0, 3)
    return Rep(index=index, side=("left", "right")[index % 2] if held else None, start_s=start, bottom_s=start + 2,
               leave_s=start + 5, end_s=start + 7, hold_s=3.0, held=HoldMeasures(seconds=40.0) if held else None,
               verdict=("fault" if held else "rounded") if broken else exercise.good, hip_flexion_deg=angle,
               spine_flexion_deg=chance.uniform(0, 40), knee_flexion_deg=10.0, leg_raise_deg=angle if held else None,
               uncertainty_deg=Angles(hip_flexion_deg=5.0, spine_flexion_deg=6.0, leg_raise_deg=5.0),
               rounding_onset_deg=angle - 10, rounding_onset_uncertainty_deg=9.0, findings=findings,
               sentence="Fold at the hips and stop where the back begins to round.")


def fill(history: History, sessions: int = SESSIONS) -> tuple[UUID, UUID]:
    """Fill it in one transaction; return the person of nine sessions in ten, and a set that has files too."""
    chance = random.Random(5)
    persons = [people.add(history, name) for name in ("Ana", "Ben")]
    with write_transaction(history) as session:
        for number in range(sessions):
            day = number * 1095 / sessions
            at = BEGAN + timedelta(days=day)
            owner, own = persons[number % 10 == 0], uuid4()
            session.execute(insert(SessionRow), [{"id": own, "person_id": owner.id, "started_at": at, "note": ""}])
            for place in range(SETS):
                exercise = EXERCISES[place % 2]
                report = SetReport(video=f"{number}-{place}.mp4", exercise=exercise.id, status="judged", fps=30.0,
                                   duration_s=60.0, summary=("About three of five reps were good.",),
                                   reps=tuple(made_rep(exercise, index, day, chance) for index in range(1, REPS + 1)))
                new = NewSet(report, exercise, made_at=at + timedelta(minutes=5 * place))
                set_id = uuid4()
                for table, values in row_conversion.set_rows(set_id, own, new, row_conversion.report_json(report)):
                    session.execute(insert(table), values)
                session.execute(insert(AnswerRow), [{"id": uuid4(), "set_id": set_id, "pain": number % 4,
                                                     "felt": ["middle"], "made_at": at}])
    return persons[0].id, sets.save(history, full_set(), persons[0].id)


def full_set() -> NewSet:
    """A set of a minute, with its time series and key pictures."""
    exercise = EXERCISES[0]
    chance = random.Random(6)
    reps = tuple(made_rep(exercise, index, 1000, chance) for index in range(1, REPS + 1))
    time_s = np.arange(1800) / 30
    noise = np.random.default_rng(7)
    names = ("hip_flexion_deg", "spine_flexion_deg", "knee_flexion_deg", "trunk_lean_deg", "bend_deg", "view_yaw_deg")
    track = Track(time_s, {name: noise.normal(30, 10, len(time_s)) for name in names},
                  {name: noise.normal(6, 1, len(time_s)) for name in names[:2]})
    image = encode_jpeg(noise.integers(0, 255, (90, 160, 3), np.uint8).repeat(8, 0).repeat(8, 1))
    report = SetReport(video="full.mp4", exercise=exercise.id, status="judged", fps=30.0, duration_s=60.0, reps=reps)
    return NewSet(report, exercise, track, {rep.index: image for rep in reps}, made_at=BEGAN + timedelta(days=1095))


def over_weeks(history: History, person: UUID, exercise: str, since: datetime | None) -> None:
    """What the progress page asks and computes."""
    zone = timezone(timedelta(hours=1))
    reps = queries.reps(history, person, exercise, since)
    measure = trends.measure_of(reps)
    for side in (None, "left", "right"):
        trends.trend(trends.weekly(reps, measure, zone, side), measure)  # type: ignore[arg-type]
    trends.side_difference(reps, measure)
    trends.pauses(reps, measure, zone)
    practice.weeks(queries.practice(history, person, since), zone)
    practice.pain(queries.answers(history, person, since))


def review(history: History, set_id: UUID) -> None:
    """What the review page asks."""
    sets.load(history, set_id)
    files.load_track(history, set_id)
    files.key_image_paths(history, set_id)


def questions(history: History, person: UUID, set_id: UUID) -> dict[str, Callable[[], object]]:
    """Everything that a page asks, by name."""
    year = BEGAN + timedelta(days=730)
    hinge = EXERCISES[0].id
    return {
        "list of sets, newest 50": lambda: queries.lines(history),
        "list of one person's sets of one exercise": lambda: queries.lines(history, person, hinge),
        "every set in one list": lambda: queries.lines(history, limit=None),
        "newest 50 sessions": lambda: queries.sessions(history, person),
        "how many, and of which exercises": lambda: (queries.count(history), queries.exercises(history, person)),
        "progress and practice, a year": lambda: over_weeks(history, person, hinge, year),
        "progress and practice, three years": lambda: over_weeks(history, person, hinge, None),
        "every rep of all exercises, three years": lambda: queries.reps(history, person),
        "how often each rule was broken, a year": lambda: queries.rule_counts(history, person, hinge, year),
        "one set's review": lambda: review(history, set_id),
        "one set's report as HTML": lambda: saving.saved_report_page(history, sets.load(history, set_id)),
        "a set by part of its id": lambda: queries.find(history, str(set_id)[:8]),
        "relabel a rep": lambda: remarks.relabel(history, set_id, 1, "neutral"),
        "save a set with its files": lambda: sets.save(history, full_set(), person),
        "open": lambda: open_history(history.folder, "" if history.engine.dialect.name == "sqlite" else
                                     history.engine.url.render_as_string(hide_password=False)).close(),
    }


def asked(ask: Callable[[], object], times: int = 9) -> tuple[float, float, float]:
    """Return the median and the longest that it took, and the median of this program's own work, milliseconds."""
    took, worked = [], []
    for _ in range(times):
        began, began_work = time.perf_counter(), time.process_time()
        ask()
        took.append(1000 * (time.perf_counter() - began))
        worked.append(1000 * (time.process_time() - began_work))
    return median(took), max(took), median(worked)


def main() -> int:
    """Fill, ask, print."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    arguments.add_argument("--url", default="", help="an empty PostgreSQL database; default: SQLite")
    url = arguments.parse_args().url
    with tempfile.TemporaryDirectory() as folder, open_history(Path(folder), url) as history:
        if people.everyone(history, archived=True):
            print("This database is not empty; give an empty one.", file=sys.stderr)
            return 2
        began = time.perf_counter()
        person, set_id = fill(history)
        print(f"{history.engine.dialect.name}: {SESSIONS} sessions, {SESSIONS * SETS} sets, "
              f"{SESSIONS * SETS * REPS} reps filled in {time.perf_counter() - began:.0f} s\n")
        print("| question | median, ms | slowest, ms | processor, ms |\n|---|---|---|---|")
        worst = 0.0
        for name, ask in questions(history, person, set_id).items():
            usual, slowest, worked = asked(ask)
            worst = max(worst, usual)
            print(f"| {name} | {usual:.0f} | {slowest:.0f} | {worked:.0f} |", flush=True)
    return int(worst > LIMIT_MS)


if __name__ == "__main__":
    sys.exit(main())
