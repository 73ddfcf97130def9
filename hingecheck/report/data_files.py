"""SetReport (and Track) -> report.json, reps.csv and series.csv.

Files are written under another name first and moved into place, so that a reader never meets half of one.
"""

from __future__ import annotations

import contextlib
import csv
import io
import math
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from exercises.results import Rep, SetReport, Verdict
from hingecheck.report import wording
from language.translate import _
from pose.atomic_file import atomic_replace
from pose.track import Track

_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
_NUMBER = re.compile(r"-?\d+(\.\d+)?")


class ReportError(Exception):
    """A report could not be written; the message says where, why and what to do."""


@contextlib.contextmanager
def in_place_of(path: Path) -> Iterator[Path]:
    """Yield a temporary path; it becomes `path` when the block succeeds and is deleted when it fails.

    Raises
    ------
    ReportError
        When the folder cannot be created or written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with atomic_replace(path) as temporary:
            yield temporary
    except OSError as error:
        reason = error.strerror or str(error)
        raise ReportError(_("cannot write {path}: {reason}. Choose another folder with --out.").format(
            path=path, reason=reason)) from error


def write_text(path: Path, text: str) -> Path:
    """Write a UTF-8 file in one piece; line ends are kept as they are in `text`."""
    with in_place_of(path) as part:
        part.write_bytes(text.encode("utf-8"))
    return path


def to_json(report: SetReport) -> str:
    """Return the report as indented JSON; `schema_version` says which keys to expect."""
    return report.model_dump_json(indent=2) + "\n"


def _number(value: float | None, digits: int = 2) -> str:
    if value is None or not math.isfinite(value):
        return ""
    return f"{round(value, digits) + 0:.{digits}f}"


def to_csv(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table as CSV in which no text is a formula.

    A spreadsheet runs a cell that begins with =, +, - or @, and a sentence or a file's name may come from anybody. Such
    a text gets an apostrophe in front, by which spreadsheets take it for text; numbers stay as they are.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(header)
    writer.writerows([_cell(text) for text in row] for row in rows)
    return out.getvalue()


def _cell(text: str) -> str:
    return f"'{text}" if text.lstrip().startswith(_FORMULA) and not _NUMBER.fullmatch(text) else text


def _rep_row(rep: Rep) -> dict[str, str]:
    down, _, up = wording.tempo(rep)
    row = {"index": str(rep.index), "side": rep.side or "", "start_s": _number(rep.start_s, 3),
           "bottom_s": _number(rep.bottom_s, 3), "leave_s": _number(rep.leave_s, 3), "end_s": _number(rep.end_s, 3),
           "down_s": _number(down, 3), "hold_s": _number(rep.hold_s, 3), "up_s": _number(up, 3),
           "whole": str(rep.whole).lower(), "verdict": rep.verdict, "borderline": str(rep.borderline).lower()}
    for name in wording.ANGLES:
        row[name] = _number(getattr(rep, name))
        row[name.removesuffix("_deg") + "_uncertainty_deg"] = _number(getattr(rep.uncertainty_deg, name))
    row |= {"reached": _number(rep.reached), "reached_uncertainty": _number(rep.reached_uncertainty),
            "rounding_onset_deg": _number(rep.rounding_onset_deg),
            "rounding_onset_uncertainty_deg": _number(rep.rounding_onset_uncertainty_deg),
            "hip_share": _number(rep.hip_share, 3),
            "spine_share_of_full_bend": _number(rep.spine_share_of_full_bend, 3)}
    for verdict in (Verdict.BROKEN, Verdict.UNSEEN):
        row[f"rules_{verdict.value}"] = " ".join(f.rule for f in rep.findings if f.verdict is verdict)
    return {**row, "sentence": rep.sentence}


def reps_csv(report: SetReport) -> str:
    """Return one line per rep; unmeasured is empty, `_s` are seconds, `_deg` degrees."""
    empty = Rep(index=0, start_s=0, bottom_s=0, leave_s=0, end_s=0, verdict="unseen")
    return to_csv(list(_rep_row(empty)), (list(_rep_row(rep).values()) for rep in report.reps))


def series_csv(track: Track) -> str:
    """Return one line per frame: `time_s`, then every quantity of the track by its name; unmeasured is empty."""
    names = list(track.columns)

    def rows() -> Iterator[list[str]]:
        for number, time_s in enumerate(track.time_s):
            yield [_number(float(time_s), 4)] + [_number(float(track.columns[name][number]), 3) for name in names]

    return to_csv(["time_s", *names], rows())


def write_data(folder: Path, report: SetReport, track: Track | None = None) -> dict[str, Path]:
    """Write report.json, reps.csv and, with a track, series.csv into a folder, which is made if need be.

    Returns
    -------
    dict of str to Path
        By kind: "json", "reps", "series".

    Raises
    ------
    ReportError
        When the folder cannot be made or written.
    """
    files = {"json": write_text(folder / "report.json", to_json(report)),
             "reps": write_text(folder / "reps.csv", reps_csv(report))}
    if track is not None:
        files["series"] = write_text(folder / "series.csv", series_csv(track))
    else:
        discard(folder / "series.csv")
    return files


def discard(path: Path) -> None:
    """Remove a file of an earlier run that does not belong to this one."""
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise ReportError(_("cannot replace {path}: {problem}").format(
            path=path, problem=error.strerror or error)) from error
