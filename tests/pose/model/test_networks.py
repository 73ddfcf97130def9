"""The two pose networks: from a wheel or a folder, verified, all or none; a build without them explains what to do."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from pose.model import networks

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def elsewhere(tmp_path: Path):
    """The module in a package without networks."""
    (tmp_path / "pose").mkdir()
    shutil.copy(ROOT / "pose" / "model" / "networks.py", tmp_path / "pose")
    spec = importlib.util.spec_from_file_location("networks_elsewhere", tmp_path / "pose" / "networks.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def wheel(tmp_path: Path) -> Path:
    """A wheel with the right files in it."""
    path = tmp_path / "mediapipe-0.10.21-cp311-cp311-any.whl"
    with zipfile.ZipFile(path, "w") as file:
        for name, (inside, _) in networks.FILES.items():
            file.write(networks.folder() / name, inside)
    return path


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


def test_the_installation_has_the_networks():
    assert networks.missing() == []


def test_from_a_wheel(elsewhere, wheel):
    assert elsewhere.missing() == list(networks.FILES)
    elsewhere.install_from(wheel)
    assert elsewhere.missing() == []
    assert names_in(elsewhere.folder()) == sorted(networks.FILES), "no temporary file remains"


def test_what_a_killed_installation_left_goes_at_the_next_one(elsewhere, wheel):
    ended = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, check=True)
    for process in (int(ended.stdout), os.getppid()):
        (elsewhere.folder() / f".install-{process}").mkdir(parents=True)
        (elsewhere.folder() / f".install-{process}" / "mediapipe.whl").write_bytes(b"half")
    elsewhere.install_from(wheel)
    assert names_in(elsewhere.folder()) == sorted([*networks.FILES, f".install-{os.getppid()}"]), "that one is alive"


def test_from_the_folder_that_the_variable_names(elsewhere, monkeypatch):
    monkeypatch.setenv(networks.SOURCE_VARIABLE, str(networks.folder()))
    elsewhere.provide()
    assert elsewhere.missing() == []


def test_another_file_of_the_same_name_is_refused(elsewhere, wheel, tmp_path):
    other = tmp_path / "other"
    shutil.copytree(networks.folder(), other)
    data = bytearray((other / networks.LANDMARKS).read_bytes())
    data[5000] ^= 1
    (other / networks.LANDMARKS).write_bytes(data)
    with pytest.raises(elsewhere.NetworksError, match=f"{networks.LANDMARKS} is not the file"):
        elsewhere.install_from(other)
    assert names_in(elsewhere.folder()) == [], "all of them or none"


@pytest.mark.parametrize("kind", ["gone", "text", "empty folder", "another wheel"])
def test_a_source_without_the_networks(elsewhere, tmp_path, kind):
    source = tmp_path / kind
    if kind == "text":
        source.write_text("no wheel")
    elif kind == "empty folder":
        source.mkdir()
    elif kind == "another wheel":
        with zipfile.ZipFile(source, "w") as file:
            file.writestr("x", "y")
    with pytest.raises(elsewhere.NetworksError) as caught:
        elsewhere.install_from(source)
    assert str(source) in str(caught.value)
    assert networks.SOURCE_VARIABLE in str(caught.value), "what to do next"


def test_a_damaged_file_is_replaced(elsewhere, wheel):
    elsewhere.install_from(wheel)
    (elsewhere.folder() / networks.DETECTOR).write_bytes(b"half")
    assert elsewhere.missing() == [networks.DETECTOR]
    elsewhere.install_from(wheel)
    assert elsewhere.missing() == []


def test_a_build_without_an_index_ends_with_a_message(tmp_path):
    project = tmp_path / "project"
    (project / "pose" / "model").mkdir(parents=True)
    for name in ("setup.py", "pose/model/networks.py"):
        shutil.copy(ROOT / name, project / name)
    environment = {**os.environ, "PIP_NO_INDEX": "1"}
    environment.pop(networks.SOURCE_VARIABLE, None)
    result = subprocess.run([sys.executable, "setup.py", "-q", "build_networks"], cwd=project, env=environment,
                            capture_output=True, text=True)
    assert result.returncode != 0
    assert networks.SOURCE_VARIABLE in result.stderr
    assert "Traceback" not in result.stderr
    environment[networks.SKIP_VARIABLE] = "1"
    subprocess.run([sys.executable, "setup.py", "-q", "build_networks"], cwd=project, env=environment, check=True)


def test_no_weights_are_in_the_repository():
    if not (ROOT / ".git").exists():
        pytest.skip("no checkout")
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
    assert [name for name in tracked if name.endswith((".tflite", ".task", ".onnx"))] == []
