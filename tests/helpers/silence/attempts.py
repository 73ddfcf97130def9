"""Run a command with loopback only -> its attempts to connect elsewhere, in Python and in native code."""

from __future__ import annotations

import functools
import ipaddress
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

_HERE = Path(__file__).resolve().parent
_ROOT = _HERE.parents[2]
_WITHIN_S = 900
_INET = re.compile(r'sin6?_port=htons\((\d+)\).*?(?:inet_addr\("|inet_pton\(AF_INET6, ")([^"]+)"')
_FAMILY = re.compile(r"sa_family=(AF_\w+)")
_STAY_HERE = {"AF_UNIX", "AF_NETLINK", "AF_UNSPEC"}
_NAME_SERVER = 53


@dataclass(frozen=True)
class Attempts:
    """The connection attempts of a command.

    Attributes
    ----------
    python : tuple of str
        Audit events of connections and look-ups, refused.
    watched : int
        Number of Python processes with the audit hook.
    native : tuple of str or None
        System calls of any code; None where the system has no namespace to trace in.
    """

    python: tuple[str, ...]
    watched: int
    native: tuple[str, ...] | None


@functools.cache
def namespace() -> tuple[str, ...] | None:
    """Return the start of a command in its own network namespace; None where the system does not permit it."""
    if shutil.which("unshare") is None:
        return None
    prefixes = (("unshare", "-n"), ("unshare", "-r", "-n"))
    return next((prefix for prefix in prefixes
                 if subprocess.run([*prefix, "true"], capture_output=True, check=False).returncode == 0), None)


def trace_command(command: list[str], folder: Path) -> Attempts:
    """Run a Python script's command line and return its attempts; AssertionError with its output when it fails."""
    folder.mkdir(parents=True, exist_ok=True)
    trace, counter, log = folder / "trace", folder / "without-route", folder / "attempts"
    line = [sys.executable, *command]
    alone = namespace()
    if alone is not None:
        line = [*alone, sys.executable, str(_HERE / "alone.py"), str(counter), *_traced(trace), *line]
    result = subprocess.run(line, env=_environment(folder, log), cwd=folder, capture_output=True, text=True,
                            timeout=_WITHIN_S, check=False)
    lines = log.read_text(encoding="utf-8").splitlines() if log.exists() else []
    tried = tuple(line for line in lines if not line.startswith("watched"))
    native = None if alone is None else _native(trace, counter)
    assert tried or native or result.returncode == 0, result.stdout + result.stderr
    return Attempts(tried, len(lines) - len(tried), native)


def _environment(folder: Path, log: Path) -> dict[str, str]:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(_HERE), str(_ROOT)]),
                   "HINGECHECK_ATTEMPTS": str(log), "HINGECHECK_DATA_DIR": str(folder / "data"),
                   "HINGECHECK_EXERCISES_DIR": str(folder / "exercises"), "HINGECHECK_CACHE_DIR": str(folder / "cache"),
                   "HINGECHECK_DATABASE_URL": ""}
    # A proxy on loopback would forward a request unnoticed.
    return {name: value for name, value in environment.items() if not name.lower().endswith("_proxy")}


def _traced(trace: Path) -> list[str]:
    if shutil.which("strace") is None:
        return []
    return ["strace", "-f", "-qq", "--seccomp-bpf", "-s", "200", "-o", str(trace),
            "-e", "trace=connect,sendto,sendmsg,sendmmsg"]


def _native(trace: Path, counter: Path) -> tuple[str, ...]:
    calls = trace.read_text(encoding="utf-8", errors="replace").splitlines() if trace.exists() else []
    tried = [call for call in calls if leaves(call)]
    without_route = int(counter.read_text()) if counter.exists() else 0
    return (*tried, *([f"{without_route} packets without a route"] if without_route else []))


def leaves(call: str) -> bool:
    """Return whether a traced system call is for another computer or for a name server, also a local one."""
    family = _FAMILY.search(call)
    if family is None:
        return False
    if family[1] in _STAY_HERE:
        return "resolve" in call  # systemd's resolver listens on a path
    inet = _INET.search(call)
    if inet is None:
        return True
    address = ipaddress.ip_address(inet[2].removeprefix("::ffff:"))
    return int(inet[1]) == _NAME_SERVER or not (address.is_loopback or address.is_unspecified)
