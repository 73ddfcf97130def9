"""Draws docs/architecture.svg from the imports of the source, and fills the table of docs/architecture.md.

    python docs/make_architecture.py            # draw and fill anew
    python docs/make_architecture.py --check    # only say whether they are up to date (exit code 1 if not)
"""

from __future__ import annotations

import argparse
import re
import sys
import textwrap
from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path

from module_graph import Folder, folders, level, uses, without_implied

DRAWING = Path(__file__).with_name("architecture.svg")
PAGE = Path(__file__).with_name("architecture.md")
_PLACE = re.compile(r"(<!-- table: folders -->\n).*?(<!-- end -->)", re.DOTALL)

WIDTH, MARGIN, INSIDE = 1000, 44, 24
GAP_ACROSS, GAP_DOWN, GAP_PANELS = 18, 40, 54
LINE, HEAD = 16, 34
#: Letters of the small print that fit a pixel: measured in Chromium with its sans serif at 12 px, widest docstring.
LETTERS_PER_PX = 0.157
ABOUT = "The folders of HingeCheck: pose, exercises and hingecheck, from top to bottom the way the data goes"
LEGEND = ("An arrow points from a folder to one that uses it. Arrows that follow from others are left out; none points "
          "up. hingecheck also uses pose directly.")
STYLE = """
svg { --paper: #ffffff; --panel: #f4f2ed; --card: #ffffff; --ink: #1b2026; --muted: #59636e; --line: #d9d5cc;
  --way: #0072b2; font-family: system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif; }
@media (prefers-color-scheme: dark) { svg { --paper: #14171a; --panel: #1c2125; --card: #262c32; --ink: #e9ecef;
  --muted: #a4adb6; --line: #3d464e; --way: #56b4e9; } }
.paper { fill: var(--paper); } .panel { fill: var(--panel); } .card { fill: var(--card); stroke: var(--line); }
.way { fill: none; stroke: var(--way); stroke-width: 1.8; } .tip { fill: var(--way); }
text { fill: var(--ink); font-size: 12px; } .title { font-size: 20px; font-weight: 650; }
.name { font-size: 14.5px; font-weight: 620; } .small { fill: var(--muted); } .end { text-anchor: end; }
"""

Box = tuple[float, float, float, float]


def text(x: float, y: float, words: str, kind: str = "") -> str:
    """One line of text."""
    return f'<text x="{x:g}" y="{y:g}" class="{kind}">{escape(words)}</text>'


def arrow(start: tuple[float, float], end: tuple[float, float]) -> str:
    """A curve that leaves and arrives vertically."""
    (x0, y0), (x1, y1) = start, end
    middle = (y0 + y1) / 2
    path = f"M{x0:g} {y0:g}C{x0:g} {middle:g} {x1:g} {middle:g} {x1:g} {y1 - 5:g}"
    return f'<path class="way" d="{path}"/><path class="tip" d="M{x1 - 5:g} {y1 - 8:g}h10l-5 8z"/>'


def card(box: Box, folder: Folder) -> str:
    """A folder: its name, how many modules it has, what it does."""
    x, y, width, height = box
    lines = _wrapped(folder, width)
    return "".join([
        f'<rect class="card" x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" rx="8"/>',
        text(x + 12, y + 23, folder.name or "base", "name"),
        text(x + width - 12, y + 23, f"{folder.modules} modules", "small end"),
        *(text(x + 12, y + HEAD + 8 + LINE * number, words, "small") for number, words in enumerate(lines)),
    ])


def _wrapped(folder: Folder, width: float) -> list[str]:
    words = folder.meaning if folder.name else ", ".join(folder.loose)
    return textwrap.wrap(words.replace("->", "→").replace("`", ""), int((width - 24) * LETTERS_PER_PX))


def package(name: str, about: str, known: Sequence[Folder], y: float) -> tuple[list[str], float]:
    """Draw a package's panel from `y` on: a row for each step of the imports. Returns its parts and its lower end."""
    graph = uses(name)
    if name == "hingecheck":  # its few loose modules serve several rows: named in the head instead of drawn
        graph = {folder: below - {""} for folder, below in graph.items() if folder}
    graph = without_implied(graph)
    by_name = {folder.name: folder for folder in known}
    top = y + 66
    boxes: dict[str, Box] = {}
    for row in _rows(graph):
        row_boxes = _row([by_name[folder] for folder in row], top)
        boxes |= dict(zip(row, row_boxes, strict=True))
        top = row_boxes[0][1] + row_boxes[0][3] + GAP_DOWN
    bottom = top - GAP_DOWN + INSIDE
    return [_panel(name, about, y, bottom), *_arrows(graph, boxes),
            *(card(box, by_name[folder]) for folder, box in boxes.items())], bottom


def _rows(graph: Mapping[str, set[str]]) -> list[list[str]]:
    """Folders by level; within a row, each above those that use it, so that few arrows cross."""
    levels = {folder: level(graph, folder) for folder in graph}
    rows = [[folder for folder in graph if levels[folder] == here] for here in range(max(levels.values()) + 1)]
    place: dict[str, float] = {}
    for row in reversed(rows):
        wanted = {folder: (number + 0.5) / len(row) for number, folder in enumerate(row)}
        for folder in row:
            users = [place[user] for user in place if folder in graph[user]]
            wanted[folder] = sum(users) / len(users) if users else wanted[folder]
        row.sort(key=lambda folder: wanted[folder])
        place |= {folder: (number + 0.5) / len(row) for number, folder in enumerate(row)}
    return rows


def _row(row: Sequence[Folder], y: float) -> list[Box]:
    room = WIDTH - 2 * (MARGIN + INSIDE)
    width = min(440.0, (room - GAP_ACROSS * (len(row) - 1)) / len(row))
    height = HEAD + LINE * max(len(_wrapped(folder, width)) for folder in row) + 8
    left = (WIDTH - len(row) * width - GAP_ACROSS * (len(row) - 1)) / 2
    return [(left + place * (width + GAP_ACROSS), y, width, height) for place in range(len(row))]


def _panel(name: str, about: str, y: float, bottom: float) -> str:
    box = f'x="{MARGIN}" y="{y:g}" width="{WIDTH - 2 * MARGIN}" height="{bottom - y:g}"'
    return "".join([f'<rect class="panel" {box} rx="14"/>', text(MARGIN + INSIDE, y + 33, name, "title"),
                    text(MARGIN + INSIDE, y + 52, about, "small")])


def _arrows(graph: Mapping[str, set[str]], boxes: Mapping[str, Box]) -> list[str]:
    """Arrows from a folder to those that use it, spread along the edges of the boxes."""
    pairs = [(below, user) for user in boxes for below in boxes if below in graph[user]]
    parts = []
    for below, user in pairs:
        out = sorted((one for one in pairs if one[0] == below), key=lambda pair: boxes[pair[1]][0])
        into = sorted((one for one in pairs if one[1] == user), key=lambda pair: boxes[pair[0]][0])
        x0, y0, width0, height0 = boxes[below]
        x1, y1, width1, _ = boxes[user]
        start = x0 + width0 * (out.index((below, user)) + 1) / (len(out) + 1)
        end = x1 + width1 * (into.index((below, user)) + 1) / (len(into) + 1)
        parts.append(arrow((start, y0 + height0), (end, y1)))
    return parts


def drawing(known: Sequence[Folder]) -> str:
    """Return the whole drawing as SVG."""
    def of(name: str) -> list[Folder]:
        return [folder for folder in known if folder.package == name]

    parts, bottom = package("pose", "Pixels become numbers with units. Knows no exercise.", of("pose"), 24)
    y = bottom + GAP_PANELS
    (flat,) = of("exercises")
    about = f"{flat.meaning}.".replace("->", "→")
    parts += [_between(bottom, y, "track, quantity"), _panel("exercises", about, y, y + 72),
              text(WIDTH - MARGIN - INSIDE, y + 33, f"{flat.modules} modules", "small end")]
    bottom, y = y + 72, y + 72 + GAP_PANELS
    parts.append(_between(bottom, y, "exercises, verdicts"))
    loose = ", ".join(of("hingecheck")[0].loose)
    more, bottom = package("hingecheck", f"Puts both together for a person. Beside the folders: {loose}.",
                           of("hingecheck"), y)
    parts += more
    parts.append(text(MARGIN + INSIDE, bottom + 26, LEGEND, "small"))
    size = f'width="{WIDTH}" height="{bottom + 44:g}"'
    return (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {bottom + 44:g}" {size} role="img" '
            f'aria-label="{ABOUT}"><title>{ABOUT}</title><style>{STYLE}</style><rect class="paper" {size} rx="14"/>\n'
            + "\n".join(parts) + "\n</svg>\n")


def _between(y0: float, y1: float, words: str) -> str:
    return arrow((WIDTH / 2, y0), (WIDTH / 2, y1)) + text(WIDTH / 2 + 12, (y0 + y1) / 2 + 4, words, "small")


def table(known: Sequence[Folder]) -> str:
    """Return the table of folders as Markdown."""
    rows = [f"| `{folder.path}` | {folder.modules} | {folder.meaning.replace('->', '→')} |" for folder in known]
    total = sum(folder.modules for folder in known)
    return "\n".join(["| folder | modules | what it does |", "|---|---:|---|", *rows, f"| all | {total} | |"]) + "\n"


def main() -> None:
    """Rewrite drawing and table, or check them."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="only say whether they are up to date")
    args = parser.parse_args()
    known = folders()
    page = PAGE.read_text(encoding="utf-8")
    new = {DRAWING: drawing(known), PAGE: _PLACE.sub(lambda place: place[1] + table(known) + place[2], page)}
    old = {path for path, content in new.items()
           if not path.exists() or path.read_text(encoding="utf-8") != content}
    if args.check:
        names = " and ".join(sorted(path.name for path in old))
        sys.exit(f"{names} out of date: run python docs/make_architecture.py" if old else 0)
    for path, content in new.items():
        path.write_text(content, encoding="utf-8")
        print(f"{path.name}: {'rewritten' if path in old else 'nothing changed'}")


if __name__ == "__main__":
    main()
