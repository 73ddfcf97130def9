from datetime import date, datetime, timedelta, timezone
from uuid import uuid4

import pytest

from exercises.aftercare import care
from exercises.load import catalogue
from hingecheck.history.records import RepRecord, SetAnswers
from hingecheck.progress import practice, trends
from hingecheck.progress.trends import HIP, LEG_RAISE, Value

UTC = timezone.utc
MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
DOORWAY = "doorway_hamstring_stretch"


def leg_raise(day, deg, side="left", held_s=60.0, **fields):
    """A rep with a leg raise, `day` days after a Monday."""
    return RepRecord(uuid4(), MONDAY + timedelta(days=day), fields.pop("exercise", DOORWAY), 1, side,
                  fields.pop("verdict", "good"), False, leg_raise_deg=deg, leg_raise_uncertainty_deg=5.0, held_s=held_s,
                  **fields)


def hinge(day, deg, verdict="neutral", band=4.0, **fields):
    """A rep of a hip hinge, `day` days after a Monday."""
    return RepRecord(uuid4(), MONDAY + timedelta(days=day), "hip_hinge", 1, None, verdict, False, hip_flexion_deg=deg,
                  hip_flexion_uncertainty_deg=band, **fields)


def test_best_and_typical_leg_raise_exclude_a_bent_knee_and_a_lifted_other_leg():
    reps = [leg_raise(0, 61), leg_raise(0, 64), leg_raise(0, 70),
            leg_raise(0, 85, verdict="fault", rules_broken=("knee_bent",)),
            leg_raise(0, 88, verdict="fault", rules_broken=("other_leg_lifted", "hold_short")),
            leg_raise(0, 72, verdict="fault", rules_broken=("hold_short",)), leg_raise(0, 90, verdict="unseen"),
            leg_raise(0, None), leg_raise(0, 40, side="right")]
    assert trends.measure_of(reps) == LEG_RAISE
    assert trends.best(reps, LEG_RAISE, "left") == Value(72, 5)
    assert trends.typical(reps, LEG_RAISE, "left") == Value(67, 5)
    assert trends.typical(reps, LEG_RAISE, "right") == Value(40, 5)
    assert trends.typical(reps, LEG_RAISE) == Value(64, 5)


def test_only_neutral_reps_count_for_a_hinge():
    reps = [hinge(0, 60), hinge(0, 66, band=6), hinge(0, 95, "rounded"), hinge(0, 30, "shallow")]
    assert trends.measure_of(reps) == HIP
    assert trends.best(reps, HIP) == Value(66, 6)
    assert trends.typical(reps, HIP) == Value(63, 5)
    assert trends.best(reps[2:], HIP) is None
    assert trends.typical([], HIP) is None


@pytest.mark.parametrize(("after", "real"), [(67.9, False), (68.0, True), (54.0, True), (54.1, False), (61.0, False)])
def test_a_change_of_a_leg_raise_is_real_from_seven_degrees_on(after, real):
    change = trends.change(Value(61, 12), Value(after), LEG_RAISE)
    assert (change.real, change.threshold) == (real, 7)
    assert change.difference == pytest.approx(after - 61)


@pytest.mark.parametrize(("before", "after", "threshold", "real"), [
    (Value(60, 3), Value(64.9, 4), 5, False), (Value(60, 3), Value(65.1, 4), 5, True),
    (Value(65.1, 3), Value(60, 4), 5, True), (Value(60, 6), Value(68, 6), 72 ** 0.5, False),
    (Value(60), Value(90, 4), None, False)])
def test_a_change_of_another_angle_is_real_above_both_bands_together(before, after, threshold, real):
    change = trends.change(before, after, HIP)
    assert change.real is real
    assert change.threshold == (None if threshold is None else pytest.approx(threshold))


def test_weeks_begin_on_the_person_s_own_monday():
    sunday_night = MONDAY.replace(hour=0) + timedelta(days=6, hours=23, minutes=30)
    reps = [hinge(1, 60), hinge(0, 50)._replace(made_at=sunday_night), hinge(9, 70)]
    assert [(week.monday, week.reps) for week in trends.weekly(reps, HIP, UTC)] == [
        (date(2026, 3, 2), 2), (date(2026, 3, 9), 1)]
    east = timezone(timedelta(hours=2))
    assert [(week.monday, week.reps) for week in trends.weekly(reps, HIP, east)] == [
        (date(2026, 3, 2), 1), (date(2026, 3, 9), 2)]


def test_a_week_has_share_onset_and_relabels_by_the_original_verdicts():
    reps = [hinge(0, 60), hinge(1, 64), hinge(2, 70, "rounded", relabel="neutral", rounding_onset_deg=50.0,
                                                rounding_onset_uncertainty_deg=8.0),
            hinge(3, 70, "rounded", rounding_onset_deg=54.0, rounding_onset_uncertainty_deg=10.0),
            hinge(4, None, "unseen"), hinge(7, None, "unseen")]
    first, second = trends.weekly(reps, HIP, UTC)
    assert (first.reps, first.judged, first.good_share, first.relabels) == (5, 4, 0.5, 1)
    assert (first.best, first.typical, first.onset) == (Value(64, 4), Value(62, 4), Value(52, 9))
    assert (second.reps, second.judged, second.good_share) == (1, 0, None)
    assert (second.best, second.typical, second.onset) == (None, None, None)


def test_the_trend_compares_the_first_and_the_last_week_with_a_value():
    reps = [leg_raise(0, None), leg_raise(7, 58), leg_raise(14, 63), leg_raise(21, 66), leg_raise(28, None)]
    change = trends.trend(trends.weekly(reps, LEG_RAISE, UTC, "left"), LEG_RAISE)
    assert (change.before.value, change.after.value, change.difference, change.real) == (58, 66, 8, True)
    assert trends.trend(trends.weekly(reps[:2], LEG_RAISE, UTC), LEG_RAISE) is None


def test_left_and_right_are_compared_over_the_last_weeks_only():
    reps = [leg_raise(0, 40), leg_raise(0, 60, "right"), leg_raise(20, 62), leg_raise(20, 66, "right")]
    assert trends.side_difference(reps, LEG_RAISE).difference == 63 - 51
    recent = trends.side_difference(reps, LEG_RAISE, MONDAY + timedelta(days=20))
    assert (recent.before.value, recent.after.value, recent.real) == (62, 66, False)
    assert trends.side_difference(reps[::2], LEG_RAISE) is None


def test_a_pause_of_a_week_is_reported_with_its_change():
    reps = [leg_raise(0, 60), leg_raise(2, 70), leg_raise(2, 72), leg_raise(8, 71),
            leg_raise(15, 62), leg_raise(30, 60)]
    first, second = trends.pauses(reps, LEG_RAISE, UTC, "left")
    assert (first.last_day, first.first_day_back, first.days) == (date(2026, 3, 10), date(2026, 3, 17), 7)
    assert (first.change.before.value, first.change.after.value, first.change.real) == (71, 62, True)
    assert (second.days, second.change.difference, second.change.real) == (15, -2, False)
    assert trends.pauses(reps[:4], LEG_RAISE, UTC) == ()
    (unmeasured,) = trends.pauses([leg_raise(0, 60), leg_raise(9, None)], LEG_RAISE, UTC)
    assert unmeasured.change is None


def test_minutes_are_those_of_hamstring_holds_on_each_side():
    reps = [leg_raise(0, 60, "left", 90), leg_raise(0, 60, "right", 30), leg_raise(2, 60, None, 60),
            leg_raise(2, 60, "left", 60, exercise="knee_to_chest"), leg_raise(2, 60, "left", None), hinge(3, 60),
            leg_raise(7, 60, "left", 600)]
    week = practice.week(reps, MONDAY + timedelta(days=4), UTC)
    assert (week.monday, week.left_min, week.right_min, week.days) == (date(2026, 3, 2), 2.5, 1.5, 3)
    assert (week.longest_day_min, week.target_min, week.target_days) == (1.5, 10, (3, 4))
    assert practice.week(reps, MONDAY + timedelta(days=7), UTC).left_min == 10
    assert practice.week(reps, MONDAY, UTC, {"knee_to_chest"}).left_min == 1


def test_weeks_without_practice_are_included():
    reps = [leg_raise(0, 60), leg_raise(15, 60)]
    assert [(week.monday.day, week.days, week.left_min) for week in practice.weeks(reps, UTC)] == [
        (2, 1, 1), (9, 0, 0), (16, 1, 1)]
    assert practice.weeks([], UTC) == ()
    assert practice.week([], MONDAY, UTC).longest_day_min == 0


@pytest.mark.parametrize(("exercise", "pain", "felt", "stop"), [
    (DOORWAY, 3, ("middle",), False), (DOORWAY, 4, (), True), (DOORWAY, 0, ("lower_back",), True),
    (DOORWAY, None, (), False), ("hip_hinge", 0, ("numb_foot",), True), (DOORWAY, 0, ("numb_foot",), False)])
def test_pain_calls_for_a_stop_where_the_advice_after_a_set_does(exercise, pain, felt, stop):
    answer = SetAnswers(uuid4(), MONDAY, exercise, pain, felt)
    assert practice.pain([answer]) == (practice.Pain(MONDAY, exercise, pain, felt, stop),)


def test_the_dose_is_the_one_that_the_care_file_gives():
    assert practice.week([], MONDAY, UTC).target_min == care().dose.week_min
    assert practice.DAYS[0] == care().dose.per_week[0]
    known = set(catalogue())
    assert known >= practice.HAMSTRINGS, practice.HAMSTRINGS - known
