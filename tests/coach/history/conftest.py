"""An empty history in each database, and the address of one to open oneself."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
import throwaway

from coach.history.connection import History
from coach.history.store import open_history

DATABASES = ("sqlite", "postgresql")


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Callable[[], str]]:
    """Makes an empty database in a server of our own and says its address."""
    numbers = itertools.count()
    with throwaway.server() as address:

        def create() -> str:
            name = f"history_{next(numbers)}"
            with psycopg.connect(address.format("postgres"), autocommit=True) as connection:
                connection.execute(f"CREATE DATABASE {name}")
            return address.format(name)

        yield create


@pytest.fixture(params=DATABASES)
def url(request: pytest.FixtureRequest) -> str:
    """The address of an empty database; "" for SQLite."""
    return "" if request.param == "sqlite" else request.getfixturevalue("postgresql")()


@pytest.fixture
def history(url: str, tmp_path: Path) -> Iterator[History]:
    """An open, empty history."""
    with open_history(tmp_path / "data", url) as found:
        yield found
