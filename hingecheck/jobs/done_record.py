"""What a folder of results is of: written when a video is done, read to skip it when the same is asked again."""

from __future__ import annotations

import hashlib
import json
from dataclasses import fields
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from hingecheck.analysis.pipeline import Options
from hingecheck.jobs import addresses

NAME = "analysis.json"
#: Options that change nothing in the results.
_WITHOUT_EFFECT = {"jobs", "save_poses"}


class DoneRecord(BaseModel):
    """What the results in a folder are of.

    Attributes
    ----------
    video : str
        Where it lay: a full path, or an address.
    content : str
        SHA-256 of the file, or what its store says of it.
    options : str
        SHA-256 of everything that it was judged by, and which files were asked for.
    program : str
        Version of HingeCheck.
    reports : tuple of str
        Each report.json in the folder: of a video with parts, one for each.
    saved : str or None
        Ids of the sets in the history.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    video: str
    content: str
    options: str
    program: str
    reports: tuple[str, ...] = ()
    saved: str | None = None

    def is_of(self, other: DoneRecord) -> bool:
        """Whether video, content, options and version are the same."""
        names = ("video", "content", "options", "program")
        return all(getattr(self, name) == getattr(other, name) for name in names)


def of(address: str, content: str, options: Options, how: str) -> DoneRecord:
    """Return the record of a video as it is now; `how` is what is asked for beside the options."""
    return DoneRecord(video=addresses.identity(address), content=content, options=_digest(options, how),
                      program=_program())


def content_of(path: Path) -> str:
    """Return the SHA-256 of a file; "" where it cannot be read."""
    digest = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while block := file.read(1 << 20):
                digest.update(block)
    except OSError:
        return ""
    return digest.hexdigest()


def read(folder: str) -> DoneRecord | None:
    """Return what a folder says of itself; None where it says nothing that can be read."""
    text = addresses.read_text(folder, NAME)
    try:
        return None if text is None else DoneRecord.model_validate_json(text)
    except ValidationError:
        return None


def write(folder: str, record: DoneRecord) -> None:
    """Write it beside the results.

    Raises
    ------
    AddressError, ReportError
        It cannot be written.
    """
    addresses.write_text(folder, NAME, record.model_dump_json(indent=2) + "\n")


def _digest(options: Options, how: str) -> str:
    values = {field.name: getattr(options, field.name) for field in fields(options)
              if field.name not in _WITHOUT_EFFECT}
    text = json.dumps({**values, "how": how}, default=_plain, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(value: Any) -> Any:
    return value.model_dump(mode="json") if isinstance(value, BaseModel) else repr(value)


def _program() -> str:
    try:
        return version("hingecheck")
    except PackageNotFoundError:
        return ""
