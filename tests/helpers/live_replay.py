"""Recorded poses pushed through a live set, with what came of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from hingecheck.analysis.pipeline import DetectedFrame
from hingecheck.live.events import Event, RepCounted, RepSettled, Utterance
from hingecheck.live.live_set import LiveSet
from hingecheck.live.set_plan import SetPlan
from pose.frames import Sighting


@dataclass(frozen=True)
class Came:
    """A live set and everything that it told."""

    live: LiveSet
    events: tuple[Event, ...]

    @property
    def said(self) -> list[Utterance]:
        return [event for event in self.events if isinstance(event, Utterance) and event.text]

    def texts(self, kind: str) -> list[str]:
        return [said.text for said in self.said if said.kind == kind]

    def when(self, text: str) -> list[float]:
        return [said.at_s for said in self.said if said.text == text]

    @property
    def counted(self) -> list[RepCounted]:
        return [event for event in self.events if isinstance(event, RepCounted)]

    @property
    def settled(self) -> list[RepSettled]:
        return [event for event in self.events if isinstance(event, RepSettled)]


def lived(sightings: Iterable[Sighting], plan: SetPlan) -> Came:
    """Push poses through a live set."""
    live = LiveSet(plan)
    return Came(live, tuple(event for sighting in sightings for event in live(DetectedFrame(sighting))))


def waiting_first(sightings: tuple[Sighting, ...], seconds: float) -> tuple[Sighting, ...]:
    """The same clip by somebody who stands at its first moment for a while before; ten frames a second."""
    count = round(seconds * 10)
    first = [replace(sightings[0], index=number, time_s=number / 10) for number in range(count)]
    return (*first, *later(sightings, seconds, count))


def later(sightings: Iterable[Sighting], by_s: float, by_index: int = 0) -> list[Sighting]:
    """The same frames at a later time."""
    return [replace(one, index=one.index + by_index, time_s=one.time_s + by_s) for one in sightings]
