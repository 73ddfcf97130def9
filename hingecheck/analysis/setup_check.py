"""One image, or a few frames of a clip -> ticks: can a movement be judged in this set-up, and what to change."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any

import numpy as np

from exercises.reason_words import clause
from language.translate import _
from pose.arrays import Image
from pose.frame.skeleton import Skeleton
from pose.frame.view import View, ViewLimits, assess_view
from pose.frames import Frame, Sighting


class TickState(Enum):
    """How one thing of the set-up is."""

    GOOD = "good"
    CHANGE = "change"
    UNSEEN = "unseen"


GOOD, BAD, UNKNOWN = TickState.GOOD, TickState.CHANGE, TickState.UNSEEN
#: Of the frame's height: smaller, and the back is a few pixels; larger, and a bend leaves the frame.
_SMALLEST, _LARGEST = 0.35, 0.95
#: Turned further than this the back's error grows (12° up to here, 13 to 16 beyond; see `ViewLimits`).
_BETTER_DEG = 30.0
#: Mean brightness of the frame, 0 to 255, between which clothes and background can be distinguished.
_DARK, _BRIGHT = 45.0, 225.0
#: Spread of the brightness under which everything is one grey.
_FLAT = 12.0
#: Number of frames checked in a clip, and their spacing in seconds.
_MOST, _SPACING_S = 5, 1.0


@dataclass(frozen=True)
class Tick:
    """One line of the check: what, how it is, and what to do."""

    name: str
    state: TickState
    message: str


def of_still(image: Image) -> tuple[Tick, ...]:
    """Check a still (RGB)."""
    return _ticks([Frame(0, 0.0, image)])


def of_clip(path: Path) -> tuple[Tick, ...]:
    """Check the first seconds of a clip.

    Raises
    ------
    pose.video.VideoError
        It cannot be read.
    """
    from pose.io.video import VideoReader

    chosen: list[Frame] = []
    with VideoReader(path) as frames:
        for frame in frames:
            if not chosen or frame.time_s - chosen[-1].time_s >= _SPACING_S:
                chosen.append(frame)
            if len(chosen) == _MOST:
                break
    return _ticks(chosen)


def _ticks(frames: Iterable[Frame]) -> tuple[Tick, ...]:
    from pose.model.estimator import Estimator

    stills = list(frames)
    with Estimator() as estimator:
        seen = [estimator.detect(frame) for frame in stills]
    return of_sightings(seen, [frame.image for frame in stills])


def of_sightings(seen: list[Sighting], images: list[Image],
                 limits: ViewLimits | None = None) -> tuple[Tick, ...]:
    """Judge what was seen; the images are for the light."""
    limits = limits or ViewLimits()
    people = [one for one in seen if one.pose is not None]
    light = _light(images)
    if not people:
        message = _("Nobody was found. Stand in the picture, head to feet, in good light.")
        return (Tick(_("Somebody in the picture"), BAD, message), light)
    views = [assess_view(one, Skeleton.of(one.pose, 1), limits) for one in people if one.pose is not None]
    return (_side(views, limits), _whole(views), _distance(views, people), _level(views, limits), light, _alone(people))


def _middle(values: Iterable[float]) -> float:
    known: Any = np.array(list(values), dtype=float)
    return float(np.nanmedian(known)) if np.isfinite(known).any() else np.nan


def _side(views: list[View], limits: ViewLimits) -> Tick:
    turned = _middle(view.turned_deg for view in views)
    if np.isnan(turned):
        return Tick(_("Side-on"), UNKNOWN, _("How you are turned was not seen."))
    if turned <= limits.turned_deg:
        text = (_("Turned about {turned:.0f}° from exactly side-on. That can be judged; exactly side-on is more "
                  "accurate.") if turned > _BETTER_DEG else _("Turned about {turned:.0f}° from exactly side-on."))
        return Tick(_("Side-on"), GOOD, text.format(turned=turned))
    return Tick(_("Side-on"), BAD, _("You are turned about {turned:.0f}° from side-on: stand with one side to the "
                                  "camera. (To sit and turn, face it.)").format(turned=turned))


def _whole(views: list[View]) -> Tick:
    problem = next((view.problem for view in views if view.problem is not None), None)
    if problem is None:
        return Tick(_("Whole body"), GOOD, _("Head to feet in the picture."))
    why = clause(problem)
    return Tick(_("Whole body"), BAD, _("{what}: move the camera back until all of you is in it, also when "
                                        "you bend.").format(what=why[:1].upper() + why[1:]))


def _distance(views: list[View], seen: list[Sighting]) -> Tick:
    height_px, frame_px = _middle(view.height_px for view in views), seen[0].size_px[1]
    share = height_px / max(frame_px, 1)
    if np.isnan(share):
        return Tick(_("Distance"), UNKNOWN, _("How far you are was not seen."))
    if share < _SMALLEST and seen[0].size_px[0] < 2 * height_px / _SMALLEST:
        return Tick(_("Distance"), BAD, _("You fill about {share:.0f} % of the picture's height: come closer.").format(
            share=100 * share))
    if share > _LARGEST:
        return Tick(_("Distance"), BAD, _("You fill the picture: move the camera back, or a bend leaves it."))
    return Tick(_("Distance"), GOOD, _("You fill about {share:.0f} % of the picture's height.").format(
        share=100 * share))


def _level(views: list[View], limits: ViewLimits) -> Tick:
    down = _middle(view.looking_down_deg for view in views)
    if np.isnan(down) or abs(down) <= limits.looking_down_deg:
        return Tick(_("Level camera"), GOOD, _("The camera stands about level."))
    text = (_("The camera looks down at you by about {angle:.0f}°: put it at the height of your hips.") if down > 0 else
            _("The camera looks up at you by about {angle:.0f}°: put it at the height of your hips."))
    return Tick(_("Level camera"), BAD, text.format(angle=abs(down)))


def _light(images: list[Image]) -> Tick:
    brightness = _middle(float(image.mean()) for image in images)
    spread = _middle(float(image.std()) for image in images)
    if brightness < _DARK:
        return Tick(_("Light"), BAD, _("The picture is dark: switch a lamp on, in front of you rather than behind."))
    if brightness > _BRIGHT or spread < _FLAT:
        return Tick(_("Light"), BAD, _("You hardly stand out: less light from behind, clothes unlike the wall."))
    return Tick(_("Light"), GOOD, _("Bright enough."))


def _alone(seen: list[Sighting]) -> Tick:
    most = max(one.people for one in seen)
    if most <= 1:
        return Tick(_("One person"), GOOD, _("Nobody else in the picture."))
    return Tick(_("One person"), BAD, _("{most} people in the picture: the others should stay out of it.").format(
        most=most))
