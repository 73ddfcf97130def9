"""Every reader of files from outside: a sound file of its kind, what reads it, and the errors that it may end in."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from exercises.load import load, load_file
from exercises.programme_library import load_programmes
from exercises.tomlfile import ExerciseError
from hingecheck.analysis.full_bend import FullBendError
from hingecheck.analysis.full_bend import read as read_full_bend
from hingecheck.history import people, queries, sets
from hingecheck.history.archive_export import export_archive
from hingecheck.history.archive_import import import_archive
from hingecheck.history.files import load_track
from hingecheck.history.personal_exercises import parse_prescription
from hingecheck.history.records import HistoryError, NewSet
from hingecheck.history.store import open_history
from hingecheck.serving import certificates
from hingecheck.validation import hand_measurements
from hingecheck.validation.number_format import HandFileError
from pose.io import recording
from pose.io.image_codec import decode_image
from pose.io.video import VideoError, VideoReader
from tests.helpers import saved_sets

_ROOT = Path(__file__).resolve().parents[1]
_PRESCRIPTION = 'exercise = "hip_hinge"\nsets = 3\n[target]\nmeasure = "hip_flexion_deg"\nat = 70\n'
_REPORT = {"exercise": "forward_bend", "status": "judged", "reps": [], "summary": ["x"],
           "full_bend": {"spine_flexion_deg": 60.0}}
_TABLE = "time_s,hip_flexion_deg\n" + "".join(f"{number / 2},{number * 3.5}\n" for number in range(40))


@dataclass(frozen=True)
class Reader:
    """A reader, what it reads when all is well, and how it may fail."""

    sound: bytes
    read: Callable[[Path], object]
    errors: tuple[type[Exception], ...]


def readers(folder: Path) -> dict[str, Reader]:
    """Return the readers by name; what they need lies in a folder that is used by nobody else."""
    archive, database = _history_files(folder)
    programmes = load_programmes()
    history = open_history(folder / "to", "")
    samples, catalogue = _ROOT / "samples", _ROOT / "exercises/catalogue"
    poses = min((_ROOT / "tests/data").glob("*.poses.npz"), key=lambda path: path.stat().st_size)
    programme = next(iter(sorted((_ROOT / "exercises/programmes").glob("*.toml"))))
    server = certificates.own(folder / "certificates", ("localhost",))
    key = server.key
    return {
        "videos": Reader((samples / "hinge_neutral.mp4").read_bytes(), _video, (VideoError,)),
        "pictures": Reader(_picture(), lambda path: decode_image(path.read_bytes()), ()),
        "recorded poses": Reader(poses.read_bytes(), lambda path: list(recording.load(path)),
                                 (recording.RecordingError,)),
        "exercises": Reader((catalogue / "hip_hinge.toml").read_bytes(), load_file, (ExerciseError,)),
        "programmes": Reader(programme.read_bytes(), programmes.file, (ExerciseError,)),
        "prescriptions": Reader(_PRESCRIPTION.encode(), lambda path: parse_prescription(
            path.read_bytes().decode("utf-8", "surrogateescape"), load), (ExerciseError,)),
        "tables of angles": Reader(_TABLE.encode(), hand_measurements.read, (HandFileError,)),
        "reports for --full-bend": Reader(json.dumps(_REPORT).encode(), lambda path: read_full_bend(str(path)),
                                          (FullBendError,)),
        "archives": Reader(archive, lambda path: import_archive(history, path), (HistoryError,)),
        "databases": Reader(database, _database(folder), (HistoryError,)),
        "certificates": Reader(server.certificate.read_bytes(), lambda path: certificates.given(path, key),
                               (certificates.CertificateError,)),
    }


def _video(path: Path) -> None:
    for number, frame in enumerate(VideoReader(path, threaded=False)):
        if number == 3:
            break
        assert frame.image.size


def _picture() -> bytes:
    image = np.linspace(0, 255, 90 * 120 * 3).reshape(90, 120, 3).astype(np.uint8)
    return bytes(cv2.imencode(".png", image)[1])


def _history_files(folder: Path) -> tuple[bytes, bytes]:
    """Return an archive and a database file that hold one set of one person."""
    with open_history(folder / "from", "") as source:
        person = people.add(source, "Example").id
        sets.save(source, NewSet(saved_sets.report(), saved_sets.EXERCISE, saved_sets.track()), person)
        export_archive(source, folder / "sound.zip")
    return (folder / "sound.zip").read_bytes(), (folder / "from/history.sqlite3").read_bytes()


def _database(folder: Path) -> Callable[[Path], None]:
    """Return what opens a database file in a folder of its own and asks what the pages ask."""
    def read(path: Path) -> None:
        home = folder / "opened"
        home.mkdir(exist_ok=True)
        for file in home.glob("history.sqlite3*"):
            file.unlink()
        (home / "history.sqlite3").write_bytes(path.read_bytes())
        with open_history(home, "") as history:
            for line in queries.lines(history):
                sets.load(history, line.id)
                load_track(history, line.id)
            for person in people.everyone(history, archived=True):
                queries.reps(history, person.id)
    return read
