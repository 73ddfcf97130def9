"""Damaged inputs against every reader of files from outside: python -m bench.robust [--inputs 1000] [--only videos]

A sound file of each kind gets bytes changed, cut out, doubled or put in, and is read again, in a process of its own.
Right is a result, or the reader's own error; anything else is uncaught, and so is a process that dies or reads for over
ten seconds. Prints a line a reader; ends with exit code 1 after anything uncaught, or more than a gigabyte of memory.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path

import numpy as np

from bench.damaged_readers import readers
from bench.process_memory import peak_mb

NAMES = ("videos", "pictures", "recorded poses", "exercises", "programmes", "prescriptions", "tables of angles",
         "reports for --full-bend", "archives", "databases", "certificates")
READ, REFUSED, UNCAUGHT, SLOW, DIED = "read", "refused", "uncaught", "over ten seconds", "died"
_SLOW_S = 10.0
_MOST_MB = 1000.0


@dataclass
class Tried:
    """How a reader did: how often which outcome, its slowest input and the most memory of its process."""

    counts: Counter[str] = field(default_factory=Counter)
    slowest_s: float = 0.0
    peak_mb: float = 0.0

    @property
    def bad(self) -> bool:
        """Whether something happened that must not."""
        return any(self.counts[name] for name in (UNCAUGHT, SLOW, DIED)) or self.peak_mb > _MOST_MB


def damaged(whole: bytes, chance: np.random.Generator) -> bytes:
    """Return the bytes after one to four changes."""
    data = bytearray(whole)
    for _ in range(chance.integers(1, 5)):
        at = int(chance.integers(0, max(1, len(data))))
        end = at + int(chance.integers(1, 64))
        kind = chance.integers(0, 5)
        if kind == 0:
            data[at:at + 1] = chance.bytes(1)
        elif kind == 1:
            del data[at:end]
        elif kind == 2:
            data[at:at] = data[at:end]
        elif kind == 3:
            data[at:end] = chance.bytes(end - at)
        elif chance.random() < 0.1:
            del data[at + 1:]
    return bytes(data)


def _read_all(name: str, seed: int, first: int, end: int, results: Connection) -> None:
    """Read the sound file, send None, then of each damaged one its outcome, what was wrong, seconds and memory."""
    with tempfile.TemporaryDirectory(prefix="hingecheck-robust-") as folder:
        reader, path = readers(Path(folder))[name], Path(folder) / "damaged.bin"
        path.write_bytes(reader.sound)
        reader.read(path)
        results.send(None)
        # The decoders of damaged pictures and videos write to the terminal on their own.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        for number in range(first, end):
            path.write_bytes(damaged(reader.sound, np.random.default_rng((seed, number))))
            status, detail, begin = READ, "", time.monotonic()
            try:
                reader.read(path)
            except reader.errors:
                status = REFUSED
            except Exception as error:  # what this bench looks for: counted, told, and the exit code says so
                status, detail = UNCAUGHT, f"{type(error).__name__}: {str(error)[:150]}"
            results.send((status, detail, time.monotonic() - begin, peak_mb()))


def tried(name: str, inputs: int, seed: int) -> Tried:
    """Let one reader read so many damaged inputs; a process that hangs or dies is replaced by the next."""
    context, done, result = multiprocessing.get_context("spawn"), 0, Tried()
    while done < inputs:
        receiver, sender = context.Pipe(duplex=False)
        process = context.Process(target=_read_all, args=(name, seed, done, inputs, sender), daemon=True)
        process.start()
        sender.close()
        try:
            receiver.recv()
        except EOFError:
            raise RuntimeError(f"the reader of {name} does not read its sound file") from None
        while done < inputs:
            status, detail, seconds, most_mb = _next(receiver)
            result.counts[status] += 1
            result.slowest_s, result.peak_mb = max(result.slowest_s, seconds), max(result.peak_mb, most_mb)
            done += 1
            if status in (UNCAUGHT, SLOW, DIED):
                print(f"{name}, input {done - 1}: {status} {detail}", file=sys.stderr, flush=True)
            if status in (SLOW, DIED):
                break
        process.kill()
        process.join()
    return result


def _next(results: Connection) -> tuple[str, str, float, float]:
    try:
        return results.recv() if results.poll(_SLOW_S) else (SLOW, "", _SLOW_S, 0.0)
    except EOFError:
        return DIED, "", 0.0, 0.0


def main(arguments: list[str] | None = None) -> int:
    """Run the bench; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--inputs", type=int, default=1000, help="damaged inputs for each reader")
    parser.add_argument("--only", choices=NAMES, help="one reader, as in --only videos")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args(arguments)
    bad = False
    for name in NAMES if options.only is None else (options.only,):
        result = tried(name, options.inputs, options.seed)
        counts = result.counts
        print(f"| {name} | {options.inputs:,} | {counts[READ]:,} | {counts[REFUSED]:,} | {counts[UNCAUGHT]} | "
              f"{counts[SLOW] + counts[DIED]} | {result.slowest_s:.1f} | {result.peak_mb:.0f} |", flush=True)
        bad = bad or result.bad
    return int(bad)


if __name__ == "__main__":
    raise SystemExit(main())
