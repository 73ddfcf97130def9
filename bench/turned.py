"""Clips of real people, turned by 90, 180 and 270 degrees -> what becomes of them where nobody names the exercise.

    python -m bench.turned FOLDER --cache POSES

A phone that lies on its side without saying so in the file must not lead to a verdict on another exercise. The poses
are turned, not the video: the model is asked once only. (It sees people on their side nearly as well as upright ones.)
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # run as a file, Python looks for modules beside it

from bench.judged import poses
from bench.labels import Label, read_labels
from exercises.load import catalogue
from exercises.results import SetReport
from hingecheck.analysis.pipeline import SetAnalysis, conclude
from pose.frame.measure import Measurer, Row
from pose.frames import Pose, Sighting

#: What may become of a clip, the best first; the last two must not be.
BACK, ASKED, REFUSED, RIGHT, UNSURE, FALSE, WRONG = (
    "turned back", "asked about the turn", "refused or asked", "judged right", "wrong, not sure", "turned wrongly",
    "wrong and sure")
TURNS = (0, 90, 180, 270)


@dataclass(frozen=True)
class Turned:
    """What became of a clip that was turned clockwise by so many degrees."""

    clip: str
    turn_deg: int
    result: str
    exercise: str


def turned(sighting: Sighting, quarters: int) -> Sighting:
    """Turn what was seen clockwise by quarters of a circle, as if the video had been."""
    for _ in range(quarters % 4):
        size = (sighting.size_px[1], sighting.size_px[0])
        pose = None if sighting.pose is None else _quarter(sighting.pose, size[0])
        sighting = replace(sighting, size_px=size, pose=pose)
    return sighting


def _quarter(pose: Pose, width: int) -> Pose:
    """Turn a pose clockwise by a quarter; the turned frame is `width` pixels wide."""
    landmarks, world = pose.landmarks_px, pose.world_m
    return replace(
        pose,
        landmarks_px=np.stack([width - 1 - landmarks[:, 1], landmarks[:, 0]], axis=1),
        world_m=np.stack([-world[:, 1], world[:, 0], world[:, 2]], axis=1),
        mask=np.ascontiguousarray(np.rot90(pose.mask, -1)))


def result(analysis: SetAnalysis, turn_deg: int, may_be: Sequence[str]) -> str:
    """What became of a clip that was turned clockwise.

    Parameters
    ----------
    analysis : SetAnalysis
    turn_deg : int
    may_be : sequence of str
        Exercises that it may be judged by.
    """
    turn = analysis.turn
    if turn.turn_deg:
        if turn.sure:
            return BACK if (turn.turn_deg + turn_deg) % 360 == 0 else FALSE
        return ASKED if turn_deg else FALSE
    report = analysis.report
    if report.status != "judged":
        return REFUSED
    if report.exercise in may_be:
        return RIGHT
    return WRONG if _sure(report) else UNSURE


def _sure(report: SetReport) -> bool:
    """Whether anything is said of it without a word of doubt."""
    if report.recognised is not None and not report.recognised.sure:
        return False
    return report.posture is not None or any(rep.verdict != "unseen" and not rep.borderline for rep in report.reps)


def turned_clips(labels: Sequence[Label], cache: Path) -> Iterator[Turned]:
    """Judge each clip as filmed and turned."""
    for label in labels:
        seen = [sighting for sighting in poses(label.clip, cache) if label.within(sighting.time_s)]
        for turn_deg in TURNS:
            analysis = conclude(_rows(seen, turn_deg // 90), None, label.name)
            yield Turned(label.name, turn_deg, result(analysis, turn_deg, _may_be(label)), analysis.report.exercise)


def _rows(seen: Sequence[Sighting], quarters: int) -> list[Row]:
    measurer = Measurer()
    return [measurer(turned(sighting, quarters)) for sighting in seen]


def _may_be(label: Label) -> tuple[str, ...]:
    """What the label allows, and what shares its rules and is more usual."""
    known = catalogue()
    return (*label.may_be, *(other for name in label.may_be if name in known for other in known[name].recognise.alike))


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the bench; 1 if a clip was judged as something else, surely."""
    from rich.console import Console

    from pose.cache import cache_dir

    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("folder", type=Path, help="clips and their labels.json")
    parser.add_argument("--cache", type=Path, default=cache_dir() / "bench", help="where poses are kept (%(default)s)")
    options = parser.parse_args(arguments)
    console, counts = Console(width=120), Counter[tuple[str, str]]()
    for one in turned_clips(read_labels(options.folder / "labels.json", options.folder), options.cache):
        counts["as filmed" if one.turn_deg == 0 else "turned", one.result] += 1
        if one.result in (UNSURE, FALSE, WRONG):
            console.print(f"{one.clip}, turned by {one.turn_deg}\u00b0: {one.result} ({one.exercise})")
    for outcomes in (BACK, ASKED, REFUSED, RIGHT, UNSURE, FALSE, WRONG):
        console.print(f"{outcomes}: as filmed {counts['as filmed', outcomes]}, turned {counts['turned', outcomes]}")
    return int(any(counts[how, bad] for how in ("as filmed", "turned") for bad in (FALSE, WRONG)))


if __name__ == "__main__":
    sys.exit(main())
