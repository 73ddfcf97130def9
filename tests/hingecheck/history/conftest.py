"""Fixtures: an empty history in each database, and the address of an empty database."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import psycopg
import pytest

from hingecheck.history.connection import FILE_NAME, History
from hingecheck.history.store import open_history
from tests.helpers import postgresql as postgresql_server
from tests.helpers.shared_home import Home, open_home

DATABASES = ("sqlite", "postgresql")


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Callable[[], str]]:
    """Return a function that creates an empty database in a server of our own and returns its address."""
    numbers = itertools.count()
    with postgresql_server.server() as address:

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


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Callable[[], str] | None], str]:
    """Return a function that migrates a database once and returns it every time: five times as fast."""

    @cache
    def make(create: Callable[[], str] | None) -> str:
        folder = tmp_path_factory.mktemp("migrated")
        address = "" if create is None else create()
        open_history(folder, address).close()
        return address or str(folder / FILE_NAME)

    return make


@pytest.fixture(params=DATABASES)
def history(request: pytest.FixtureRequest, migrated: Callable[..., str], tmp_path: Path) -> Iterator[History]:
    """An open, empty history."""
    folder = tmp_path / "data"
    folder.mkdir()
    address = ""
    if request.param == "sqlite":
        shutil.copyfile(migrated(None), folder / FILE_NAME)
    else:
        address = migrated(request.getfixturevalue("postgresql"))
        with psycopg.connect(address) as connection:
            # Everything belongs to a person.
            connection.execute("TRUNCATE people CASCADE")
    with open_history(folder, address) as opened:
        yield opened


@pytest.fixture
def url_of() -> Callable[[History], str]:
    """Return the address with which another program opens the same history."""
    return lambda history: "" if history.engine.dialect.name == "sqlite" else \
        history.engine.url.set(drivername="postgresql").render_as_string(hide_password=False)


@pytest.fixture(scope="module", params=DATABASES)
def shut(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    """A home for tries that must change nothing."""
    url = "" if request.param == "sqlite" else request.getfixturevalue("postgresql")()
    with open_home(tmp_path_factory.mktemp("home") / "shut", url) as home:
        yield home


@pytest.fixture
def home(tmp_path: Path, url: str) -> Iterator[Home]:
    with open_home(tmp_path / "home", url) as home:
        yield home
