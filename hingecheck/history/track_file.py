"""Convert a Track to the bytes of a compressed .npz and back: exact numbers (visibility to 0.004), no pickles."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pose.landmark_track import LandmarkTrack
from pose.reason import Reason, from_sentence, note_from_text, reason_column, reason_from_json, reason_to_json
from pose.track import Track

_FORMAT = 2
#: In this format reasons are sentences; they are read as they are.
_SENTENCES_FORMAT = 1
#: Visibility is stored as a byte: 0 to 255 are 0 to 1.
_VISIBLE = 255.0


def pack(track: Track) -> bytes:
    """Return a track as the bytes of a file.

    Reasons repeat frame after frame, so the file has a table of the distinct ones and an index per frame.
    """
    arrays: dict[str, NDArray[np.generic]] = {
        "format": np.array(_FORMAT), "time_s": track.time_s,
        "notes": np.array(list(map(reason_to_json, track.notes)), dtype=np.str_)}
    for name, values in track.columns.items():
        arrays[f"column:{name}"] = values
    for name, values in track.uncertainty.items():
        arrays[f"uncertainty:{name}"] = values
    for name, reasons in track.reasons.items():
        table: dict[Reason | None, int] = {}
        codes = [table.setdefault(reason, len(table)) for reason in reasons]
        arrays[f"texts:{name}"] = np.array(list(map(reason_to_json, table)), dtype=np.str_)
        arrays[f"reasons:{name}"] = np.array(codes, dtype=np.uint16)
    if track.landmarks is not None:
        arrays |= {"landmarks_px": track.landmarks.points_px, "picture_px": np.array(track.landmarks.size_px),
                   "visibility": np.round(track.landmarks.visibility * _VISIBLE).astype(np.uint8)}
    out = io.BytesIO()
    savez: Any = np.savez_compressed  # mypy reads its other parameters as names of arrays
    savez(out, **arrays)
    return out.getvalue()


def unpack(data: bytes) -> Track:
    """Return the track from the bytes of a file.

    Raises
    ------
    ValueError
        The file is damaged, has another format, or is not a time series.
    """
    try:
        with np.load(io.BytesIO(data), allow_pickle=False) as file:
            arrays = {name: file[name] for name in file.files}
        stored = int(arrays["format"])
        if stored not in (_FORMAT, _SENTENCES_FORMAT):
            raise ValueError(f"a time series of format {arrays['format']}, expected {_FORMAT}")
        read = reason_from_json if stored == _FORMAT else from_sentence
        return Track(arrays["time_s"], _with_prefix("column", arrays), _with_prefix("uncertainty", arrays),
                     {name: reason_column(map(read, map(str, arrays[f"texts:{name}"])))[codes]
                      for name, codes in _with_prefix("reasons", arrays).items()},
                     tuple(map(note_from_text, map(str, arrays["notes"]))), landmarks=_landmarks(arrays))
    except (KeyError, IndexError, EOFError, zipfile.BadZipFile) as error:
        raise ValueError(f"not a time series ({error})") from error


def _landmarks(arrays: Mapping[str, NDArray[Any]]) -> LandmarkTrack | None:
    """Return the landmarks; None where an older version wrote the file."""
    if "landmarks_px" not in arrays:
        return None
    width_px, height_px = arrays["picture_px"].tolist()
    return LandmarkTrack(arrays["landmarks_px"], (arrays["visibility"] / _VISIBLE).astype(np.float32),
                         (width_px, height_px))


def _with_prefix(prefix: str, arrays: Mapping[str, NDArray[np.generic]]) -> dict[str, NDArray]:  # type: ignore[type-arg]
    start = f"{prefix}:"
    return {name.removeprefix(start): array for name, array in arrays.items() if name.startswith(start)}
