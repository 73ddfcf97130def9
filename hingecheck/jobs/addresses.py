"""A path of this machine, or an address that fsspec reads ("s3://bucket/film.mp4"): the same calls for both."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Any

from language.translate import _, mark
from pose.temporary_files import temporary_folder

_NOT_FETCHED = mark("{address}: it cannot be fetched ({error}). Check the address and the rights.")
_NOT_WRITTEN = mark("{address}: the results cannot be written there ({error}). Check the address and the rights.")


class AddressError(Exception):
    """An address that cannot be used; the message says what to do."""


def is_remote(address: str) -> bool:
    """Whether it is an address for fsspec and no path.

    Examples
    --------
    >>> is_remote("s3://bucket/film.mp4"), is_remote("films/film.mp4")
    (True, False)
    """
    return "://" in address


def name(address: str) -> str:
    """Return the name of the file.

    Examples
    --------
    >>> name("s3://bucket/monday/film.mp4")
    'film.mp4'
    """
    return PurePosixPath(address).name if is_remote(address) else Path(address).name


def identity(address: str) -> str:
    r"""Return the identity of an address: of a local file its full path.

    A name on Linux is bytes; those that are no Unicode stand as `\udcff`, which every file and database can store.
    """
    whole = address if is_remote(address) else str(Path(address).resolve())
    return whole.encode("utf-8", "backslashreplace").decode("utf-8")


def file_system(address: str) -> tuple[Any, str]:
    """Return the file system of a remote address, and the path in it.

    Raises
    ------
    AddressError
        fsspec, or what it needs for this kind of address, is not installed.
    """
    try:
        import fsspec

        files, path = fsspec.core.url_to_fs(address)
    except (ImportError, ValueError) as error:
        raise AddressError(_("{address}: addresses of this kind cannot be read here ({error}). Install "
                             "hingecheck[cluster] and the package that the message names, or give local files.").format(
                               address=address, error=error)) from error
    return files, path


@contextmanager
def fetched(address: str) -> Iterator[Path]:
    """Give the path of a file: itself, or a copy that is deleted afterwards.

    Raises
    ------
    AddressError
        A remote file cannot be fetched.
    """
    if not is_remote(address):
        yield Path(address)
        return
    files, inside = file_system(address)
    with temporary_folder("video") as folder:
        path = folder / name(address)
        with _translated_errors(address, _NOT_FETCHED):
            files.get_file(inside, str(path))
        yield path


@contextmanager
def to_be_put(address: str) -> Iterator[Path]:
    """Give a folder to write into: itself, or one whose files are put at the address when all went well.

    Raises
    ------
    AddressError
        A remote file cannot be written.
    """
    if not is_remote(address):
        yield Path(address)
        return
    files, inside = file_system(address)
    with temporary_folder("results") as folder:
        yield folder
        with _translated_errors(address, _NOT_WRITTEN):
            for file in sorted(path for path in folder.rglob("*") if path.is_file()):
                target = f"{inside}/{file.relative_to(folder).as_posix()}"
                files.makedirs(target.rpartition("/")[0], exist_ok=True)
                files.put_file(str(file), target)


def read_text(folder: str, file: str) -> str | None:
    """Return the text of a file in a folder; None where there is none that can be read."""
    try:
        if not is_remote(folder):
            return (Path(folder) / file).read_text(encoding="utf-8")
        files, inside = file_system(folder)
        return str(files.cat_file(f"{inside}/{file}").decode("utf-8"))
    except (OSError, ValueError, AddressError):
        return None


def write_text(folder: str, file: str, text: str) -> None:
    """Write a file into a folder, whole or not at all.

    Raises
    ------
    AddressError, ReportError
        It cannot be written.
    """
    from hingecheck.report import data_files

    if not is_remote(folder):
        data_files.write_text(Path(folder) / file, text)
        return
    files, inside = file_system(folder)
    with _translated_errors(folder, _NOT_WRITTEN):
        files.makedirs(inside, exist_ok=True)
        files.pipe_file(f"{inside}/{file}", text.encode("utf-8"))


@contextmanager
def _translated_errors(address: str, sentence: str) -> Iterator[None]:
    """Tell a store's error as one marked sentence with the fields `address` and `error`."""
    try:
        yield
    except AddressError:
        raise
    except Exception as error:  # each kind of store has errors of its own
        raise AddressError(_(sentence).format(address=address, error=f"{type(error).__name__}: {error}")) from error
