"""Limits from a person's own full bend, and that full bend from the reps of a forward bend."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from exercises.load import ExerciseError, load, load_file
from exercises.personal_range import (
    full_bend_of,
    has_personal_limits,
    measure_full_bend,
    sentences,
    with_personal_limits,
)
from exercises.report_parts import FullBend
from exercises.results import Verdict
from exercises.rules import judge_set
from tests.exercises.test_onset import filmed
from tests.exercises.test_rules import filmed as hinged
from tests.exercises.test_rules import finding_of

HINGE, FORWARD = load("hip_hinge"), load("forward_bend")
SIXTY = FullBend(spine_flexion_deg=60.0, uncertainty_deg=8.0)


def test_limits_become_shares_of_the_full_bend() -> None:
    personal = with_personal_limits(HINGE, SIXTY)
    assert (personal.rule("rounding").bound.limit, personal.rule("rounding").bound.watch) == (42, 30)
    assert personal.onset_limit == 30
    assert personal.rule("too_shallow") == HINGE.rule("too_shallow")
    assert HINGE.rule("rounding").bound.limit == 40, "the exercise of the catalogue is unchanged"
    assert (full_bend_of(personal), full_bend_of(HINGE)) == (SIXTY, None)
    assert (has_personal_limits(HINGE), has_personal_limits(FORWARD)) == (True, False)


def test_a_bend_too_round_for_most_is_fine_for_a_supple_back_and_vice_versa() -> None:
    track = hinged([{"spine": 45}], noise=0.5, width=2.0)
    assert judge_set(HINGE, track)[0].verdict == "rounded"
    supple = judge_set(with_personal_limits(HINGE, FullBend(spine_flexion_deg=95)), track)[0]
    finding = finding_of(supple, "rounding")
    assert (supple.verdict, finding.limit, finding.watched) == ("neutral", 66.5, False)
    stiff = judge_set(with_personal_limits(HINGE, FullBend(spine_flexion_deg=45)), track)[0]
    assert (stiff.verdict, finding_of(stiff, "rounding").limit) == ("rounded", 31.5)


def test_share_and_sentence() -> None:
    (rep,) = judge_set(with_personal_limits(HINGE, SIXTY), hinged([{"spine": 48}], noise=0.5, width=3.0))
    assert rep.spine_share_of_full_bend == pytest.approx(0.8, abs=0.02)
    rounding = finding_of(rep, "rounding")
    assert rounding.share_of_full_bend == pytest.approx(0.8, abs=0.03)
    assert f"({100 * (rounding.share_of_full_bend or 0):.0f} % of your own full bend)" in rounding.message
    (plain,) = judge_set(HINGE, hinged([{"spine": 48}]))
    assert plain.spine_share_of_full_bend is None
    assert finding_of(plain, "rounding").share_of_full_bend is None
    assert "%" not in finding_of(plain, "rounding").message


def test_an_uncertain_full_bend_makes_verdicts_borderline() -> None:
    """3 deg beyond the limit: sure within 2 deg of the value alone, not when the limit itself may be off by 5.6."""
    track = hinged([{"spine": 45}], noise=0.3, width=2.0)
    sure = judge_set(with_personal_limits(HINGE, FullBend(spine_flexion_deg=60, uncertainty_deg=None)), track)[0]
    uncertain = judge_set(with_personal_limits(HINGE, SIXTY), track)[0]
    assert (sure.verdict, sure.borderline) == ("rounded", False)
    assert (uncertain.verdict, uncertain.borderline) == ("rounded", True)


@pytest.mark.parametrize("degrees", [29.9, 0.0, -40.0, 131.0])
def test_an_implausible_full_bend_is_refused(degrees: float) -> None:
    with pytest.raises(ValidationError, match="not plausible: expected 30 to 130\u00b0"):
        FullBend(spine_flexion_deg=degrees)


def test_full_bend_is_the_deepest_reps() -> None:
    reps = judge_set(FORWARD, filmed([60, 75, 70], 15, 0.9, widths=(9.0, 11.0)))
    assert {rep.verdict for rep in reps} == {"good"}
    assert {rep.word for rep in reps} == {"measured"}
    full_bend = measure_full_bend(FORWARD, reps)
    assert full_bend is not None
    assert full_bend.rep == 2
    assert full_bend.spine_flexion_deg == pytest.approx(54, abs=1)
    assert full_bend.hip_flexion_deg == pytest.approx(75, abs=1)
    assert (full_bend.uncertainty_deg, full_bend.hip_uncertainty_deg) == (11, 9)
    assert "your own 100 %" in sentences(FORWARD, reps)[0].lower()
    assert measure_full_bend(HINGE, reps) is None, "only an exercise with records = \"full_bend\" measures it"


def test_a_small_bend_is_not_a_full_bend() -> None:
    reps = judge_set(FORWARD, filmed([75], 50, 0.8))
    assert measure_full_bend(FORWARD, reps) is None
    assert finding_of(reps[0], "bend_small").verdict is Verdict.BROKEN
    assert "cannot be a full bend" in sentences(FORWARD, reps)[0]


def test_a_forward_bend_is_never_praised_and_rounding_is_not_a_fault() -> None:
    (rep,) = judge_set(FORWARD, filmed([80], 10, 1.0))
    assert (rep.spine_flexion_deg or 0) > 60
    assert (rep.verdict, rep.borderline) == ("good", False)
    for text in (rep.sentence, *sentences(FORWARD, (rep,))):
        assert not any(word in text.lower() for word in ("good", "well done", "great", "stretch", "keep it"))
    assert "hurts" in FORWARD.before
    assert any("hurts" in caution for caution in FORWARD.cautions)
    assert any("hurts" in step for step in FORWARD.setup)


def test_a_note_on_a_measured_rep_is_not_praise_either() -> None:
    (rep,) = judge_set(FORWARD, filmed([75], 50, 0.8))
    assert rep.sentence.startswith("Measured. Your back bent about")


BASE = "bound = { at_most = 40, watch = 30, own_watch = 0.5, own_at_most = 0.7 }"


@pytest.mark.parametrize(("bound", "expected"), [
    ("bound = { at_most = 40, watch = 30, own_watch = 0.5 }", "belong together"),
    ("bound = { at_most = 40, watch = 30, own_watch = 0.8, own_at_most = 0.7 }", "expected own_watch below"),
    ("bound = { at_most = 40, watch = 30, own_watch = 0.5, own_at_most = 70 }", "own_at_most"),
    ("bound = { at_least = 40, own_watch = 0.5, own_at_most = 0.7 }", "own_at_most needs at_most"),
    ("bound = { at_most = 40, watch = 30, own_watsh = 0.5 }", "did you mean 'own_watch'"),
])
def test_invalid_personal_limits_are_refused_on_load(tmp_path: Path, bound: str, expected: str) -> None:
    from importlib import resources

    text = (resources.files("exercises.catalogue") / "hip_hinge.toml").read_text(encoding="utf-8")
    assert BASE in text
    file = tmp_path / "mine.toml"
    file.write_text(text.replace(BASE, bound), encoding="utf-8")
    with pytest.raises(ExerciseError, match=expected):
        load_file(file)
