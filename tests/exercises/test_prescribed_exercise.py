"""A prescription changes what it names, for one person, and the set reports how much of it was done."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from exercises import completion
from exercises.aftercare import dose_of
from exercises.exercise_model import Exercise
from exercises.hold_model import Side
from exercises.load import load, load_file
from exercises.personal_range import with_personal_limits
from exercises.prescribed_exercise import apply_prescription, load_prescription
from exercises.prescription import Prescription
from exercises.report_parts import FullBend
from exercises.results import Finding, Rep, Verdict
from exercises.tomlfile import ExerciseError
from tests.helpers.exercise_files import PRESCRIPTION, changed, write

DOORWAY = load("doorway_hamstring_stretch")


def with_prescription(tmp_path: Path, text: str) -> Exercise:
    return load_prescription(write(tmp_path / "for_me.toml", text), load)[1]


def rep(index: int, side: Side | None, long_enough: bool = True) -> Rep:
    finding = Finding(rule="hold_short", verdict=Verdict.MET if long_enough else Verdict.BROKEN)
    return Rep(index=index, side=side, start_s=0, bottom_s=1, leave_s=32, end_s=33, verdict="good", findings=(finding,))


def test_target_75_four_times_30_s(tmp_path: Path) -> None:
    mine = with_prescription(tmp_path, PRESCRIPTION)
    assert mine.target is not None
    assert (mine.target.at, mine.target.measure) == (75, "leg_raise_deg")
    assert mine.rule("hold_short").bound.at_least == 30
    assert mine.rule("knee_bent").bound.at_most == 20
    assert mine.rule("other_leg_lifted") == DOORWAY.rule("other_leg_lifted")
    assert (dose_of(mine).repeats, dose_of(mine).hold_s, dose_of(mine).per_week) == ((4, 4), (30, 30), (4, 4))
    assert mine.prescribed is not None
    assert mine.prescribed.changes == ("target 75\u00b0 (was 90)", "raised knee at most 20\u00b0 (was 15)")
    assert load("doorway_hamstring_stretch") == DOORWAY, "the exercise itself is not changed"


def test_hold_and_zone(tmp_path: Path) -> None:
    text = changed(PRESCRIPTION, "at_least_s = 30", "at_least_s = 45\nwithin = 5\nforgive_s = 2")
    mine = with_prescription(tmp_path, text)
    assert mine.hold is not None
    assert (mine.hold.within, mine.hold.forgive_s) == (5, 2)
    rule = mine.rule("hold_short")
    assert rule.bound.at_least == 45
    assert "{limit}" in rule.broken, "the sentence has the new limit"
    assert "{limit}" in rule.advice


def test_a_limit_for_one_person_takes_precedence_over_shares_of_the_full_bend() -> None:
    strict = Prescription.model_validate({"exercise": "hip_hinge", "rules": {"rounding": {"at_most": 34}}})
    bound = apply_prescription(load("hip_hinge"), strict).rule("rounding").bound
    assert (bound.at_most, bound.watch, bound.own_at_most) == (34, 30, None), "the old watch limit is still milder"
    stricter = Prescription.model_validate({"exercise": "hip_hinge", "rules": {"rounding": {"at_most": 18}}})
    mine = apply_prescription(load("hip_hinge"), stricter)
    assert (mine.rule("rounding").bound.at_most, mine.rule("rounding").bound.watch) == (18, None)
    with_bend = with_personal_limits(mine, FullBend(spine_flexion_deg=80))
    assert with_bend.rule("rounding").bound.limit == 18


def test_severity_and_watch() -> None:
    data: dict[str, Any] = {"exercise": "hip_hinge", "rules": {"too_shallow": {"severity": "watch", "watch": 70}}}
    mine = apply_prescription(load("hip_hinge"), Prescription.model_validate(data))
    assert mine.rule("too_shallow").severity == "watch"
    assert mine.rule("too_shallow").bound.watch == 70
    assert mine.prescribed is not None
    assert mine.prescribed.changes == ("hip flexion mentioned from 70\u00b0 (was 60)",
                                       "hip flexion only mentioned (was a fault)")


def test_done_on_either_side(tmp_path: Path) -> None:
    mine = with_prescription(tmp_path, changed(PRESCRIPTION, "sets = 4", 'person = "P12"\nsets = 4'))
    reps = [rep(1, "left"), rep(2, "left"), rep(3, "left", long_enough=False), rep(4, "right"), rep(5, None)]
    result = completion.prescription_progress(mine, reps)
    assert result is not None
    assert [(side.side, side.done, side.of) for side in result.done] == [("left", 2, 4), ("right", 1, 4)]
    assert completion.sentences(mine, reps) == [
        "Judged by the prescription for P12: target 75\u00b0 (was 90); raised knee at most 20\u00b0 (was 15).",
        "Prescribed holds of 30 s: 2 of 4 done on the left, 1 of 4 done on the right."]


def test_all_done_is_enough(tmp_path: Path) -> None:
    mine = with_prescription(tmp_path, changed(PRESCRIPTION, "sets = 4", "sets = 1"))
    lines = completion.sentences(mine, [rep(1, "left"), rep(2, "right"), rep(3, "right")])
    assert lines[1] == ("Prescribed holds of 30 s: 1 of 1 done on the left, 2 done on the right where 1 is enough. "
                        "That is all for this session: more adds little.")


def test_one_side_only(tmp_path: Path) -> None:
    mine = with_prescription(tmp_path, changed(PRESCRIPTION, "sets = 4", 'sets = 2\nsides = "left"'))
    assert mine.sides is not None
    assert not mine.sides.both, "the other side is not required"
    lines = completion.sentences(mine, [rep(1, "left"), rep(2, "right")])
    assert lines[1:] == ["Prescribed holds of 30 s: 1 of 2 done on the left.",
                        "The right side is not part of the prescription."]


def test_reps_where_nothing_is_held() -> None:
    mine = apply_prescription(load("hip_hinge"), Prescription(exercise="hip_hinge", sets=5))
    lines = completion.sentences(mine, [rep(1, None), rep(2, None)])
    assert lines == ["Judged by a prescription.", "Prescribed reps: 2 of 5 done."]
    assert completion.prescription_progress(load("hip_hinge"), [rep(1, None)]) is None
    assert completion.sentences(load("hip_hinge"), [rep(1, None)]) == []


@pytest.mark.parametrize("key", ["prescribed", "rules.rounding.bound.full_bend"])
def test_a_file_cannot_claim_to_be_prescribed(tmp_path: Path, key: str) -> None:
    text = {"prescribed": "[prescribed]\nsets = 4\n",
            "rules.rounding.bound.full_bend": '[[rules]]\nid = "rounding"\nbound = { at_most = 20, full_bend = '
                                              "{ spine_flexion_deg = 60 } }\n"}[key]
    with pytest.raises(ExerciseError) as caught:
        load_file(write(tmp_path / "mine.toml", 'id = "mine"\nbased_on = "hip_hinge"\n' + text))
    assert caught.value.problems == (f"{key}: this is filled in by the program; leave it out",)


@pytest.mark.parametrize("text", ['exercise = "{}"', 'exercise = "hip_hinge"\nperson = "{}"',
                                  'exercise = "hip_hinge"\n[rules.{}]\nat_most = 3'])
def test_a_long_name_is_refused_in_a_short_sentence(tmp_path: Path, text: str) -> None:
    file = tmp_path / "long.toml"
    file.write_text(text.format("n" * 900_000))
    with pytest.raises(ExerciseError, match="expected a name of at most 200 characters, got 900000") as error:
        load_prescription(file, load)
    assert len(str(error.value)) < 500
