"""A PostgreSQL server for the duration of the tests, created by initdb, reachable by its socket only."""

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
    """Return the folder of initdb and pg_ctl; on Debian they are not on the PATH."""
    initdb = shutil.which("initdb")
    folders = [Path(initdb).resolve().parent] if initdb else []
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    for folder in folders:
        if (folder / "initdb").exists() and (folder / "pg_ctl").exists():
            return folder
    pytest.skip("no PostgreSQL server here (initdb, pg_ctl): apt-get install postgresql")


def _user_prefix() -> list[str]:
    """Return the start of a command that runs as `postgres`, since PostgreSQL refuses to run as root."""
    if os.name == "nt" or os.geteuid() != 0:
        return []
    if shutil.which("runuser") is None or subprocess.run(["id", "postgres"], capture_output=True).returncode:
        pytest.skip("PostgreSQL does not run as root, and there is no user postgres to run it as")
    return ["runuser", "-u", "postgres", "--"]


@contextmanager
def server() -> Iterator[str]:
    """Yield the address of the server, with a placeholder for the name of a database."""
    tools, prefix = _tools(), _user_prefix()
    # Short: the path of a socket has 107 characters at most.
    home = Path(tempfile.mkdtemp(prefix="hcpg", dir="/tmp"))
    if prefix:
        shutil.chown(home, "postgres")
    try:
        _run([*prefix, str(tools / "initdb"), "-D", str(home / "data"), "-U", "tester", "-A", "trust", "-E", "UTF8",
              "--locale=C", "-N"])
        options = f"-c listen_addresses= -c unix_socket_directories={home} -c fsync=off -c full_page_writes=off"
        _run([*prefix, str(tools / "pg_ctl"), "-D", str(home / "data"), "-w", "-t", "240", "-l", str(home / "log"),
              "-o", options, "start"])
        try:
            yield f"postgresql://tester@/{{}}?host={quote(str(home), safe='')}"
        finally:
            _run([*prefix, str(tools / "pg_ctl"), "-D", str(home / "data"), "-m", "immediate", "stop"])
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _run(command: list[str]) -> None:
    # A file, since the server keeps the pipe open that it was started with.
    with tempfile.TemporaryFile() as output:
        result = subprocess.run(command, stdout=output, stderr=output, stdin=subprocess.DEVNULL, timeout=300, cwd="/")
        if result.returncode:
            output.seek(0)
            raise RuntimeError(f"{' '.join(command)}: {output.read().decode(errors='replace')}")
