"""Judge and draw again what was measured before, and lay the video beside its set."""

from __future__ import annotations

from bench.kills import recorded
from bench.kills.home import Home
from hingecheck.history import queries
from hingecheck.history.store import open_history
from hingecheck.jobs import worker


def prepare(home: Home) -> None:
    """Analyse the sample."""
    recorded.prepare(home)
    recorded.fill(home)


def work(home: Home) -> None:
    """Go on until killed."""
    with open_history() as history:
        set_id = queries.lines(history)[0].id
    print(f"saved {set_id}\nready")
    while True:
        response = worker.run(recorded.request(home.out, home, from_last=True, set_ids=(set_id,)),
                             lambda _message: None)
        print(f"file {response.video}\npass")
