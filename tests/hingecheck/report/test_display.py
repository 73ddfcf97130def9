"""What a person is shown of an exercise follows from what it measures: words, table, page, pictures; replayed."""

from __future__ import annotations

import io
import re
from functools import cache
from typing import get_args

import numpy as np
import pytest
from rich.console import Console

from exercises.hold_model import PostureResult
from exercises.library import LibraryEntry
from exercises.load import catalogue, load
from exercises.results import Recognition, SetReport
from exercises.rule_model import Rule
from hingecheck.analysis.detection import DetectedFrame
from hingecheck.analysis.pipeline import SetAnalysis, measure_and_judge
from hingecheck.overlay.marks import Marker
from hingecheck.report import display, exercise_text, html_report, set_sentences, terminal, verdict_words, wording
from hingecheck.report.charts import posture_bar
from hingecheck.report.comparison import compared
from hingecheck.report.data_files import reps_csv
from pose.drawing.overlay import Marks
from pose.frames import Sighting
from pose.landmarks import INDEX, PAIRS
from tests.helpers.fixture_types import SightingsOf


@cache
def judged(sightings: tuple[Sighting, ...], exercise: str | None = None) -> SetAnalysis:
    *_, last = measure_and_judge(map(DetectedFrame, sightings), None if exercise is None else load(exercise),
                                 "clip.mp4")
    assert isinstance(last, SetAnalysis)
    return last


def page_of(last: SetAnalysis) -> str:
    return html_report.render(last.report, last.track, last.exercise)


def words_of(page: str) -> str:
    text = re.sub(r"<style>.*?</style>", " ", page, flags=re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text))


def table_of(last: SetAnalysis) -> str:
    console = Console(width=120, record=True, file=io.StringIO())
    console.print(terminal.table(last.report, 120, last.exercise))
    return console.export_text()


def marks_at(last: SetAnalysis, time_s: float) -> Marks:
    marker = Marker(last.exercise, last.report, last.track, last.rows, last.neutral)
    return marker(min(last.rows, key=lambda row: abs(row.time_s - time_s)).index)


def bottom_of(last: SetAnalysis, rep: int = 0) -> float:
    result = last.report.reps[rep]
    return (result.bottom_s + result.leave_s) / 2


# --- words ---

def test_every_rule_of_the_catalogue_has_a_name_of_its_own() -> None:
    made_up = {rule.id for one in catalogue().values() for rule in one.rules
               if verdict_words.rule_name(rule.id) == rule.id.replace("_", " ").capitalize()}
    assert made_up == set()


def test_every_rule_of_the_catalogue_has_a_name_for_its_fault(recorded: SightingsOf) -> None:
    """ "To correct" says nothing; "Knee bent" does, and a hold is no rep."""
    rules = {rule.id for exercise in catalogue().values() for rule in exercise.rules}
    assert rules <= set(verdict_words._FAULTS)
    report = judged(recorded("doorway_70_bent_knee")).report
    assert [verdict_words.look_of(rep).word for rep in report.reps] == ["Knee bent"]
    assert set_sentences.headline(report) == "0 of 1 hold good"


@pytest.mark.parametrize("verdict", get_args(Rule.model_fields["verdict"].annotation))
def test_every_verdict_of_a_rule_has_a_look(verdict: str) -> None:
    assert verdict in verdict_words._VERDICTS
    assert verdict_words.look(verdict).tone in {"watch", "fault"}


@pytest.mark.parametrize("name", sorted(catalogue()))
def test_advice_and_sentences_leave_no_brace_open(name: str) -> None:
    for rule in load(name).rules:
        filled = [rule.advice.format(limit="20 s"), rule.broken.format(value="about 3 deg", limit="20 s")]
        assert not any("{" in text or "}" in text for text in filled)
        if rule.id == "hold_short":
            assert "{limit}" in rule.advice, "the advice asks for what the limit, or a prescription, says"
            assert "{limit}" in rule.broken


def test_recognised_names_the_guess_the_next_and_the_way_out() -> None:
    names = {"squat_lift": "Squat and lift", "hip_hinge": "Hip hinge"}
    sure = Recognition(exercise="squat_lift", runner_up="hip_hinge", sure=True)
    assert set_sentences.recognised(sure, names) == "Taken as: Squat and lift (or Hip hinge: --exercise hip_hinge)."
    assert "next" not in set_sentences.recognised(Recognition(exercise="squat_lift", sure=True), names)
    assert set_sentences.recognised(Recognition(exercise=None), names) == ""


def test_a_posture_speaks_of_times_and_a_tempo_of_what_moves(recorded: SightingsOf) -> None:
    last = judged(recorded("sitting_slump"))
    assert re.fullmatch(r"Slumped 1 time, about (7|8|9) of 20 s", set_sentences.headline(last.report))
    assert table_of(last).lstrip().startswith("time")
    assert "go/stay/back" in table_of(last)
    page = words_of(page_of(last))
    assert "Time 1" in page
    assert "Each time" in page
    assert "Rep 1" not in page.split("Each time")[1].split("How this is measured")[0].replace("Rep 1: ", "")
    none = last.report.model_copy(update={"reps": (), "posture": PostureResult(
        watched_s=20, fault_s=0, longest_s=0, nudges=0)})
    assert set_sentences.headline(none) == "Nothing to correct in about 20 s"


def test_the_bar_of_a_posture_is_as_long_as_its_share() -> None:
    half = str(posture_bar.bar(PostureResult(watched_s=40, fault_s=20, longest_s=12, nudges=0), "slumped"))
    assert "slumped 50 %" in half
    assert float(re.search(r'class="shade fault"[^>]*width="([\d.]+)"', half).group(1)) == 180
    none = str(posture_bar.bar(PostureResult(watched_s=40, fault_s=0, longest_s=0, nudges=0), "slumped"))
    assert "shade fault" not in none
    assert posture_bar.bar(PostureResult(watched_s=0, fault_s=0, longest_s=0, nudges=0), "slumped") == ""


# --- what is shown ---

@pytest.mark.parametrize(("name", "names"), [
    ("hip_hinge", ("hip", "spine", "knee")), ("squat_lift", ("hip", "spine", "knee")),
    ("calf_raise", ("heel", "knee")), ("chair_hamstring_stretch", ("lean", "spine", "knee")),
    ("seated_hamstring_stretch", ("knee", "spine", "lean")), ("prone_press_up", ("chest", "pelvis")),
    ("lumbar_rotation", ("turn", "side lean")), ("knee_to_chest", ("hip",)), ("sitting_posture", ("spine", "head")),
    ("wall_hamstring_stretch", ("knee", "leg")),
])
def test_an_exercise_shows_what_it_measures(name: str, names: tuple[str, ...]) -> None:
    assert tuple(map(display.short, display.quantities(load(name)))) == names


@pytest.mark.parametrize(("clip", "heads", "never"), [
    ("prone_press_up", ["chest"], ["hip", "spine", "knee"]), ("lumbar_rotation", ["turn"], ["spine"]),
    ("calf_raise", ["heel", "knee"], ["spine", "hip"]), ("seated_extension_good", ["knee", "spine"], ["hip"]),
])
def test_the_table_has_the_columns_of_its_exercise(recorded: SightingsOf, clip: str, heads: list[str],
                                                   never: list[str]) -> None:
    last = judged(recorded(clip))
    head, first, *_ = table_of(last).splitlines()
    assert [word for word in heads if word in head.split()] == heads
    assert not set(never) & set(head.split())
    own = display.numbers(last.report, last.exercise)[0].text(last.report.reps[0], last.report.signal)
    assert own in first


def test_the_page_shows_the_value_reached_under_its_label(recorded: SightingsOf) -> None:
    last = judged(recorded("prone_press_up"))
    page = words_of(page_of(last))
    for rep in last.report.reps:
        assert f"Chest lift {wording.amount(rep.reached, rep.reached_uncertainty)}" in page
    assert "Spine flexion" not in page
    assert "Taken as: Press-up face down" in page
    row = reps_csv(last.report).splitlines()
    at = row[0].split(",").index("reached")
    assert float(row[1].split(",")[at]) == pytest.approx(last.report.reps[0].reached, abs=0.01)


def test_a_clip_that_could_not_be_told_lists_what_it_may_be() -> None:
    maybe = Recognition(exercise=None, candidates=("doorway_hamstring_stretch", "towel_hamstring_stretch"))
    made = SetReport(video="a.mp4", exercise="", status="refused", reasons=("It could not be told.",), recognised=maybe)
    page = words_of(html_report.render(made))
    assert "Which exercise is this?" in page
    assert "What it may be" in page
    assert "towel_hamstring_stretch" in page
    assert "--exercise" not in page
    assert "What to change" not in page


def test_two_reps_are_compared_by_what_is_broken(recorded: SightingsOf) -> None:
    last = judged(recorded("calf_raise"))
    pair = compared(last.report.reps, last.exercise)
    assert "hip" not in pair.about
    assert (pair.best.index, pair.worst.index, pair.worst_title) == (1, 4, "Most to correct")
    assert compared(last.report.reps[:3], last.exercise).best is None, "nothing to compare with"


def test_show_says_what_a_posture_is_and_how_it_is_told() -> None:
    text = " ".join(exercise_text.show(LibraryEntry(load("sitting_posture"), None)).split())
    assert "watched over time" in text
    assert "a stretch of 30 s or more" in text
    assert "With --exercise auto: seen sitting" in text
    assert "spinal curve is above 14\u00b0" in text
    assert "repeats" not in text


# --- pictures ---

def test_face_down_the_trunk_is_drawn_with_its_lift_and_no_back(recorded: SightingsOf) -> None:
    last = judged(recorded("prone_press_up"))
    marks = marks_at(last, bottom_of(last))
    assert marks.back_px is None
    assert marks.hip_flexion_deg is None
    assert marks.title == "lying face down"
    middle = [marks.landmarks_px[list(PAIRS[joint])].mean(axis=0) for joint in ("hip", "shoulder")]
    np.testing.assert_allclose(marks.line_px, middle)
    assert marks.line_text == f"chest {wording.amount(last.report.reps[0].reached)}"


def test_from_the_front_the_shoulders_are_drawn_with_their_turn(recorded: SightingsOf) -> None:
    last = judged(recorded("lumbar_rotation"))
    marks = marks_at(last, bottom_of(last))
    assert marks.front
    assert marks.back_px is None
    np.testing.assert_allclose(marks.line_px, marks.landmarks_px[list(PAIRS["shoulder"])])
    assert dict(marks.values)["turn"] == pytest.approx(last.report.reps[0].reached, abs=3)


def test_a_sitting_leg_is_drawn_as_it_was_measured(recorded: SightingsOf) -> None:
    last = judged(recorded("seated_extension_good"))
    for time_s, bent in ((bottom_of(last), last.report.reps[0].reached), (0.5, 85.0)):
        marks = marks_at(last, time_s)
        hip, knee, end = marks.line_px
        turn = np.degrees(np.arctan2(*(end - knee)[::-1]) - np.arctan2(*(knee - hip)[::-1])) * marks.facing
        assert turn == pytest.approx(bent, abs=6)
        assert np.hypot(*(end - knee)) == pytest.approx(np.hypot(*(knee - hip)))
        assert marks.visibility[[INDEX["left_ankle"], INDEX["right_ankle"]]].max() == 0, "the model's are not shown"


def test_folded_legs_are_not_drawn(recorded: SightingsOf) -> None:
    last = judged(recorded("knee_to_chest"))
    marks = marks_at(last, bottom_of(last))
    assert marks.back_px is None
    assert marks.visibility[[INDEX[f"{side}_{joint}"] for side in ("left", "right")
                             for joint in ("ankle", "heel", "foot_index")]].max() == 0
    assert marks.line_text.startswith("hip 1")


def test_what_was_not_measured_has_no_line(recorded: SightingsOf) -> None:
    last = judged.__wrapped__(recorded("prone_press_up"), None)  # one of its own: it is changed here
    last.track.columns["trunk_raise_deg"][:5] = np.nan
    marks = marks_at(last, float(last.track.time_s[2]))
    assert marks.line_px is None
    assert marks.line_text == ""
    assert dict(marks.values)["chest"] is None


def test_only_what_is_drawn_is_explained(recorded: SightingsOf) -> None:
    chair = judged(recorded("chair_stretch"))
    assert compared(chair.report.reps, chair.exercise).about == "One rep, at the bottom. The thick line is the back."
    assert marks_at(chair, bottom_of(chair)).hip_flexion_deg is None, "no arc"
    knee = judged(recorded("seated_extension_slump"))
    assert "back takes over" not in words_of(page_of(knee)), "a knee that straightens does not grow"
    assert "back takes over" in words_of(page_of(chair))
