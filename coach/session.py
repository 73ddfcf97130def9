"""Frames -> events -> report. One generator, the same for webcam, file, pictures and recorded poses.

`watch` yields a `Moment` a frame and at the end one `Judgement`; `analyse` runs it over a video file.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from coach import verdicts
from coach.handmeasured import HandMeasured
from coach.keyframes import KeyFrames
from coach.marks import Marker
from exercises.load import catalogue
from exercises.model import Exercise
from exercises.outcome import SetReport
from exercises.recognise import recognise
from exercises.rules import judge_set
from exercises.safety import Answers
from pose.frames import Frame, Sighting
from pose.key_picture import key_picture
from pose.measure import Measurer, Row
from pose.neutral import Neutral
from pose.overlay import Marks
from pose.series import assemble
from pose.track import Track
from pose.view import ViewLimits

#: Progress is told at most this often, seconds.
_TELL_EVERY_S = 0.1


@dataclass(frozen=True, eq=False)
class Options:
    """How a video is to be analysed.

    Attributes
    ----------
    exercise : Exercise or None
        None to tell it from the clip, among `known`.
    start_s, end_s : float or None
        Part of the clip, seconds from its first frame.
    mirror : bool
        Flip left and right before anything else.
    model : Path or None
        Another pose model than the built-in one.
    save_poses : Path or None
        Keep the poses in this file, for replay without the video.
    measured : HandMeasured or None
        Angles measured by hand in the same clip, to be compared with.
    known : mapping of str to Exercise
        Those that a clip may show whose exercise is to be told; empty for the whole catalogue.
    answers : Answers or None
        What the person answered after the set.
    """

    exercise: Exercise | None
    start_s: float | None = None
    end_s: float | None = None
    mirror: bool = False
    model: Path | None = None
    save_poses: Path | None = None
    measured: HandMeasured | None = None
    known: Mapping[str, Exercise] = field(default_factory=dict)
    answers: Answers | None = None


@dataclass(frozen=True)
class Progress:
    """How far the work is; `frames_total` is None where the file does not say, `frame` where none is at hand."""

    frames_done: int
    frames_total: int | None
    fps: float
    stage: str
    frame: Frame | None = None


@dataclass(frozen=True, eq=False)
class Seen:
    """A frame and what was found in it; `frame` is None in a replay."""

    sighting: Sighting
    frame: Frame | None = None


@dataclass(frozen=True, eq=False)
class Moment:
    """One frame, measured on its own."""

    seen: Seen
    row: Row


@dataclass(frozen=True, eq=False)
class Judgement:
    """The whole set, judged. The last event of `watch`."""

    report: SetReport
    track: Track
    neutral: Neutral | None
    rows: tuple[Row, ...]
    #: What it was judged by; None where the exercise could not be told.
    exercise: Exercise | None


@dataclass(frozen=True, eq=False)
class Analysis:
    """What came of one video.

    Attributes
    ----------
    report : SetReport
    track : Track or None
        None where nothing could be read.
    marks : callable
        Frame index -> what is drawn on that frame.
    key_images : mapping of int to ndarray
        Rep index -> drawn picture (RGB) of the bottom of that rep.
    exercise : Exercise or None
        What it was judged by; None where it could not be told.
    """

    report: SetReport
    track: Track | None = None
    marks: Callable[[int], Marks] = lambda _: Marks()
    key_images: Mapping[int, NDArray[np.uint8]] = field(default_factory=dict)
    exercise: Exercise | None = None


def look(frames: Iterable[Frame], model: Path | None = None) -> Iterator[Seen]:
    """Find the person in each frame with the pose model; loads it on the first frame."""
    from pose.estimator import Estimator  # the only heavy import: not for replays

    with Estimator(model) as estimator:
        for frame in frames:
            yield Seen(estimator.look(frame), frame)


def watch(seen: Iterable[Seen], exercise: Exercise | None, video: str, notes: list[str] | None = None,
          limits: ViewLimits | None = None, known: Mapping[str, Exercise] | None = None,
          ) -> Iterator[Moment | Judgement]:
    """Measure frame by frame, then judge the set.

    Parameters
    ----------
    seen : iterable of Seen
        From `look`, or from recorded poses.
    exercise : Exercise or None
        None to tell it from the movement.
    video : str
        What the report calls its source.
    notes : list of str, optional
        What the reader of the frames has to say; read when the frames have ended.
    limits : ViewLimits, optional
    known : mapping of str to Exercise, optional
        Those that it may be where `exercise` is None; the whole catalogue if not given.

    Yields
    ------
    Moment
        For each frame.
    Judgement
        Once, at the end.
    """
    measurer = Measurer(limits)
    rows: list[Row] = []
    for item in seen:
        row = measurer(item.sighting)
        rows.append(row)
        yield Moment(item, row)
    yield conclude(rows, exercise, video, notes or (), limits, known)


def conclude(rows: Sequence[Row], exercise: Exercise | None, video: str, notes: Sequence[str] = (),
             limits: ViewLimits | None = None, known: Mapping[str, Exercise] | None = None) -> Judgement:
    """Judge everything that was measured: the end of `watch`, and of a live set. Parameters as there."""
    track, neutral = assemble(rows, limits)
    report, exercise = _judged(exercise, video, track, tuple(notes), known)
    return Judgement(report, track, neutral, tuple(rows), exercise)


def _judged(exercise: Exercise | None, video: str, track: Track, notes: tuple[str, ...],
            known: Mapping[str, Exercise] | None) -> tuple[SetReport, Exercise | None]:
    """Judge a measured clip by an exercise, or by the one that it shows."""
    recognised = None
    if exercise is None:
        known = known or catalogue()
        recognised = recognise(track, known.values())
        if recognised.exercise is None:
            names = {name: one.name for name, one in known.items()}
            return verdicts.unrecognised(video, track, recognised, names, notes), None
        exercise = known[recognised.exercise]
    return verdicts.report(exercise, video, track, judge_set(exercise, track), notes, recognised), exercise


def analyse(path: Path, options: Options, on_progress: Callable[[Progress], None] | None = None) -> Analysis:
    """Analyse a video file. Bad input does not raise: the report says what is wrong and what to do.

    Parameters
    ----------
    path : Path
    options : Options
    on_progress : callable, optional
        Told several times a second.
    """
    from pose.bundle import ModelError
    from pose.recording import RecordingError
    from pose.video import VideoError

    try:
        return _analyse(path, options, on_progress)
    except (VideoError, ModelError, RecordingError) as error:
        exercise = "" if options.exercise is None else options.exercise.id
        return Analysis(SetReport(video=path.name, exercise=exercise, status="error", reasons=(str(error),)),
                        exercise=options.exercise)


def _analyse(path: Path, options: Options, on_progress: Callable[[Progress], None] | None) -> Analysis:
    from pose.video import VideoReader

    kept: list[Sighting] = []
    keys = KeyFrames()
    with ExitStack() as stack:
        reader = stack.enter_context(
            VideoReader(path, start_s=options.start_s, end_s=options.end_s, mirror=options.mirror))
        tell = _Teller(on_progress, reader.info.frame_count)
        judgement: Judgement | None = None
        for event in watch(look(reader, options.model), options.exercise, path.name, reader.notes,
                           known=options.known):
            if isinstance(event, Judgement):
                judgement = event
                break
            keys.offer(event.seen.frame, event.row)
            keys.pack()
            if options.save_poses is not None:
                kept.append(event.seen.sighting)
            tell(event.row.index + 1, event.seen.frame)
    assert judgement is not None
    if options.save_poses is not None:
        from pose import recording

        recording.save(options.save_poses, kept, reader.info)
    marker = marker_of(judgement)
    return Analysis(judgement.report, judgement.track, marker, key_pictures(judgement, keys, marker),
                    judgement.exercise)


def marker_of(judgement: Judgement) -> Marker:
    """Return what is drawn on each frame of a judged set."""
    return Marker(judgement.exercise, judgement.report, judgement.track, judgement.rows, judgement.neutral)


def key_pictures(judgement: Judgement, keys: KeyFrames, marker: Marker) -> dict[int, NDArray[np.uint8]]:
    """Return the drawn picture (RGB) of each rep's bottom, by the rep's index."""
    pictures = {}
    for rep in judgement.report.reps:
        key = keys.nearest((rep.bottom_s + rep.leave_s) / 2)
        if key is not None:
            pictures[rep.index] = key_picture(key.image, marker.scaled(key.index, key.scale))
    return pictures


class _Teller:
    """Tells progress, not too often."""

    def __init__(self, on_progress: Callable[[Progress], None] | None, total: int | None) -> None:
        self._on_progress, self._total = on_progress, total
        self._began = self._told = time.monotonic()

    def __call__(self, done: int, frame: Frame | None) -> None:
        now = time.monotonic()
        if self._on_progress is not None and now - self._told >= _TELL_EVERY_S:
            self._told = now
            self._on_progress(Progress(done, self._total, done / (now - self._began), "measuring", frame))
