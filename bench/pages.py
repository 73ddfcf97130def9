"""How long a page takes with 1,000 sessions and 20,000 reps in the history: `python -m bench.pages`.

Each page is run as Streamlit runs it (its own test harness, no browser), on a history in a temporary folder. The
harness alone takes a fifth of a second, as the empty page shows. Exit code 1 where a page takes a second without it.
The live page needs a camera and a browser: see `bench.live`.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from uuid import UUID

from streamlit.testing.v1 import AppTest

from bench.history import LIMIT_MS, fill
from hingecheck.history.connection import FOLDER_VARIABLE, URL_VARIABLE
from hingecheck.history.store import open_history

TIMES = 7


def _draw(module: str, person: str, chosen: str, period: str) -> None:
    """One page; Streamlit runs this function's text by itself, so everything is imported in it."""
    import importlib
    from uuid import UUID

    import streamlit as st

    from hingecheck.pages import state

    state.choose_person(UUID(person))
    if chosen:
        st.session_state["set_id"] = UUID(chosen)
    if period:
        st.session_state.setdefault("period", period)
    state.link = lambda name, label, **query: None  # type: ignore[assignment]  # there is no navigation here
    if module:
        importlib.import_module(f"hingecheck.pages.{module}").page()


def asked(module: str, person: UUID, chosen: UUID | None, period: str = "") -> tuple[float, float, float]:
    """Return median and longest time of a page and the median of this program's own work, ms, after a first run."""
    took, worked = [], []
    for _ in range(TIMES + 1):
        page = AppTest.from_function(_draw, kwargs={"module": module, "person": str(person),
                                                    "chosen": str(chosen or ""), "period": period}, default_timeout=60)
        began, began_work = time.perf_counter(), time.process_time()
        page.run()
        took.append(1000 * (time.perf_counter() - began))
        worked.append(1000 * (time.process_time() - began_work))
        if page.exception:
            raise SystemExit(f"{module}: {page.exception[0].message}")
    return median(took[1:]), max(took[1:]), median(worked[1:])


def main() -> int:
    """Fill, draw, print."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ[FOLDER_VARIABLE] = folder
        os.environ.pop(URL_VARIABLE, None)
        with open_history(Path(folder)) as history:
            person, set_id = fill(history)
        print("| page | median, ms | slowest, ms | processor, ms | without the harness, ms |\n|---|---|---|---|---|")
        worst, harness = 0.0, 0.0
        for words, module, chosen, period in (
                ("An empty page", "", None, ""), ("Learn", "learn", None, ""), ("Set-up check", "setup", None, ""),
                ("Analyse", "analyse", None, ""), ("Review, list of sets", "review", None, ""),
                ("Review, a set of ten reps", "review", set_id, ""), ("Progress, 12 weeks", "progress", None, ""),
                ("Progress, a year", "progress", None, "A year"),
                ("Progress, everything", "progress", None, "Everything"), ("People", "people", None, "")):
            usual, slowest, worked = asked(module, person, chosen, period)
            harness = harness or usual
            worst = max(worst, usual - harness)
            print(f"| {words} | {usual:.0f} | {slowest:.0f} | {worked:.0f} | {usual - harness:.0f} |", flush=True)
    return int(worst > LIMIT_MS)


if __name__ == "__main__":
    sys.exit(main())
