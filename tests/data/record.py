"""Record the poses that the tests replay: samples/*.mp4 -> tests/data/*.poses.npz.

    python tests/data/record.py hinge_mixed            # every third frame of one clip
    python tests/data/record.py --every 4 CLIP.mp4     # of a file that is no sample

The model sees every frame, as in real use; only some are kept, for their size. Needed again only when `pose.estimator`
or the file format changes on purpose.
"""

from __future__ import annotations

import argparse
from dataclasses import replace
from itertools import islice
from pathlib import Path

from pose import recording
from pose.estimator import Estimator
from pose.video import VideoReader

HERE = Path(__file__).resolve().parent


def record(clip: Path, every: int) -> Path:
    """Look at every frame of a clip and keep some; return the file."""
    reader = VideoReader(clip)
    with Estimator() as estimator:
        kept = list(islice(map(estimator.look, reader), 0, None, every))
    target = HERE / f"{clip.stem}.poses.npz"
    recording.save(target, kept, replace(reader.info, path=Path(clip.name)))
    return target


def main() -> None:
    """Read the arguments and record."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("clips", nargs="+", help="names of samples, or files")
    parser.add_argument("--every", type=int, default=3, help="keep every n-th frame (default 3: 10 frames a second)")
    args = parser.parse_args()
    for name in args.clips:
        clip = Path(name) if name.endswith(".mp4") else HERE.parents[1] / "samples" / f"{name}.mp4"
        target = record(clip, args.every)
        print(f"{target.name}: {target.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
