"""Frame -> Sighting: landmarks in pixels, silhouette, number of people. The door to MediaPipe."""

from __future__ import annotations

import os
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from itertools import pairwise
from pathlib import Path
from typing import Any

import cv2
import mediapipe as mp
import numpy as np
from mediapipe.tasks.python import BaseOptions, vision
from numpy.typing import NDArray

from pose.frames import Frame, Pose, Sighting
from pose.landmarks import PAIRS
from pose.model import bundle

#: The networks see 256 x 256 pixels of the person: more than this on the long side costs time and shows them nothing.
_LONG_SIDE_PX = 640
#: MediaPipe 0.10.33 ends the whole process (CHECK failed in ImageFrame::CopyToBuffer) when it hands out a mask whose
#: rows do not fill 16 bytes, four pixels of 32 bits: of any video 270 or 638 pixels wide. Such frames are padded.
_WIDTH_STEP_PX = 4
SEARCH_EVERY_S = 1.0
_MOST_PEOPLE = 3
#: Another person counts from this part of the main one's size: smaller ones are in the background.
_COMPARABLE = 0.55
#: Mid-hips nearer than this part of the body's length belong to one person found twice.
_APART = 0.25

#: Descriptor 2 belongs to the whole process: two estimators made at once must not restore each other's.
_quiet_lock = threading.Lock()


class Estimator:
    """Finds one person's pose in the frames of one clip; a context manager. Make a new one for every clip.

    MediaPipe follows the person from frame to frame and smooths by the frames' times, so frames must come in order.

    Parameters
    ----------
    model_path : str or Path, optional
        A pose landmarker bundle other than the built-in one.
    search_every_s : float
        How often other people are searched for, in seconds of the video: each search costs twice a frame.

    Raises
    ------
    bundle.ModelError
        If there is no usable model.
    """

    def __init__(self, model_path: str | Path | None = None, search_every_s: float = SEARCH_EVERY_S) -> None:
        self._model = str(bundle.model_path(model_path))
        self._closing = ExitStack()
        self._tracker = self._landmarker(vision.RunningMode.VIDEO, people=1)
        self._search_every_s = search_every_s
        self._searcher: Any = None
        self._searched_s = -np.inf
        self._people = 1
        self._last_ms = -1

    def __enter__(self) -> Estimator:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Free the networks; the estimator cannot be used afterwards."""
        self._closing.close()

    def look(self, frame: Frame) -> Sighting:
        """Find the person in a frame.

        Returns
        -------
        Sighting
            Landmarks are in pixels of `frame`; the mask has at most 640 pixels on its long side. Its `pose` is None
            where no person was found. `people` is at least 1 and comes from the latest look for others.
        """
        scale = min(1.0, _LONG_SIDE_PX / max(frame.size_px))
        picture, padded_px = _image(frame, scale)
        first = self._last_ms < 0
        # Whole milliseconds that increase, whatever the rate: MediaPipe refuses anything else.
        self._last_ms = max(self._last_ms + 1, round(frame.time_s * 1000))
        with _quiet() if first else nullcontext():
            result = self._tracker.detect_for_video(picture, self._last_ms)
        pose = _pose(result, frame.size_px, padded_px, scale)
        if pose is not None and not 0 <= frame.time_s - self._searched_s < self._search_every_s:
            self._searched_s = frame.time_s
            self._people = 1 + self._others(picture, padded_px, pose)
        return Sighting(frame.index, frame.time_s, frame.size_px, pose, self._people)

    def _others(self, picture: Any, size_px: tuple[float, float], pose: Pose) -> int:
        if self._searcher is None:
            self._searcher = self._landmarker(vision.RunningMode.IMAGE, people=_MOST_PEOPLE)
            with _quiet():
                found = self._searcher.detect(picture)
        else:
            found = self._searcher.detect(picture)
        bodies = [_points(landmarks)[:, :2] * size_px for landmarks in found.pose_landmarks]
        return _count_others(bodies, pose)

    def _landmarker(self, mode: Any, people: int) -> Any:
        options = vision.PoseLandmarkerOptions(
            base_options=BaseOptions(model_asset_path=self._model), running_mode=mode, num_poses=people,
            output_segmentation_masks=mode == vision.RunningMode.VIDEO)
        try:
            with _quiet():
                landmarker = vision.PoseLandmarker.create_from_options(options)
        except OSError as error:
            raise bundle.ModelError(
                f"MediaPipe cannot load a library of the system ({error}). On Debian and Ubuntu: sudo apt-get install "
                "libgles2 libegl1; elsewhere the packages that have it.") from error
        except (RuntimeError, ValueError) as error:
            raise bundle.ModelError(f"Model {self._model}: MediaPipe cannot use it ({str(error).splitlines()[0]}). "
                                    "Give a pose landmarker bundle (.task), or use the built-in model.") from error
        self._closing.callback(landmarker.close)
        return landmarker


def _image(frame: Frame, scale: float) -> tuple[Any, tuple[float, float]]:
    """Scale a frame for MediaPipe; return it with its size in pixels of the frame, padding included."""
    image: NDArray[Any] = frame.image
    if scale < 1:
        size = (max(1, round(image.shape[1] * scale)), max(1, round(image.shape[0] * scale)))
        image = cv2.resize(image, size, interpolation=cv2.INTER_AREA)
    width = image.shape[1]
    padding = -width % _WIDTH_STEP_PX
    if padding:
        image = cv2.copyMakeBorder(image, 0, 0, 0, padding, cv2.BORDER_REPLICATE)
    padded_px = (frame.size_px[0] * (width + padding) / width, float(frame.size_px[1]))
    return mp.Image(image_format=mp.ImageFormat.SRGB, data=np.ascontiguousarray(image)), padded_px


def _points(landmarks: Any) -> NDArray[np.float64]:
    return np.array([(point.x, point.y, point.z, point.visibility) for point in landmarks])


def _pose(result: Any, size_px: tuple[int, int], padded_px: tuple[float, float], scale: float) -> Pose | None:
    """Turn MediaPipe's 0-1 coordinates into pixels of the frame; the only place that sees them, with `_others`."""
    if not result.pose_landmarks:
        return None
    points = _points(result.pose_landmarks[0])
    width = max(1, round(size_px[0] * scale))
    mask = np.ascontiguousarray(np.squeeze(result.segmentation_masks[0].numpy_view())[:, :width])
    return Pose(
        landmarks_px=(points[:, :2] * padded_px).astype(np.float32),
        depth_px=(points[:, 2] * padded_px[0]).astype(np.float32),
        visibility=points[:, 3].astype(np.float32),
        world_m=_points(result.pose_world_landmarks[0])[:, :3].astype(np.float32),
        mask=np.asarray(cv2.convertScaleAbs(mask, alpha=255), dtype=np.uint8),  # 0 to 1; rounds and saturates
        mask_scale=scale,
    )


def _middle(points: NDArray[Any], joint: str) -> NDArray[np.float64]:
    """Return the point between the left and the right joint, shape (2,)."""
    left, right = PAIRS[joint]
    return np.asarray((points[left] + points[right]) / 2, dtype=np.float64)


def _size_px(points: NDArray[Any]) -> float:
    """Return the length of trunk, thigh and shank along the body, which does not change when it bends."""
    joints = [_middle(points, joint) for joint in ("shoulder", "hip", "knee", "ankle")]
    return float(sum(np.hypot(*(a - b)) for a, b in pairwise(joints)))


def _count_others(bodies: list[NDArray[np.float64]], pose: Pose) -> int:
    """Count bodies of comparable size that are clearly not the person of `pose` found again, nor in the background."""
    hips = _middle(pose.landmarks_px, "hip")
    # Compared with the same search's picture of the person: the followed pose is smoothed and may lag behind.
    own = min(bodies, key=lambda body: np.hypot(*(_middle(body, "hip") - hips)), default=None)
    if own is None:
        return 0
    size_px = _size_px(own)
    return sum(_size_px(body) >= _COMPARABLE * size_px
               and np.hypot(*(_middle(body, "hip") - _middle(own, "hip"))) > _APART * size_px for body in bodies)


@contextmanager
def _quiet() -> Iterator[None]:
    """Hold back what MediaPipe's C++ writes to standard error; hand it on if the block fails.

    No variable silences those messages, so the descriptor itself is turned away, for moments only.
    """
    with _quiet_lock, tempfile.TemporaryFile() as held:
        if sys.stderr:
            sys.stderr.flush()
        try:
            kept = os.dup(2)
        except OSError:  # a program without a console has no descriptor 2
            yield
            return
        try:
            os.dup2(held.fileno(), 2)
            yield
        except Exception:  # not where the person stops the program: what MediaPipe wrote is then of no use
            held.seek(0)
            os.write(kept, held.read())
            raise
        finally:
            os.dup2(kept, 2)
            os.close(kept)
