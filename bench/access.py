"""Tries to get in where one may not: `python -m bench.access [--out access.md]`.

Everything of one person on a shared server, by everybody else: functions of the history, addresses, windows, pressed
buttons of pages that they do not see; then strangers: foreign names, origins, pages that embed, other computers; then
what the program itself asks outside. Prints how many tries there were and how many got through. Exit code 1: any did.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from bench.access_strangers import embedding, foreign_names, foreign_origins, other_computers
from bench.access_visitors import (
    Clinic,
    by_address,
    by_button,
    by_download,
    by_function,
    by_picture,
    by_set_id,
    by_upload,
    by_window,
    clinic,
)
from tests.helpers import app_server
from tests.helpers.silence import attempts

#: One try: what it was, and whether it got through.
Try = tuple[str, bool]
_SHARED: dict[str, Callable[[Clinic], Iterator[Try]]] = {
    "by id: `?set=` on every page, by every other account": by_set_id,
    "by path: addresses, and ways around them, by everybody": by_address,
    "pictures and videos, by other logins": by_picture,
    "exports, by another window": by_download,
    "uploads, by another login": by_upload,
    "windows taken over": by_window,
    "by role: buttons and fields of pages that one does not see": by_button,
}
_STRANGERS: dict[str, Callable[[str], Iterator[Try]]] = {
    "foreign host names": foreign_names, "foreign origins": foreign_origins, "embedding": embedding,
    "other computers": other_computers}
#: Uses of the program whose connections are counted.
_USES = ("app", "streamlit", "share")


def _outgoing(folder: Path) -> Iterator[Try]:
    script = app_server.ROOT / "tests" / "helpers" / "silence" / "uses.py"
    for use in _USES:
        tried = attempts.of([str(script), use], folder / use)
        yield use, False
        for connection in (*tried.python, *(tried.native or ())):
            yield connection, True


def rows(folder: Path) -> Iterator[tuple[str, list[Try]]]:
    """Yield each kind of try with its tries."""
    yield "by id, every function of the history, by every kind of account", list(by_function(folder / "functions"))
    with clinic(folder / "clinic") as shared:
        for name, tries in _SHARED.items():
            yield name, list(tries(shared))
        yield "what is another's, changed by any of these", list(shared.changes())
        for name, strangers in _STRANGERS.items():
            yield f"{name}, shared", list(strangers(shared.address))
    with app_server.server(folder / "home" / "data", folder / "home" / "exercises") as address:
        for name, strangers in _STRANGERS.items():
            yield f"{name}, at home", list(strangers(address))
    yield "outgoing connections and look-ups, by use", list(_outgoing(folder / "silence"))


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path)
    arguments = parser.parse_args()
    lines, through = ["| kind | tries | through |", "|---|---:|---:|"], 0
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "home").mkdir()
        for name, tries in rows(Path(folder)):
            passed = [what for what, got_through in tries if got_through]
            through += len(passed)
            lines.append(f"| {name} | {len(tries)} | {len(passed)} |")
            print(lines[-1], flush=True)
            for what in passed[:10]:
                print(f"  through: {what}", file=sys.stderr)
    if arguments.out is not None:
        arguments.out.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return int(through > 0)


if __name__ == "__main__":
    raise SystemExit(main())
