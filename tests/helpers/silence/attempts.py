"""Run a command where no connection but loopback can be made -> what it tried, in Python and in native code."""

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
_WITHIN_S = 300
_INET = re.compile(r'sin6?_port=htons\((\d+)\).*?(?:inet_addr\("|inet_pton\(AF_INET6, ")([^"]+)"')
_FAMILY = re.compile(r"sa_family=(AF_\w+)")
_STAY_HERE = {"AF_UNIX", "AF_NETLINK", "AF_UNSPEC"}
_NAME_SERVER = 53


@dataclass(frozen=True)
class Attempts:
    """What a command tried.

    Attributes
    ----------
    python : tuple of str
        Audit events of connections and look-ups, refused.
    watched : int
        Python processes in which the hook was.
    native : tuple of str or None
        System calls of any code; None where the system has no namespace to trace in.
    """

    python: tuple[str, ...]
    watched: int
    native: tuple[str, ...] | None


@functools.cache
def namespace() -> tuple[str, ...] | None:
    """Return how a command is run in a network of its own; None where the system does not let us."""
    if shutil.which("unshare") is None:
        return None
    ways = (("unshare", "-n"), ("unshare", "-r", "-n"))
    return next((way for way in ways
                 if subprocess.run([*way, "true"], capture_output=True, check=False).returncode == 0), None)


def of(command: list[str], folder: Path) -> Attempts:
    """Run a Python script's command line and return what it tried; AssertionError with its output when it fails."""
    folder.mkdir(parents=True, exist_ok=True)
    trace, counter, log = folder / "trace", folder / "without-route", folder / "attempts"
    line = [sys.executable, *command]
    alone = namespace()
    if alone is not None:
        line = [*alone, sys.executable, str(_HERE / "alone.py"), str(counter), *_traced(trace), *line]
    done = subprocess.run(line, env=_environment(folder, log), cwd=folder, capture_output=True, text=True,
                          timeout=_WITHIN_S, check=False)
    lines = log.read_text(encoding="utf-8").splitlines() if log.exists() else []
    tried = tuple(line for line in lines if not line.startswith("watched"))
    native = None if alone is None else _native(trace, counter)
    assert tried or native or done.returncode == 0, done.stdout + done.stderr
    return Attempts(tried, len(lines) - len(tried), native)


def _environment(folder: Path, log: Path) -> dict[str, str]:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(_HERE), str(_ROOT)]),
                   "HINGECHECK_ATTEMPTS": str(log), "HINGECHECK_DATA_DIR": str(folder / "data"),
                   "HINGECHECK_EXERCISES_DIR": str(folder / "exercises"), "HINGECHECK_CACHE_DIR": str(folder / "cache"),
                   "HINGECHECK_DATABASE_URL": ""}
    # A proxy on loopback would carry a request out unseen.
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
    """Whether a traced system call is for another computer, or for a name server, this computer's own one too."""
    found = _FAMILY.search(call)
    if found is None:
        return False
    if found[1] in _STAY_HERE:
        return "resolve" in call  # systemd's resolver listens on a path
    inet = _INET.search(call)
    if inet is None:
        return True
    address = ipaddress.ip_address(inet[2].removeprefix("::ffff:"))
    return int(inet[1]) == _NAME_SERVER or not (address.is_loopback or address.is_unspecified)
