"""The list of hard videos: what is changed in a sample, how the file is written, and whether a person can judge it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

import numpy as np

from bench.hard import images, scenes, timing
from bench.hard.files import FileKind
from bench.hard.shots import Change, Shot, each, each_while, in_turn, unchanged
from pose.arrays import Image

_PLAIN = np.full((480, 640, 3), 96, dtype=np.uint8)
_BLACK = np.zeros((480, 640, 3), dtype=np.uint8)


@dataclass(frozen=True)
class Kind:
    """One hard video.

    Attributes
    ----------
    name, group : str
    change : callable
        What is done to the sample.
    file : FileKind
    clear : bool
        Whether a person who watches it could say how each rep was; refusing it is a loss.
    automatic : bool
        Whether it is also judged with no exercise named: not where another exercise is the longer part of it.
    """

    name: str
    group: str
    change: Change = unchanged
    file: FileKind = field(default_factory=FileKind)
    clear: bool = True
    automatic: bool = True


def hinge_kinds(other: Sequence[Shot], doorway: Sequence[Shot]) -> list[Kind]:
    """Return the kinds made from a sample of hinges, with another person's clip and another exercise's at hand."""
    return [*_sizes(), *_rates(), *_cuts(other, doorway), *_stills(), *_people(other, doorway), *_turns(), *_light(),
            *_sharpness(), *_camera(), *_covers(), *_files()]


def sitting_kinds(other: Sequence[Shot]) -> list[Kind]:
    """Return the kinds made from a sample of somebody who sits."""
    return [
        Kind("as it is", "sitting"), Kind("mirrored", "sitting", each(images.mirrored)),
        Kind("320x240", "sitting", each(images.resized(320, 240))),
        Kind("far away", "sitting", each(images.on_canvas(640, 480, 0.4)), clear=False),
        Kind("10 frames a second", "sitting", timing.at_rate(10)), Kind("dark", "sitting", each(images.light(0.25))),
        Kind("on its side", "sitting", each(images.quarter(1)), clear=False),
        Kind("upside down", "sitting", each(images.quarter(2)), clear=False),
        Kind("tilted by 10 deg", "sitting", each(images.tilted(10)), clear=False),
        Kind("feet outside", "sitting", each(images.cropped(0.0, 0.0, 0.6, 1.0)), clear=False),
        Kind("two beside each other", "sitting", scenes.beside(), clear=False),
        Kind("another's hinge after it", "sitting", timing.followed_by(other), clear=False, automatic=False),
    ]


def _each(group: str, clear: bool, changes: dict[str, Callable[[Image], Image]]) -> list[Kind]:
    return [Kind(name, group, each(change), clear=clear) for name, change in changes.items()]


def _sizes() -> list[Kind]:
    return [*_each("size", True, {
        "320x240": images.resized(320, 240), "1920x1440": images.resized(1920, 1440),
        "480x480, squeezed": images.resized(480, 480), "638x478": images.resized(638, 478),
        "borders left and right": images.on_canvas(1280, 480, 1.0),
        "borders above and below": images.on_canvas(640, 1136, 1.0), "far away, half": images.on_canvas(640, 480, 0.5),
    }), *_each("size", False, {
        "160x120": images.resized(160, 120), "96x72": images.resized(96, 72), "32x24": images.resized(32, 24),
        "4:1 wide": images.resized(1280, 320), "1:3 high": images.resized(240, 720),
        "far away, a quarter": images.on_canvas(640, 480, 0.25),
        "half outside on the left": images.on_canvas(640, 480, 1.0, left=-8.0),
        "at the edge": images.on_canvas(640, 480, 0.8, left=-1.4),
    }), Kind("squeezed, with the aspect in the file", "size", each(images.resized(320, 480)),
             FileKind(aspect=Fraction(2, 1)))]


def _rates() -> list[Kind]:
    return [
        Kind("60 frames a second", "rate", timing.at_rate(60)), Kind("15 frames a second", "rate", timing.at_rate(15)),
        Kind("10 frames a second", "rate", timing.at_rate(10)), Kind("24 frames a second", "rate", timing.at_rate(24)),
        Kind("5 frames a second", "rate", timing.at_rate(5), clear=False),
        Kind("2 frames a second", "rate", timing.at_rate(2), clear=False),
        Kind("1 frame a second", "rate", timing.at_rate(1), clear=False),
        Kind("half of the frames missing", "rate", timing.dropped(0.5)),
        Kind("nine of ten frames missing", "rate", timing.dropped(0.9), clear=False),
        Kind("clock imprecise by 20 ms", "rate", timing.shaken(0.02)),
        Kind("clock imprecise by 0.2 s", "rate", timing.shaken(0.2), clear=False),
        Kind("twice as fast", "rate", timing.played(2.0)), Kind("half as fast", "rate", timing.played(0.5)),
        Kind("eight times slower", "rate", timing.played(0.125), clear=False),
        Kind("clock begins at an hour", "rate", file=FileKind(offset_s=3600)),
        Kind("clock leaps 100 s", "rate", timing.jumping_clock(7.9, 100.0), FileKind(suffix=".mkv")),
        Kind("stalls 1.5 s while standing", "rate", timing.gap(5.3, 6.0)),
        Kind("stalls at a bottom", "rate", timing.gap(7.4, 9.0), clear=False),
    ]


def _cuts(other: Sequence[Shot], doorway: Sequence[Shot]) -> list[Kind]:
    return [
        Kind("begins in a rep", "cut", timing.part(2.5, 14.5), clear=False),
        Kind("begins at a bottom", "cut", timing.part(3.5, 14.5), clear=False),
        Kind("ends in a rep", "cut", timing.part(0.0, 12.5), clear=False),
        Kind("one rep, no stand", "cut", timing.part(10.5, 14.3), clear=False),
        Kind("a second cut out of a rep", "cut", timing.without(6.8, 7.8), clear=False),
        Kind("bottom cut out", "cut", timing.without(7.4, 8.6), clear=False),
        Kind("half a second", "cut", timing.part(0.0, 0.5), clear=False),
        Kind("one frame", "cut", timing.part(0.0, 0.03), clear=False),
        Kind("black before and after", "cut", timing.between(_BLACK, 2.0, _BLACK, 2.0)),
        Kind("a title before", "cut", timing.between(images.written("HIP HINGE", 3.0, 0.5)(_PLAIN), 3.0, None, 0.0)),
        Kind("another person after it", "cut", timing.followed_by(other), clear=False),
        Kind("another exercise after it", "cut", timing.followed_by(doorway), clear=False),
        Kind("to another clip and back each second", "cut", scenes.alternating(doorway, 1.0), clear=False),
        Kind("twice, one after the other", "cut", timing.repeated(2)),
        Kind("backward", "cut", timing.backward()),
        Kind("black for half a second in a rep", "cut", each_while(images.light(0.0), 7.0, 7.5)),
    ]


def _stills() -> list[Kind]:
    return [
        Kind("still for 3 s while standing", "still", timing.still(5.6, 3.0)),
        Kind("still for 3 s at a bottom", "still", timing.still(8.0, 3.0), clear=False),
        Kind("still for 3 s on the way down", "still", timing.still(6.8, 3.0), clear=False),
        Kind("one image, standing", "still", timing.only_image(0.5), clear=False),
        Kind("one image, bent", "still", timing.only_image(12.4), clear=False),
        Kind("every frame twice", "still", timing.stuttering(2)),
        Kind("new image every half second", "still", timing.stuttering(15), clear=False),
        Kind("neighbours swapped", "still", timing.swapped(2), clear=False),
        Kind("nobody", "still", each(lambda _: _PLAIN), clear=False),
    ]


def _people(other: Sequence[Shot], doorway: Sequence[Shot]) -> list[Kind]:
    return [
        Kind("twice beside each other", "people", scenes.beside(), clear=False),
        Kind("beside a mirror", "people", scenes.beside(mirror=True), clear=False),
        Kind("another person beside", "people", scenes.beside(other), clear=False),
        Kind("a small person beside", "people", scenes.beside(other, scale=0.45)),
        Kind("somebody lies beside", "people", scenes.beside(doorway), clear=False),
        Kind("another clip in the corner", "people", scenes.inset(other, 0.25)),
        Kind("something passes while standing", "people", scenes.passing(5.2, 0.9)),
        Kind("something passes at a bottom", "people", scenes.passing(7.4, 1.2), clear=False),
    ]


def _turns() -> list[Kind]:
    return [
        Kind("mirrored", "turn", each(images.mirrored)),
        Kind("on its side, the file says so", "turn", each(images.quarter(3)), FileKind(turn_deg=90)),
        Kind("on its head, the file says so", "turn", each(images.quarter(2)), FileKind(turn_deg=180)),
        Kind("on its side, clockwise", "turn", each(images.quarter(1)), clear=False),
        Kind("on its side, counter-clockwise", "turn", each(images.quarter(3)), clear=False),
        Kind("on its head", "turn", each(images.quarter(2)), clear=False),
        Kind("upright, the file says on its side", "turn", file=FileKind(turn_deg=90), clear=False),
        Kind("tilted by 5 deg", "turn", each(images.tilted(5))),
        Kind("tilted by 15 deg", "turn", each(images.tilted(15)), clear=False),
        Kind("tilted by 30 deg", "turn", each(images.tilted(30)), clear=False),
    ]


def _light() -> list[Kind]:
    return [*_each("light", True, {
        "dark": images.light(0.3), "bright": images.light(1.5, 20), "little contrast": images.light(0.4, 90),
        "grey": images.grey, "red": images.tinted(0.4, 0.6, 1.2), "against the light": images.backlit,
        "grainy": images.noisy(20),
    }), *_each("light", False, {
        "nearly black": images.light(0.06), "nearly white": images.light(1.0, 215),
        "negative": lambda image: 255 - image,
        "very grainy": images.noisy(70), "outlines": images.edges, "four levels": images.few_levels(4),
        "two levels": images.few_levels(2),
    }), Kind("dark and grainy", "light", in_turn(each(images.light(0.15)), each(images.noisy(15))), clear=False),
        Kind("lamp flickers", "light", scenes.flickering(0.5, 2))]


def _sharpness() -> list[Kind]:
    return [*_each("sharpness", True, {"out of focus": images.blurred(2.5), "smeared": images.smeared(9),
                                       "blocks of 4": images.blocks(4)}),
            *_each("sharpness", False, {"far out of focus": images.blurred(9), "far smeared": images.smeared(45),
                                        "blocks of 12": images.blocks(12), "blocks of 24": images.blocks(24)}),
            Kind("compressed", "sharpness", file=FileKind(options={"preset": "veryfast", "crf": "38"})),
            Kind("compressed to nothing", "sharpness", file=FileKind(options={"preset": "ultrafast", "crf": "51"}),
                 clear=False)]


def _camera() -> list[Kind]:
    return [
        Kind("trembles by 3 px", "camera", scenes.trembling(3)),
        Kind("trembles by 15 px", "camera", scenes.trembling(15), clear=False),
        Kind("sways by 30 px", "camera", scenes.swaying(30, 4.0), clear=False),
        Kind("turns away", "camera", scenes.panning(150, 435), clear=False),
        Kind("zooms in", "camera", scenes.zooming(1.35, 435), clear=False),
        Kind("zooms out", "camera", scenes.zooming(0.6, 435), clear=False),
        Kind("focus hunts", "camera", scenes.breathing(0.06, 1.5), clear=False),
        Kind("rolls by 20 deg", "camera", scenes.rolling(20, 435), clear=False),
        Kind("rolls by 90 deg", "camera", scenes.rolling(90, 435), clear=False),
        *_each("camera", True, {"barrel": images.bulged(0.25)}),
        *_each("camera", False, {"strong barrel": images.bulged(0.9), "cushion": images.bulged(-0.35),
                                 "sheared": images.sheared(0.3)}),
    ]


def _covers() -> list[Kind]:
    return [*_each("cover", True, {"subtitles": images.written("neutral, neutral, rounded", 1.2, 0.97),
                                   "watermark": images.written("SAMPLE", 3.0, 0.3)}),
            *_each("cover", False, {
                "head": images.covered(0.0, 0.0, 1.0, 0.25), "legs": images.covered(0.0, 0.62, 1.0, 1.0),
                "feet": images.covered(0.0, 0.85, 1.0, 1.0), "hips": images.covered(0.0, 0.42, 1.0, 0.6),
                "a pillar in the middle": images.covered(0.45, 0.0, 0.55, 1.0),
                "left half": images.covered(0.0, 0.0, 0.5, 1.0), "only the legs": images.cropped(0.0, 0.5, 1.0, 1.0),
                "only the trunk": images.cropped(0.0, 0.0, 1.0, 0.6), "blind but for a slit":
                    images.covered(0.0, 0.0, 0.42, 1.0)})]


def _files() -> list[Kind]:
    plain: dict[str, str] = {}
    return [
        Kind("Matroska", "file", file=FileKind(suffix=".mkv")), Kind("QuickTime", "file", file=FileKind(suffix=".mov")),
        Kind("transport stream", "file", file=FileKind(suffix=".ts")),
        Kind("VP9 in WebM", "file", file=FileKind(".webm", "libvpx-vp9", options={"deadline": "realtime",
                                                                                 "cpu-used": "8"})),
        Kind("MPEG-4 in AVI", "file", file=FileKind(".avi", "mpeg4", options={"qscale": "4"})),
        Kind("Motion JPEG in AVI", "file", file=FileKind(".avi", "mjpeg", "yuvj420p", plain)),
        Kind("MPEG-2", "file", file=FileKind(".mpg", "mpeg2video", options={"b": "4000000"})),
        Kind("10 bits", "file", file=FileKind(pixels="yuv420p10le")),
        Kind("4:4:4", "file", file=FileKind(pixels="yuv444p")),
        Kind("animated GIF", "file", timing.at_rate(10), FileKind(".gif", "gif", "rgb8", plain), clear=False),
        Kind("only key frames", "file", file=FileKind(options={"preset": "veryfast", "g": "1"})),
        Kind("interlaced", "file", file=FileKind(options={"preset": "veryfast", "flags": "+ildct+ilme"})),
        Kind("half of it missing", "file", file=FileKind(suffix=".ts", kept=0.5), clear=False),
        Kind("end missing, index at the end", "file", file=FileKind(kept=0.9), clear=False),
        Kind("five holes", "file", file=FileKind(suffix=".ts", holes=5), clear=False),
        Kind("forty holes", "file", file=FileKind(suffix=".mkv", holes=40), clear=False),
    ]
