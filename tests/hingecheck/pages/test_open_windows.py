"""Windows that were closed are let go after a while, and what they held is freed."""

from __future__ import annotations

import asyncio
import ctypes
import gc
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bench.process_memory import below
from hingecheck.jobs.workspace import Workspace
from hingecheck.pages import open_windows
from hingecheck.pages.open_windows import OpenWindows, _ServerWindows
from tests.helpers import app_server


def test_a_closed_window_goes_after_a_while_and_one_that_comes_back_stays() -> None:
    connected, now_s = {"stays", "comes back", "goes"}, [0.0]
    closed: list[str] = []
    windows = OpenWindows(connected.__contains__, closed.append, lambda: now_s[0])
    for window in sorted(connected):
        windows.add(window)

    def after(seconds: float) -> int:
        now_s[0] += seconds
        return windows.close_closed()

    assert after(1000) == 0, "a page that is only read draws nothing"
    connected -= {"comes back", "goes"}
    assert after(100) == 0
    connected.add("comes back")
    assert after(20) == 1
    assert closed == ["goes"]
    assert after(1000) == 0, "each goes once"


def test_a_host_may_let_windows_go_sooner(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = {"server.disconnectedSessionTTL": 30}
    monkeypatch.setattr("streamlit.config.get_option", asked.__getitem__)
    now_s = [0.0]
    windows = OpenWindows(lambda _: False, lambda _: None, lambda: now_s[0])
    windows.add("window")
    now_s[0] = 19.0
    assert windows.close_closed() == 0
    now_s[0] = 21.0
    assert windows.close_closed() == 1


class Ring:
    """A window's state refers to itself."""

    def __init__(self) -> None:
        self.own, self.workspace = self, Workspace()


@contextmanager
def no_collection() -> Iterator[None]:
    """As in a large server, where a full collection does not come by itself."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def test_what_a_closed_window_held_is_freed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    held = {"window": Ring()}
    folder = held["window"].workspace.folder
    monkeypatch.setattr(open_windows, "_EVERY_S", 0.01)
    monkeypatch.setattr(open_windows, "_BEFORE_S", 1000.0)
    monkeypatch.setattr(_ServerWindows, "windows", OpenWindows(lambda _: False, held.__delitem__))
    _ServerWindows.windows.add("window")

    async def serve() -> None:
        async with open_windows.freed():
            for _ in range(3000):
                if not folder.exists():
                    return
                await asyncio.sleep(0.02)

    with no_collection():
        asyncio.run(serve())
        assert not held
        assert not folder.exists()


_STORE_BYTES = 64 << 20
#: Serves, and allocates in many threads at once; prints the C library's own list of its stores of freed memory.
_SERVES = """
import asyncio, ctypes, sys, threading
from hingecheck.pages import open_windows
def hold(all_there):
    held = [bytearray(2000) for _ in range(1000)]
    all_there.wait()
async def serve():
    async with open_windows.freed():
        all_there = threading.Barrier(12)
        threads = [threading.Thread(target=hold, args=(all_there,)) for _ in range(12)]
        [thread.start() for thread in threads]
        [thread.join() for thread in threads]
asyncio.run(serve())
library = ctypes.CDLL(None)
library.fopen.restype = ctypes.c_void_p
file = ctypes.c_void_p(library.fopen(sys.argv[1].encode(), b"w"))
library.malloc_info(0, file)
library.fclose(file)
"""


@pytest.mark.skipif(not sys.platform.startswith("linux") or not hasattr(ctypes.CDLL(None), "malloc_info"),
                    reason="glibc alone has such stores")
def test_windows_share_one_store_of_freed_memory(tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-c", _SERVES, str(tmp_path / "stores")], check=True)
    assert (tmp_path / "stores").read_text().count("<heap nr=") == 1


@pytest.mark.skipif(not sys.platform.startswith("linux") or not hasattr(ctypes.CDLL(None), "malloc_info"),
                    reason="glibc alone has such stores")
def test_the_page_server_has_one_store_from_its_beginning(tmp_path: Path) -> None:
    before = set(below(os.getpid()))
    with app_server.server(tmp_path / "data", tmp_path / "exercises"):
        (server,) = set(below(os.getpid())) - before
        maps = [line.split() for line in Path(f"/proc/{server}/maps").read_text().splitlines()]
    # A further store lies in 64 MB of addresses that begin at a multiple of it, the rest of them without access.
    starts = {int(line[0].split("-")[0], 16) for line in maps if line[1].startswith("rw") and len(line) == 5}
    ends = {int(line[0].split("-")[1], 16) for line in maps if line[1].startswith("---") and len(line) == 5}
    assert not [start for start in starts if start % _STORE_BYTES == 0 and start + _STORE_BYTES in ends]
