"""Test `hingecheck live` as a person runs it: error messages, a file without a window, and the real window."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from hingecheck.history import files, queries
from hingecheck.history.store import open_history
from hingecheck.live.events import Utterance
from hingecheck.live.speech import Speech
from pose.io.video import VideoReader, VideoWriter, probe

ROOT = Path(__file__).resolve().parents[3]


def live(data: Path, *arguments: str, display: str = "", answers: str = "") -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "HINGECHECK_DATA_DIR": str(data), "PYTHONPATH": str(ROOT), "DISPLAY": display,
                   "HINGECHECK_DATABASE_URL": ""}
    environment.pop("WAYLAND_DISPLAY", None)
    if not display:
        environment.pop("DISPLAY")
    return subprocess.run([sys.executable, "-m", "hingecheck.cli.main", "live", *arguments], capture_output=True,
                          text=True, env=environment, timeout=240, check=False, input=answers)


def test_without_a_screen_the_message_names_the_remedy(tmp_path: Path) -> None:
    result = live(tmp_path, "--mute")
    assert result.returncode == 1
    assert "no screen" in result.stderr
    assert "--no-window" in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize(("arguments", "message"), [
    (("--camera", "97", "--no-window"), "Camera 97: it cannot be opened"),
    (("--source", "nothing.mp4", "--no-window"), "there is no such file")])
def test_no_video_is_an_error_in_a_sentence(tmp_path: Path, arguments: tuple[str, ...], message: str) -> None:
    result = live(tmp_path, *arguments, "--mute")
    assert result.returncode == 1
    assert message in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize("arguments", [("--exercise", "hip_hing"), ("--side", "up"), ("--language", "tlh"),
                                       ("--keep-video", "--no-save")])
def test_wrong_arguments_are_wrong_usage(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    result = live(tmp_path, *arguments, "--mute")
    assert result.returncode == 2
    assert arguments[0] in result.stderr


def test_a_file_without_a_window_is_judged_recorded_and_saved(tmp_path: Path, one_squat: Path) -> None:
    recording = tmp_path / "recording.mp4"
    result = live(tmp_path / "data", "--source", str(one_squat), "--no-window", "--mute", "--record", str(recording),
                "--person", "Ana", "--keep-video")
    assert result.returncode == 0, result.stderr
    assert "Less knee, more hip" in result.stdout
    assert "0 of 1 rep neutral" in result.stdout
    assert probe(recording).duration_s == pytest.approx(5.6, abs=0.3)
    with open_history(tmp_path / "data", "") as history:
        (line,) = queries.lines(history)
        video = files.video_path(history, line.id)
        assert video is not None
        assert probe(video).duration_s == pytest.approx(5.6, abs=0.3)
    assert (line.exercise, line.reps) == ("hip_hinge", 1)
    assert str(line.id)[:8] in result.stdout


@pytest.fixture(scope="module")
def one_squat_after_a_wait(samples: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The first squat, with time for the announcements and the set-up before it and for the end after it."""
    target = tmp_path_factory.mktemp("clip") / "waited.mp4"
    with VideoReader(samples / "hinge_squatted.mp4", end_s=5.6) as reader, VideoWriter(target, 10) as writer:
        frames = [frame.image for frame in reader if frame.index % 3 == 0]
        for number, image in enumerate([*[frames[0]] * 160, *frames, *[frames[0]] * 120]):
            writer.write(image, number / 10)
    return target


def test_a_programme_is_led_through_saved_as_one_session_and_asks_once(
        tmp_path: Path, one_squat_after_a_wait: Path) -> None:
    programme = tmp_path / "one.toml"
    programme.write_text('id = "one"\nname = "One squat"\nsummary = "For a test."\nper_week = 1\n'
                         '[[steps]]\nexercise = "hip_hinge"\nsource = "test"\n', encoding="utf-8")
    result = live(tmp_path / "data", "--programme", str(programme), "--source", str(one_squat_after_a_wait),
                  "--no-window", "--mute", "--person", "Ana", answers="eleven\n11\n5\n")
    assert result.returncode == 0, result.stderr
    spoken = [line.split("s  ")[-1] for line in result.stdout.splitlines() if " s  " in line]
    assert spoken[:3] == ["Next: Hip hinge", "Please stand up", "Put the camera at hip height"]
    assert spoken[-2:] == ["Programme finished, well done", "Answer on the screen, please"]
    assert "Hip hinge: 1 of 1" in result.stdout
    assert result.stdout.count("How much does it hurt") == 3
    assert result.stderr.count("Expected a whole number from 0 to 10") == 2
    assert "stop here, and see a professional" in result.stdout
    with open_history(tmp_path / "data", "") as history:
        (session,) = queries.sessions(history)
        (line,) = queries.sets_of(history, session.id)
        (answer,) = queries.answers(history, session.person_id)
    assert (session.note, line.exercise, line.reps) == ("One squat", "hip_hinge", 1)
    assert (answer.set_id, answer.pain) == (line.id, 5)
    assert str(session.id)[:8] in result.stdout


@pytest.mark.parametrize(("arguments", "code", "message"), [
    (("--programme", "dorway"), 1, "did you mean 'doorway'"),
    (("--programme", "doorway", "--reps", "3"), 2, "does not go with"),
    (("--programme", "prescribed"), 1, "Nothing is prescribed for Me")])
def test_a_programme_that_cannot_be_led_through_is_a_message(
        tmp_path: Path, arguments: tuple[str, ...], code: int, message: str) -> None:
    result = live(tmp_path, *arguments, "--mute")
    assert (result.returncode, result.stdout) == (code, "")
    assert message in " ".join(result.stderr.split())


@pytest.fixture
def screen() -> Iterator[str]:
    """A virtual screen."""
    if shutil.which("Xvfb") is None:
        pytest.skip("no Xvfb on this machine: apt-get install xvfb")
    read, write = os.pipe()
    server = subprocess.Popen(["Xvfb", "-displayfd", str(write), "-screen", "0", "800x600x24", "-nolisten", "tcp"],
                              pass_fds=[write], stderr=subprocess.DEVNULL)
    os.close(write)
    with os.fdopen(read) as number:
        display = f":{number.readline().strip()}"
    try:
        yield display
    finally:
        server.terminate()
        server.wait(30)


def test_the_window_plays_a_file_at_its_own_pace(tmp_path: Path, one_squat: Path, screen: str) -> None:
    """Frames that the model is too slow for are dropped."""
    start_s = time.monotonic()
    result = live(tmp_path, "--source", str(one_squat), "--mute", "--no-save", display=screen)
    assert result.returncode == 0, result.stderr
    assert time.monotonic() - start_s > 5.0
    assert "q: quit" in result.stdout
    assert "could not be analysed" not in result.stderr


def test_speech_without_a_program_is_silent_and_reports_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    speech = Speech()
    assert "install espeak-ng" in speech.problem
    speech(Utterance(1, "Good", "good", "praise", "", 0.0))
    speech.close()
