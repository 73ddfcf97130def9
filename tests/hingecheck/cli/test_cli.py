import json
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest
from typer.testing import CliRunner

from hingecheck.cli import doctor, doctor_table
from hingecheck.cli.main import app

HEAVY = ("mediapipe", "cv2", "numpy", "scipy", "av", "streamlit")


def invoke(*arguments):
    return CliRunner().invoke(app, list(arguments))


@pytest.mark.parametrize(("arguments", "expected"), [
    (["--help"], "exercises"), (["--version"], f"hingecheck {version('hingecheck')}"),
    (["analyse", "--help"], "Usage: hingecheck analyse"), ([], "exercises")])
def test_help_and_version_import_nothing_heavy(arguments, expected):
    code = ("import sys, json\nsys.argv = ['hingecheck'] + json.loads(sys.argv[1])\n"
            "from hingecheck.cli.main import main\n"
            "try:\n    main()\nexcept SystemExit:\n    pass\n"
            f"print('LOADED', [name for name in {HEAVY!r} if name in sys.modules])")
    process = subprocess.run([sys.executable, "-c", code, json.dumps(arguments)], capture_output=True, text=True,
                             timeout=240, check=True)
    assert process.stdout.rstrip().endswith("LOADED []")
    assert expected in process.stdout + process.stderr


@pytest.mark.parametrize("arguments", [
    ["analyse"], ["analyse", "a.mp4", "--wrong"], ["analyse", "a.mp4", "--from", "-1"],
    ["analyse", "a.mp4", "--from", "4", "--to", "2"], ["analyse", "a.mp4", "--model", "no such file"],
    ["analyse", "a.mp4", "--exercise", "hip_hing"], ["analyse", "a.mp4", "--out", __file__], ["dance"],
])
def test_wrong_usage_exits_with_two(arguments):
    result = invoke(*arguments)
    assert result.exit_code == 2
    assert "Error" in result.output
    assert "Traceback" not in result.output


def test_unknown_exercise_names_the_nearest():
    assert "hip_hinge" in invoke("analyse", "a.mp4", "--exercise", "hip_hing").output


@pytest.mark.parametrize(("message", "package"), [
    ("ImportError: libGL.so.1: cannot open shared object file: No such file or directory", "libgl1"),
    ("ImportError: libEGL.so.1: cannot open shared object file: No such file or directory", "libegl1"),
    ("OSError: libGLESv2.so.2: cannot open shared object file", "libgles2"),
    ("ImportError: libodd-1.so.7: cannot open shared object file", "libodd-1.so.7"),
    ("ImportError: numpy.core failed", "--force-reinstall"),
])
def test_a_missing_library_is_reported_with_its_package(message, package):
    assert package in doctor.library_remedy(message)


def test_code_that_fails_or_hangs_is_reported_not_raised():
    assert doctor.run("print('hello')") == (True, "hello")
    assert doctor.run("raise OSError('libGL.so.1 is missing')") == (False, "OSError: libGL.so.1 is missing")
    assert doctor.run("import time; time.sleep(9)", 0.5) == (False, "no answer within 0 s")


def test_missing_packages_are_reported(monkeypatch):
    monkeypatch.setattr(doctor, "PACKAGES", ("numpy", "hingecheck-no-such-package", *doctor.PACKAGES[1:3]))
    lines = {line.name: line for line in doctor.packages()}
    assert lines["package numpy"].ok
    missing = lines["package hingecheck-no-such-package"]
    assert missing.ok is False
    assert "pip install" in missing.remedy


def test_the_pose_model_is_ready():
    """The code that the doctor runs in another process names modules that exist."""
    line, = doctor.model()
    assert line.ok, line.state
    assert Path(line.state).is_file()


def test_a_folder_that_cannot_be_written_is_not_ok(tmp_path):
    (tmp_path / "file").write_text("")
    line, = doctor._folder("results", tmp_path / "new" / "folder", "x")
    assert line.ok
    line, = doctor._folder("results", tmp_path / "file", "use another")
    assert (line.ok, line.remedy) == (False, "use another")


def test_doctor_prints_a_table_and_sets_the_exit_code(monkeypatch):
    monkeypatch.setattr(doctor_table, "CHECKS", (doctor.python, doctor.database))
    result = invoke("doctor")
    assert (result.exit_code, "Ready." in result.output) == (0, True)
    monkeypatch.setattr(doctor_table, "CHECKS", (lambda: iter([doctor.Check("thing", False, "gone", "get it")]),))
    result = invoke("doctor")
    assert result.exit_code == 1
    assert "get it" in result.output
