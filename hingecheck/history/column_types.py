"""Column types: times always in UTC, ids, and an error of the database where a damaged file holds something else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timezone
from typing import Any
from uuid import UUID

from sqlalchemy import DateTime, Dialect, TypeDecorator, Uuid
from sqlalchemy.exc import DataError

_Read = Callable[[Any], Any]


class Id(Uuid[UUID]):
    """A UUID; as text of 32 digits where the database knows none."""

    cache_ok = True

    def result_processor(self, dialect: Dialect, coltype: object) -> _Read | None:
        """Return what reads a value, or None where the driver does."""
        return _guarded(super().result_processor(dialect, coltype))  # type: ignore[no-untyped-call]


class Utc(TypeDecorator[datetime]):
    """A time in UTC. SQLite stores no time zone, so it is removed on writing and added on reading."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Convert a time of any zone to UTC; a time without a zone is an error."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a time needs its time zone, as in datetime.now(timezone.utc); got {value!r}")
        utc = value.astimezone(timezone.utc)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """Return the time with its zone."""
        if value is None:
            return None
        return value.replace(tzinfo=timezone.utc) if value.tzinfo is None else value.astimezone(timezone.utc)

    def result_processor(self, dialect: Dialect, coltype: Any) -> _Read | None:
        """Return what reads a value."""
        return _guarded(super().result_processor(dialect, coltype))


def _guarded(read: _Read | None) -> _Read | None:
    """Turn the error of a value that cannot be read into one of the database, which has a remedy."""
    if read is None:
        return None

    def process(value: Any) -> Any:
        try:
            return read(value)
        except ValueError as error:
            raise DataError("", {}, ValueError(f"the database is malformed ({error})")) from error

    return process
