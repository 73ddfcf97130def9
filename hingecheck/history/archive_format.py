"""Describe an archive: a zip of `manifest.json`, one file of JSON lines per table, and the files of the sets.

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

from hingecheck.history.column_types import Utc
from hingecheck.history.files import TRACK, VIDEO
from hingecheck.history.tables import Base
from language.translate import _

#: Increased when an older program could no longer read a newer archive.
VERSION = 2
MANIFEST = "manifest.json"
_UUID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_SET_FILE = re.compile(rf"sets/({_UUID})/({re.escape(TRACK)}|{re.escape(VIDEO)}|rep-\d{{1,6}}\.jpg)")
#: Of one database and its server alone: never exported. The manifest has the files' checksums.
_STAYS = ("about", "accounts", "consents", "files")
#: Parents first.
TABLES: tuple[Table, ...] = tuple(table for table in Base.metadata.sorted_tables if table.name not in _STAYS)
#: Type of a column -> type of its values in Python.
_TYPES: tuple[tuple[type[Any], type], ...] = ((Uuid, UUID), (Utc, datetime), (Float, float), (Boolean, bool),
                                              (Integer, int), (Text, str), (JSON, list))


class Member(BaseModel):
    """One file in the archive."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    size: int = Field(ge=0)
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")


class Manifest(BaseModel):
    """The content of an archive, with the checksums that show whether it is complete."""

    model_config = ConfigDict(frozen=True)

    format: Literal["hingecheck-history"] = "hingecheck-history"
    version: int
    made_at: AwareDatetime
    #: Name of the person whose data this is; None = everybody.
    person: str | None = None
    members: dict[str, Member]


def table_file(table: Table) -> str:
    """Return the name of a table's file in the archive."""
    return f"{table.name}.jsonl"


def set_id_of(member: str) -> UUID | None:
    """Return the id of the set that a member belongs to; None for any other member."""
    match = _SET_FILE.fullmatch(member)
    return None if match is None else UUID(match.group(1))


def to_line(row: dict[str, Any]) -> bytes:
    """Return a row as one line of JSON."""
    return json.dumps(row, ensure_ascii=False, allow_nan=False, default=_to_json).encode("utf-8") + b"\n"


def _to_json(value: object) -> str:
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(f"an archive cannot hold {value!r}")


def from_line(line: bytes, table: Table) -> dict[str, Any]:
    """Return the row that a line describes.

    Columns newer than the archive are absent from the row, so that they take their defaults.

    Raises
    ------
    ValueError
        The line does not describe a row of this table.
    """
    values = json.loads(line.decode("utf-8"))
    if not isinstance(values, dict):
        raise ValueError(_("expected an object"))
    unknown_keys = sorted(values.keys() - set(table.columns.keys()))
    if unknown_keys:
        raise ValueError(_("unknown key {key}").format(key=unknown_keys[0]))
    row = {}
    for column in table.columns:
        if column.name in values:
            row[column.name] = _value(values[column.name], column)
        elif not column.nullable and column.server_default is None:
            raise ValueError(_("{column} is missing").format(column=column.name))
    return row


def _value(value: Any, column: Column[Any]) -> Any:
    if value is None and column.nullable:
        return None
    python_type = next(python for kind, python in _TYPES if isinstance(column.type, kind))
    if python_type in (UUID, datetime) and isinstance(value, str):
        parsed = UUID(value) if python_type is UUID else datetime.fromisoformat(value)
        if isinstance(parsed, datetime) and parsed.tzinfo is None:
            raise ValueError(_("{column} has no time zone").format(column=column.name))
        return parsed
    if python_type is float and type(value) in (int, float):
        return float(value)
    if python_type is list and isinstance(value, list) and all(isinstance(word, str) for word in value):
        return value
    if python_type in (str, int, bool) and type(value) is python_type:
        return value
    raise ValueError(_("{column} has the wrong type: {value!r}").format(column=column.name, value=str(value)[:40]))
