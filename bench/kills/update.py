"""Update one set again and again, as a live set is after every rep."""

from __future__ import annotations

from bench.kills.home import Home
from bench.kills.synthetic import new_set, person
from hingecheck.history import sets
from hingecheck.history.store import open_history


def prepare(home: Home) -> None:
    """Nothing."""


def work(home: Home) -> None:
    """Go on until killed."""
    with open_history() as history:
        set_id = sets.save(history, new_set("NN"), person(history))
        print(f"saved {set_id}\nready")
        number = 0
        while True:
            reps = 1 + number % 40
            sets.update(history, set_id, new_set("N" * reps))
            print(f"reps {set_id} {reps}\npass")
            number += 1
