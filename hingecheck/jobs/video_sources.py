"""What was given on a command line -> the videos to analyse, and a folder of its own for the results of each.

A video is a local file, a file somewhere under a folder, or an address that fsspec reads (`s3://bucket/film.mp4`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from hingecheck.jobs import addresses, done_record
from hingecheck.jobs.addresses import AddressError
from language.translate import _

#: What counts as a video in a folder; a file that is named itself may end as it likes.
SUFFIXES = frozenset({".mp4", ".mov", ".m4v", ".avi", ".mkv", ".webm", ".mpg", ".mpeg", ".3gp", ".mts", ".ts", ".wmv"})
#: Beside a file of this name, `annotated.mp4` is a result of this program and no video to analyse.
_REPORT, _ANNOTATED = "report.json", "annotated.mp4"
DEFAULT_ROOT = "hingecheck-out"


@dataclass(frozen=True)
class VideoAddress:
    """A video to analyse.

    Attributes
    ----------
    address : str
        A path of this machine, or an address with "://".
    place : str
        The path of its results inside the folder for all of them, with "/", before names that clash are numbered.
    """

    address: str
    place: str


def find(given: Iterable[str]) -> list[VideoAddress]:
    """Return the videos that paths, folders and addresses name, in their order; a folder's in the order of names.

    Raises
    ------
    AddressError
        An address cannot be listed, or holds no video.
    """
    return [source for one in given for source in (_remote(one) if addresses.is_remote(one) else _local(Path(one)))]


def _local(path: Path) -> Iterator[VideoAddress]:
    files = sorted(file for file in path.rglob("*") if _is_video(file, path)) if path.is_dir() else []
    if not files:
        yield VideoAddress(str(path), path.stem or "video")  # whoever reads it says what is wrong
    for file in files:
        yield VideoAddress(str(file), file.relative_to(path).with_suffix("").as_posix())


def _is_video(file: Path, root: Path) -> bool:
    hidden = any(part.startswith(".") for part in file.relative_to(root).parts)
    result = file.name == _ANNOTATED and file.with_name(_REPORT).exists()
    return file.suffix.lower() in SUFFIXES and not hidden and not result and file.is_file()


def _remote(address: str) -> Iterator[VideoAddress]:
    files, root = addresses.file_system(address)
    is_pattern = any(sign in root for sign in "*?[")
    try:
        if not is_pattern and not files.isdir(root):
            yield VideoAddress(address, PurePosixPath(root).stem or "video")
            return
        listed = sorted(files.glob(root) if is_pattern else files.find(root))
    except Exception as error:  # each kind of store has errors of its own
        raise AddressError(_("{address}: it cannot be listed ({error}). Check the address and the rights.").format(
                               address=address, error=error)) from error
    paths = [PurePosixPath(name) for name in listed]
    paths = [path for path in paths if path.suffix.lower() in SUFFIXES and path.name != _ANNOTATED]
    if not paths:
        raise AddressError(_("{address}: there is no video. Give the address of the videos or of their folder.").format(
                               address=address))
    base = next(path for path in PurePosixPath(root, "x").parents if not any(sign in str(path) for sign in "*?["))
    for path in paths:
        place = path.relative_to(base) if path.is_relative_to(base) else PurePosixPath(path.name)
        yield VideoAddress(f"{address.partition('://')[0]}://{path}", place.with_suffix("").as_posix())


def result_folders(sources: Sequence[VideoAddress], out: str | None) -> list[str]:
    """Return the folder, or the address of one, for the results of each video; no two videos have the same.

    A video that is named alone goes into `out` itself; otherwise each into a folder inside `out`, or inside
    ./hingecheck-out. Where a name is taken, now or by the results of another video that lie there, "-2", "-3" and so on
    follow it.

    Examples
    --------
    >>> both = [VideoAddress("a/IMG_1.MOV", "IMG_1"), VideoAddress("b/IMG_1.MOV", "IMG_1")]
    >>> result_folders(both, "out")
    ['out/IMG_1', 'out/IMG_1-2']
    >>> result_folders(both[:1], "out")
    ['out']
    """
    if out is not None and len(sources) == 1:
        return [out]
    root = DEFAULT_ROOT if out is None else out.rstrip("/")
    used: set[str] = set()
    folders = []
    for source in sources:
        name, number = source.place, 1
        while name.casefold() in used or _is_anothers(f"{root}/{name}", source.address):
            number += 1
            name = f"{source.place}-{number}"
        used.add(name.casefold())
        folders.append(f"{root}/{name}")
    return folders


def _is_anothers(folder: str, address: str) -> bool:
    """Whether the results of another video lie in a folder; one that says nothing is free, as it always was."""
    if addresses.is_remote(folder):
        return False  # too slow to ask a thousand times; names that clash now are numbered
    record = done_record.read(folder)
    return record is not None and record.video != addresses.identity(address)
