"""Tables and sections -> the long pages of docs/accuracy, one for each group of clips and one that sums them up.

docs/accuracy.md, the page for readers, is written by hand; a test holds its figures against the overview written here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from bench.tables import Section, Table, markdown

#: File that holds the limits and a row for each group.
OVERVIEW = "overview.md"
_HEAD = """# {title}

Written by `python bench/accuracy.py`; do not edit. What was measured, on whom, and how to read it: {reader_page}.
Angles are degrees at the bottom of each rep unless said otherwise. MAE is the mean absolute error, bias the mean error
(positive = measured too large), p95 the absolute error that 95 % stay below. A rep is *unsure* where the program itself
says that its verdict is borderline, *unseen* where it says that it could not judge.
"""
_REAL = re.compile(r"(<!-- real people -->\n).*?(<!-- end -->)", re.DOTALL)
_READER_PAGE = "[Accuracy](../accuracy.md)"


def file_name(title: str) -> str:
    """Name the page of a group: the title up to its first bracket, in small letters.

    Examples
    --------
    >>> file_name("hinge, seed 31, from 40 deg above (untouched by that)")
    'hinge_seed_31_from_40_deg_above.md'
    """
    plain = title.split("(")[0].lower()
    return (re.sub(r"[^a-z0-9]+", "_", plain).strip("_") or "clips") + ".md"


def page(glance: Sequence[Table], sections: Sequence[Section], title: str = "Accuracy",
         reader_page: str = "docs/accuracy.md") -> str:
    """Put tables and sections on one page."""
    first = [Section("At a glance", (), tuple(glance))] if glance else []
    head = _HEAD.format(title=title, reader_page=reader_page)
    return "\n".join([head, *(markdown(one) for one in [*first, *sections])])


def write_real(long: Section, short: Table, reader: Path, folder: Path) -> list[Path]:
    """Write what was measured on real people: a short table at the top of the readers' page, all of it beside that.

    Parameters
    ----------
    long : Section
    short : Table
    reader : Path
        docs/accuracy.md; what stands between its two marks is replaced.
    folder : Path
        docs/accuracy.
    """
    beside = folder / file_name(long.title)
    summary = markdown(Section(long.title, long.lines, (short,)))
    summary += f"\nClip by clip, source by source: [the long page]({folder.name}/{beside.name}).\n"
    text, count = _REAL.subn(lambda marks: f"{marks[1]}\n{summary}\n{marks[2]}", reader.read_text(encoding="utf-8"),
                             count=1)
    if not count:
        raise ValueError(f"{reader}: expected the marks {_REAL.pattern}")
    reader.write_text(text, encoding="utf-8")
    beside.write_text(page((), [long], f"Accuracy: {long.title}", _READER_PAGE), encoding="utf-8")
    return [reader, beside]


def write(out: Path, glance: Sequence[Table], sections: Sequence[Section]) -> list[Path]:
    """Write one page (`out` ends in .md), or a folder with a page for each section and the overview.

    Returns
    -------
    list of Path
        What was written.
    """
    if out.suffix == ".md":
        pages = {out: page(glance, sections)}
    else:
        pages = {out / file_name(one.title): page((), [one], f"Accuracy: {one.title}", _READER_PAGE)
                 for one in sections}
        if glance:
            pages[out / OVERVIEW] = page(glance, (), "Accuracy: overview", _READER_PAGE)
    for path, text in pages.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return list(pages)
