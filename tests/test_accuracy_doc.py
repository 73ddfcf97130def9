"""docs/accuracy.md, written by hand, has the figures of the long pages that the bench writes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

DOCS = Path(__file__).resolve().parents[1] / "docs"
PAGE = (DOCS / "accuracy.md").read_text(encoding="utf-8")
#: A pair of marks at the top holds what is measured on real people; another program writes it.
MEASURED_HERE = PAGE.split("<!-- end -->", 1)[1]
SECTIONS = {part.splitlines()[0]: part for part in re.split(r"^## ", MEASURED_HERE, flags=re.MULTILINE)[1:]}
GROUPS = re.findall(r"^\| \[[^]]+\]\(accuracy/(\w+\.md)\)[^|]*\| (.*) \|$", SECTIONS["Results by group"], re.MULTILINE)


def cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def title_of(page: str) -> str:
    return (DOCS / "accuracy" / page).read_text(encoding="utf-8").splitlines()[0].removeprefix("# Accuracy: ")


def overview_rows() -> dict[str, list[str]]:
    text = (DOCS / "accuracy" / "overview.md").read_text(encoding="utf-8").split("### Every folder")[1]
    return {row[0]: row[1:] for row in map(cells, text.splitlines()) if len(row) > 1}


def test_every_group_of_the_overview_is_in_the_table_with_its_figures() -> None:
    measured = overview_rows()
    expected = [measured[title_of(page)] for page, _ in GROUPS]
    assert [cells(row) for _, row in GROUPS] == expected
    assert len(GROUPS) == len(measured) - 2, "all but the head and its rule"


@pytest.mark.parametrize("name", [name for name, part in SECTIONS.items() if "](accuracy/" in part])
def test_every_figure_of_a_section_is_on_a_page_that_it_links_to(name: str) -> None:
    """Figures with a decimal point; whole numbers are mostly counts of clips."""
    section = SECTIONS[name]
    pages = set(re.findall(r"\]\(accuracy/(\w+\.md)\)", section))
    measured = {figure for page in pages
                for figure in re.findall(r"\d+\.\d+", (DOCS / "accuracy" / page).read_text(encoding="utf-8"))}
    assert set(re.findall(r"\d+\.\d+", section)) - measured == set()


def test_the_place_for_real_people_comes_first() -> None:
    assert re.match(r"# Accuracy\n\n<!-- real people -->\n(.*\n)*?<!-- end -->\n", PAGE)
