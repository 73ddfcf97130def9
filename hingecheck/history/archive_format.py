"""What an archive looks like: a zip of `manifest.json`, one file of JSON lines a table, and the kept files of the sets.

The manifest names every other member with its size and SHA-256. docs/history.md describes it for other programs.
"""

from __future__ import annotations

import json
import re
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field
from sqlalchemy import JSON, Boolean, Column, Float, Integer, Table, Text, Uuid

from hingecheck.history.files import TRACK, VIDEO
from hingecheck.history.tables import Base
from hingecheck.history.utc_time import Utc

#: Goes up when an older program could no longer read a newer archive.
VERSION = 1
MANIFEST = "manifest.json"
_UUID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_SET_FILE = re.compile(rf"sets/({_UUID})/({re.escape(TRACK)}|{re.escape(VIDEO)}|rep-\d{{1,6}}\.jpg)")
#: Parents first. What a database knows of itself stays with it.
TABLES: tuple[Table, ...] = tuple(table for table in Base.metadata.sorted_tables if table.name != "about")
#: What the values of a column are.
_TYPES: tuple[tuple[type[Any], type], ...] = ((Uuid, UUID), (Utc, datetime), (Float, float), (Boolean, bool),
                                              (Integer, int), (Text, str), (JSON, list))


class Member(BaseModel):
    """One file in the archive."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    size: int = Field(ge=0)
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")


class Manifest(BaseModel):
    """What is in the archive, and whether it arrived whole."""

    model_config = ConfigDict(frozen=True)

    format: Literal["hingecheck-history"] = "hingecheck-history"
    version: int
    made_at: AwareDatetime
    #: Whose it is; None = everybody's.
    person: str | None = None
    members: dict[str, Member]


def file_of(table: Table) -> str:
    """Return the name of a table's file."""
    return f"{table.name}.jsonl"


def set_of(member: str) -> UUID | None:
    """Return the set whose kept file this is; None where it is none."""
    match = _SET_FILE.fullmatch(member)
    return None if match is None else UUID(match.group(1))


def to_line(row: dict[str, Any]) -> bytes:
    """Return a row as a line."""
    return json.dumps(row, ensure_ascii=False, allow_nan=False, default=_plain).encode("utf-8") + b"\n"


def _plain(value: object) -> str:
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(f"not to be put into an archive: {value!r}")


def from_line(line: bytes, table: Table) -> dict[str, Any]:
    """Return the row of a line.

    Columns that are younger than the archive are left out: they have their defaults.

    Raises
    ------
    ValueError
        No such row fits into the table.
    """
    given = json.loads(line.decode("utf-8"))
    if not isinstance(given, dict):
        raise ValueError("expected an object")
    strangers = sorted(given.keys() - set(table.columns.keys()))
    if strangers:
        raise ValueError(f"unknown key {strangers[0]}")
    row = {}
    for column in table.columns:
        if column.name in given:
            row[column.name] = _value(given[column.name], column)
        elif not column.nullable and column.server_default is None:
            raise ValueError(f"{column.name} is missing")
    return row


def _value(value: Any, column: Column[Any]) -> Any:
    if value is None and column.nullable:
        return None
    wanted = next(python for kind, python in _TYPES if isinstance(column.type, kind))
    if wanted in (UUID, datetime) and isinstance(value, str):
        made = UUID(value) if wanted is UUID else datetime.fromisoformat(value)
        if isinstance(made, datetime) and made.tzinfo is None:
            raise ValueError(f"{column.name} has no zone")
        return made
    if wanted is float and type(value) in (int, float):
        return float(value)
    if wanted is list and isinstance(value, list) and all(isinstance(word, str) for word in value):
        return value
    if wanted in (str, int, bool) and type(value) is wanted:
        return value
    raise ValueError(f"{column.name} is not of its type: {str(value)[:40]!r}")
