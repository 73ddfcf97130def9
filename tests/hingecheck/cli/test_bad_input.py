"""What people really hand over: one clear message each, exit 1, and the good video among them still judged.

Everything goes through the real command in a process of its own.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from pose.io.video import VideoReader, VideoWriter
from tests.helpers.files_without_frames import no_frames, sound_only

GOOD = "hinge_hands_on_hips.mp4"
#: The machine contract: keys that other programs may rely on.
CLIP_KEYS = {"video", "exercise", "status", "reasons", "fps", "duration_s", "reps"}
REP_KEYS = {"index", "side", "start_s", "bottom_s", "end_s", "hold_s", "verdict", "borderline", "hip_flexion_deg",
            "spine_flexion_deg", "knee_flexion_deg", "leg_raise_deg", "uncertainty_deg", "findings"}
FINDING_KEYS = {"rule", "verdict", "value", "limit", "at_s", "reason", "message"}
ANGLE_KEYS = {"hip_flexion_deg", "spine_flexion_deg", "knee_flexion_deg", "leg_raise_deg"}
FILES = {"report.json", "reps.csv", "series.csv", "report.html"}


def command(*arguments: object) -> list[str]:
    return [sys.executable, "-m", "hingecheck.cli.main", *map(str, arguments)]


def run(*arguments: object, cwd: Path) -> subprocess.CompletedProcess[str]:
    ended = subprocess.run(command(*arguments), capture_output=True, text=True, cwd=cwd, timeout=240, check=False)
    assert "Traceback" not in ended.stdout + ended.stderr
    return ended


def written(path: Path, images: list[NDArray[np.uint8]], fps: float = 30) -> Path:
    with VideoWriter(path, fps) as writer:
        for number, image in enumerate(images):
            writer.write(image, number / fps)
    return path


def pictures(samples: Path, start_s: float, end_s: float, every: int = 1) -> list[NDArray[np.uint8]]:
    return [frame.image for frame in VideoReader(samples / GOOD, start_s=start_s, end_s=end_s)][::every]


def make_inputs(folder: Path, samples: Path) -> dict[str, Path]:
    """Name -> path of every kind of input; "good" stands in the middle."""
    noise = np.random.default_rng(1)
    plain = [np.full((240, 320, 3), 120 + n, np.uint8) for n in range(40)]
    standing = pictures(samples, 0, 0.5, 3)
    text, cut, empty = (folder / name for name in ("text.mp4", "cut.mp4", "empty.mp4"))
    text.write_text("Monday: hinged for ten minutes, felt fine.\n" * 50)
    cut.write_bytes((samples / GOOD).read_bytes()[:60_000])
    empty.touch()
    (folder / "folder.mp4").mkdir()
    return {
        "nobody": written(folder / "nobody.mp4", plain),
        "text": text, "cut": cut, "empty": empty, "folder": folder / "folder.mp4", "missing": folder / "missing.mp4",
        "no frames": no_frames(folder / "no frames.mp4"),
        "one frame": written(folder / "one frame.mp4", standing[:1]),
        "good": samples / GOOD,
        "4K": written(folder / "4K.mp4", [cv2.resize(image, (3840, 2160)) for image in standing], 10),
        "96x96": written(folder / "96x96.mp4", [cv2.resize(image[:, 80:560], (96, 96))
                                                for image in pictures(samples, 1, 5.6, 3)], 10),
        "sound only": sound_only(folder / "sound only.mp4"),
        "noise": written(folder / "noise.mp4", [noise.integers(0, 255, (96, 128, 3), np.uint8) for _ in range(20)]),
    }


#: A word of the reason for each.
REASONS = {"nobody": "no person", "text": "text file", "cut": "cut off", "empty": "empty", "folder": "folder",
           "missing": "no such file", "no frames": "no pictures", "one frame": "too short", "4K": "too short",
           "96x96": "too small", "sound only": "only sound", "noise": "no person"}


@pytest.fixture(scope="module")
def together(tmp_path_factory: pytest.TempPathFactory, samples: Path) -> tuple[Any, dict[str, Path], Path]:
    """One command with every input; ended process, inputs, output folder."""
    folder = tmp_path_factory.mktemp("bad input")
    inputs = make_inputs(folder, samples)
    out = folder / "out"
    return run("analyse", *inputs.values(), "--json", "--no-video", "--out", out, cwd=folder), inputs, out


@pytest.fixture(scope="module")
def answers(together: tuple[Any, dict[str, Path], Path]) -> dict[str, dict[str, Any]]:
    """Name of an input -> its object."""
    ended, inputs, _ = together
    lines = ended.stdout.splitlines()
    assert len(lines) == len(inputs), "one object a line, and nothing else"
    return dict(zip(inputs, map(json.loads, lines), strict=True))


def test_the_command_says_that_some_could_not_be_judged(together: tuple[Any, dict[str, Path], Path]) -> None:
    assert together[0].returncode == 1


@pytest.mark.parametrize("name", REASONS)
def test_each_has_one_clear_reason(answers: dict[str, Any], together: tuple[Any, dict[str, Path], Path],
                                   name: str) -> None:
    answer, path = answers[name], together[1][name]
    assert answer.keys() >= CLIP_KEYS
    assert answer["status"] in {"error", "refused"}
    assert answer["video"] == path.name
    assert REASONS[name] in answer["reasons"][0]
    assert answer["reasons"][0].endswith(".")
    assert "HingeCheck itself" not in answer["reasons"][0], "foreseen, not caught at the last door"
    said = [line for line in together[0].stderr.splitlines() if path.name in line]
    assert len(said) == 1, "said once to a person too"
    assert REASONS[name] in said[0]


def test_nothing_else_is_said(together: tuple[Any, dict[str, Path], Path]) -> None:
    assert len(together[0].stderr.splitlines()) == len(REASONS)


def test_the_good_one_is_judged(answers: dict[str, Any], together: tuple[Any, dict[str, Path], Path]) -> None:
    good = answers["good"]
    assert (good["status"], good["exercise"], good["fps"]) == ("judged", "hip_hinge", pytest.approx(30))
    assert [rep["verdict"] for rep in good["reps"]] == ["neutral", "neutral", "rounded"]
    assert good["reps"][2]["findings"][0]["rule"] == "rounding"
    folder = together[2] / Path(GOOD).stem
    assert {path.name for path in folder.iterdir()} == FILES
    stored = json.loads((folder / "report.json").read_text())
    assert stored.items() <= good.items(), "the line is the report, and where its files are"


def test_the_machine_contract_holds(answers: dict[str, Any]) -> None:
    good = answers["good"]
    assert good.keys() >= CLIP_KEYS
    for rep in good["reps"]:
        assert rep.keys() >= REP_KEYS
        assert rep["uncertainty_deg"].keys() == ANGLE_KEYS
        assert rep["leg_raise_deg"] is None
        assert rep["start_s"] < rep["bottom_s"] < rep["end_s"]
        for finding in rep["findings"]:
            assert finding.keys() >= FINDING_KEYS
            assert finding["verdict"] in {"met", "broken", "unseen"}


def test_no_half_files_are_left(together: tuple[Any, dict[str, Path], Path]) -> None:
    names = {path.name for path in together[2].rglob("*") if path.is_file()}
    assert names <= FILES


def test_a_good_part_alone_is_zero_and_a_table(tmp_path: Path, samples: Path) -> None:
    ended = run("analyse", samples / GOOD, "--from", 9.2, "--to", 14.5, "--no-video", cwd=tmp_path)
    assert ended.returncode == 0
    assert ended.stderr == ""
    assert "Rounded" in ended.stdout
    assert "report.html" in ended.stdout
    assert {path.name for path in (tmp_path / "hingecheck-out" / Path(GOOD).stem).iterdir()} == FILES


@pytest.mark.parametrize("arguments", [["analyse"], ["analyse", "x.mp4", "--fast"], ["judge", "x.mp4"],
                                       ["analyse", "x.mp4", "--from", "5", "--to", "1"]])
def test_wrong_usage_is_two(tmp_path: Path, arguments: list[str]) -> None:
    ended = run(*arguments, cwd=tmp_path)
    assert ended.returncode == 2
    assert ended.stdout == ""
    assert "Error" in ended.stderr
    assert not list(tmp_path.iterdir())


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGINT for one process")
@pytest.mark.parametrize("wait_s", [0.0, 4.0])
def test_stopped_by_hand(tmp_path: Path, samples: Path, wait_s: float) -> None:
    """Ctrl-C in the second video, while the model loads and while it works: 130, a clean word, no half files."""
    (tmp_path / "text.mp4").write_text("not a video\n")
    arguments = command("analyse", tmp_path / "text.mp4", samples / "doorway_90.mp4", "--json", "--out", "out")
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                          cwd=tmp_path) as process:
        assert process.stdout is not None
        assert json.loads(process.stdout.readline())["status"] == "error"
        time.sleep(wait_s)
        process.send_signal(signal.SIGINT)
        out, said = process.communicate(timeout=60)
    assert process.returncode == 130
    assert out == ""
    assert said.splitlines()[-1].startswith("Stopped.")
    assert "Traceback" not in said
    files = [path for path in (tmp_path / "out").rglob("*") if path.is_file()]
    assert {path.parent.name for path in files} == {"text"}
    assert {path.name for path in files} == FILES - {"series.csv"}
