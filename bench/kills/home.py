"""Where a killed program works: a history in one of the databases, folders of its own for everything else."""

from __future__ import annotations

import itertools
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

from hingecheck.history.connection import FILE_NAME, FOLDER_VARIABLE, URL_VARIABLE
from pose.cache import CACHE_VARIABLE
from tests.helpers import postgresql

#: Makes an empty database, or a copy of the one at an address, and returns the new one's address; "" = SQLite.
NewDatabase = Callable[[str], str]


@dataclass(frozen=True)
class Home:
    """One history with the folders around it.

    Attributes
    ----------
    data : Path
        Folder of the history.
    url : str
        Address of its PostgreSQL; "" = SQLite.
    out : Path
        Where results are written.
    inputs : Path
        Films and archives, made once.
    temporary, cache : Path
        In place of the system's folders.
    """

    data: Path
    url: str
    out: Path
    inputs: Path
    temporary: Path
    cache: Path

    def enter(self) -> None:
        """Let this process work here."""
        os.environ.update({FOLDER_VARIABLE: str(self.data), URL_VARIABLE: self.url, CACHE_VARIABLE: str(self.cache),
                           "TMPDIR": str(self.temporary)})
        tempfile.tempdir = str(self.temporary)
        for folder in (self.data, self.out, self.inputs, self.temporary, self.cache):
            folder.mkdir(parents=True, exist_ok=True)


def new_home(root: Path, name: str, new_database: NewDatabase, copy_of: Home | None = None) -> Home:
    """Make a home, empty or as another one is now; inputs and cache are shared."""
    home = Home(root / name / "data", new_database("" if copy_of is None else copy_of.url), root / name / "out",
                root / "inputs", root / "temporary", root / "cache")
    home.enter()
    if copy_of is not None:
        shutil.copytree(copy_of.data, home.data, dirs_exist_ok=True)
        shutil.copytree(copy_of.out, home.out, dirs_exist_ok=True)
    return home


@contextmanager
def databases(name: str) -> Iterator[NewDatabase]:
    """Yield what makes databases of a kind: "sqlite", or "postgresql" in a server of our own."""
    if name == "sqlite":
        yield lambda _: ""
        return
    numbers = itertools.count()
    with postgresql.server() as address:

        def create(template: str) -> str:
            new = f"kills_{next(numbers)}"
            copied = f" TEMPLATE {template.partition('@/')[2].partition('?')[0]}" if template else ""
            with psycopg.connect(address.format("postgres"), autocommit=True) as connection:
                connection.execute(f"CREATE DATABASE {new}{copied}".encode())
            return address.format(new)

        yield create


#: What a closed history leaves in its folder.
OWN_FILES = {FILE_NAME, "sets", "unsettled"}
