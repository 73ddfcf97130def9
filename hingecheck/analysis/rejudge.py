"""A video that was analysed before, another exercise -> its Analysis from what was measured then, without the model.

The measurements lie beside the results (`measurements.npz`,
                                         see `pose.frame.rows_file`): joints and outlines as numbers, no
picture. They are used only for the same video and the same part of it, turned and mirrored the same way.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from exercises.exercise_model import Exercise
from exercises.results import SetReport
from hingecheck import reasons
from hingecheck.analysis import pipeline, several_exercises
from hingecheck.analysis.key_frames import KeyFrames
from hingecheck.analysis.video_source import VideoSource, source_from_json
from language.translate import _, mark
from pose.frame import rows_file
from pose.frame.landmark_rows import landmarks_of
from pose.frame.measure import Row
from pose.frame.rows_file import RowsFileError
from pose.frames import Frame
from pose.io.video import VideoError, VideoReader
from pose.positions.assemble import assemble
from pose.reason import Reason, ReasonKind, reason_from_json, reason_to_json
from pose.track import Track

NAME = "measurements.npz"
#: Name of a fact that differs -> what the measurements are then of.
_OTHER = {"video": mark("another video"), "bytes": mark("another video of this name"),
          "changed_ns": mark("an older state of this video"),
          "start_s": mark("another part of the video"), "end_s": mark("another part of the video"),
          "mirror": mark("a picture mirrored otherwise"), "model": mark("another pose model"),
          "program": mark("another version of this program")}
#: A key image of a rep is taken this near to its bottom, seconds: the half second that it is kept for.
_NEAR_S = 0.5


class _OtherMeasurements(Exception):  # noqa: N818 - nothing is broken
    """Measurements that do not fit."""

    def __init__(self, reason: Reason) -> None:
        super().__init__()
        self.reason = reason


def keep(folder: Path, path: Path, options: pipeline.Options, analysis: pipeline.SetAnalysis) -> Path | None:
    """Write what was measured beside the results; None where nothing was, or it cannot be written."""
    target = folder / NAME
    if not analysis.rows:
        target.unlink(missing_ok=True)
        return None
    rows_file.save(target, analysis.rows, {
        **_identity(path, options), "turn_deg": analysis.turn_deg, "source": analysis.source.to_json(),
        "reasons": list(map(reason_to_json, analysis.notes))})
    return target


def analysis(path: Path, folder: Path, options: pipeline.Options) -> pipeline.SetAnalysis:
    """Judge what was measured of a video again; what is missing or does not fit ends up in the report.

    Parameters
    ----------
    path : Path
        The video: without it there are no key images of the reps.
    folder : Path
        Where the results of its last analysis lie.
    options : Options
    """
    try:
        rows, about = _load(folder)
        _check(folder / NAME, about, _identity(path, options), options)
    except (RowsFileError, _OtherMeasurements) as error:
        why = error.reason if isinstance(error, _OtherMeasurements) else reasons.of_error(ReasonKind.NOT_USABLE, error)
        exercise = "" if options.exercise is None else options.exercise.id
        report = SetReport(video=path.name, exercise=exercise, status="error",
                           **reasons.report_fields([why]))
        return pipeline.SetAnalysis(report, None, None, (), options.exercise)
    turn_deg, notes = int(about["turn_deg"]), _notes(about)
    judgement = pipeline.conclude(rows, options.exercise, path.name, _reader_notes(notes), known=options.known or None,
                                 upright=options.turn_deg is not None or turn_deg != 0)
    keys = _keys(path, replace(options, turn_deg=turn_deg, speed=_source(about).speed), rows, judgement.report)
    judged = pipeline.of_video(replace(judgement, source=_source(about)), keys, turn_deg, notes)
    return replace(judged, report=several_exercises.with_remark(judged.report, rows, options.known, judged.track))


def of_measurements(folder: Path, exercise: Exercise, video: str) -> pipeline.SetAnalysis:
    """Judge what was measured of a video that is no longer there; so there are no key images of the reps.

    Parameters
    ----------
    folder : Path
        Where the results of its last analysis lie.
    exercise : Exercise
    video : str
        What the report calls the video.

    Raises
    ------
    RowsFileError
        There are no measurements, or they cannot be read.
    """
    rows, about = _load(folder)
    turn_deg, notes = int(about["turn_deg"]), _notes(about)
    judgement = pipeline.conclude(rows, exercise, video, _reader_notes(notes), upright=turn_deg != 0)
    judged = pipeline.of_video(replace(judgement, source=_source(about)), KeyFrames(), turn_deg, notes)
    return replace(judged, report=several_exercises.with_remark(judged.report, rows, {}, judged.track))


def _load(folder: Path) -> tuple[list[Row], dict[str, Any]]:
    """Read the measurements in a folder, with the facts that `keep` writes beside them."""
    rows, about = rows_file.load(folder / NAME)
    if not isinstance(about.get("turn_deg"), int) or not {"reasons", "notes"} & about.keys():
        raise rows_file.damaged(folder / NAME)
    return rows, about


def _source(about: Mapping[str, Any]) -> VideoSource:
    return source_from_json(about.get("source", {}))


def measured(folder: Path) -> Track:
    """Return what was measured of a video, over time, from the folder of its last analysis.

    Raises
    ------
    RowsFileError
        There are no measurements, or they cannot be read.
    """
    rows, _ = rows_file.load(folder / NAME)
    return replace(assemble(rows)[0], landmarks=landmarks_of(rows))


def _reader_notes(notes: tuple[Reason, ...]) -> tuple[Reason, ...]:
    """Return the notes of the reader of the video."""
    return tuple(note for note in notes if note.kind is not ReasonKind.FRAMES_TURNED)


def _notes(about: Mapping[str, Any]) -> tuple[Reason, ...]:
    """What was known of the whole clip; older versions kept it as sentences."""
    if "reasons" not in about:
        return reasons.as_notes(about["notes"])
    return tuple(filter(None, map(reason_from_json, about["reasons"])))


def _identity(path: Path, options: pipeline.Options) -> dict[str, Any]:
    """What measurements belong to."""
    try:
        made = path.stat()
        size, changed = made.st_size, made.st_mtime_ns
    except OSError:
        size = changed = 0
    return {"video": path.name, "bytes": size, "changed_ns": changed, "start_s": options.start_s,
            "end_s": options.end_s, "mirror": options.mirror, "model": str(options.model or ""),
            "program": _version()}


def _check(target: Path, about: Mapping[str, Any], wanted: Mapping[str, Any], options: pipeline.Options) -> None:
    """Refuse measurements of something else."""
    other = next((words for name, words in _OTHER.items() if about.get(name) != wanted[name]), "")
    if not other and options.turn_deg not in (None, about.get("turn_deg")):
        other = mark("a picture that was turned otherwise")
    if not other and options.speed not in (None, _source(about).speed):
        other = mark("a video that plays at another speed")
    if other:
        raise _OtherMeasurements(Reason.of(ReasonKind.OTHER_MEASUREMENTS, what=_(other), file=str(target)))


def _keys(path: Path, options: pipeline.Options, rows: Sequence[Row], report: SetReport) -> KeyFrames:
    """Read the frames round the reps' bottoms again."""
    keys, by_index = KeyFrames(), {row.index: row for row in rows}
    middles = [(rep.bottom_s + rep.leave_s) / 2 for rep in report.reps]
    if not middles:
        return keys
    try:
        end_s = (max(middles) + 2 * _NEAR_S) / (options.speed or 1.0)
        with VideoReader(path, start_s=options.start_s, end_s=end_s, mirror=options.mirror,
                         turn_deg=options.turn_deg or 0, speed=options.speed) as frames:
            for frame in frames:
                if frame.index in by_index and any(abs(frame.time_s - middle) <= 2 * _NEAR_S for middle in middles):
                    _offer(keys, frame, by_index[frame.index])
    except VideoError:
        return KeyFrames()
    return keys


def _offer(keys: KeyFrames, frame: Frame, row: Row) -> None:
    keys.offer(frame, row)
    keys.pack()


def _version() -> str:
    try:
        return version("hingecheck")
    except PackageNotFoundError:
        return ""
