"""Export the history as an archive, and its set in every format, as pages and as PDF."""

from __future__ import annotations

from bench.kills import recorded
from bench.kills.home import Home
from hingecheck.formats import export
from hingecheck.history import archive_export, queries, sets
from hingecheck.history.connection import History
from hingecheck.history.store import open_history
from hingecheck.jobs import saving, set_export
from hingecheck.report import data_files


def prepare(home: Home) -> None:
    """Analyse the sample."""
    recorded.prepare(home)
    recorded.fill(home)


def work(home: Home) -> None:
    """Go on until killed."""
    with open_history() as history:
        print("ready")
        while True:
            _export(history, home)
            print("pass")


def _export(history: History, home: Home) -> None:
    archive_export.export_archive(history, home.out / "all.zip")
    print(f"file {home.out / 'all.zip'}")
    saved = sets.load(history, queries.lines(history)[0].id)
    measured = set_export.of_saved(history, saved)
    for name in export.FORMATS:
        print(f"file {export.write(name, measured, home.out, 1.75)}")
    for path in saving.write_saved_report(history, saved, home.out).values():
        print(f"file {path}")
    with data_files.in_place_of(home.out / "report.pdf") as part:
        part.write_bytes(saving.saved_report_pdf(history, saved))
    print(f"file {home.out / 'report.pdf'}")
