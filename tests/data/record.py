"""Record the poses that the tests replay: samples/*.mp4 -> tests/data/*.poses.npz.

    python tests/data/record.py hinge_mixed            # every third frame of one clip
    python tests/data/record.py --every 4 CLIP.mp4     # of a file that is no sample
    python tests/data/record.py --no-masks doorway_90  # without silhouettes: the legs of lying people need none

The model sees every frame, as in real use; only some are kept, for their size. Needed again only when
`pose.model.estimator` or the file format changes on purpose.
"""

from __future__ import annotations

import argparse
from dataclasses import replace
from itertools import islice
from pathlib import Path

import numpy as np

from pose.frames import Sighting
from pose.io import recording
from pose.io.video import VideoReader
from pose.model.estimator import Estimator

HERE = Path(__file__).resolve().parent


def without_mask(sighting: Sighting) -> Sighting:
    """The same sighting with an empty silhouette."""
    if sighting.pose is None:
        return sighting
    return replace(sighting, pose=replace(sighting.pose, mask=np.zeros_like(sighting.pose.mask)))


def record(clip: Path, every: int, masks: bool) -> Path:
    """Look at every frame of a clip and keep some; return the file."""
    reader = VideoReader(clip)
    with Estimator() as estimator:
        kept = list(islice(map(estimator.detect, reader), 0, None, every))
    if not masks:
        kept = [without_mask(sighting) for sighting in kept]
    target = HERE / f"{clip.stem}.poses.npz"
    recording.save(target, kept, replace(reader.info, path=Path(clip.name)))
    return target


def main() -> None:
    """Read the arguments and record."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("clips", nargs="+", help="names of samples, or files")
    parser.add_argument("--every", type=int, default=3, help="keep every n-th frame (default 3: 10 frames a second)")
    parser.add_argument("--no-masks", action="store_true", help="leave the silhouettes out")
    args = parser.parse_args()
    for name in args.clips:
        clip = Path(name) if "." in name else HERE.parents[1] / "samples" / f"{name}.mp4"
        target = record(clip, args.every, not args.no_masks)
        print(f"{target.name}: {target.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
