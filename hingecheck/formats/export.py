"""Name of a format, measured set -> its file, or its folder of files."""

from __future__ import annotations

import glob
import io
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from hingecheck.formats import fhir, keypoints, netcdf, opensim
from hingecheck.formats.measured_set import FormatError, MeasuredSet
from hingecheck.report import data_files
from language.translate import _, mark
from pose.temporary_files import temporary_folder

#: Name in a folder -> content.
Files = Mapping[str, str | bytes]


@dataclass(frozen=True)
class Format:
    """A format of another program.

    Attributes
    ----------
    title : str
        Its label, marked for translation.
    suffix : str
        Of its file, or of its folder where it has many files.
    mime : str
    files : callable
        Set, height in metres or None -> its files; one file has the name "".
    """

    title: str
    suffix: str
    mime: str
    files: Callable[[MeasuredSet, float | None], Files]

    @property
    def label(self) -> str:
        """Its name for a person, in the current language."""
        return _(self.title)

    @property
    def is_folder(self) -> bool:
        """Whether it is many files."""
        return not self.suffix.startswith(".")


def _netcdf(measured: MeasuredSet, height_m: float | None) -> Files:
    with temporary_folder("export") as folder:
        path = folder / "set.nc"
        netcdf.write(measured, path, _version())
        return {"": path.read_bytes()}


#: Every format by the name that it is asked for with.
FORMATS: dict[str, Format] = {
    "trc": Format(mark("OpenSim landmarks (.trc)"), ".trc", "text/plain",
                  lambda measured, height_m: {"": opensim.trc(measured, height_m)}),
    "mot": Format(mark("OpenSim angles (.mot)"), ".mot", "text/plain", lambda measured, _: {"": opensim.mot(measured)}),
    "openpose": Format(mark("OpenPose keypoints"), "_openpose", "application/zip",
                       lambda measured, _: keypoints.openpose(measured)),
    "coco": Format(mark("COCO keypoints (.json)"), ".coco.json", "application/json",
                   lambda measured, _: {"": keypoints.coco(measured)}),
    "kinovea": Format(mark("Kinovea key images"), "_kinovea", "application/zip",
                      lambda measured, _: keypoints.kinovea(measured)),
    "fhir": Format(mark("FHIR Observations (.json)"), ".fhir.json", "application/fhir+json",
                   lambda measured, _: {"": fhir.bundle(measured, _version())}),
    "netcdf": Format(mark("netCDF for movement (.nc)"), ".nc", "application/x-netcdf", _netcdf),
}
#: By how a file of the format ends.
_OTHER_NAMES = {"kva": "kinovea", "nc": "netcdf"}


def write(name: str, measured: MeasuredSet, folder: Path, height_m: float | None = None) -> Path:
    """Write a set into a folder, which is made if need be; return the file, or the folder of files.

    Parameters
    ----------
    name : str
        One of `FORMATS`.
    measured : MeasuredSet
    folder : Path
    height_m : float, optional
        The person's height; only "trc" uses it.

    Raises
    ------
    FormatError
        The set has not what the format needs, or there is no such format.
    ReportError
        A file cannot be written.
    """
    chosen = _chosen(name)
    target = folder / f"{measured.stem}{chosen.suffix}"
    files = chosen.files(measured, height_m)
    if chosen.is_folder:
        _discard_others(target, measured.stem, files)
    for inside, content in files.items():
        with data_files.in_place_of(target / inside if inside else target) as part:
            part.write_bytes(_bytes(content))
    return target


def download(name: str, measured: MeasuredSet, height_m: float | None = None) -> bytes:
    """Return a set as one file for a browser: a format of many files as a zip archive. Parameters as in `write`."""
    chosen = _chosen(name)
    files = chosen.files(measured, height_m)
    if not chosen.is_folder:
        return _bytes(files[""])
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for inside, content in files.items():
            archive.writestr(inside, _bytes(content))
    return packed.getvalue()


def _discard_others(folder: Path, stem: str, files: Files) -> None:
    """Delete the frames of an earlier export of the set, which a reader would mix with the new ones."""
    for old in folder.glob(f"{glob.escape(stem)}_*_keypoints.json"):
        if old.name not in files:
            data_files.discard(old)


def id_of(name: str) -> str:
    """Return the id of a format that may be named by how its files end.

    Examples
    --------
    >>> id_of("kva"), id_of(".nc"), id_of("trc")
    ('kinovea', 'netcdf', 'trc')
    """
    name = name.removeprefix(".").lower()
    return _OTHER_NAMES.get(name, name)


def _chosen(name: str) -> Format:
    if name not in FORMATS:
        raise FormatError(_("there is no format {name!r}. Choose one of {list}.").format(
                              name=name, list=", ".join(FORMATS)))
    return FORMATS[name]


def _bytes(content: str | bytes) -> bytes:
    return content if isinstance(content, bytes) else content.encode("utf-8")


def _version() -> str:
    try:
        return version("hingecheck")
    except PackageNotFoundError:
        return ""
