"""SetReport (and Track) -> report.json, reps.csv, series.csv and the table of reps in the terminal.

Files are written under another name first and moved into place, so that a reader never meets half of one.
"""

from __future__ import annotations

import contextlib
import csv
import io
import math
import os
import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from coach import wording
from exercises.outcome import Rep, SetReport, Verdict
from exercises.safety import Answered, Weight
from pose.track import Track

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

_STYLES = {"good": "bold blue", "watch": "bold yellow", "fault": "bold red", "unseen": "dim"}


class ReportError(Exception):
    """A report could not be written; the message says where, why and what to do."""


@contextlib.contextmanager
def in_place_of(path: Path) -> Iterator[Path]:
    """Give a path to write to; it becomes `path` when all went well and is removed when not.

    Raises
    ------
    ReportError
        When the folder cannot be made or written.
    """
    # The suffix stays last: writers of video choose the container by it.
    part = path.with_name(f".{path.stem}.{secrets.token_hex(4)}{path.suffix}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        yield part
        os.replace(part, path)
    except OSError as error:
        reason = error.strerror or str(error)
        raise ReportError(f"cannot write {path}: {reason}. Choose another folder with --out.") from error
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)


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


def _csv(header: list[str], rows: Iterator[list[str]]) -> str:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(header)
    writer.writerows(rows)
    return out.getvalue()


def _rep_row(rep: Rep) -> dict[str, str]:
    down, _, up = wording.tempo(rep)
    row = {"index": str(rep.index), "side": rep.side or "", "start_s": _number(rep.start_s, 3),
           "bottom_s": _number(rep.bottom_s, 3), "leave_s": _number(rep.leave_s, 3), "end_s": _number(rep.end_s, 3),
           "down_s": _number(down, 3), "hold_s": _number(rep.hold_s, 3), "up_s": _number(up, 3),
           "whole": str(rep.whole).lower(), "verdict": rep.verdict, "borderline": str(rep.borderline).lower()}
    for name in wording.ANGLES:
        row[name] = _number(getattr(rep, name))
        row[name.removesuffix("_deg") + "_uncertainty_deg"] = _number(getattr(rep.uncertainty_deg, name))
    row |= {"rounding_onset_deg": _number(rep.rounding_onset_deg),
            "rounding_onset_uncertainty_deg": _number(rep.rounding_onset_uncertainty_deg),
            "hip_share": _number(rep.hip_share, 3),
            "spine_share_of_full_bend": _number(rep.spine_share_of_full_bend, 3)}
    for verdict in (Verdict.BROKEN, Verdict.UNSEEN):
        row[f"rules_{verdict.value}"] = " ".join(f.rule for f in rep.findings if f.verdict is verdict)
    return {**row, "sentence": rep.sentence}


def reps_csv(report: SetReport) -> str:
    """Return one line a rep; unmeasured is empty, `_s` are seconds, `_deg` degrees."""
    empty = Rep(index=0, start_s=0, bottom_s=0, leave_s=0, end_s=0, verdict="unseen")
    return _csv(list(_rep_row(empty)), (list(_rep_row(rep).values()) for rep in report.reps))


def series_csv(track: Track) -> str:
    """Return one line a frame: `time_s`, then every quantity of the track by its name; unmeasured is empty."""
    names = list(track.columns)

    def rows() -> Iterator[list[str]]:
        for number, time_s in enumerate(track.time_s):
            yield [_number(float(time_s), 4)] + [_number(float(track.columns[name][number]), 3) for name in names]

    return _csv(["time_s", *names], rows())


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
        raise ReportError(f"cannot replace {path}: {error.strerror or error}") from error


def table(report: SetReport, width: int | None = None) -> Table:
    """Return the reps as a table for a rich console: verdict, angles at the bottom with uncertainty, tempo.

    Where it would be wider than `width` characters, the columns on the person's own scale are left out one by one.
    """
    from rich.console import Console

    own = _own_columns(report)
    wide = Console(width=1000)
    while True:
        out = _table(report, own)
        if not own or width is None or wide.measure(out).maximum <= width:
            return out
        own = own[1:]


def _table(report: SetReport, own: Sequence[tuple[str, Callable[[Rep], str]]]) -> Table:
    from rich.table import Table
    from rich.text import Text

    shown = [name for name in wording.ANGLES if any(getattr(rep, name) is not None for rep in report.reps)]
    out = Table(box=None, pad_edge=False, header_style="dim", padding=(0, 2, 0, 0))
    out.add_column("rep", justify="right")
    if any(rep.side for rep in report.reps):
        out.add_column("side")
    out.add_column("at", justify="right")
    out.add_column("verdict")
    for name in shown:
        out.add_column(wording.ANGLES[name].split()[0].lower(), justify="right", no_wrap=True)
    for heading, _ in own:
        out.add_column(heading, justify="right", no_wrap=True)
    out.add_column("down/hold/up", justify="right", no_wrap=True)
    for rep in report.reps:
        look = wording.look_of(rep)
        cells = [Text(str(rep.index))] + ([Text(rep.side or "")] if any(r.side for r in report.reps) else [])
        cells += [Text(f"{rep.bottom_s:.1f} s"),
                  Text(f"{look.sign} {look.word}{', borderline' if rep.borderline else ''}", style=_STYLES[look.tone])]
        cells += [Text(wording.amount(getattr(rep, name), getattr(rep.uncertainty_deg, name))) for name in shown]
        cells += [Text(shown_as(rep)) for _, shown_as in own]
        cells.append(Text("  ".join(f"{part:.1f}" for part in wording.tempo(rep))))
        out.add_row(*cells)
    return out


def _own_columns(report: SetReport) -> list[tuple[str, Callable[[Rep], str]]]:
    """Columns on the person's own scale; one that no rep fills is left out, to keep the table narrow."""
    def share(value: float | None) -> str:
        return "" if value is None else f"{100 * value:.0f} %"

    def onset(rep: Rep) -> str:
        return "" if rep.rounding_onset_deg is None else \
            wording.amount(rep.rounding_onset_deg, rep.rounding_onset_uncertainty_deg)

    columns: list[tuple[str, Callable[[Rep], str]]] = [
        ("by hips", lambda rep: share(rep.hip_share)), ("of own", lambda rep: share(rep.spine_share_of_full_bend)),
        ("gives at", onset)]
    return [(heading, shown_as) for heading, shown_as in columns if any(map(shown_as, report.reps))]


def print_answers(console: Console, given: Answered) -> None:
    """Print what a person answered after the set, and what follows; what means stop, in bold."""
    console.print(wording.answers(given), style="dim", markup=False, soft_wrap=True)
    for advice in given.advice:
        console.print(advice.say, style="bold" if advice.weight is Weight.STOP else "", markup=False, soft_wrap=True)


def print_set(report: SetReport, files: Mapping[str, Path]) -> None:
    """Print a judged set on standard output: headline, table, summary, what to know, and where its files are."""
    from rich.console import Console

    console = Console(highlight=False)
    console.print(f"{report.video}: {wording.headline(report)}", style="bold", markup=False)
    if report.reps:
        console.print(table(report, console.width))
    for sentence in (*report.summary, *report.reasons, *map(wording.agreement, report.agreement)):
        console.print(sentence, markup=False)
    if files:
        folder = next(iter(files.values())).parent
        names = ", ".join(path.name for path in files.values())
        console.print(f"{folder}: {names}", style="dim", markup=False, soft_wrap=True)
    console.print()
