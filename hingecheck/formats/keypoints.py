"""Measured set -> keypoint JSON: OpenPose's BODY_25, a file per frame, and COCO's 17 keypoints in one file.

BODY_25 as in OpenPose's doc/02_output.md. Kinovea imports such a folder (its MetadataImporterOpenPose): each file
becomes a key image, so for Kinovea only the frames in which a rep begins, is deepest and ends are written.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hingecheck.formats.measured_set import FormatError, MeasuredSet
from language.translate import _
from pose.landmark_track import LandmarkTrack
from pose.landmarks import INDEX

#: BODY_25 in its order, by our landmarks; two names are a middle, none a point that MediaPipe does not find.
_BODY_25: tuple[tuple[str, ...], ...] = (
    ("nose",), ("left_shoulder", "right_shoulder"), ("right_shoulder",), ("right_elbow",), ("right_wrist",),
    ("left_shoulder",), ("left_elbow",), ("left_wrist",), ("left_hip", "right_hip"), ("right_hip",), ("right_knee",),
    ("right_ankle",), ("left_hip",), ("left_knee",), ("left_ankle",), ("right_eye",), ("left_eye",), ("right_ear",),
    ("left_ear",), ("left_foot_index",), (), ("left_heel",), ("right_foot_index",), (), ("right_heel",))
COCO_NAMES = ("nose", "left_eye", "right_eye", "left_ear", "right_ear", "left_shoulder", "right_shoulder", "left_elbow",
              "right_elbow", "left_wrist", "right_wrist", "left_hip", "right_hip", "left_knee", "right_knee",
              "left_ankle", "right_ankle")
#: Pairs of COCO's keypoints that are drawn as bones, counted from 1.
_COCO_SKELETON = ((16, 14), (14, 12), (17, 15), (15, 13), (12, 13), (6, 12), (7, 13), (6, 7), (6, 8), (7, 9), (8, 10),
                  (9, 11), (2, 3), (1, 2), (1, 3), (2, 4), (3, 5), (4, 6), (5, 7))
#: From here a landmark counts as seen, below as hidden: the limit of MediaPipe's own drawings.
_SEEN = 0.5


def openpose(measured: MeasuredSet) -> dict[str, str]:
    """Return OpenPose's files of every frame: name -> JSON.

    The number in a name counts the frames of the video from 0, from the frame's time and the usual frame rate.

    Raises
    ------
    FormatError
        There are no landmarks.
    """
    track, _ = measured.landmarks()
    return _openpose(measured, np.arange(len(track)))


def kinovea(measured: MeasuredSet) -> dict[str, str]:
    """Return OpenPose's files of the frames in which a rep begins, is deepest and ends, for Kinovea.

    Raises
    ------
    FormatError
        There are no landmarks, or no reps.
    """
    track, _landmarks = measured.landmarks()
    times = [time_s for rep in measured.report.reps for time_s in (rep.start_s, rep.bottom_s, rep.leave_s, rep.end_s)]
    if not times:
        raise FormatError(_("{video}: this set has no reps to mark in Kinovea.").format(video=measured.report.video))
    after = np.clip(np.searchsorted(track.time_s, times), 1, len(track) - 1)
    nearer = np.abs(track.time_s[after - 1] - times) <= np.abs(track.time_s[after] - times)
    return _openpose(measured, np.unique(np.where(nearer, after - 1, after)))


def coco(measured: MeasuredSet) -> str:
    """Return the frames as one file of COCO's keypoint annotations.

    Raises
    ------
    FormatError
        There are no landmarks.
    """
    track, landmarks = measured.landmarks()
    width, height = landmarks.size_px
    images = [{"id": number, "width": width, "height": height, "file_name": f"{measured.stem}_{number:06d}.jpg",
               "time_s": round(float(time_s), 6)} for number, time_s in enumerate(track.time_s)]
    category = {"id": 1, "name": "person", "supercategory": "person", "keypoints": list(COCO_NAMES),
                "skeleton": [list(bone) for bone in _COCO_SKELETON]}
    annotations = [one for number in range(len(track)) for one in _annotations(landmarks, number)]
    info = {"description": f"{measured.report.video}: landmarks found by HingeCheck", "version": "1.0"}
    return _json({"info": info, "images": images, "annotations": annotations, "categories": [category],
                  "licenses": []})


def _openpose(measured: MeasuredSet, rows: NDArray[np.int64]) -> dict[str, str]:
    track, landmarks = measured.landmarks()
    files = {}
    for row in rows:
        frame = round(float(track.time_s[row]) * measured.fps)
        files[f"{measured.stem}_{frame:012d}_keypoints.json"] = _json({"version": 1.3, "people": list(
            _people(landmarks, int(row)))})
    return files


def _people(landmarks: LandmarkTrack, row: int) -> Iterator[dict[str, Any]]:
    """The person of a frame, if one was seen; the parts that OpenPose lists beside the body are empty."""
    points, visibility = landmarks.points_px[row].astype(float), landmarks.visibility[row]
    if not np.isfinite(points).any():
        return
    cells: list[float] = []
    for names in _BODY_25:
        places = [INDEX[name] for name in names]
        x, y = points[places].mean(axis=0) if places else (0.0, 0.0)
        cells += [round(float(x), 3), round(float(y), 3), round(float(visibility[places].min()) if places else 0.0, 4)]
    nothing = ("face_keypoints_2d", "hand_left_keypoints_2d", "hand_right_keypoints_2d", "pose_keypoints_3d",
               "face_keypoints_3d", "hand_left_keypoints_3d", "hand_right_keypoints_3d")
    yield {"person_id": [-1], "pose_keypoints_2d": cells, **{name: [] for name in nothing}}


def _annotations(landmarks: LandmarkTrack, row: int) -> Iterator[dict[str, Any]]:
    """The person of a frame as COCO has it: v = 2 seen, 1 hidden; the box is that of the 17 keypoints."""
    places = [INDEX[name] for name in COCO_NAMES]
    points, seen = landmarks.points_px[row][places].astype(float), landmarks.visibility[row][places] >= _SEEN
    if not np.isfinite(points).any():
        return
    left, top = points.min(axis=0)
    width, height = np.ptp(points, axis=0)
    cells = [cell for (x, y), is_seen in zip(points, seen, strict=True)
             for cell in (round(float(x), 3), round(float(y), 3), 2 if is_seen else 1)]
    yield {"id": row, "image_id": row, "category_id": 1, "iscrowd": 0, "keypoints": cells, "num_keypoints": len(places),
           "bbox": [round(float(value), 3) for value in (left, top, width, height)],
           "area": round(float(width * height), 3)}


def _json(content: Mapping[str, Any]) -> str:
    return json.dumps(content, ensure_ascii=False, allow_nan=False, separators=(",", ":")) + "\n"
