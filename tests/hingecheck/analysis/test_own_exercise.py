"""Adding an exercise takes one TOML file and one sample: it is written here, and a clip is run through it by its id."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from exercises.library import FOLDER_VARIABLE
from hingecheck.analysis.detection import DetectedFrame
from hingecheck.analysis.pipeline import SetAnalysis, measure_and_judge
from hingecheck.cli import choices
from hingecheck.cli.main import app
from hingecheck.overlay.marks import Marker
from hingecheck.report import html_report
from tests.helpers.exercise_files import write
from tests.helpers.fixture_types import SightingsOf, TruthOf

ROMANIAN_DEADLIFT = """
id = "romanian_deadlift"
name = "Romanian deadlift"
position = "standing"
summary = "Lower a weight along the legs by sending the hips back, knees soft, and stand up again."
setup = [
    "Place the camera at hip height, three to four metres away, and stand exactly side-on to it.",
    "Begin with an empty bar or a stick; stand tall for two seconds.",
]
good = "neutral"
praise = "The hips did the lifting, and your back kept its curve."
tally = "kept the back's curve"
unseen = "Stand exactly side-on with your whole body in the picture, then do it again."
easier = "hip_hinge"
sources = ["own: written for this test"]

[signal]
quantity = "bend_deg"
enter = 30

[dose]
repeats = [6, 10]

[[rules]]
id = "rounding"
measure = "spine_flexion_deg"
during = "deep"
statistic = "highest"
for_s = 0.3
bound = { at_most = 27, watch = 20 }
verdict = "rounded"
decides = true
cue = "Chest up, back long"
broken = "Your back rounded by {value} under the weight: {limit} is the most."
tally = "the back rounded"
advice = "Stop where your back would have to give."
why = "A loaded back should not bend."
source = "own"

[[rules]]
id = "legs_locked"
measure = "knee_flexion_deg"
bound = { at_least = 8 }
severity = "watch"
cue = "Soften your knees"
broken = "Your knees were bent only {value}: keep them soft."
tally = "the knees were locked"
advice = "Bend your knees a little and keep them so."
why = "Soft knees let the hips travel back."
source = "own"
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path))
    write(tmp_path / "romanian_deadlift.toml", ROMANIAN_DEADLIFT)
    return tmp_path


@pytest.mark.usefixtures("folder")
def test_one_file_and_one_clip(recorded: SightingsOf, truth: TruthOf) -> None:
    exercise, notices = choices.exercise("romanian_deadlift")
    assert notices == ()
    *_, last = measure_and_judge(map(DetectedFrame, recorded("hinge_mixed")), exercise, "hinge_mixed.mp4")
    assert isinstance(last, SetAnalysis)
    report, true = last.report, truth("hinge_mixed")["reps"]
    assert (report.status, report.exercise) == ("judged", "romanian_deadlift")
    assert [rep.verdict for rep in report.reps] == [rep["label"] for rep in true]
    for rep, known in zip(report.reps, true, strict=True):
        assert rep.bottom_s == pytest.approx(known["bottom"], abs=0.3)
    assert "under the weight: 27° is the most." in report.reps[2].sentence
    assert report.reps[0].sentence == "The hips did the lifting, and your back kept its curve."
    assert report.summary[0] == "3 of 5 reps kept the back's curve."
    assert {finding.rule for finding in report.reps[0].findings} == {"rounding", "legs_locked"}
    page = html_report.render(report, last.track, exercise)
    assert "Romanian deadlift" in page
    assert "Legs locked" in page, "a rule of one's own has a name on the page"
    assert Marker(exercise, report, last.track, last.rows, last.neutral)(last.rows[0].index).back_px is not None


@pytest.mark.usefixtures("folder")
def test_the_command_line_knows_it() -> None:
    listed = CliRunner().invoke(app, ["exercises"])
    assert "romanian_deadlift" in listed.output
    result = CliRunner().invoke(app, ["exercises", "show", "romanian_deadlift"])
    assert "highest spinal curve at most 27\u00b0 in the lower half of the movement, held for 0.3 s" in \
        " ".join(result.output.split())
    missing = CliRunner().invoke(app, ["analyse", "no such.mp4", "-e", "romanian_deadlift", "--json", "--no-video"])
    assert missing.exit_code == 1, "known, though the clip is not"
    assert '"exercise": "romanian_deadlift"' in missing.output
    misspelt = CliRunner().invoke(app, ["analyse", "no such.mp4", "-e", "romanian_deadlft"])
    assert misspelt.exit_code == 2
    assert "'romanian_deadlift'" in " ".join(misspelt.output.replace("│", "").split())
