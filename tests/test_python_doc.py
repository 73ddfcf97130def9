"""The examples for Python run, on a sample and with the real model; the tables of columns are those of the program."""

from __future__ import annotations

import doctest
import json
import re
import shutil
from pathlib import Path

import pytest

import hingecheck
from exercises.results import SetReport
from hingecheck.report.data_files import reps_csv
from pose.quantity import QUANTITIES

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "python.md"
NOTEBOOK = ROOT / "docs" / "first_steps.ipynb"
SECTIONS = {part.splitlines()[0]: part
            for part in re.split(r"^## ", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]}


@pytest.fixture
def folder(tmp_path: Path, samples: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of its own to write to, as a reader of the project's folder has it."""
    (tmp_path / "samples").mkdir()
    shutil.copy(samples / "hinge_mixed.mp4", tmp_path / "samples")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MPLBACKEND", "Agg")
    return tmp_path


def first_column(section: str) -> list[str]:
    """What stands in backticks in the first cells of a section's table."""
    cells = re.findall(r"^\| (`[^|]+`) \|", SECTIONS[section], flags=re.MULTILINE)
    return [name for cell in cells for name in re.findall(r"`(\w+)", cell)]


def test_examples_of_the_page(folder: Path) -> None:
    failed, tried = doctest.testfile(str(PAGE), module_relative=False, encoding="utf-8")
    assert tried > 8
    assert not failed


def test_lines_of_the_readme(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (lines,) = re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), flags=re.DOTALL)
    exec(compile(lines, "README.md", "exec"), {})
    assert "rounded" in capsys.readouterr().out
    assert (folder / "out" / "report.html").exists()


def test_cells_of_the_notebook(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run as plain Python: a kernel of Jupyter would bring some thirty packages for six cells."""
    (folder / "docs").mkdir()
    monkeypatch.chdir(folder / "docs")
    cells = [cell for cell in json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"] if cell["cell_type"] == "code"]
    names: dict[str, object] = {}
    for number, cell in enumerate(cells, 1):
        exec(compile("".join(cell["source"]), f"{NOTEBOOK.name}, cell {number}", "exec"), names)
    assert names["result"].reps.verdict.tolist()[:2] == ["neutral", "neutral"], "the third lies between the limits"
    assert names["files"]["html"].exists()
    assert "rounding" in [rule[0] for rule in names["rules"]]


def test_the_notebook_is_plain() -> None:
    notebook = json.loads(NOTEBOOK.read_text(encoding="utf-8"))
    assert (notebook["nbformat"], notebook["nbformat_minor"]) == (4, 4)
    assert not any(cell.get("outputs") or cell.get("execution_count") for cell in notebook["cells"])


def test_every_column_and_name_is_documented() -> None:
    header = reps_csv(SetReport(video="", exercise="", status="judged")).splitlines()[0].split(",")
    assert first_column("Columns of `reps`") == header[1:], "all but the index"
    assert first_column("Columns of `series`") == ["time_s", *QUANTITIES]
    assert sorted(first_column("Names")) == sorted(hingecheck.__all__)
    assert first_column("`Options`") == list(hingecheck.Options.__dataclass_fields__)
    public = {name for name in dir(hingecheck.Result) if not name.startswith("_")}
    assert set(first_column("`Result`")) == public | set(hingecheck.Result.__dataclass_fields__)
