"""`hingecheck export`: a saved set, or a folder of results -> files for other programs.

As in `main`, nothing heavy is imported until the command runs.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hingecheck.cli import history_access, typed_number
from language.translate import _

if TYPE_CHECKING:
    from hingecheck.formats.measured_set import MeasuredSet

_FAILED = 1


def export(
    which: Annotated[str, typer.Argument(
        metavar="SET", help=_("The beginning of a saved set's or session's id, as history list prints it; last; or a "
                              "folder that analyse wrote."), show_default=False)],
    to: Annotated[list[str], typer.Option(
        "--to", "-t", metavar="FORMAT", help=_("trc, mot, openpose, coco, kinovea, fhir or netcdf. May be given "
                                               "several times."), show_default=False)],
    out: Annotated[Path | None, typer.Option(
        "--out", "-o", file_okay=False,
        help=_("Folder for the files. Default: the folder of results, or ./hingecheck-out/<video>-<id> of a saved "
               "set."), show_default=False)] = None,
    height_m: Annotated[float | None, typer.Option(
        "--height", metavar="M", parser=typed_number.read, show_default=False,
        help=_("The person's height in metres, as 1.75: then trc is in metres, else in pixels."))] = None,
    anonymous: Annotated[bool, typer.Option("--anonymous", help=_("Leave the person's name out of fhir."))] = False,
) -> None:
    """Write a set for other programs: OpenSim, OpenPose, COCO, Kinovea, FHIR, netCDF.

    Exit code 0: done. 1: it could not be written; the reason is on standard error.
    """
    from dataclasses import replace

    from hingecheck.formats.export import FORMATS, id_of, write
    from hingecheck.formats.measured_set import FormatError
    from hingecheck.report.data_files import ReportError
    from pose.frame.rows_file import RowsFileError

    unknown = next((name for name in to if id_of(name) not in FORMATS), None)
    if unknown is not None:
        raise typer.BadParameter(_("expected one of {list}, got {unknown!r}").format(
                                     list=", ".join(FORMATS), unknown=unknown), param_hint="--to")
    try:
        for measured, folder in _sets(which, out):
            for name in to:
                chosen = replace(measured, person="") if anonymous else measured
                typer.echo(str(write(id_of(name), chosen, folder, height_m)))
    except (FormatError, ReportError, RowsFileError) as error:
        typer.echo(_("Error: {error}").format(error=error), err=True)
        raise typer.Exit(_FAILED) from None


def _sets(which: str, out: Path | None) -> Iterator[tuple[MeasuredSet, Path]]:
    """Each set that is meant, and the folder for its files."""
    from hingecheck.jobs import set_export

    if Path(which).is_dir():
        yield set_export.of_folder(Path(which)), out or Path(which)
        return
    for saved, measured in history_access.saved_sets(which):
        name = f"{measured.stem}-{str(saved.line.id)[:8]}"
        yield measured, Path("hingecheck-out") / name if out is None else out
