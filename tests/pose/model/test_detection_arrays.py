"""The arrays that are read from MediaPipe's memory are what its own Python returns."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from pose.io.video import VideoReader
from pose.model import bundle
from pose.model import mediapipe_parts as mp
from pose.model.detection_arrays import detect_for_video, detect_in_image

SAMPLE = Path(__file__).resolve().parents[3] / "samples" / "hinge_neutral.mp4"


def _landmarker() -> mp.PoseLandmarker:
    return mp.PoseLandmarker.create_from_options(mp.PoseLandmarkerOptions(
        base_options=mp.BaseOptions(model_asset_path=str(bundle.model_path())), running_mode=mp.RunningMode.VIDEO,
        output_segmentation_masks=True))


def test_every_number_is_the_one_of_the_public_way() -> None:
    with _landmarker() as public, _landmarker() as read, VideoReader(SAMPLE) as frames:
        for frame, _ in zip(frames, range(12), strict=False):
            image = mp.Image(image_format=mp.ImageFormat.SRGB, data=np.ascontiguousarray(frame.image))
            expected = public.detect_for_video(image, frame.index * 33)
            detection = detect_for_video(read, image, frame.index * 33)
            assert detection is not None
            points = [(one.x, one.y, one.z, one.visibility) for one in expected.pose_landmarks[0]]
            assert np.array_equal(detection.landmarks, points)
            world = [(one.x, one.y, one.z) for one in expected.pose_world_landmarks[0]]
            assert np.array_equal(detection.world_m, world)
            mask = np.squeeze(expected.segmentation_masks[0].numpy_view())
            assert detection.mask.shape == mask.shape == frame.image.shape[:2]
            assert np.abs(detection.mask - 255 * mask).max() <= 0.5 + 1e-4


def test_an_image_of_its_own_is_read_as_well() -> None:
    options = mp.PoseLandmarkerOptions(
        base_options=mp.BaseOptions(model_asset_path=str(bundle.model_path())), running_mode=mp.RunningMode.IMAGE,
        output_segmentation_masks=True)
    with mp.PoseLandmarker.create_from_options(options) as landmarker, VideoReader(SAMPLE) as frames:
        image = mp.Image(image_format=mp.ImageFormat.SRGB, data=np.ascontiguousarray(next(iter(frames)).image))
        (expected,) = landmarker.detect(image).pose_landmarks
        detection = detect_in_image(landmarker, image)
    assert detection is not None
    assert np.array_equal(detection.landmarks, [(one.x, one.y, one.z, one.visibility) for one in expected])


def test_an_empty_room_has_nobody() -> None:
    with _landmarker() as landmarker:
        image = mp.Image(image_format=mp.ImageFormat.SRGB, data=np.full((240, 320, 3), 128, np.uint8))
        assert detect_for_video(landmarker, image, 0) is None
