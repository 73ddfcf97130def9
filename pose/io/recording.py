"""Sightings -> one small file and back, bit for bit: replay without a camera, a video or a model.

The file is a compressed `.npz` without pickled objects. Arrays have one row per frame; those of the pose one row per
frame in which a person was detected. A silhouette is saved as a PNG of its bounding box.
"""

from __future__ import annotations

import json
import math
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from tokenize import TokenError
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from language.translate import _
from pose.atomic_file import save_arrays
from pose.frames import Pose, Sighting
from pose.io.container import VideoInfo
from pose.io.image_size import is_small_image

VERSION = 1
_KIND = "hingecheck poses"
#: Six hours at 30 frames a second, with silhouettes of 3 kB.
_LARGEST = 3_000_000_000
_LARGEST_SIDE_PX = 16_384
#: What NumPy and zip raise on a file that is not theirs, or no longer whole.
_DAMAGE = (ValueError, KeyError, EOFError, AttributeError, TypeError, NotImplementedError, RuntimeError, SyntaxError,
           TokenError, zipfile.BadZipFile, zlib.error)
#: Arrays of the file: name -> data type, shape of one row.
_PER_FRAME = {"index": ("i8", ()), "time_s": ("f8", ()), "size_px": ("i8", (2,)), "people": ("i8", ()),
              "found": ("?", ())}
_PER_POSE = {"landmarks_px": ("f4", (33, 2)), "depth_px": ("f4", (33,)), "visibility": ("f4", (33,)),
             "world_m": ("f4", (33, 3)), "mask_scale": ("f8", ()), "mask_shape": ("i8", (2,)),
             "mask_corner": ("i8", (2,)), "mask_bytes": ("i8", ())}


class RecordingError(Exception):
    """A recording that cannot be read or written; the message names the file, the problem and the next step."""


@dataclass(frozen=True, eq=False)
class Recording:
    """A sequence of saved sightings; can be iterated over repeatedly.

    Attributes
    ----------
    path : Path
    info : VideoInfo or None
        Facts about the source video, its path without the folders; None for a camera.
    """

    path: Path
    info: VideoInfo | None
    _arrays: dict[str, NDArray[Any]]

    def __len__(self) -> int:
        return len(self._arrays["found"])

    def __iter__(self) -> Iterator[Sighting]:
        arrays, row = self._arrays, 0
        ends = np.cumsum(arrays["mask_bytes"])
        for number, has_pose in enumerate(arrays["found"].tolist()):
            width, height = arrays["size_px"][number].tolist()
            pose = _pose(self.path, arrays, row, int(ends[row])) if has_pose else None
            row += has_pose
            yield Sighting(int(arrays["index"][number]), float(arrays["time_s"][number]), (width, height), pose,
                           int(arrays["people"][number]))


def save(path: str | Path, sightings: Iterable[Sighting], info: VideoInfo | None = None) -> None:
    """Write sightings and facts about their source to a file, whole or not at all.

    Of the video's path only the name is saved, and not when it was filmed: folders and dates reveal names and places,
    and a recording may be shared.

    Raises
    ------
    RecordingError
        If the file cannot be written.
    """
    path = Path(path)
    rows: dict[str, list[Any]] = {name: [] for name in (*_PER_FRAME, *_PER_POSE)}
    masks: list[bytes] = []
    for sighting in sightings:
        for name, value in (("index", sighting.index), ("time_s", sighting.time_s), ("size_px", sighting.size_px),
                            ("people", sighting.people), ("found", sighting.pose is not None)):
            rows[name].append(value)
        if sighting.pose is not None:
            masks.append(_add_pose(rows, sighting.pose))
    arrays: dict[str, NDArray[Any]] = {
        name: np.array(rows[name], dtype=kind).reshape(-1, *shape)
        for name, (kind, shape) in (_PER_FRAME | _PER_POSE).items()}
    arrays["masks"] = np.frombuffer(b"".join(masks), dtype=np.uint8)
    kept = asdict(info) | {"path": info.path.name, "recorded_at": None} if info else None
    about = {"kind": _KIND, "version": VERSION, "info": kept}
    arrays["about"] = np.frombuffer(json.dumps(about, default=str).encode(), dtype=np.uint8)
    try:
        save_arrays(path, arrays)
    except OSError as error:
        text = _("{path}: the recording cannot be written ({problem}). Check that the folder exists, that you may "
                 "write there, and that the disk is not full.")
        raise RecordingError(text.format(path=path, problem=error.strerror or error)) from error


def load(path: str | Path) -> Recording:
    """Read a recording.

    Raises
    ------
    RecordingError
        If the file is missing, damaged, not a recording, or of another version.
    """
    path = Path(path)
    if path.exists() and not path.is_file() and not path.is_dir():
        raise RecordingError(_("{path}: this is a device, a pipe or a socket, not a file. Give the recording itself."
                               ).format(path=path))
    try:
        _check_size(path)
        with np.load(path, allow_pickle=False) as file:
            arrays = {name: file[name] for name in file.files}
        about = json.loads(arrays["about"].tobytes())
    except FileNotFoundError as error:
        raise RecordingError(_("{path}: there is no such file. Check the name and the folder.").format(path=path)
                             ) from error
    except OSError as error:
        raise RecordingError(_("{path}: the recording cannot be read ({problem}).").format(
            path=path, problem=error.strerror or error)) from error
    except (*_DAMAGE, OverflowError, MemoryError, RecursionError) as error:
        raise _not_a_recording(path) from error
    if not isinstance(about, dict) or about.get("kind") != _KIND:
        raise _not_a_recording(path)
    if about.get("version") != VERSION:
        text = _("{path}: this recording has version {version}, this program reads version {known}. Update the "
                 "program, or record the poses again from the video.")
        raise RecordingError(text.format(path=path, version=about.get("version"), known=VERSION))
    _check(path, arrays)
    try:
        return Recording(path, _info(about.get("info")), arrays)
    except (TypeError, ValueError, KeyError, AttributeError) as error:
        raise _not_a_recording(path) from error


def _check_size(path: Path) -> None:
    """Refuse arrays that are larger unpacked than hours of poses."""
    npy: Any = np.lib.format  # NumPy's own types leave it out
    with zipfile.ZipFile(path) as archive:
        if sum(member.file_size for member in archive.infolist()) > _LARGEST:
            raise _not_a_recording(path)
        for member in archive.infolist():
            with archive.open(member) as file:
                is_short = npy.read_magic(file) == (1, 0)
                read = npy.read_array_header_1_0 if is_short else npy.read_array_header_2_0
                shape, _, kind = read(file)
            if math.prod(shape) * kind.itemsize > member.file_size:
                raise _not_a_recording(path)


def _add_pose(rows: dict[str, list[Any]], pose: Pose) -> bytes:
    """Append the values of one pose to the rows; return its silhouette as a PNG."""
    down, across = np.nonzero(pose.mask.any(axis=1))[0], np.nonzero(pose.mask.any(axis=0))[0]
    # A PNG has at least one pixel, also for an empty silhouette.
    top, bottom = (down[0], down[-1] + 1) if len(down) else (0, 1)
    left, right = (across[0], across[-1] + 1) if len(across) else (0, 1)
    # A tenth of the time of the strongest setting, for 6 % more bytes.
    options = [cv2.IMWRITE_PNG_COMPRESSION, 9, cv2.IMWRITE_PNG_STRATEGY, cv2.IMWRITE_PNG_STRATEGY_RLE]
    _is_encoded, png = cv2.imencode(".png", pose.mask[top:bottom, left:right], options)
    for name, value in (("landmarks_px", pose.landmarks_px), ("depth_px", pose.depth_px), ("world_m", pose.world_m),
                        ("visibility", pose.visibility), ("mask_scale", pose.mask_scale),
                        ("mask_shape", pose.mask.shape), ("mask_corner", (top, left)), ("mask_bytes", len(png))):
        rows[name].append(value)
    return png.tobytes()


def _pose(path: Path, arrays: dict[str, NDArray[Any]], row: int, end: int) -> Pose:
    png = arrays["masks"][end - int(arrays["mask_bytes"][row]):end]
    height, width = arrays["mask_shape"][row].tolist()
    top, left = arrays["mask_corner"][row].tolist()
    if not is_small_image(png.tobytes(), max(0, height - top), max(0, width - left)) or min(top, left) < 0:
        raise _not_a_recording(path)
    part = cv2.imdecode(png, cv2.IMREAD_GRAYSCALE)
    if part is None:
        raise _not_a_recording(path)
    mask = np.zeros((height, width), dtype=np.uint8)
    mask[top:top + part.shape[0], left:left + part.shape[1]] = part
    return Pose(arrays["landmarks_px"][row], arrays["depth_px"][row], arrays["visibility"][row],
                arrays["world_m"][row], mask, float(arrays["mask_scale"][row]))


def _check(path: Path, arrays: dict[str, NDArray[Any]]) -> None:
    """Refuse a file whose arrays are inconsistent."""
    frames = len(arrays.get("found", ()))
    poses = int(arrays["found"].sum()) if frames else 0
    for names, count in ((_PER_FRAME, frames), (_PER_POSE, poses)):
        for name, (kind, shape) in names.items():
            if name not in arrays or arrays[name].shape != (count, *shape) or arrays[name].dtype != np.dtype(kind):
                raise _not_a_recording(path)
    if poses and not ((arrays["mask_bytes"] >= 0) & (arrays["mask_bytes"] <= len(arrays.get("masks", ())))).all():
        raise _not_a_recording(path)
    if poses and not ((arrays["mask_shape"] > 0) & (arrays["mask_shape"] <= _LARGEST_SIDE_PX)).all():
        raise _not_a_recording(path)
    if "masks" not in arrays or int(arrays["mask_bytes"].sum()) != len(arrays["masks"]):
        raise _not_a_recording(path)


def _not_a_recording(path: Path) -> RecordingError:
    return RecordingError(_("{path}: this is not a recording of poses, or it is damaged. Record the poses again from "
                            "the video.").format(path=path))


def _info(stored: dict[str, Any] | None) -> VideoInfo | None:
    if stored is None:
        return None
    width, height = stored["size_px"]
    return VideoInfo(**stored | {"path": Path(Path(stored["path"]).name), "size_px": (width, height)})
