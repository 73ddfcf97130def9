"""What a killed program leaves goes at the next start; what a living one has stays."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from pose.atomic_file import atomic_replace
from pose.cache import CACHE_VARIABLE
from pose.temporary_files import delete_leftovers, temporary_file, temporary_folder

ROOT = Path(__file__).resolve().parents[2]
BEGINNING = """
import sys
from pathlib import Path
from tests.helpers.file_limit import die_beyond
folder = Path(sys.argv[1])
"""
#: Each is killed in the middle of its file.
WRITERS = {
    "video": """
import numpy as np
from pose.io.video import VideoWriter
with VideoWriter(folder / "annotated.mp4") as writer:
    die_beyond(10_000)
    for number in range(500):
        writer.write(np.random.default_rng(number).integers(0, 255, (240, 320, 3), dtype=np.uint8), number / 30)
""",
    "arrays": """
import numpy as np
from pose.atomic_file import save_arrays
die_beyond(10_000)
save_arrays(folder / "poses.npz", {"noise": np.random.default_rng(0).random(100_000)})
""",
    "text": """
from hingecheck.report import data_files
die_beyond(10_000)
data_files.write_text(folder / "report.json", "x" * 1_000_000)
""",
    "certificate": """
from hingecheck.serving import certificates
die_beyond(10_000)
certificates._write(folder / "own.pem", b"x" * 1_000_000, secret=True)
""",
    "folder": """
import tempfile
tempfile.tempdir = str(folder)
from pose.temporary_files import temporary_folder
die_beyond(10_000)
with temporary_folder("video") as own:
    (own / "film.mp4").write_bytes(bytes(1_000_000))
""",
    "workspace": """
import tempfile
tempfile.tempdir = str(folder)
from hingecheck.jobs.workspace import Workspace
die_beyond(10_000)
workspace = Workspace()
(workspace.make() / "film.mp4").write_bytes(bytes(1_000_000))
""",
}


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache folder in which nothing is."""
    monkeypatch.setenv(CACHE_VARIABLE, str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A person's folder."""
    (tmp_path / "mine").mkdir()
    return tmp_path / "mine"


def start(code: str, folder: Path, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen([sys.executable, "-c", BEGINNING + code, str(folder), *arguments], text=True,
                            stdin=subprocess.PIPE, stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": str(ROOT)})


@pytest.mark.parametrize("writer", WRITERS)
def test_what_a_killed_writer_left_goes_at_the_next_start(folder: Path, cache: Path, writer: str) -> None:
    with start(WRITERS[writer], folder) as process:
        assert process.wait(60) == -signal.SIGXFSZ
    assert len(list(folder.iterdir())) == 1, "it was killed too early"
    assert delete_leftovers() == 1
    assert list(folder.iterdir()) == []
    assert list(cache.iterdir()) == []


def test_what_a_living_process_has_stays_until_it_is_killed(folder: Path) -> None:
    code = """
from pose.temporary_files import temporary_file
temporary = temporary_file(folder / "report.html")
temporary.path.write_text("half")
print("ready", flush=True)
sys.stdin.read()
"""
    with start(code, folder) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        (half,) = folder.iterdir()
        assert half.suffix == ".html"
        assert delete_leftovers() == 0
        assert half.read_text() == "half"
        process.kill()
    assert delete_leftovers() == 1
    assert list(folder.iterdir()) == []


def test_what_this_process_has_stays(folder: Path) -> None:
    with atomic_replace(folder / "report.html") as half, temporary_folder("video") as own:
        half.write_text("half")
        assert delete_leftovers() == 0
        assert half.exists()
        assert own.parent == Path(tempfile.gettempdir())
    assert [path.name for path in folder.iterdir()] == ["report.html"]
    assert not own.exists()


def test_the_first_temporary_file_of_a_process_is_a_start(folder: Path) -> None:
    with start(WRITERS["text"], folder) as process:
        process.wait(60)
    with start('from pose.atomic_file import atomic_replace\n'
               'with atomic_replace(folder / "whole.txt") as part:\n    part.write_text("whole")', folder) as process:
        assert process.wait(60) == 0
    assert [path.name for path in folder.iterdir()] == ["whole.txt"]


def test_a_mark_deletes_nothing_but_its_own(folder: Path, cache: Path) -> None:
    (folder / "diary.txt").write_text("mine")
    (cache / "unfinished").mkdir(parents=True)
    (cache / "unfinished" / "0123456789abcdef").write_text(str(folder / "diary.txt"))
    assert delete_leftovers() == 0
    assert (folder / "diary.txt").read_text() == "mine"


def test_without_a_cache_folder_files_are_written_all_the_same(folder: Path, cache: Path) -> None:
    cache.write_text("a file where the folder should be")
    with atomic_replace(folder / "report.html") as half:
        half.write_text("whole")
    assert [path.name for path in folder.iterdir()] == ["report.html"]


def test_an_object_that_nobody_has_any_more_leaves_nothing(folder: Path, cache: Path) -> None:
    temporary = temporary_file(folder / "report.html")
    temporary.path.write_text("half")
    del temporary
    assert list(folder.iterdir()) == []
    assert list(cache.iterdir()) == []


def test_sweeps_and_writers_at_the_same_time(folder: Path) -> None:
    """A mark may be swept before it is locked, and the empty folder of marks be deleted: each write succeeds."""
    sweeping = ("from pose.temporary_files import delete_leftovers\nprint('ready', flush=True)\n"
                "while True: delete_leftovers()")
    with start(sweeping, folder) as first, start(sweeping, folder) as second:
        for process in (first, second):
            assert process.stdout is not None
            process.stdout.readline()
        for number in range(300):
            with atomic_replace(folder / "number.txt") as part:
                part.write_text(str(number))
        first.kill()
        second.kill()
    assert (folder / "number.txt").read_text() == "299"
    assert delete_leftovers() == 0
