"""Frame -> Sighting: landmarks in pixels, silhouette, number of people. The only user of MediaPipe's detectors."""

from __future__ import annotations

from contextlib import ExitStack
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from language.translate import _
from pose.arrays import FloatArray
from pose.frames import Frame, Pose, Sighting
from pose.landmarks import PAIRS
from pose.model import bundle, freed_memory
from pose.model import mediapipe_parts as mp
from pose.model.detection_arrays import Detection, detect_for_video
from pose.model.mediapipe_messages import quietly
from pose.model.side_bars import side_bars

#: The networks use 256 x 256 pixels of the person: more than this on the long side costs time and adds nothing.
_LONG_SIDE_PX = 640
#: MediaPipe 0.10.33 aborts the process (CHECK failed in ImageFrame::CopyToBuffer) where the rows of a mask do not fill
#: 16 bytes, four pixels of 32 bits, as for a video 270 or 638 pixels wide. Such frames are padded.
_WIDTH_STEP_PX = 4
SEARCH_EVERY_S = 1.0
_MAX_PEOPLE = 3
#: Another person counts from this share of the main one's size: smaller ones are in the background.
_LEAST_SIZE = 0.55
#: Mid-hips closer than this share of the body's length belong to one person detected twice.
_LEAST_DISTANCE = 0.25


class Estimator:
    """Detects one person's pose in the frames of one clip; a context manager. Each clip needs a new instance.

    MediaPipe tracks the person from frame to frame and smooths by the times of the frames, so frames must be in order.

    Parameters
    ----------
    model_path : str or Path, optional
        A pose landmarker bundle other than the built-in one.
    search_every_s : float
        Interval between searches for other people, in seconds of the video: a search takes twice as long as a frame.

    Raises
    ------
    bundle.ModelError
        If there is no usable model.
    """

    def __init__(self, model_path: str | Path | None = None, search_every_s: float = SEARCH_EVERY_S) -> None:
        self._model = str(bundle.model_path(model_path))
        self._closing = ExitStack()
        self._tracker = self._landmarker(mp.RunningMode.VIDEO, people=1)
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
        freed_memory.give_back()

    def detect(self, frame: Frame) -> Sighting:
        """Detect the person in a frame.

        Returns
        -------
        Sighting
            Landmarks are in pixels of `frame`; the mask has at most 640 pixels on its long side. Its `pose` is None
            where no person was detected. `people` is at least 1, from the latest search for others.
        """
        scale = min(1.0, _LONG_SIDE_PX / max(frame.size_px))
        small = frame.reduced(_LONG_SIDE_PX)
        image, padded_px = _padded_image(small, frame.size_px)
        is_first = self._last_ms < 0
        # MediaPipe needs whole, increasing milliseconds, whatever the rate.
        self._last_ms = max(self._last_ms + 1, round(frame.time_s * 1000))
        detect = partial(detect_for_video, self._tracker, image, self._last_ms)
        detection = quietly(detect) if is_first else detect()
        pose = None if detection is None else pose_of(detection, frame.size_px, padded_px, scale)
        # At multiples of the interval, so that it does not matter with which frame the estimator began.
        if pose is not None and frame.time_s // self._search_every_s != self._searched_s // self._search_every_s:
            self._searched_s = frame.time_s
            self._people = 1 + self._others(image, padded_px, pose)
        left, right = side_bars(small)
        return Sighting(frame.index, frame.time_s, frame.size_px, pose, self._people, (left / scale, right / scale))

    def _others(self, image: Any, size_px: tuple[float, float], pose: Pose) -> int:
        if self._searcher is None:
            self._searcher = self._landmarker(mp.RunningMode.IMAGE, people=_MAX_PEOPLE)
            result = quietly(partial(self._searcher.detect, image))
        else:
            result = self._searcher.detect(image)
        bodies = [_points(landmarks)[:, :2] * size_px for landmarks in result.pose_landmarks]
        return _count_others(bodies, pose)

    def _landmarker(self, mode: Any, people: int) -> Any:
        options = mp.PoseLandmarkerOptions(
            base_options=mp.BaseOptions(model_asset_path=self._model), running_mode=mode, num_poses=people,
            output_segmentation_masks=mode == mp.RunningMode.VIDEO)
        try:
            landmarker = quietly(partial(mp.PoseLandmarker.create_from_options, options))
        except OSError as error:
            text = _("MediaPipe cannot load a library of the system ({problem}). On Debian and Ubuntu: sudo apt-get "
                     "install libgles2 libegl1; elsewhere the packages that have it.")
            raise bundle.ModelError(text.format(problem=error)) from error
        except (RuntimeError, ValueError) as error:
            text = _("Model {path}: MediaPipe cannot use it ({problem}). Give a pose landmarker bundle (.task), or use "
                     "the built-in model.")
            raise bundle.ModelError(text.format(path=self._model, problem=str(error).splitlines()[0])) from error
        self._closing.callback(landmarker.close)
        return landmarker


def _padded_image(image: NDArray[Any], size_px: tuple[int, int]) -> tuple[Any, tuple[float, float]]:
    """Pad a scaled frame for MediaPipe; return it with its padded size in pixels of the frame."""
    width = image.shape[1]
    padding = -width % _WIDTH_STEP_PX
    if padding:
        image = cv2.copyMakeBorder(image, 0, 0, 0, padding, cv2.BORDER_REPLICATE)
    padded_px = (size_px[0] * (width + padding) / width, float(size_px[1]))
    return mp.Image(image_format=mp.ImageFormat.SRGB, data=np.ascontiguousarray(image)), padded_px


def _points(landmarks: Any) -> FloatArray:
    return np.array([(point.x, point.y, point.z, point.visibility) for point in landmarks])


def pose_of(detection: Detection, size_px: tuple[int, int], padded_px: tuple[float, float], scale: float) -> Pose:
    """Convert MediaPipe's coordinates of 0 to 1 to pixels of the frame; only this and `_others` use them."""
    points = detection.landmarks
    width = max(1, round(size_px[0] * scale))
    return Pose(
        landmarks_px=(points[:, :2] * padded_px).astype(np.float32),
        depth_px=(points[:, 2] * padded_px[0]).astype(np.float32),
        visibility=points[:, 3].astype(np.float32),
        world_m=detection.world_m.astype(np.float32),
        mask=np.ascontiguousarray(detection.mask[:, :width]),
        mask_scale=scale,
    )


def _middle(points: NDArray[Any], joint: str) -> FloatArray:
    """Return the point between the left and the right joint, shape (2,)."""
    left, right = PAIRS[joint]
    return np.asarray((points[left] + points[right]) / 2, dtype=np.float64)


def _size_px(points: NDArray[Any]) -> float:
    """Return the length of trunk, thigh and shank along the body, which does not change when it bends."""
    joints = [_middle(points, joint) for joint in ("shoulder", "hip", "knee", "ankle")]
    return float(sum(np.hypot(*(a - b)) for a, b in pairwise(joints)))


def _count_others(bodies: list[FloatArray], pose: Pose) -> int:
    """Count bodies of comparable size that are neither the person of `pose` again nor in the background."""
    hips = _middle(pose.landmarks_px, "hip")
    # The reference is the person in the same search: the tracked pose is smoothed and may lag behind.
    person = min(bodies, key=lambda body: np.hypot(*(_middle(body, "hip") - hips)), default=None)
    if person is None:
        return 0
    size_px = _size_px(person)
    distances_px = [np.hypot(*(_middle(body, "hip") - _middle(person, "hip"))) for body in bodies]
    return sum(bool(_size_px(body) >= _LEAST_SIZE * size_px and distance_px > _LEAST_DISTANCE * size_px)
               for body, distance_px in zip(bodies, distances_px, strict=True))
