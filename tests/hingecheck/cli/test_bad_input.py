"""Bad files of every kind: one clear message each, exit code 1, and the good video among them is judged.

Every test runs the real command in its own process.
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

from pose.arrays import Image
from pose.io.video import VideoReader, VideoWriter
from tests.helpers.files_without_frames import no_frames, sound_only

GOOD = "hinge_hands_on_hips.mp4"
#: Keys of the JSON output that other programs may rely on.
CLIP_KEYS = {"video", "exercise", "status", "reasons", "fps", "duration_s", "reps"}
REP_KEYS = {"index", "side", "start_s", "bottom_s", "end_s", "hold_s", "verdict", "borderline", "hip_flexion_deg",
            "spine_flexion_deg", "knee_flexion_deg", "leg_raise_deg", "uncertainty_deg", "findings"}
FINDING_KEYS = {"rule", "verdict", "value", "limit", "at_s", "reason", "message"}
ANGLE_KEYS = {"hip_flexion_deg", "spine_flexion_deg", "knee_flexion_deg", "leg_raise_deg"}
FILES = {"analysis.json", "measurements.npz", "report.json", "reps.csv", "series.csv", "report.html"}


def command(*arguments: object) -> list[str]:
    return [sys.executable, "-m", "hingecheck.cli.main", *map(str, arguments)]


def run(*arguments: object, cwd: Path) -> subprocess.CompletedProcess[str]:
    process = subprocess.run(command(*arguments), capture_output=True, text=True, cwd=cwd, timeout=240, check=False)
    assert "Traceback" not in process.stdout + process.stderr
    return process


def write_video(path: Path, images: list[Image], fps: float = 30) -> Path:
    with VideoWriter(path, fps) as writer:
        for number, image in enumerate(images):
            writer.write(image, number / fps)
    return path


def frames(samples: Path, start_s: float, end_s: float, every: int = 1) -> list[Image]:
    return [frame.image for frame in VideoReader(samples / GOOD, start_s=start_s, end_s=end_s)][::every]


def make_inputs(folder: Path, samples: Path) -> dict[str, Path]:
    """Name -> path of every kind of input, with "good" in the middle."""
    noise = np.random.default_rng(1)
    plain = [np.full((240, 320, 3), 120 + n, np.uint8) for n in range(40)]
    standing = frames(samples, 0, 0.5, 3)
    text, cut, empty = (folder / name for name in ("text.mp4", "cut.mp4", "empty.mp4"))
    text.write_text("Monday: hinged for ten minutes, felt fine.\n" * 50)
    cut.write_bytes((samples / GOOD).read_bytes()[:60_000])
    empty.touch()
    (folder / "folder.mp4").mkdir()
    return {
        "nobody": write_video(folder / "nobody.mp4", plain),
        "text": text, "cut": cut, "empty": empty, "folder": folder / "folder.mp4", "missing": folder / "missing.mp4",
        "no frames": no_frames(folder / "no frames.mp4"),
        "one frame": write_video(folder / "one frame.mp4", standing[:1]),
        "good": samples / GOOD,
        "4K": write_video(folder / "4K.mp4", [cv2.resize(image, (3840, 2160)) for image in standing], 10),
        "96x96": write_video(folder / "96x96.mp4", [cv2.resize(image[:, 80:560], (96, 96))
                                                for image in frames(samples, 1, 5.6, 3)], 10),
        "sound only": sound_only(folder / "sound only.mp4"),
        "noise": write_video(folder / "noise.mp4", [noise.integers(0, 255, (96, 128, 3), np.uint8) for _ in range(20)]),
    }


#: A part of the reason for each.
REASONS = {"nobody": "no person", "text": "text file", "cut": "cut off", "empty": "empty", "folder": "folder",
           "missing": "no such file", "no frames": "no frames", "one frame": "too short", "4K": "too short",
           "96x96": "too small", "sound only": "only sound", "noise": "no person"}


@pytest.fixture(scope="module")
def command_run(tmp_path_factory: pytest.TempPathFactory, samples: Path) -> tuple[Any, dict[str, Path], Path]:
    """Run one command with every input; return the process, the inputs and the output folder."""
    folder = tmp_path_factory.mktemp("bad input")
    inputs = make_inputs(folder, samples)
    out = folder / "out"
    return run("analyse", *inputs.values(), "--json", "--no-video", "--out", out, cwd=folder), inputs, out


@pytest.fixture(scope="module")
def answers(command_run: tuple[Any, dict[str, Path], Path]) -> dict[str, dict[str, Any]]:
    """Name of an input -> its JSON object."""
    process, inputs, _ = command_run
    lines = process.stdout.splitlines()
    assert len(lines) == len(inputs), "one object per line, and nothing else"
    by_address = {answer["address"]: answer for answer in map(json.loads, lines)}  # they come as they end
    return {name: by_address[str(path)] for name, path in inputs.items()}


def test_the_exit_code_says_that_some_could_not_be_judged(command_run: tuple[Any, dict[str, Path], Path]) -> None:
    assert command_run[0].returncode == 1


@pytest.mark.parametrize("name", REASONS)
def test_each_has_one_clear_reason(answers: dict[str, Any], command_run: tuple[Any, dict[str, Path], Path],
                                   name: str) -> None:
    answer, path = answers[name], command_run[1][name]
    assert answer.keys() >= CLIP_KEYS
    assert answer["status"] in {"error", "refused"}
    assert answer["video"] == path.name
    assert REASONS[name] in answer["reasons"][0]
    assert answer["reasons"][0].endswith(".")
    assert "HingeCheck itself" not in answer["reasons"][0], "an expected error, not an internal one"
    messages = [line for line in command_run[0].stderr.splitlines() if path.name in line]
    assert len(messages) == 1, "one message on standard error too"
    assert REASONS[name] in messages[0]


def test_there_are_no_other_messages(command_run: tuple[Any, dict[str, Path], Path]) -> None:
    assert len(command_run[0].stderr.splitlines()) == len(REASONS)


def test_the_good_one_is_judged(answers: dict[str, Any], command_run: tuple[Any, dict[str, Path], Path]) -> None:
    good = answers["good"]
    assert (good["status"], good["exercise"], good["fps"]) == ("judged", "hip_hinge", pytest.approx(30))
    # 40° in the third: at the limit.
    assert [rep["verdict"] for rep in good["reps"][:2]] == ["neutral", "neutral"]
    assert good["reps"][2]["borderline"]
    assert good["reps"][2]["findings"][0]["rule"] == "rounding"
    folder = command_run[2] / Path(GOOD).stem
    assert {path.name for path in folder.iterdir()} == FILES
    report = json.loads((folder / "report.json").read_text())
    assert report.items() <= good.items(), "the line is the report with the paths of its files"


def test_the_json_has_the_promised_keys(answers: dict[str, Any]) -> None:
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


def test_no_partial_files_are_left(command_run: tuple[Any, dict[str, Path], Path]) -> None:
    names = {path.name for path in command_run[2].rglob("*") if path.is_file()}
    assert names <= FILES | {"summary.csv"}


def test_a_good_part_alone_exits_with_zero_and_prints_a_table(tmp_path: Path, samples: Path) -> None:
    process = run("analyse", samples / GOOD, "--from", 9.2, "--to", 14.5, "--no-video", cwd=tmp_path)
    assert process.returncode == 0
    assert process.stderr == ""
    assert "borderline" in process.stdout
    assert "report.html" in process.stdout
    assert {path.name for path in (tmp_path / "hingecheck-out" / Path(GOOD).stem).iterdir()} == FILES


@pytest.mark.parametrize("arguments", [["analyse"], ["analyse", "x.mp4", "--fast"], ["judge", "x.mp4"],
                                       ["analyse", "x.mp4", "--from", "5", "--to", "1"]])
def test_wrong_usage_is_two(tmp_path: Path, arguments: list[str]) -> None:
    process = run(*arguments, cwd=tmp_path)
    assert process.returncode == 2
    assert process.stdout == ""
    assert "Error" in process.stderr
    assert not list(tmp_path.iterdir())


def _with_ctrl_c() -> None:
    """Let a process hear ctrl-C, even where a shell runs these tests in its background and ignores it there."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGINT for one process")
@pytest.mark.parametrize("wait_s", [0.0, 4.0])
def test_ctrl_c(tmp_path: Path, samples: Path, wait_s: float) -> None:
    """Ctrl-C in the second video, while the model loads and while it runs: 130, one message, no partial files."""
    (tmp_path / "text.mp4").write_text("not a video\n")
    arguments = command("analyse", tmp_path / "text.mp4", samples / "doorway_90.mp4", "--json", "--out", "out")
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                          cwd=tmp_path, preexec_fn=_with_ctrl_c) as process:
        assert process.stdout is not None
        assert json.loads(process.stdout.readline())["status"] == "error"
        time.sleep(wait_s)
        process.send_signal(signal.SIGINT)
        out, errors = process.communicate(timeout=240)
    assert process.returncode == 130
    assert out == ""
    assert errors.splitlines()[-1].startswith("Stopped.")
    assert "Traceback" not in errors
    files = [path for path in (tmp_path / "out").rglob("*") if path.is_file()]
    assert {path.parent.name for path in files} == {"text"}
    assert {path.name for path in files} == FILES - {"series.csv", "measurements.npz", "analysis.json"}
