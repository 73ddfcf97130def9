"""Questions after a set and their advice; dose and limits of every exercise; nobody is pushed past a goal."""

from __future__ import annotations

from itertools import product

import pytest

from exercises import sides
from exercises.aftercare import care, check_answers, dose_of, follow_up, labels, with_advice
from exercises.load import catalogue, load
from exercises.rule_model import Bound
from exercises.safety import Answers, Care, Weight

DOORWAY, HINGE = load("doorway_hamstring_stretch"), load("hip_hinge")
EVERY = catalogue()
#: Shorter holds are part of a movement.
HELD = {name: exercise for name, exercise in EVERY.items()
        if exercise.hold is not None and (dose_of(exercise).hold_s or (0, 0))[0] >= 10}


def advice_for(exercise: str, pain: int | None, *felt: str) -> list[tuple[str, Weight]]:
    return [(advice.id, advice.weight) for advice in follow_up(Answers(pain=pain, felt=felt), load(exercise))]


@pytest.mark.parametrize(("pain", "stops"), [(0, False), (3, False), (4, True), (10, True)])
def test_pain_of_four_or_more_stops(pain: int, stops: bool) -> None:
    assert advice_for("hip_hinge", pain, "middle") == ([("pain", Weight.STOP)] if stops else [])


def test_where_it_was_felt() -> None:
    assert advice_for("hip_hinge", 0, "middle") == []
    assert advice_for("hip_hinge", None, "lower_back") == [("lower_back", Weight.STOP)]
    assert advice_for("hip_hinge", 1, "ends") == [("ends", Weight.EASE)]
    assert advice_for("doorway_hamstring_stretch", 0, "numb_foot") == [("numb_foot_raised", Weight.EASE)]
    assert advice_for("hip_hinge", 0, "numb_foot") == [("numb_foot", Weight.STOP)]
    assert advice_for("hip_hinge", None) == []


def test_the_sentences_of_advice() -> None:
    (back,) = follow_up(Answers(felt=("lower_back",)), HINGE)
    assert "stop" in back.say
    assert "see a professional" in back.say
    assert back.say.endswith("begin again with the easier form: doorway hamstring stretch.")
    both = follow_up(Answers(pain=4, felt=("lower_back",)), HINGE)
    assert ["easier" in advice.say for advice in both] == [True, False], "mentioned once"
    (numb,) = follow_up(Answers(felt=("numb_foot",)), DOORWAY)
    assert numb.say.startswith("Lower the leg")
    assert "it passes" in numb.say
    (no_easier,) = follow_up(Answers(pain=6), load("towel_hamstring_stretch"))
    assert "easier" not in no_easier.say


def test_worst_first_for_every_answer() -> None:
    order = list(Weight)
    for pain, first, second in product((None, 0, 4), care().places, care().places):
        for exercise in EVERY.values():
            every = follow_up(Answers(pain=pain, felt=(first, second)), exercise)
            weights = [order.index(advice.weight) for advice in every]
            assert weights == sorted(weights)
            assert all(advice.say and advice.source for advice in every)
    assert advice_for("hip_hinge", 5, "ends", "lower_back") == [
        ("pain", Weight.STOP), ("lower_back", Weight.STOP), ("ends", Weight.EASE)]


def test_an_unknown_exercise_does_not_change_when_to_stop() -> None:
    every = follow_up(Answers(pain=4, felt=("numb_foot", "ends")), None)
    assert [(advice.id, advice.weight) for advice in every] == [
        ("pain", Weight.STOP), ("numb_foot", Weight.STOP), ("ends", Weight.EASE)]


def test_answers_are_checked() -> None:
    assert check_answers(4, ("ends", "ends")) == Answers(pain=4, felt=("ends",))
    with pytest.raises(ValueError, match="pain: expected a whole number from 0 to 10, got 11"):
        check_answers(11, ())
    with pytest.raises(ValueError, match=r"expected one of middle, ends, .*, got 'lowerback' \(did you mean 'lower_b"):
        check_answers(None, ("lowerback",))


def test_answers_are_saved_with_their_advice() -> None:
    saved = with_advice(Answers(pain=4, felt=("middle",)), HINGE)
    assert (saved.pain, saved.felt, [advice.id for advice in saved.advice]) == (4, ("middle",), ["pain"])
    assert labels(("middle", "numb_foot")) == ("in the middle of the muscle", "a numb or tingling foot")


def test_dose() -> None:
    general = care().dose
    assert (general.repeats, general.hold_s, general.per_week) == ((2, 4), (20, 30), (3, 7))
    assert (general.warm_up_min, general.session_min, general.week_min) == (10, 4, 10)
    assert dose_of(DOORWAY).hold_s == (30, 60)
    plain = DOORWAY.model_copy(update={"dose": type(DOORWAY.dose)()})
    assert (dose_of(plain).hold_s, dose_of(plain).repeats) == ((20, 30), (2, 4))
    short = plain.rule("hold_short").model_copy(update={"bound": Bound(at_least=5)})
    assert dose_of(plain.model_copy(update={"rules": (short,)})).hold_s == (5, 5), "no more than the exercise asks for"
    assert dose_of(HINGE).hold_s is None, "nothing is held"


def test_the_advice_must_be_worst_first() -> None:
    data = care().model_dump()
    data["follows"] = data["follows"][::-1]
    with pytest.raises(ValueError, match="worst first"):
        Care.model_validate(data)


@pytest.mark.parametrize("name", HELD)
def test_long_holds_are_held_to_the_limits_for_bouncing(name: str) -> None:
    limits = care().limits
    most = {"hold_swing_deg": limits.swing_deg, "hold_speed_deg_per_s": limits.speed_deg_per_s}
    bounds = {rule.measure: rule.bound.at_most for rule in HELD[name].rules if rule.measure in most}
    assert set(bounds) == set(most), "a rule for the swing and one for the speed"
    for measure, limit in bounds.items():
        assert limit is not None
        assert limit <= most[measure]


@pytest.mark.parametrize("name", EVERY)
def test_hold_dose_and_easier_form_fit_together(name: str) -> None:
    exercise = EVERY[name]
    assert not exercise.easier or exercise.easier in EVERY
    assert exercise.easier != name
    dose = dose_of(exercise)
    for rule in exercise.rules:
        if rule.measure == "hold_s" and rule.bound.at_least is not None and dose.hold_s is not None:
            assert rule.bound.at_least <= dose.hold_s[0], "no hold is too short that the dose allows"
    if exercise.hold is None:
        assert exercise.dose.hold_s is None


@pytest.mark.parametrize("name", [name for name, exercise in EVERY.items() if exercise.target is not None])
@pytest.mark.parametrize("gap", [-30.0, -3.0, 0.0, 3.5])
def test_no_sentence_asks_for_more_at_the_target(name: str, gap: float) -> None:
    exercise = EVERY[name]
    assert exercise.target is not None
    text = sides.toward_target(exercise, gap)
    assert "no need to go" in text
    assert f"goal of {exercise.target.at:.0f}" in text
    assert "to go to" not in text
    for rule in exercise.rules:
        if rule.measure == exercise.target.measure:
            assert rule.bound.at_least is None or rule.bound.at_least <= exercise.target.at


def test_toward_the_target() -> None:
    assert sides.toward_target(DOORWAY, 20) == "About 20\u00b0 to go to the goal of 90\u00b0: no hurry."
    assert sides.toward_target(DOORWAY, -20) == (
        "That is about 20\u00b0 past the goal of 90\u00b0: no need to go so far.")
    assert sides.toward_target(DOORWAY, None) == ""
    assert sides.toward_target(HINGE, 0) == ""
