"""Damaged inputs against every reader of files from outside: python -m bench.robust [--inputs 1000] [--only videos]

A sound file of each kind gets bytes changed, cut out, doubled or put in, and is read again. Right is a result, or the
reader's own error; anything else is uncaught. Prints a line a reader, and ends with exit code 1 after anything uncaught
or slower than ten seconds.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from exercises.load import load, load_file
from exercises.tomlfile import ExerciseError
from hingecheck.analysis.full_bend import FullBendError
from hingecheck.analysis.full_bend import read as read_full_bend
from hingecheck.history.archive_export import export_archive
from hingecheck.history.archive_import import import_archive
from hingecheck.history.people import add as add_person
from hingecheck.history.personal_exercises import parse_prescription
from hingecheck.history.records import HistoryError
from hingecheck.history.store import open_history
from hingecheck.validation import hand_measurements
from hingecheck.validation.number_format import HandFileError
from pose.io import recording
from pose.io.video import VideoError, VideoReader

_ROOT = Path(__file__).resolve().parents[1]
_SLOW_S = 10.0
_PRESCRIPTION = 'exercise = "hip_hinge"\nsets = 3\n[target]\nmeasure = "hip_flexion_deg"\nat = 70\n'
_REPORT = {"exercise": "forward_bend", "status": "judged", "reps": [], "summary": ["x"],
           "full_bend": {"spine_flexion_deg": 60.0}}
_TABLE = "time_s,hip_flexion_deg\n" + "".join(f"{number / 2},{number * 3.5}\n" for number in range(40))


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


def _video(path: Path) -> None:
    for number, frame in enumerate(VideoReader(path, threaded=False)):
        if number == 3:
            break
        assert frame.image.size


def readers(folder: Path) -> dict[str, tuple[bytes, Callable[[Path], object], type[Exception]]]:
    """Return by name: a sound file, what reads it, and the error that it may end in."""
    history = open_history(folder / "to", "")
    with open_history(folder / "from", "") as source:
        add_person(source, "Example")
        export_archive(source, folder / "sound.zip")
    poses = next(iter(sorted((_ROOT / "tests/data").glob("*.poses.npz"), key=lambda path: path.stat().st_size)))
    hinge = (_ROOT / "exercises/catalogue/hip_hinge.toml").read_bytes()
    return {
        "videos": ((_ROOT / "samples/hinge_neutral.mp4").read_bytes(), _video, VideoError),
        "recorded poses": (poses.read_bytes(), lambda path: list(recording.load(path)), recording.RecordingError),
        "exercises": (hinge, load_file, ExerciseError),
        "prescriptions": (_PRESCRIPTION.encode(), lambda path: parse_prescription(
            path.read_bytes().decode("utf-8", "surrogateescape"), load), ExerciseError),
        "tables of angles": (_TABLE.encode(), hand_measurements.read, HandFileError),
        "reports for --full-bend": (json.dumps(_REPORT).encode(), lambda path: read_full_bend(str(path)),
                                    FullBendError),
        "archives": ((folder / "sound.zip").read_bytes(), lambda path: import_archive(history, path), HistoryError),
    }


def main() -> int:
    """Run the bench; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--inputs", type=int, default=1000, help="damaged inputs for each reader")
    parser.add_argument("--only", help="one reader, as in --only videos")
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    bad = 0
    with tempfile.TemporaryDirectory() as name:
        for reader, (sound, read, own) in readers(Path(name)).items():
            if given.only not in (None, reader):
                continue
            chance, counts, slowest = np.random.default_rng(given.seed), {"read": 0, "refused": 0, "uncaught": 0}, 0.0
            path = Path(name) / "damaged.bin"
            path.write_bytes(sound)
            read(path)
            for number in range(given.inputs):
                path.write_bytes(damaged(sound, chance))
                begin = time.monotonic()
                try:
                    read(path)
                    counts["read"] += 1
                except own:
                    counts["refused"] += 1
                except Exception as error:
                    counts["uncaught"] += 1
                    print(f"{reader}, input {number}: {type(error).__name__}: {str(error)[:150]}", file=sys.stderr)
                slowest = max(slowest, time.monotonic() - begin)
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            print(f"| {reader} | {given.inputs} | {counts['read']} | {counts['refused']} | {counts['uncaught']} | "
                  f"{slowest:.1f} | {peak:.0f} |", flush=True)
            bad += counts["uncaught"] + (slowest > _SLOW_S)
    return 1 if bad else 0


if __name__ == "__main__":
    raise SystemExit(main())
