"""A PostgreSQL server of our own that lives as long as the tests: made by initdb, reached by its socket only."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import pytest


def _tools() -> Path:
    """The folder of initdb and pg_ctl; Debian keeps them off the PATH."""
    found = shutil.which("initdb")
    folders = [Path(found).resolve().parent] if found else []
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    for folder in folders:
        if (folder / "initdb").exists() and (folder / "pg_ctl").exists():
            return folder
    pytest.skip("no PostgreSQL server here (initdb, pg_ctl): apt-get install postgresql")


def _as_whom() -> list[str]:
    """PostgreSQL refuses to run as root: the words before a command that make it run as `postgres` instead."""
    if os.name == "nt" or os.geteuid() != 0:
        return []
    if shutil.which("runuser") is None or subprocess.run(["id", "postgres"], capture_output=True).returncode:
        pytest.skip("PostgreSQL does not run as root, and there is no user postgres to run it as")
    return ["runuser", "-u", "postgres", "--"]


@contextmanager
def server() -> Iterator[str]:
    """Give the address of the server, to which the name of a database is added."""
    tools, whom = _tools(), _as_whom()
    # Short: the path of a socket has 107 characters at most.
    home = Path(tempfile.mkdtemp(prefix="hcpg", dir="/tmp"))
    if whom:
        shutil.chown(home, "postgres")
    try:
        _run([*whom, str(tools / "initdb"), "-D", str(home / "data"), "-U", "tester", "-A", "trust", "-E", "UTF8",
              "--locale=C", "-N"])
        options = f"-c listen_addresses= -c unix_socket_directories={home} -c fsync=off -c full_page_writes=off"
        _run([*whom, str(tools / "pg_ctl"), "-D", str(home / "data"), "-w", "-l", str(home / "log"), "-o", options,
              "start"])
        try:
            yield f"postgresql://tester@/{{}}?host={quote(str(home), safe='')}"
        finally:
            _run([*whom, str(tools / "pg_ctl"), "-D", str(home / "data"), "-m", "immediate", "stop"])
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _run(command: list[str]) -> None:
    # A file, since the server goes on holding the pipe that it was started with.
    with tempfile.TemporaryFile() as said:
        ended = subprocess.run(command, stdout=said, stderr=said, stdin=subprocess.DEVNULL, timeout=60, cwd="/")
        if ended.returncode:
            said.seek(0)
            raise RuntimeError(f"{' '.join(command)}: {said.read().decode(errors='replace')}")
