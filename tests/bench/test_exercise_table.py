"""The table of exercises: what was told, counted, planted and found, from reps made by hand."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from bench.compare import Compared, Pair
from bench.exercise_table import exercises
from bench.truth import TrueRep, Truth
from exercises.results import Finding, Recognition, Rep, Severity, Verdict


def clip(name: str, exercise: str, answer: str | None, planted: tuple[str, ...], broken_rules: tuple[str, ...],
         side: tuple[str, str | None] = ("", None), hold_s: float = 20.0) -> Compared:
    true = TrueRep(1, 3, 23, 25, faults=planted, side=side[0])
    rep = Rep(index=1, side=side[1], start_s=1, bottom_s=3, leave_s=23, end_s=25, hold_s=hold_s, verdict="good",
              findings=(*(Finding(rule=rule, verdict=Verdict.BROKEN) for rule in broken_rules),
                        Finding(rule="watched", verdict=Verdict.BROKEN, severity=Severity.WATCH)))
    truth = Truth(Path(f"{name}.mp4"), exercise, (640, 480), np.array([0.0]), {}, (true,))
    pair = Pair(1, true, rep, "good", False, {}, {}, {}, {})
    return Compared(truth, (pair,), 1, "", 5.0, 200.0, {},
                    Recognition(exercise=answer, sure=answer is not None, candidates=("a", "b")))


def test_a_row_says_what_was_told_found_and_invented() -> None:
    made = exercises([
        clip("one", "a", "a", ("knee_bent",), ("knee_bent",), ("left", "left")),
        clip("two", "b", None, ("hold_short",), ("bouncing",), ("right", None), hold_s=18.5),
        clip("three", "b", "a", (), ()),
    ])
    assert made is not None
    one, two, three = (dict(zip(made.columns, row, strict=True)) for row in made.rows)
    assert (one["told by itself"], one["side"], one["found"], one["invented"]) == ("a", "1/1", "1/1", "–")
    assert (two["told by itself"], two["side"], two["hold, s"]) == ("asks: a or b", "0/1, 1 not told", "-1.50")
    assert (two["faults put in"], two["found"], two["invented"]) == ("hold_short", "0/1", "bouncing")
    assert (three["side"], three["faults put in"], three["found"]) == ("–", "–", "–")
    assert "1 right, 1 asked for, 1 wrong" in made.note
    assert "1 of 2 found, 1 invented" in made.note


def test_clips_of_one_exercise_need_no_such_table() -> None:
    assert exercises([clip("one", "a", "a", (), ()), clip("two", "a", "a", (), ())]) is None
