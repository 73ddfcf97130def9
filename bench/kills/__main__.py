"""Kill a program at random moments: `python -m bench.kills [--kills 50] [--only live] [--database sqlite]`.

Each activity runs in a process of its own and is killed (SIGKILL) at a random moment of its course, as long as one pass
of it takes undisturbed. Then the history is opened, as at any next start, and held against what the process had said:
what was saved is there, each set with the series of its own report, every file whole and as its row has it, and nothing
is left behind in the history, the folder of results, the temporary folder or the cache. Prints a line per activity and
database, and ends with exit code 1 where that does not hold. PostgreSQL runs in a server of its own.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from collections import Counter
from pathlib import Path

from bench.kills import checks, killing
from bench.kills.everything import ACTIVITIES
from bench.kills.home import Home, NewDatabase, databases, new_home

_DATABASES = ("sqlite", "postgresql")
#: A new copy of the prepared home after so many kills: each time everything in it is read.
_KILLS_PER_HOME = 10
#: Several passes of a short activity begin and end before the last moment.
_SHORTEST_S = 0.25
#: It ends after one pass; the others go on.
_ONCE = "migration"
_KINDS = ("lost", "half", "left behind")


def main(arguments: list[str] | None = None) -> int:
    """Run it; return 1 where something was lost, half there, or left behind."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--kills", type=int, default=50, help="an activity and database (%(default)s)")
    parser.add_argument("--only", choices=[name.strip("_") for name in ACTIVITIES], action="append")
    parser.add_argument("--database", choices=_DATABASES, action="append")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    killing.start_server()
    chance, failed = random.Random(options.seed), 0
    folder = tempfile.gettempdir()  # each home has one of its own
    print("| killed during | database | kills | within s | lost | half there | left behind |")
    print("|---|---|---:|---:|---:|---:|---:|")
    for database in options.database or _DATABASES:
        for name in ACTIVITIES:
            tempfile.tempdir = folder  # the last home's is gone
            if options.only is None or name.strip("_") in options.only:
                with tempfile.TemporaryDirectory(prefix="kills-", dir=folder) as root, \
                        databases(database) as new_database:
                    failed += _killed(name, database, Path(root), new_database, options.kills, chance)
    return int(failed > 0)


def _killed(name: str, database: str, root: Path, new_database: NewDatabase, kills: int,
            chance: random.Random) -> int:
    """Kill one activity so often; print its line, and return how much was wrong."""
    prepared = new_home(root, "prepared", new_database)
    ACTIVITIES[name].prepare(prepared)
    latest_s = killing.time_of_pass(name, new_home(root, "timed", new_database, prepared))
    if name != _ONCE:
        latest_s = max(_SHORTEST_S, latest_s)
    wrong: Counter[str] = Counter()
    for number in range(kills):
        if number % _KILLS_PER_HOME == 0 or name == _ONCE:
            home = new_home(root, str(number), new_database, prepared)
        seconds = chance.uniform(0, latest_s)
        home.enter()
        for line in _wrong_after(name, home, killing.kill_after(name, home, seconds)):
            wrong[line.partition(":")[0]] += 1
            print(f"{name}, {database}, kill {number} after {seconds:.3f} s: {line}", file=sys.stderr, flush=True)
        print(f"{name}, {database}, {number + 1} of {kills} kills", end="\r", file=sys.stderr, flush=True)
    counts = " | ".join(str(wrong[kind]) for kind in _KINDS)
    print(f"| {name.strip('_')} | {database} | {kills} | {latest_s:.2f} | {counts} |", flush=True)
    return sum(wrong.values())


def _wrong_after(name: str, home: Home, lines: list[str]) -> list[str]:
    has_series = name not in ("live", _ONCE)
    faults = list(checks.wrong(home, lines, has_series))
    if name == _ONCE:
        faults += ACTIVITIES[name].wrong(home)
    return faults


if __name__ == "__main__":
    sys.exit(main())
