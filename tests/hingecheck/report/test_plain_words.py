"""What a layperson reads names no option of the command line, no "deg", and no number with more digits than it has."""

from __future__ import annotations

import html
import re
from datetime import datetime, timezone

import pytest

from exercises.exercise_model import Exercise
from exercises.load import catalogue
from exercises.odd_reps import reps_inside
from exercises.report_parts import Agreement
from hingecheck.analysis.detection import DetectedFrame
from hingecheck.analysis.pipeline import SetAnalysis, measure_and_judge
from hingecheck.report import exercise_text, html_report, pdf_report, set_sentences, wording
from tests.helpers import pdf_text
from tests.helpers.fixture_types import SightingsOf

#: An option, a unit of the code, a quantity's name in the code, two digits behind the point.
NOT_FOR_PEOPLE = re.compile(r".{0,30}(?:(?<![\w-])--?[a-z]{2}[a-z-]*|\bdeg\b|\w_\w|\d\.\d\d).{0,30}")
#: Every position and kind of rule, a turned clip, and one of which nobody could say what it shows.
CLIPS = ("doorway_70_bent_knee", "hinge_mixed", "knee_to_chest", "seated_extension_slump", "sitting_slump", "turned45",
         "side_prone_press_up_ccw")


def plain(text: str, exercise: Exercise | None) -> str:
    """Leave out the names of sources, which give figures as their authors did."""
    for rule in exercise.rules if exercise else ():
        text = text.replace(" ".join(rule.source.split()), "")
    return text


@pytest.mark.parametrize("clip", CLIPS)
def test_reports_are_for_people(recorded: SightingsOf, clip: str) -> None:
    *_, judged = measure_and_judge(map(DetectedFrame, recorded(clip)), None, "clip")
    assert isinstance(judged, SetAnalysis)
    page = html_report.render(judged.report, judged.track, judged.exercise)
    page = re.sub(r"<style>.*?</style>|<code>.*?</code>", "", page, flags=re.DOTALL)
    words = " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())
    assert len(words) > 800
    assert NOT_FOR_PEOPLE.findall(plain(words, judged.exercise)) == []
    if judged.exercise is not None:
        pdf = pdf_report.render(pdf_report.PdfContent(judged.report, judged.exercise, "Ana",
                                                      datetime.now(timezone.utc), judged.track))
        words = " ".join(" ".join(pdf_text.pages(pdf)).split())
        assert f"{len(reps_inside(judged.report.reps))} " in words
        assert NOT_FOR_PEOPLE.findall(plain(words, judged.exercise)) == []


@pytest.mark.parametrize("name", sorted(catalogue()))
def test_exercises_are_for_people(name: str) -> None:
    """What the page Learn shows of an exercise; its amounts and limits."""
    exercise = catalogue()[name]
    lines = [*exercise_text.dose_lines(exercise), *map(exercise_text.limit, exercise.rules), *exercise.setup,
             *exercise.cautions, *(rule.why for rule in exercise.rules), *(rule.broken for rule in exercise.rules)]
    assert [word for line in lines for word in NOT_FOR_PEOPLE.findall(line)
            if "{value}" not in line and "{limit}" not in line] == []


@pytest.mark.parametrize(("value", "uncertainty", "unit", "text"), [
    (10.0, None, "deg/s", "10\u00b0/s"), (0.37, 0.1, "deg/s", "0 \u00b1 0\u00b0/s"),
    (0.204, 0.03, "ratio", "20 \u00b1 3 %"), (72.6, 6.4, "deg", "73 \u00b1 6\u00b0"),
    (12.06, None, "s", "12.1 s"), (70.2, None, "px", "70 px")])
def test_amounts(value: float, uncertainty: float | None, unit: str, text: str) -> None:
    assert wording.amount(value, uncertainty, unit) == text


@pytest.mark.parametrize(("limit", "unit", "text"), [(30.0, "s", "30 s"), (0.8, "s", "0.8 s"), (0.04, "ratio", "4 %"),
                                                     (10.0, "deg/s", "10\u00b0/s"), (12.5, "deg", "12.5\u00b0")])
def test_a_limit_is_written_as_it_was_set(limit: float, unit: str, text: str) -> None:
    assert wording.exact(limit, unit) == text


def test_agreement_is_in_degrees() -> None:
    agreement = Agreement(quantity="hip_flexion_deg", n=12, unmatched=0, bias_deg=1.14, sd_deg=2.0,
                          limits_deg=(-2.8, 5.1), mean_absolute_error_deg=1.7, inner=False, note="")
    assert set_sentences.agreement(agreement) == (
        "Hip flexion against hand, 12 moments: bias +1.1\u00b0, SD 2.0\u00b0, 95 % limits of agreement -2.8 to "
        "5.1\u00b0, mean absolute error 1.7\u00b0.")
