"""The way in from Python: the same numbers as the files, units in the columns, nothing heavy before it is used."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import hingecheck
from exercises.tomlfile import ExerciseError

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def result(samples):
    """The first rep of a sample, which ends at 5.3 s."""
    return hingecheck.analyse(samples / "hinge_neutral.mp4", "hip_hinge", hingecheck.Options(None, end_s=6.0))


def test_a_rep_with_its_units(result):
    assert result.report.status == "judged"
    (rep,) = result.report.reps
    row = result.reps.loc[1]
    assert (row.verdict, row.borderline) == ("neutral", False)
    assert row.hip_flexion_deg == pytest.approx(rep.hip_flexion_deg, abs=0.01)
    assert 60 < row.hip_flexion_deg < 90, "the truth is 74 deg"
    assert abs(row.spine_flexion_deg) < 10


def test_series_by_quantity(result):
    series = result.series
    assert series.time_s.is_monotonic_increasing
    assert len(series) == len(result.analysis.track)
    np.testing.assert_array_equal(series.hip_flexion_deg, result.analysis.track.columns["hip_flexion_deg"])
    assert all(name.endswith(("_s", "_deg", "_px", "_ratio")) for name in series.columns)


def test_files_are_those_of_the_command(result, tmp_path):
    files = result.save(tmp_path / "out", video=False)
    assert sorted(files) == ["html", "json", "reps", "series"]
    assert all(path.exists() for path in files.values())
    assert f'"hip_flexion_deg": {result.report.reps[0].hip_flexion_deg}' in files["json"].read_text()


def test_a_result_for_another_program(result, tmp_path):
    lines = result.export("mot", tmp_path).read_text().splitlines()
    names = next(line for line in lines if line.startswith("time")).split("\t")
    hip = [float(line.split("\t")[names.index("hip_flexion_deg")]) for line in lines[lines.index("endheader") + 2:]]
    np.testing.assert_allclose(hip, result.series.hip_flexion_deg, atol=0.01)
    assert result.export("trc", tmp_path, height_m=1.75).name == "hinge_neutral.trc"


def test_a_folder_that_cannot_be_made_is_an_error_in_words(result, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(OSError, match="cannot be written"):
        result.save(tmp_path / "file" / "out", video=False)


def test_bad_input_is_a_report(tmp_path):
    result = hingecheck.analyse(tmp_path / "gone.mp4")
    assert result.report.status == "error"
    assert "gone.mp4" in result.report.reasons[0]
    assert result.reps.empty
    assert result.series.empty


def test_exercises_by_id_and_by_file(tmp_path):
    assert hingecheck.exercises()["hip_hinge"] == hingecheck.load_exercise("hip_hinge")
    with pytest.raises(ExerciseError, match="hip_hinge"):
        hingecheck.load_exercise("hip_hing")
    with pytest.raises(ExerciseError):
        hingecheck.load_exercise(tmp_path / "gone.toml")


def test_every_public_name_is_there_and_nothing_heavy_is_loaded():
    code = ("import sys, hingecheck; names = dir(hingecheck); assert set(hingecheck.__all__) <= set(names); "
            "print([name for name in ('cv2', 'mediapipe', 'streamlit', 'pandas', 'pydantic') if name in sys.modules])")
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert answer.stdout.strip() == "[]"
    assert all(hasattr(hingecheck, name) for name in hingecheck.__all__)
    assert hingecheck.__version__[0].isdigit()
