"""A person's own full bend: measured from the sample, kept in the report, read back, used for a hinge."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from exercises.exercise_model import Exercise
from exercises.load import load
from exercises.personal_range import with_personal_limits
from exercises.results import SetReport
from hingecheck.analysis.detection import DetectedFrame
from hingecheck.analysis.full_bend import FullBendError, read
from hingecheck.analysis.pipeline import SetAnalysis, measure_and_judge
from hingecheck.cli.main import app
from hingecheck.report import data_files, html_report, set_sentences
from pose.frames import Sighting
from tests.helpers.fixture_types import SightingsOf, TruthOf
from tests.helpers.replay import judged
from tests.helpers.saved_sets import KEY_IMAGE
from tests.helpers.saved_sets import report as made_report

FORWARD = load("forward_bend")


def as_exercise(sightings: tuple[Sighting, ...], exercise: Exercise) -> SetAnalysis:
    *_, last = measure_and_judge(map(DetectedFrame, sightings), exercise, "clip.mp4")
    assert isinstance(last, SetAnalysis)
    return last


@pytest.fixture(scope="module")
def bent(recorded: SightingsOf) -> SetAnalysis:
    return as_exercise(recorded("forward_bend"), FORWARD)


def test_the_sample_is_measured(bent: SetAnalysis, truth: TruthOf) -> None:
    reps = bent.report.reps
    exact = truth("forward_bend")
    assert [rep.verdict for rep in reps] == [rep["label"] for rep in exact["reps"]] == ["good", "good"]
    for rep, true in zip(reps, exact["reps"], strict=True):
        assert rep.start_s == pytest.approx(true["start"], abs=0.3)
        assert rep.bottom_s == pytest.approx(true["bottom"], abs=0.3)
    full_bend = bent.report.full_bend
    assert full_bend is not None
    assert full_bend.rep == 2
    assert full_bend.spine_flexion_deg == pytest.approx(max(exact["angles"]["spine_flexion_deg"]), abs=12)
    assert full_bend.hip_flexion_deg == pytest.approx(max(exact["angles"]["hip_flexion_deg"]), abs=12)
    assert full_bend.uncertainty_deg is not None


def test_nothing_in_it_praises_or_calls_it_a_fault(bent: SetAnalysis) -> None:
    pictures = {rep.index: KEY_IMAGE for rep in bent.report.reps}
    page = html_report.render(bent.report, bent.track, FORWARD, pictures)
    assert FORWARD.before in page
    assert "2 of 2 reps measured" in page
    assert all(caution.split(":")[0] in page for caution in FORWARD.cautions)
    for word in ("Good", "Best", "Rounded", "Neutral against"):
        assert word not in page, word
    assert set_sentences.headline(bent.report) == "2 of 2 reps measured"


def test_the_report_is_read_back_and_judges_a_hinge(tmp_path: Path, bent: SetAnalysis,
                                                    recorded: SightingsOf) -> None:
    data_files.write_data(tmp_path, bent.report, bent.track)
    full_bend = read(str(tmp_path / "report.json"))
    assert full_bend == bent.report.full_bend
    hinge = as_exercise(recorded("hinge_mixed"), with_personal_limits(load("hip_hinge"), full_bend)).report
    assert hinge.judged_by_full_bend == full_bend
    assert hinge.full_bend is None
    for rep in hinge.reps:
        (rounding,) = [finding for finding in rep.findings if finding.rule == "rounding"]
        assert rounding.limit == pytest.approx(0.7 * full_bend.spine_flexion_deg, abs=0.01)
        assert rep.spine_share_of_full_bend == pytest.approx((rep.spine_flexion_deg or 0) / full_bend.spine_flexion_deg,
                                                             abs=0.01)
    plain = judged(recorded("hinge_mixed")).report
    assert plain.judged_by_full_bend is None
    clear = [rep.verdict for rep in plain.reps if rep.index != 3]  # 35 deg: between watch and fault
    assert clear == ["neutral", "neutral", "neutral", "rounded"]


def test_onset_and_shares_of_the_mixed_set(recorded: SightingsOf,
                                           truth: TruthOf) -> None:
    """Reps 3 and 5 round from the start, evenly with the hips; the fifth, of 45 deg, crosses the watch limit."""
    report = judged(recorded("hinge_mixed")).report
    assert [rep.rounding_onset_deg is not None for rep in report.reps] == [False, False, False, False, True]
    fifth = report.reps[4]
    assert fifth.rounding_onset_deg == pytest.approx(30 * 65 / 45, abs=fifth.rounding_onset_uncertainty_deg)
    for rep, hip, spine in ((report.reps[2], 70, 35), (fifth, 65, 45)):
        assert rep.hip_share == pytest.approx(hip / (hip + spine), abs=0.12)
    for rep in (report.reps[0], report.reps[1], report.reps[3]):
        assert (rep.hip_share or 0) > 0.9
    assert report.rounding_onset_deg is not None
    # The band is too wide for a sentence that somebody could go by.
    assert (report.rounding_onset_uncertainty_deg or 0) > 20
    assert not any("hip flexion of about" in sentence for sentence in report.summary)


def test_degrees() -> None:
    assert read("62").spine_flexion_deg == 62
    assert read("62 deg").uncertainty_deg is None


@pytest.mark.parametrize(("given", "expected"), [
    ("29", "29: spine_flexion_deg: a full bend of 29\u00b0 is not plausible: expected 30 to 130\u00b0"),
    ("200", "not plausible"), ("-62", "not plausible"), ("nan", "finite number"), ("no/such.json", "No such file"),
])
def test_what_is_no_full_bend(given: str, expected: str) -> None:
    with pytest.raises(FullBendError, match=expected):
        read(given)


def test_other_files_are_refused_with_the_reason(tmp_path: Path) -> None:
    def refused(content: str, expected: str) -> None:
        file = tmp_path / "report.json"
        file.write_text(content)
        with pytest.raises(FullBendError, match=expected):
            read(str(file))

    refused("index,verdict\n1,good\n", "not JSON")
    refused('{"type": "FeatureCollection"}', "another file")
    refused("[1, 2]", "another file")
    refused(made_report().model_dump_json(), "a report of 'hip_hinge', which measures no full bend")
    unmeasured = SetReport(video="a.mp4", exercise="forward_bend", status="refused", reasons=("No person was seen.",))
    refused(unmeasured.model_dump_json(), "no full bend was measured in it. No person was seen.")
    small = json.loads(unmeasured.model_dump_json()) | {"full_bend": {"spine_flexion_deg": 12.0}}
    refused(json.dumps(small), "not plausible")


@pytest.mark.parametrize("arguments", [
    ["--full-bend", "12"], ["--full-bend", "none.json"], ["--full-bend", "62", "--exercise", "forward_bend"],
    ["--truth", "none.csv"], ["--truth-inner"], ["--truth-quantity", "hip_flexion_deg"],
])
def test_wrong_options_are_two_and_say_why(arguments: list[str]) -> None:
    result = CliRunner().invoke(app, ["analyse", "a.mp4", *arguments])
    assert result.exit_code == 2
    assert "Error" in result.output
    assert arguments[0] in result.output
    assert "Traceback" not in result.output


def test_truth_belongs_to_one_video(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["analyse", "a.mp4", "b.mp4", "--truth", str(tmp_path / "x.csv")])
    assert result.exit_code == 2
    assert "one video" in result.output


def test_the_warning_comes_first_and_on_standard_error(tmp_path: Path) -> None:
    quiet = ["analyse", str(tmp_path / "none.mp4"), "--out", str(tmp_path), "--quiet", "--json"]
    result = CliRunner().invoke(app, [*quiet, "-e", "forward_bend"])
    assert FORWARD.before in result.stderr
    assert result.stderr.index(FORWARD.before) == 0
    assert json.loads(result.stdout)["status"] == "error"
    assert "measurement" not in CliRunner().invoke(app, quiet).stderr


@pytest.mark.parametrize("text", [
    "[" * 200_000, "9" * 5000, '{"exercise": "forward_bend", "reps": [], "status": "judged", "summary": 5}'])
def test_a_file_that_nobody_would_write_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "report.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(FullBendError, match=r"report\.json"):
        read(str(path))
