"""A second program that saves sets in a history: python history_writer.py FOLDER URL PERSON COUNT START."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from uuid import UUID

from hingecheck.history import people, remarks, sets
from hingecheck.history.records import NewSet
from hingecheck.history.store import open_history
from tests.helpers import saved_sets


def main(folder: str, url: str, person: str, count: str, start: str) -> None:
    """Start at the same time as all other writers, so that they collide from the first access to the database."""
    time.sleep(max(0.0, float(start) - time.time()))
    with open_history(Path(folder), url) as history:
        person_id = UUID(person) if person else people.add(history, f"writer {start} {id(history)} {time.time_ns()}").id
        for number in range(int(count)):
            new = NewSet(saved_sets.report(video=f"{number}.mp4"), saved_sets.EXERCISE, saved_sets.track())
            set_id = sets.save(history, new, person_id)
            remarks.answer(history, set_id, number % 11)
            if number % 3 == 2:
                sets.delete(history, set_id)


if __name__ == "__main__":
    main(*sys.argv[1:])
