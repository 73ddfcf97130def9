"""Kill a program at random moments while it changes a history: `python -m bench.kills [--kills 50] [--url URL]`.

A process saves, updates (as live sets are, after every rep) or imports and deletes sets without end, and is killed.
Afterwards the history is opened again: what the process said was saved has to be there, every set with the series of
its own report, every file with its checksum, and nothing left behind. Prints a line a kind, and ends with exit code 1
where that does not hold. `--url` names an empty PostgreSQL, which is filled; default SQLite in a temporary folder.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from pathlib import Path

from hingecheck.history import archive_export, people, sets
from hingecheck.history.records import NewSet
from hingecheck.history.store import open_history
from tests.helpers import killed, saved_sets

_KINDS = ("save", "update", "import")
#: A change takes some hundredths of a second: several begin and end before the last moment.
_LATEST_S = 0.25


def main(arguments: list[str] | None = None) -> int:
    """Run it; return 1 where something was lost, half there, or left behind."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--kills", type=int, default=50, help="a kind (%(default)s)")
    parser.add_argument("--url", default="", help="address of an empty PostgreSQL")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    chance = random.Random(options.seed)
    failed = 0
    with tempfile.TemporaryDirectory(prefix="hingecheck-kills-") as name:
        archive = _archive(Path(name))
        print("| killed while | kills | lost, half there or left behind |\n|---|---:|---:|")
        for kind in _KINDS:
            wrong = []
            for number in range(options.kills):
                # A new SQLite every ten kills: each time everything in it is read.
                home = Path(name) / ("home" if options.url else f"{kind}-{number // 10}")
                said = killed.kill_after(chance.uniform(0, _LATEST_S), home, options.url, kind, archive)
                wrong += killed.not_whole(home, options.url, said)
            failed += len(wrong)
            print(f"| {kind} | {options.kills} | {len(wrong)} |", flush=True)
            for line in wrong[:5]:
                print(line, file=sys.stderr)
    return int(failed > 0)


def _archive(folder: Path) -> Path:
    """Write an archive of three sets, each with a video that takes some time to unpack."""
    video = folder / "video.mp4"
    video.write_bytes(random.Random(0).randbytes(3_000_000))
    with open_history(folder / "source", "") as source:
        ben = people.add(source, "Ben").id
        for _ in range(3):
            sets.save(source, NewSet(saved_sets.report(), saved_sets.EXERCISE, saved_sets.track(), video=video), ben)
        archive_export.export_archive(source, folder / "all.zip")
    return folder / "all.zip"


if __name__ == "__main__":
    sys.exit(main())
