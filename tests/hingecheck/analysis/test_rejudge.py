"""Measurements kept beside results: read back bit by bit, judged again as afresh, refused where they do not fit."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from typer.testing import CliRunner

from exercises.load import load
from hingecheck.analysis import rejudge
from hingecheck.analysis.key_frames import KeyFrames
from hingecheck.analysis.pipeline import Options, SetAnalysis, conclude, of_video
from hingecheck.cli.main import app
from hingecheck.jobs import video_job
from hingecheck.overlay.key_images import key_images
from pose.frame import rows_file
from pose.frame.measure import Measurer, Row
from pose.frames import Sighting
from tests.helpers.fixture_types import SightingsOf
from tests.helpers.same_rows import assert_same

SAMPLES = Path(__file__).resolve().parents[3] / "samples"


def measured(sightings: tuple[Sighting, ...]) -> list[Row]:
    measurer = Measurer()
    return [measurer(sighting) for sighting in sightings]


def afresh(rows: list[Row], name: str, exercise: str | None) -> SetAnalysis:
    chosen = None if exercise is None else load(exercise)
    return of_video(conclude(rows, chosen, name), KeyFrames(), 0, ())


@pytest.mark.parametrize("name", ["hinge_mixed", "towel_80"])
def test_rows_come_back_bit_by_bit(recorded: SightingsOf, tmp_path: Path, name: str) -> None:
    rows = measured(recorded(name))
    rows[3] = Measurer()(replace(recorded(name)[3], pose=None))
    rows_file.save(tmp_path / "rows.npz", rows, {"video": name})
    back, about = rows_file.load(tmp_path / "rows.npz")
    assert about == {"video": name}
    assert_same(rows, back)
    a_minute = 60 * 30 / len(rows) * (tmp_path / "rows.npz").stat().st_size
    assert a_minute < 3e6


@pytest.fixture
def kept(recorded: SightingsOf, tmp_path: Path) -> tuple[Path, Path, list[Row]]:
    """A video and the folder of its results as a squat."""
    video = tmp_path / "squat_neutral.mp4"
    shutil.copyfile(SAMPLES / "squat_neutral.mp4", video)
    rows = measured(recorded("squat_neutral"))
    rejudge.keep(tmp_path / "out", video, Options(exercise=None), afresh(rows, video.name, None))
    return video, tmp_path / "out", rows


@pytest.mark.parametrize("exercise", [None, "hip_hinge", "squat_lift", "calf_raise", "seated_hamstring_stretch"])
def test_another_exercise_is_judged_as_afresh(kept: tuple[Path, Path, list[Row]], exercise: str | None) -> None:
    video, folder, rows = kept
    chosen = None if exercise is None else load(exercise)
    analysis = rejudge.analysis(video, folder, Options(exercise=chosen))
    assert analysis.report == afresh(rows, video.name, exercise).report
    assert len(key_images(analysis, analysis.key_frames)) == len(analysis.report.reps)


def test_its_files_are_those_of_the_other_exercise(kept: tuple[Path, Path, list[Row]]) -> None:
    video, folder, _ = kept
    done = video_job.run(video, folder, Options(exercise=load("hip_hinge")), video=False, from_last=True)
    assert done.problems == ()
    assert '"exercise": "hip_hinge"' in done.files["json"].read_text(encoding="utf-8")
    assert (folder / rejudge.NAME).is_file()


def test_measurements_of_something_else_are_refused(kept: tuple[Path, Path, list[Row]]) -> None:
    video, folder, _ = kept

    def reason(path: Path, **changed: object) -> str:
        analysis = rejudge.analysis(path, folder, Options(exercise=None, **changed))  # type: ignore[arg-type]
        assert analysis.report.status == "error"
        return analysis.report.reasons[0]

    assert "another part of the video" in reason(video, start_s=2.0)
    assert "mirrored" in reason(video, mirror=True)
    assert "turned otherwise" in reason(video, turn_deg=90)
    os.utime(video, (1, 1))
    assert "an older state" in reason(video)
    assert "another video" in reason(video.with_name("other.mp4"))


def test_without_measurements_it_says_so_and_does_not_analyse(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["analyse", str(SAMPLES / "squat_neutral.mp4"), "--again", "-e", "hip_hinge",
                                      "-o", str(tmp_path / "out")])
    assert result.exit_code == 1
    assert "Analyse the video first" in " ".join(result.output.split())


@pytest.mark.parametrize("content", [b"", b"no numbers", b"PK\x03\x04 half"])
def test_a_damaged_file_is_one_sentence(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "rows.npz").write_bytes(content)
    with pytest.raises(rows_file.RowsFileError, match="Analyse the video once more"):
        rows_file.load(tmp_path / "rows.npz")


@pytest.mark.parametrize("change", [
    lambda arrays: {"time_s": arrays["time_s"][:-1]},
    lambda arrays: {"view.turned_deg": np.array([])},
    lambda arrays: {"facing": np.array(["a"] * len(arrays["facing"]))},
    lambda arrays: {"landmarks_px?": ~arrays["landmarks_px?"]},
    lambda arrays: {"landmarks_px": arrays["landmarks_px"][:, :-1]},
    lambda arrays: {"reach_px?": np.roll(arrays["reach_px?"] & (np.arange(len(arrays["reach_px?"])) > 0), 1)},
    lambda arrays: {"back_px": arrays["back_px"][:-1]},
], ids=["short", "empty", "words", "mask", "narrow", "missing", "fewer"])
def test_columns_that_do_not_fit_are_one_sentence(recorded: SightingsOf, tmp_path: Path,
                                                  change: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
    path = tmp_path / "rows.npz"
    rows_file.save(path, measured(recorded("hinge_mixed")[:20]), {})
    with np.load(path) as file:
        arrays = dict(file)
    np.savez(path, **{**arrays, **change(arrays)})
    with pytest.raises(rows_file.RowsFileError, match="Analyse the video once more"):
        rows_file.load(path)


@pytest.mark.parametrize("about", [{}, {"turn_deg": 0}, {"turn_deg": "left", "reasons": []}])
def test_measurements_without_their_facts_are_one_sentence(recorded: SightingsOf, tmp_path: Path,
                                                           about: dict[str, Any]) -> None:
    rows_file.save(tmp_path / rejudge.NAME, measured(recorded("hinge_mixed")[:20]), about)
    with pytest.raises(rows_file.RowsFileError, match="Analyse the video once more"):
        rejudge.of_measurements(tmp_path, load("hip_hinge"), "clip.mp4")
