"""Sightings -> SetAnalysis, by the same generator that a webcam and a file go through."""

from __future__ import annotations

from collections.abc import Iterable

from exercises.load import load
from hingecheck.analysis.detection import DetectedFrame
from hingecheck.analysis.pipeline import SetAnalysis, measure_and_judge
from pose.frames import Sighting


def judged(sightings: Iterable[Sighting], video: str = "clip.mp4") -> SetAnalysis:
    """Judge a hip hinge from its sightings."""
    *_, last = measure_and_judge(map(DetectedFrame, sightings), load("hip_hinge"), video)
    assert isinstance(last, SetAnalysis)
    return last


def verdicts(judgement: SetAnalysis) -> list[str]:
    """Return the verdict of each rep."""
    return [rep.verdict for rep in judgement.report.reps]
