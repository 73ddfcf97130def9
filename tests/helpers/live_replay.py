"""Recorded poses pushed through a live set, with its events."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from hingecheck.analysis.detection import DetectedFrame
from hingecheck.live.events import Event, RepCounted, RepSettled, Utterance
from hingecheck.live.live_set import LiveSet
from hingecheck.live.set_plan import SetPlan
from pose.frames import Frame, Sighting


@dataclass(frozen=True)
class LiveReplay:
    """A live set and its events."""

    live: LiveSet
    events: tuple[Event, ...]

    @property
    def utterances(self) -> list[Utterance]:
        return [event for event in self.events if isinstance(event, Utterance) and event.text]

    def sentences(self, kind: str) -> list[str]:
        return [utterance.text for utterance in self.utterances if utterance.kind == kind]

    def when(self, text: str) -> list[float]:
        return [utterance.at_s for utterance in self.utterances if utterance.text == text]

    @property
    def counted(self) -> list[RepCounted]:
        return [event for event in self.events if isinstance(event, RepCounted)]

    @property
    def settled(self) -> list[RepSettled]:
        return [event for event in self.events if isinstance(event, RepSettled)]


class RecordedDetector:
    """Returns the recorded poses of a clip, frame by frame, in place of the model."""

    def __init__(self, sightings: tuple[Sighting, ...]) -> None:
        self._sightings = iter(sightings)
        self.is_closed = False

    def detect(self, frame: Frame) -> Sighting:
        sighting = next(self._sightings)
        return Sighting(frame.index, frame.time_s, sighting.size_px, sighting.pose, sighting.people)

    def close(self) -> None:
        self.is_closed = True


def replay_live(sightings: Iterable[Sighting], plan: SetPlan) -> LiveReplay:
    """Push poses through a live set."""
    live = LiveSet(plan)
    return LiveReplay(live, tuple(event for sighting in sightings for event in live(DetectedFrame(sighting))))


def with_wait(sightings: tuple[Sighting, ...], seconds: float) -> tuple[Sighting, ...]:
    """Return the clip with its first frame repeated for a while before; ten frames per second."""
    count = round(seconds * 10)
    first = [replace(sightings[0], index=number, time_s=number / 10) for number in range(count)]
    return (*first, *shifted(sightings, seconds, count))


def shifted(sightings: Iterable[Sighting], by_s: float, by_index: int = 0) -> list[Sighting]:
    """Return the same frames at a later time."""
    return [replace(sighting, index=sighting.index + by_index, time_s=sighting.time_s + by_s)
            for sighting in sightings]
