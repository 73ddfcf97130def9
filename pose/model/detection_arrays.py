"""MediaPipe's landmarker + an image -> its landmarks and silhouette as arrays, without an object for each number.

MediaPipe's Python turns each of the 66 landmarks into an object, number by number: 1.2 ms a frame in which no other
thread of Python runs. Here the same memory is read as arrays. It depends on the layout of MediaPipe's structures, so on
the one version of it that is asked for; `tests/pose/model/test_detection_arrays.py` holds it against the public way.
"""

from __future__ import annotations

import ctypes
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np

from pose.arrays import FloatArray, Mask
from pose.model import mediapipe_parts as mp

#: A landmark in MediaPipe's memory; x, y, z and visibility are used.
_LANDMARK = np.dtype([("x", "f4"), ("y", "f4"), ("z", "f4"), ("has_visibility", "?"), ("visibility", "f4"),
                      ("has_presence", "?"), ("presence", "f4"), ("name", "u8")], align=True)


@dataclass(frozen=True, eq=False)
class Detection:
    """One person in an image.

    Attributes
    ----------
    landmarks : ndarray of float, shape (33, 4)
        x, y, z and visibility; x and y from 0 to 1 across the image, z in widths of the image.
    world_m : ndarray of float, shape (33, 3)
        Metres from the middle of the hips.
    mask : ndarray of uint8, shape (height, width)
        The silhouette, 0 to 255, of the size of the image.
    """

    landmarks: FloatArray
    world_m: FloatArray
    mask: Mask


def detect_for_video(landmarker: Any, image: Any, time_ms: int) -> Detection | None:
    """Detect one person in the next image of a video.

    Parameters
    ----------
    landmarker : mediapipe_parts.PoseLandmarker
        For videos, with silhouettes.
    image : mediapipe_parts.Image
    time_ms : int
        Later than that of the image before.

    Returns
    -------
    Detection or None
        None where nobody was detected.
    """
    result = mp.PoseLandmarkerResultC()
    landmarker._lib.MpPoseLandmarkerDetectForVideo(landmarker._handle, image._image_ptr, None, time_ms,
                                                   ctypes.byref(result))
    return _detection(image, result)


def detect_in_image(landmarker: Any, image: Any) -> Detection | None:
    """Detect one person in an image of its own, by a landmarker for images; otherwise as `detect_for_video`."""
    result = mp.PoseLandmarkerResultC()
    landmarker._lib.MpPoseLandmarkerDetectImage(landmarker._handle, image._image_ptr, None, ctypes.byref(result))
    return _detection(image, result)


def _detection(image: Any, result: Any) -> Detection | None:
    """Copy what was detected, and free MediaPipe's result."""
    try:
        if not result.pose_landmarks_count:
            return None
        return Detection(_points(result.pose_landmarks[0], "x", "y", "z", "visibility"),
                         _points(result.pose_world_landmarks[0], "x", "y", "z"),
                         _mask(image._lib, result.segmentation_masks[0]))
    finally:
        image._lib.MpPoseLandmarkerCloseResult(ctypes.byref(result))


def _points(landmarks: Any, *names: str) -> FloatArray:
    """Copy some numbers of each landmark."""
    size = landmarks.landmarks_count * _LANDMARK.itemsize
    start = ctypes.addressof(landmarks.landmarks.contents)
    memory = np.frombuffer((ctypes.c_char * size).from_address(start), _LANDMARK)
    return np.stack([memory[name] for name in names], axis=1).astype(np.float64)


def _mask(library: Any, image: int) -> Mask:
    """Copy a silhouette of 0 to 1."""
    data, error = ctypes.POINTER(ctypes.c_float)(), ctypes.c_char_p()
    if library.MpImageDataFloat32(image, ctypes.byref(data), ctypes.byref(error)) != 0:
        raise RuntimeError("MediaPipe cannot read its silhouette")
    shape = library.MpImageGetHeight(image), library.MpImageGetWidth(image)
    # Rounds and saturates.
    return np.asarray(cv2.convertScaleAbs(np.ctypeslib.as_array(data, shape=shape), alpha=255), dtype=np.uint8)
