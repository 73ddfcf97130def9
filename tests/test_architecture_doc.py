"""docs/architecture.md and its drawing are what the imports of the source say."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.test_architecture import FLOORS

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
PAGE = (DOCS / "architecture.md").read_text(encoding="utf-8")
TRIP = re.findall(r"^\| \d+ \| ([^|]+) \|", PAGE, flags=re.MULTILINE)
SVG = "{http://www.w3.org/2000/svg}"


def run(code: str) -> str:
    """Run a script beside the docs' own; returns what it prints."""
    process = subprocess.run([sys.executable, "-c", f"import sys; sys.path.insert(0, {str(DOCS)!r})\n{code}"],
                             capture_output=True, text=True, check=True, cwd=ROOT)
    return process.stdout.strip()


def test_drawing_and_table_are_up_to_date() -> None:
    process = subprocess.run([sys.executable, str(DOCS / "make_architecture.py"), "--check"], capture_output=True,
                             text=True, check=False)
    assert process.returncode == 0, process.stderr


def test_what_follows_from_other_arrows_is_left_out() -> None:
    graph = {"page": {"report", "analysis"}, "report": {"analysis"}, "analysis": set()}
    assert run(f"from module_graph import without_implied\nprint(without_implied({graph!r}))") == str(
        {"page": {"report"}, "report": {"analysis"}, "analysis": set()})


def test_every_folder_is_drawn_and_no_arrow_points_up() -> None:
    drawn = ElementTree.parse(DOCS / "architecture.svg")
    names = [text.text for text in drawn.iter(f"{SVG}text") if text.get("class") == "name"]
    assert sorted(names) == sorted([*(name or "base" for floor in FLOORS["pose"] for name in floor),
                                    *(name for floor in FLOORS["hingecheck"] for name in floor if name)])
    arrows = [path.get("d") for path in drawn.iter(f"{SVG}path") if path.get("class") == "way"]
    assert len(arrows) >= len(names)
    for arrow in arrows:
        y = [float(point.split()[1]) for point in re.findall(r"[\d.]+ [\d.]+", arrow or "")]
        assert y == sorted(y), arrow


def test_the_trip_has_its_steps_in_order() -> None:
    numbers = [int(number) for number in re.findall(r"^\| (\d+) \|", PAGE, flags=re.MULTILINE)]
    assert numbers == list(range(1, len(TRIP) + 1))


@pytest.mark.parametrize("step", TRIP)
def test_modules_of_the_trip_exist(step: str) -> None:
    first, *others = re.findall(r"`([\w/]+\.py)`", step)
    assert (ROOT / first).exists(), first
    for name in others:
        assert (ROOT / first).with_name(name).exists(), name
