"""The model bundle: complete, reproducible, repaired when damaged; and the message for a file that is not a model."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import numpy as np
import pytest

from pose.cache import CACHE_VARIABLE
from pose.model import bundle, networks

ROOT = Path(__file__).resolve().parents[3]
MEMBERS = ["pose_detector.tflite", "pose_landmarks_detector.tflite"]


@pytest.fixture(scope="module")
def model() -> Path:
    return bundle.model_path()


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache folder, set by the environment variable."""
    monkeypatch.setenv(CACHE_VARIABLE, str(tmp_path / "cache"))
    return tmp_path / "cache"


def members(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as file:
        return {name: file.read(name) for name in file.namelist()}


def test_the_bundle_holds_both_networks_uncompressed(cache: Path) -> None:
    path = bundle.model_path()
    assert path.parent == cache
    assert [entry.name for entry in cache.iterdir()] == [path.name], "no temporary file remains"
    with zipfile.ZipFile(path) as file:
        assert [(info.filename, info.compress_type) for info in file.infolist()] == [
            (name, zipfile.ZIP_STORED) for name in MEMBERS]
    assert all(content[4:8] == b"TFL3" for content in members(path).values())


@pytest.mark.parametrize(("name", "mean", "deviation"), [(MEMBERS[0], 127.5, 127.5), (MEMBERS[1], 0.0, 255.0)])
def test_the_networks_state_their_normalisation(cache: Path, name: str, mean: float, deviation: float) -> None:
    from mediapipe.tasks.metadata import metadata_schema_py_generated as metadata_schema
    from mediapipe.tasks.metadata import schema_py_generated as schema

    network = schema.ModelT.InitFromObj(schema.Model.GetRootAsModel(members(bundle.model_path())[name], 0))
    (entry,) = (entry for entry in network.metadata if entry.name == b"TFLITE_METADATA")
    metadata = bytes(network.buffers[entry.buffer].data)
    assert metadata[4:8] == b"M001"
    (graph,) = metadata_schema.ModelMetadataT.InitFromObj(
        metadata_schema.ModelMetadata.GetRootAsModelMetadata(metadata, 0)).subgraphMetadata
    (image,), (unit,) = graph.inputTensorMetadata, graph.inputTensorMetadata[0].processUnits
    assert (unit.options.mean, unit.options.std) == ([mean], [deviation])
    assert image.stats.min == [(0 - mean) / deviation]
    assert len(graph.outputTensorMetadata) == len(network.subgraphs[0].outputs), "MediaPipe refuses fewer"


def test_only_the_metadata_of_a_network_is_new(cache: Path) -> None:
    from mediapipe.tasks.metadata import schema_py_generated as schema

    for name, file in ((MEMBERS[0], networks.DETECTOR), (MEMBERS[1], networks.LANDMARKS)):
        before = schema.Model.GetRootAs((networks.folder() / file).read_bytes(), 0)
        after = schema.Model.GetRootAs(members(bundle.model_path())[name], 0)
        assert before.BuffersLength() > 100
        metadata = [before.Metadata(k).Buffer() for k in range(before.MetadataLength())
                 if before.Metadata(k).Name() == b"TFLITE_METADATA"]
        assert after.BuffersLength() == before.BuffersLength() + 1 - len(metadata)
        for number in range(before.BuffersLength()):
            assert number in metadata or np.array_equal(before.Buffers(number).DataAsNumpy(),
                                                     after.Buffers(number).DataAsNumpy())


def test_the_second_start_uses_the_saved_bundle(cache: Path) -> None:
    path = bundle.model_path()
    saved = path.stat()
    assert bundle.model_path() == path
    assert (path.stat().st_ino, path.stat().st_mtime_ns) == (saved.st_ino, saved.st_mtime_ns)


@pytest.mark.parametrize("harm", ["truncated", "flipped", "emptied", "foreign"])
def test_a_damaged_cache_is_repaired(cache: Path, harm: str) -> None:
    path = bundle.model_path()
    valid = members(path)
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 255
    path.write_bytes({"truncated": data[: len(data) // 3], "flipped": data, "emptied": b"", "foreign": b"hello"}[harm])
    assert bundle.model_path() == path
    assert members(path) == valid


def test_a_cache_that_cannot_be_written_to_is_replaced_by_the_temporary_folder(
        tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("a file where the folder should be")
    monkeypatch.setenv(CACHE_VARIABLE, str(blocked / "cache"))
    path = bundle.model_path()
    assert sorted(members(path)) == MEMBERS
    assert blocked not in path.parents


def test_a_folder_under_the_models_name(cache: Path) -> None:
    name = bundle.model_path().name
    (cache / name).unlink()
    (cache / name).mkdir()
    path = bundle.model_path()
    assert sorted(members(path)) == MEMBERS
    assert path.parent != cache
    assert [entry.name for entry in cache.iterdir()] == [name], "no temporary file remains"


def test_no_folder_at_all_gives_a_message(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    script = ("import tempfile\nfrom pose.model import bundle\n"
              f"tempfile.tempdir = {str(blocked / 'tmp')!r}\n"
              "try:\n    bundle.model_path()\nexcept bundle.ModelError as error:\n    print(error)")
    answer = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT,
                            env=os.environ | {CACHE_VARIABLE: str(blocked / "cache")})
    assert "set HINGECHECK_CACHE_DIR to a folder you may write to" in answer.stdout


def test_two_processes_at_once(cache: Path) -> None:
    script = "from pose.model import bundle; print(bundle.model_path())"
    both = [subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True, cwd=ROOT)
            for _ in range(2)]
    paths = {process.communicate(timeout=240)[0].strip() for process in both}
    assert [process.returncode for process in both] == [0, 0]
    assert paths == {str(next(cache.iterdir()))}
    assert sorted(members(next(cache.iterdir()))) == MEMBERS


def test_a_custom_model_is_used(tmp_path: Path, model: Path) -> None:
    custom = tmp_path / "custom.task"
    custom.write_bytes(model.read_bytes())
    assert bundle.model_path(custom) == custom
    assert bundle.model_path(str(custom)) == custom


def bad_models(folder: Path) -> dict[str, tuple[Path, str]]:
    text, half, partial = folder / "text.task", folder / "half.task", folder / "partial.task"
    text.write_text("not a model")
    half.write_bytes(bundle.model_path().read_bytes()[:1000])
    with zipfile.ZipFile(partial, "w") as file:
        file.writestr(MEMBERS[0], b"x")
    return {"missing": (folder / "gone.task", "no such file"), "folder": (folder, "no such file"),
            "text": (text, "not a model bundle"), "half": (half, "not a model bundle"),
            "partial": (partial, f"{MEMBERS[1]} is missing")}


@pytest.mark.parametrize("kind", ["missing", "folder", "text", "half", "partial"])
def test_a_file_that_is_not_a_model(tmp_path: Path, kind: str) -> None:
    path, message = bad_models(tmp_path)[kind]
    with pytest.raises(bundle.ModelError) as caught:
        bundle.model_path(path)
    assert str(path) in str(caught.value)
    assert message in str(caught.value)
    assert "Give " in str(caught.value).split(message)[1], "what to do next"


def test_importing_the_module_loads_no_mediapipe() -> None:
    script = "import sys; from pose.model import bundle; print('mediapipe' in sys.modules)"
    answer = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT)
    assert answer.stdout.strip() == "False"
