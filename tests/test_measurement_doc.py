"""docs/measurement.md says what the program does today: tables, quantities, drawings."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from pose.quantity import QUANTITIES

DOCS = Path(__file__).resolve().parents[1] / "docs"
PAGE = (DOCS / "measurement.md").read_text(encoding="utf-8")
IMAGES = sorted(re.findall(r"\(images/([a-z-]+\.svg)\)", PAGE))


def run(script: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, str(DOCS / script), *arguments], capture_output=True, text=True, check=False)


def test_the_tables_are_what_the_program_has() -> None:
    process = run("make_tables.py", "--check")
    assert process.returncode == 0, process.stderr


def test_a_table_that_is_out_of_date_is_noticed_and_made_anew() -> None:
    code = ("import sys; sys.path.insert(0, sys.argv[1]); from make_tables import PAGE, filled; "
            "text = PAGE.read_text(encoding='utf-8'); old = text.replace('usual spread |', 'usual spred |'); "
            "print(old != text, filled(old) == text)")
    process = subprocess.run([sys.executable, "-c", code, str(DOCS)], capture_output=True, text=True, check=True)
    assert process.stdout.split() == ["True", "True"]


@pytest.mark.parametrize("name", QUANTITIES)
def test_every_quantity_is_named(name: str) -> None:
    assert f"`{name}`" in PAGE


def test_every_drawing_is_used_and_there() -> None:
    assert sorted(path.name for path in (DOCS / "images").glob("*.svg")) == IMAGES


def test_the_drawings_are_what_the_script_draws(tmp_path: Path) -> None:
    assert run("make_drawings.py", str(tmp_path)).returncode == 0
    for name in IMAGES:
        drawn = (tmp_path / name).read_text(encoding="utf-8")
        assert drawn == (DOCS / "images" / name).read_text(encoding="utf-8"), name
        assert ElementTree.fromstring(drawn).get("aria-label"), name


def test_links_within_the_page_lead_somewhere() -> None:
    heads = re.findall(r"^#+ (.*)$", PAGE, re.M)
    anchors = {re.sub(r"[^a-z0-9 -]", "", head.lower()).replace(" ", "-") for head in heads}
    assert set(re.findall(r"\]\(#([^)]+)\)", PAGE)) <= anchors
