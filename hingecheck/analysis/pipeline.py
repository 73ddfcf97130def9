"""Frames -> rows -> report, the same for webcam, file, images and recorded poses.

Rows are measured by `detection.measure` and judged by `conclude`: `measure_and_judge` runs both over frames that come
one by one, `analyse` over a video, of which several stretches are measured at once.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from exercises.exercise_model import Exercise
from exercises.load import catalogue
from exercises.results import SetReport
from exercises.safety import Answers
from hingecheck import cores, reasons
from hingecheck.analysis import exercise_choice, several_exercises, slow_motion
from hingecheck.analysis.detection import DetectedFrame, MeasuredFrame, measure
from hingecheck.analysis.key_frames import KeyFrames
from hingecheck.analysis.video_source import VideoSource, source_of
from hingecheck.validation.hand_measurements import HandMeasurements
from pose.frame.landmark_rows import landmarks_of
from pose.frame.measure import Row
from pose.frame.view import ViewLimits
from pose.frames import Frame
from pose.positions.assemble import assemble
from pose.positions.frame_turn import FrameTurn, estimate_turn
from pose.reason import Reason, ReasonKind
from pose.spine.neutral import Neutral
from pose.track import Track

#: Progress is reported at most this often, seconds.
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
    turn_deg : int or None
        Turn the frames clockwise by 0, 90, 180 or 270 degrees before that; None to see whether they lie on their side.
    speed : float or None
        How fast the file plays against what was filmed, 0.25 = slow motion at a quarter; None to take what it says.
    model : Path or None
        Another pose model than the built-in one.
    save_poses : Path or None
        Keep the poses in this file, for replay without the video.
    measured : HandMeasurements or None
        Angles measured by hand in the same clip, to be compared with.
    known : mapping of str to Exercise
        Those that a clip may show whose exercise is to be detected; empty for the whole catalogue.
    answers : Answers or None
        What the person answered after the set.
    jobs : int or None
        How many processors work on the video; None for all that there are. The result is the same.
    """

    exercise: Exercise | None
    start_s: float | None = None
    end_s: float | None = None
    mirror: bool = False
    turn_deg: int | None = None
    model: Path | None = None
    save_poses: Path | None = None
    measured: HandMeasurements | None = None
    known: Mapping[str, Exercise] = field(default_factory=dict)
    answers: Answers | None = None
    speed: float | None = None
    jobs: int | None = None


@dataclass(frozen=True)
class Progress:
    """How far the work is; `frames_total` is None where the file does not say, `frame` where none is at hand."""

    frames_done: int
    frames_total: int | None
    fps: float
    stage: str
    frame: Frame | None = None


@dataclass(frozen=True, eq=False)
class SetAnalysis:
    """The whole set, judged. The last event of `measure_and_judge`."""

    report: SetReport
    #: None where nothing could be read.
    track: Track | None
    neutral: Neutral | None
    rows: tuple[Row, ...]
    #: What it was judged by; None where the exercise could not be detected.
    exercise: Exercise | None
    #: Frames of a video that were saved while they passed.
    key_frames: KeyFrames = field(default_factory=KeyFrames)
    #: How the frames lie.
    turn: FrameTurn = field(default_factory=FrameTurn)
    #: How far the frames were turned clockwise to be upright, degrees.
    turn_deg: int = 0
    #: What the reader of the video reported, and that it was turned.
    notes: tuple[Reason, ...] = ()
    #: Facts about the file; of anything but a file, nothing.
    source: VideoSource = field(default_factory=VideoSource)


def measure_and_judge(seen: Iterable[DetectedFrame], exercise: Exercise | None, video: str,
                      notes: list[Reason] | None = None,
          limits: ViewLimits | None = None, known: Mapping[str, Exercise] | None = None,
          upright: bool = False) -> Iterator[MeasuredFrame | SetAnalysis]:
    """Measure frame by frame, then judge the set.

    Parameters
    ----------
    seen : iterable of DetectedFrame
        From `detect`, or from recorded poses.
    exercise : Exercise or None
        None to tell it from the movement.
    video : str
        What the report calls its source.
    notes : list of Reason, optional
        What the reader of the frames has to say; read when the frames have ended.
    limits : ViewLimits, optional
    known : mapping of str to Exercise, optional
        Those that it may be where `exercise` is None; the whole catalogue if not given.
    upright : bool
        True where somebody said that the frames are the right way up.

    Yields
    ------
    MeasuredFrame
        For each frame.
    SetAnalysis
        Once, at the end.
    """
    rows: list[Row] = []
    for event in measure(seen, limits):
        rows.append(event.row)
        yield event
    yield conclude(rows, exercise, video, notes or (), limits, known, upright)


def conclude(rows: Sequence[Row], exercise: Exercise | None, video: str, notes: Sequence[Reason] = (),
             limits: ViewLimits | None = None, known: Mapping[str, Exercise] | None = None,
             upright: bool = False) -> SetAnalysis:
    """Judge everything that was measured: the end of `measure_and_judge` and of a live set. Parameters as there."""
    track, neutral = assemble(rows, limits)
    track = replace(track, landmarks=landmarks_of(rows))
    turn = FrameTurn() if upright else estimate_turn(rows)
    report, exercise = exercise_choice.judged(exercise, video, track, tuple(notes), known or catalogue(),
                                              turn)
    return SetAnalysis(report, track, neutral, tuple(rows), exercise, turn=turn)


def analyse(path: Path, options: Options, on_progress: Callable[[Progress], None] | None = None) -> SetAnalysis:
    """Analyse a video file. Bad input does not raise: the report says what is wrong and what to do.

    Parameters
    ----------
    path : Path
    options : Options
    on_progress : callable, optional
        Told several times a second.
    """
    from pose.io.recording import RecordingError
    from pose.io.video import VideoError
    from pose.model.bundle import ModelError

    try:
        return _analyse(path, options, on_progress)
    except (VideoError, ModelError, RecordingError) as error:
        kind = ReasonKind.UNREADABLE if isinstance(error, VideoError) else ReasonKind.NOT_USABLE
        exercise = "" if options.exercise is None else options.exercise.id
        report = SetReport(video=path.name, exercise=exercise, status="error",
                           **reasons.report_fields([reasons.of_error(kind, error)]))
        return SetAnalysis(report, None, None, (), options.exercise)


def _analyse(path: Path, options: Options, on_progress: Callable[[Progress], None] | None) -> SetAnalysis:
    analysis = _analyse_turned(path, options, on_progress)
    turn = analysis.turn
    if options.turn_deg is None and turn.turn_deg and turn.sure:
        again = replace(options, turn_deg=turn.turn_deg)
        analysis = _analyse_turned(path, again, on_progress,
                                   (Reason.of(ReasonKind.FRAMES_TURNED, turn_deg=turn.turn_deg),))
    return replace(analysis, report=several_exercises.with_remark(analysis.report, analysis.rows, options.known,
                                                                  analysis.track))


def _analyse_turned(path: Path, options: Options, on_progress: Callable[[Progress], None] | None,
                    notes: Sequence[Reason] = ()) -> SetAnalysis:
    """Analyse the frames turned as the options say."""
    from hingecheck.analysis import video_pass
    from pose.io.video import VideoReader

    turn_deg = options.turn_deg or 0
    with VideoReader(path, start_s=options.start_s, end_s=options.end_s, mirror=options.mirror,
                     turn_deg=turn_deg, speed=options.speed) as reader:
        measured = video_pass.measured(reader, lambda: _Teller(on_progress, reader.info.frame_count), options.model,
                                       cores.jobs_of(options.jobs), options.save_poses is not None)
    if options.save_poses is not None:
        from pose.io import recording

        recording.save(options.save_poses, measured.sightings, reader.info)
    judgement = conclude(measured.rows, options.exercise, path.name, measured.notes, known=options.known,
                         upright=options.turn_deg is not None)
    notes = (*measured.notes, *slow_motion.notes(reader, options.speed, judgement.report), *notes)
    judgement = replace(judgement, source=source_of(reader))
    return of_video(judgement, measured.key_frames, turn_deg, notes)


def of_video(analysis: SetAnalysis, keys: KeyFrames, turn_deg: int, notes: tuple[Reason, ...]) -> SetAnalysis:
    """Add what only a video has."""
    report = analysis.report
    known = reasons.of_report(report)
    report = reasons.with_reasons(report, (note for note in notes if note not in known), picture_turn_deg=turn_deg,
                                  **analysis.source.report_keys())
    return replace(analysis, report=report, key_frames=keys, turn_deg=turn_deg, notes=notes)


class _Teller:
    """Reports progress, not too often."""

    def __init__(self, on_progress: Callable[[Progress], None] | None, total: int | None) -> None:
        self._on_progress, self._total, self._done = on_progress, total, 0
        self._began = self._reported_s = time.monotonic()

    def __call__(self, frame: Frame | None) -> None:
        self._done += 1
        now = time.monotonic()
        if self._on_progress is not None and now - self._reported_s >= _TELL_EVERY_S:
            self._reported_s = now
            rate = self._done / (now - self._began)
            self._on_progress(Progress(self._done, self._total, rate, "measuring", frame))
