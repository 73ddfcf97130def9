"""Import an archive of three sets with a film each, and delete them again."""

from __future__ import annotations

from bench.kills.home import Home
from bench.kills.synthetic import archive
from hingecheck.history import archive_import, queries, sets
from hingecheck.history.store import open_history


def prepare(home: Home) -> None:
    """Make the archive."""
    archive(home)


def work(home: Home) -> None:
    """Go on until killed."""
    with open_history() as history:
        print("ready")
        while True:
            print("importing")
            archive_import.import_archive(history, archive(home))
            ids = [line.id for line in queries.lines(history, limit=None)]
            for set_id in ids:
                print(f"saved {set_id}")
            for set_id in ids:
                print(f"deleting {set_id}")
                sets.delete(history, set_id)
                print(f"deleted {set_id}")
            print("pass")
