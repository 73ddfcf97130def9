"""Memory that the networks have freed goes back to the system: many videos take no more than one.

Every network runs in threads of its own, and glibc keeps a store (an arena) of freed memory for each of many threads:
20 networks one after the other took 966 MB; with few stores that are emptied after each network they take 204
(`tests/pose/model/test_freed_memory.py`). Other C libraries keep no such stores; there, nothing is done.
"""

from __future__ import annotations

import ctypes
import sys
from functools import cache
from typing import Any

#: glibc's name for "how many stores at most", and how many there may be. With one, no thread waits for another
#: measurably (a minute of video in 14.8 s, with four in 15.3), and what is freed in one thread serves the others: with
#: eight, 44 windows of a page server took 216 MB and then 228, the same 78 MB in use; with one, 203 all the time.
_M_ARENA_MAX, _STORES = -8, 1
#: glibc's name for "from how many bytes on a piece lies outside of the stores", and what it is. Of itself it grows up
#: to 32 MB as such pieces are freed; then the networks' tensors lie between smaller pieces, and what they leave stays.
#: A frame of 1920x1080 pixels is 6.2 MB: with a limit of 4 MB, drawing takes a fifth longer.
_M_MMAP_THRESHOLD, _LARGE_BYTES = -3, 8 << 20
#: "How much may lie free at the end of a store". It would stay at 128 kB if only the other were set, and a minute of
#: video takes 15.1 s in place of 14.6 then; with 64 MB, five minutes take 650 MB in place of 584.
_M_TRIM_THRESHOLD, _FREE_BYTES = -1, 16 << 20


@cache
def _libc() -> Any:
    """Return glibc, or None on a system with another C library."""
    if not sys.platform.startswith("linux"):
        return None
    library = ctypes.CDLL(None)
    return library if hasattr(library, "malloc_trim") and hasattr(library, "mallopt") else None


@cache
def limit_stores() -> None:
    """Let threads share one store of freed memory, without large pieces.

    To be called before there are threads: what they have by then stays theirs.
    """
    if _libc() is not None:
        _libc().mallopt(_M_ARENA_MAX, _STORES)
        _libc().mallopt(_M_MMAP_THRESHOLD, _LARGE_BYTES)
        _libc().mallopt(_M_TRIM_THRESHOLD, _FREE_BYTES)


def give_back() -> None:
    """Give freed memory back to the system: a few milliseconds, after a network is gone."""
    if _libc() is not None:
        _libc().malloc_trim(0)
