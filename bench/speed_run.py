"""One run for `bench.speed`, in a process of its own: python -m bench.speed_run WAY CLIP -> one line of JSON.

Ways: `bare` is what any program on MediaPipe cannot go below on one processor (decode, to RGB, find the person with the
silhouette, in one thread and nothing else); `bare-large` does not reduce large frames first. `numbers` and `video` are
HingeCheck's whole job with its files, without and with the annotated video, `parts` its parts one by one.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import av

from bench.process_memory import TreePeak
from exercises.load import load
from hingecheck.analysis.pipeline import Options, conclude
from hingecheck.jobs import video_job
from hingecheck.overlay.marks import marker_of
from pose.drawing.overlay import draw_on
from pose.frame.measure import Measurer
from pose.frames import Frame
from pose.io.video import VideoReader, VideoWriter
from pose.model import bundle
from pose.model.estimator import Estimator

#: As the pose model is given them.
_LONG_SIDE_PX = 640
#: Frames of a part's turn, and of all: they are in memory together.
_BATCH, _FRAMES = 60, 600


def bare(path: Path, reduce: bool = True) -> int:
    """Run the loop that nothing on one processor can beat; return how many frames it had."""
    # Not above: HingeCheck itself does not load all of it.
    import mediapipe as mp
    from mediapipe.tasks.python import BaseOptions, vision

    options = vision.PoseLandmarkerOptions(
        base_options=BaseOptions(model_asset_path=str(bundle.model_path())), running_mode=vision.RunningMode.VIDEO,
        output_segmentation_masks=True)
    count = 0
    with vision.PoseLandmarker.create_from_options(options) as landmarker, av.open(str(path)) as container:
        stream = container.streams.video[0]
        stream.thread_type = "NONE"
        scale = min(1.0, _LONG_SIDE_PX / max(stream.width, stream.height)) if reduce else 1.0
        size = round(stream.width * scale), round(stream.height * scale)
        for frame in container.decode(stream):
            rgb = frame.to_ndarray(format="rgb24", width=size[0], height=size[1])
            image = mp.Image(image_format=mp.ImageFormat.SRGB, data=rgb)
            result = landmarker.detect_for_video(image, round(frame.time * 1000))
            if result.segmentation_masks:
                result.segmentation_masks[0].numpy_view().copy()
            count += 1
    return count


def whole(path: Path, video: bool, jobs: int | None) -> int:
    """Do what `hingecheck analyse` does with a video; return how many frames it had."""
    with tempfile.TemporaryDirectory() as folder:
        result = video_job.run(path, Path(folder), Options(load("hip_hinge"), jobs=jobs), video)
        assert result.report.status == "judged", result.report.reasons
        assert not result.problems, result.problems
        return len(result.analysis.rows)


class Parts:
    """Adds up the processor time of each part."""

    def __init__(self) -> None:
        self.spent_ms: dict[str, float] = {}

    def __call__(self, name: str, work: Callable[[], Any]) -> Any:
        """Do a piece of work on the account of a part."""
        began_s = time.process_time()
        result = work()
        self.spent_ms[name] = self.spent_ms.get(name, 0.0) + 1000 * (time.process_time() - began_s)
        return result


def batches(path: Path, parts: Parts) -> Iterator[list[Frame]]:
    """Yield the decoded frames of a clip, some at a time."""
    with VideoReader(path, threaded=False) as reader:
        frames, done = iter(reader), 0
        while done < _FRAMES:
            batch = parts("decoding", lambda: [frame for frame, _ in zip(frames, range(_BATCH), strict=False)])
            if not batch:
                return
            done += len(batch)
            yield batch


def by_parts(path: Path) -> dict[str, float]:
    """Return the processor time of each part, milliseconds a frame."""
    parts, measurer, rows, count = Parts(), Measurer(), [], 0
    with Estimator() as estimator:
        for batch in batches(path, parts):
            # Converted here: the model is then given arrays, as the bare loop does.
            small = parts("decoding", lambda batch=batch: [frame.reduced(_LONG_SIDE_PX) for frame in batch])
            still = [Frame(frame.index, frame.time_s, image) for frame, image in zip(batch, small, strict=True)]
            seen = parts("model", lambda still=still: list(map(estimator.detect, still)))
            rows += parts("measuring", lambda seen=seen: list(map(measurer, seen)))
            count += len(batch)
    analysis = parts("judging", lambda: conclude(rows, load("hip_hinge"), path.name))
    marker = marker_of(analysis)
    with tempfile.TemporaryDirectory() as folder, VideoWriter(Path(folder) / "drawn.mp4") as writer:
        for batch in batches(path, Parts()):
            parts("decoding again", lambda batch=batch: [frame.image for frame in batch])
            parts("drawing", lambda batch=batch: [draw_on(frame.image, marker(frame.index)) for frame in batch])
            parts("encoding", lambda batch=batch: [writer.write(frame.image, frame.time_s) for frame in batch])
    return {name: spent / count for name, spent in parts.spent_ms.items()}


def main(arguments: Iterable[str]) -> None:
    """Run one way on one clip and print what it took."""
    way, name, *rest = arguments
    path, jobs = Path(name), int(rest[0]) if rest else None
    if way == "parts":
        print(json.dumps(by_parts(path)))
        return
    ways: dict[str, Callable[[], int]] = {
        "bare": lambda: bare(path), "bare-large": lambda: bare(path, reduce=False),
        "numbers": lambda: whole(path, False, jobs), "video": lambda: whole(path, True, jobs)}
    if way.startswith("bare"):
        import mediapipe  # noqa: F401, imports are not the clock's business
    began_s, worked_s = time.monotonic(), sum(os.times()[:4])
    with TreePeak() as memory:
        frames = ways[way]()
    print(json.dumps({"wall_s": time.monotonic() - began_s, "cpu_s": sum(os.times()[:4]) - worked_s, "frames": frames,
                      "peak_mb": memory.peak_mb}))


if __name__ == "__main__":
    main(sys.argv[1:])
