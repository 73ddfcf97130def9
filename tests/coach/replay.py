"""Sightings -> Judgement, by the same generator that a webcam and a file go through."""

from __future__ import annotations

from collections.abc import Iterable

from coach.session import Judgement, Seen, watch
from exercises.load import load
from pose.frames import Sighting


def judged(sightings: Iterable[Sighting], video: str = "clip.mp4") -> Judgement:
    """Judge a hip hinge from what was seen of it."""
    *_, last = watch(map(Seen, sightings), load("hip_hinge"), video)
    assert isinstance(last, Judgement)
    return last


def verdicts(judgement: Judgement) -> list[str]:
    """The verdict of each rep."""
    return [rep.verdict for rep in judgement.report.reps]
