"""A process that changes a history again and again until it is killed: FOLDER URL WHAT ARCHIVE."""

import sys
from pathlib import Path

from hingecheck.history import archive_export, archive_import, people, queries, sets
from hingecheck.history.records import NewSet
from hingecheck.history.store import open_history
from tests.helpers import saved_sets


def main() -> None:
    folder, url, what, archive = sys.argv[1:]
    with open_history(Path(folder), url) as history:
        ana, _ = people.find_or_add(history, "Ana")
        first = sets.save(history, _new("NN"), ana.id) if what == "update" else None
        print("ready", flush=True)
        for number in range(10_000):
            if what == "save":
                print(sets.save(history, _new("NRN"), ana.id), flush=True)
            elif what == "update":
                sets.update(history, first, _new("NR" * (1 + number % 3)))
            elif what == "import":
                archive_import.import_archive(history, Path(archive))
                for line in queries.lines(history, limit=None):
                    sets.delete(history, line.id)
            elif what == "export":
                archive_export.export_archive(history, Path(folder) / "own.zip")


def _new(kinds: str) -> NewSet:
    # The series is as long as the set, so that each report knows its own.
    return NewSet(saved_sets.report(kinds), saved_sets.EXERCISE, saved_sets.track(kinds))


if __name__ == "__main__":
    main()
