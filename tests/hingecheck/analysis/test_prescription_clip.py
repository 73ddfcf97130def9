"""A clip judged by a prescription, and the answers after a set: in the report, on the page, in the terminal."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from rich.console import Console
from typer.testing import CliRunner

from exercises.aftercare import with_advice, with_answers
from exercises.results import SetReport
from exercises.safety import Answers
from exercises.tomlfile import ExerciseError
from hingecheck.analysis.detection import DetectedFrame
from hingecheck.analysis.pipeline import SetAnalysis, measure_and_judge
from hingecheck.cli import choices
from hingecheck.cli.main import app
from hingecheck.report import html_report, terminal
from hingecheck.report.data_files import to_json
from tests.helpers.exercise_files import PRESCRIPTION, changed, write
from tests.helpers.fixture_types import SightingsOf


def judged(recorded: SightingsOf, path: Path, clip: str = "doorway_90") -> SetReport:
    exercise, _ = choices.prescribed_exercise(path, None)
    *_, last = measure_and_judge(map(DetectedFrame, recorded(clip)), exercise, f"{clip}.mp4")
    assert isinstance(last, SetAnalysis)
    return last.report


def test_target_75_four_times_30_s(recorded: SightingsOf, tmp_path: Path) -> None:
    report = judged(recorded, write(tmp_path / "p12.toml", changed(PRESCRIPTION, "sets", 'person = "P12"\nsets')))
    (rep,) = report.reps
    assert rep.verdict == "good"
    assert rep.target_gap_deg == pytest.approx(-15, abs=4), "90 deg against a goal of 75"
    assert "past the goal of 75\u00b0: no need to go so far." in rep.sentence
    assert report.prescription is not None
    assert report.prescription.prescribed.person == "P12"
    assert [(side.side, side.done, side.of) for side in report.prescription.done] == [("left", 1, 4), ("right", 0, 4)]
    summary = " ".join(report.summary)
    assert ("Judged by the prescription for P12: target 75\u00b0 (was 90); raised knee at most 20\u00b0 (was 15)."
            in summary)
    assert "Prescribed holds of 30 s: 1 of 4 done on the left, 0 of 4 done on the right." in summary
    again = SetReport.model_validate_json(to_json(report))
    assert again == report
    assert "Prescribed holds of 30 s" in html_report.render(report)


def test_a_longer_hold_is_asked_for_in_its_own_seconds(recorded: SightingsOf, tmp_path: Path) -> None:
    report = judged(recorded, write(tmp_path / "p12.toml", changed(PRESCRIPTION, "at_least_s = 30", "at_least_s = 45")))
    (rep,) = report.reps
    assert rep.verdict == "fault"
    assert "stay for 45 s" in rep.sentence
    assert "Stay for at least 45 s" in " ".join(report.summary)
    assert "0 of 4 done on the left" in " ".join(report.summary)


def test_a_looser_knee_for_one_person(recorded: SightingsOf, tmp_path: Path) -> None:
    text = changed(changed(PRESCRIPTION, "at_most = 20", "at_most = 45"), "at_least_s = 30", "at_least_s = 10")
    (rep,) = judged(recorded, write(tmp_path / "p12.toml", text), "doorway_70_bent_knee").reps
    assert rep.verdict == "good", "30 deg of knee and 12 s are both within what was prescribed"


def test_the_prescription_names_its_exercise(tmp_path: Path) -> None:
    path = write(tmp_path / "p12.toml", PRESCRIPTION)
    assert choices.prescribed_exercise(path, None)[0].id == "doorway_hamstring_stretch"
    assert choices.prescribed_exercise(path, "doorway_hamstring_stretch")[0].prescribed is not None
    with pytest.raises(ExerciseError, match="expected 'hip_hinge', as given with --exercise, got 'doorway"):
        choices.prescribed_exercise(path, "hip_hinge")
    own = write(tmp_path / "own.toml", 'id = "my_stretch"\nbased_on = "doorway_hamstring_stretch"\n')
    mine = write(tmp_path / "mine.toml", changed(PRESCRIPTION, "doorway_hamstring_stretch", "my_stretch"))
    assert choices.prescribed_exercise(mine, str(own))[0].id == "my_stretch"


def test_a_file_with_the_id_of_a_built_in_says_so(tmp_path: Path) -> None:
    path = write(tmp_path / "mine.toml", 'id = "hip_hinge"\nbased_on = "forward_bend"\n')
    exercise, notices = choices.exercise(str(path))
    assert exercise.based_on == "forward_bend"
    assert notices == (f"{path}: used in place of the hip_hinge that comes with the program",)


def test_answers_from_the_command_line(tmp_path: Path) -> None:
    clip = write(tmp_path / "no video.mp4", "nothing")
    arguments = ["analyse", str(clip), "-o", str(tmp_path), "-e", "hip_hinge", "--pain", "5", "--felt", "lower_back"]
    result = CliRunner().invoke(app, arguments)
    output = " ".join(result.output.split())
    assert "You answered: pain 5 of 10, felt in the lower back." in output
    assert "stop here, and see a professional" in output
    kept = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))["answers"]
    assert (kept["pain"], kept["felt"]) == (5, ["lower_back"])
    assert [(one["id"], one["weight"]) for one in kept["advice"]] == [("pain", "stop"), ("lower_back", "stop")]
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert "After the set" in page
    assert "<strong>That is too much pain for a stretch" in page
    quiet = CliRunner().invoke(app, [*arguments, "--json"])
    assert json.loads(quiet.stdout.splitlines()[0])["answers"]["pain"] == 5


@pytest.mark.parametrize(("arguments", "words"), [
    (["--pain", "11"], "expected a whole number from 0 to 10, got 11"),
    (["--felt", "lower_bak"], "did you mean 'lower_back'?"),
    (["--prescription", "none.toml"], "none.toml: cannot be read"),
])
def test_wrong_answers_are_wrong_usage(arguments: list[str], words: str) -> None:
    result = CliRunner().invoke(app, ["analyse", "a.mp4", *arguments])
    assert result.exit_code == 2
    assert arguments[0] in result.output
    assert words in " ".join(result.output.replace("│", "").split())


def test_a_stop_goes_before_everything_else(recorded: SightingsOf, tmp_path: Path) -> None:
    report = judged(recorded, write(tmp_path / "p12.toml", PRESCRIPTION))
    exercise, _ = choices.prescribed_exercise(tmp_path / "p12.toml", None)
    assert "switch sides" in " ".join(report.summary)
    stopped = with_answers(report, exercise, Answers(pain=4))
    assert "switch sides" not in " ".join(stopped.summary), "nobody in pain is asked for the other side"
    assert stopped.summary[0] == report.summary[0]
    assert with_answers(report, exercise, Answers(pain=3, felt=("ends",))).summary == report.summary
    page = html_report.render(stopped)
    assert page.index("<strong>That is too much pain") < page.index(stopped.summary[0])


def test_without_answers_nothing_is_added(recorded: SightingsOf, tmp_path: Path) -> None:
    report = judged(recorded, write(tmp_path / "p12.toml", PRESCRIPTION))
    assert report.answers is None
    assert "After the set" not in html_report.render(report)


def test_the_terminal_says_stop_in_bold(capsys: pytest.CaptureFixture[str]) -> None:
    exercise, _ = choices.exercise("doorway_hamstring_stretch")
    console = Console(force_terminal=True, width=200, no_color=True)
    terminal.print_answers(console, with_advice(Answers(pain=7, felt=("numb_foot",)), exercise))
    lines = capsys.readouterr().out.splitlines()
    assert lines[1].startswith("\x1b[1mThat is too much pain")
    assert lines[2].startswith("Lower the leg")
