"""Judged reps + what is known about the clip -> SetReport: judged or refused, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import numpy as np

from exercises import completion, odd_reps, sides
from exercises.exercise_model import Exercise
from exercises.feedback import UNSEEN, summary
from exercises.onset import onset_sentence, set_onset
from exercises.personal_range import full_bend_of, measure_full_bend, sentences
from exercises.posture import posture_of
from exercises.posture import sentences as posture_sentences
from exercises.results import Recognition, Rep, SetReport
from hingecheck import reasons
from pose.reason import Reason, ReasonKind
from pose.track import Track

#: A clip of which less than this share shows a person is about something else.
_LEAST_SHARE_SEEN = 0.05
#: What every position has: where it was not measured, the view says why.
_BY_VIEW_ALONE = "left_knee_flexion_deg"
#: Nobody goes down and comes up again in less.
_SHORTEST_S = 1.0

def report(exercise: Exercise, video: str, track: Track, reps: tuple[Rep, ...], notes: tuple[Reason, ...],
           recognised: Recognition | None = None) -> SetReport:
    """Put the report of a clip together.

    Parameters
    ----------
    exercise : Exercise
    video : str
        Name of the source.
    track : Track
    reps : tuple of Rep
    notes : tuple of Reason
        What the reader of the video had to say (damage, an early end).
    recognised : Recognition, optional
        Where the exercise was detected from the clip.
    """
    every, reps = reps, odd_reps.reps_inside(reps)
    problem = _misplaced(exercise, track) or (
        _all_unseen(reps) if reps else _nothing_to_judge(track, exercise.signal.quantity))
    why = (problem,) if problem else ()
    posture = None if problem else posture_of(exercise, track, reps)
    if not reps and not problem and posture is None:
        why = (Reason.of(ReasonKind.NO_REP, exercise=exercise.name),)
    onset, onset_width = set_onset(reps)
    lines = summary(exercise, reps) if posture is None else posture_sentences(exercise, posture)
    about_sides = tuple(sides.sentences(exercise, reps))
    own = filter(None, (onset_sentence(exercise, onset, onset_width), *sentences(exercise, reps),
                        *about_sides, *completion.sentences(exercise, reps)))
    return SetReport(
        video=video,
        exercise=exercise.id,
        signal=exercise.signal.quantity,
        recognised=recognised,
        posture=posture,
        status="refused" if problem else "judged",
        **reasons.report_fields((*why, *_notes(notes, track))),
        fps=_rate(track),
        duration_s=_duration_s(track),
        starts_s=_starts_s(track),
        reps=every,
        summary=() if problem else (*lines, *odd_reps.sentences(every), *own),
        sides=sides.side_results(exercise, reps),
        side_skipped=sides.skipped_side(exercise, reps),
        side_sentences=() if problem else about_sides,
        rounding_onset_deg=onset,
        rounding_onset_uncertainty_deg=onset_width,
        full_bend=None if problem else measure_full_bend(exercise, reps),
        judged_by_full_bend=full_bend_of(exercise),
        prescription=completion.prescription_progress(exercise, reps),
    )


def unrecognised(video: str, track: Track, recognised: Recognition, names: Mapping[str, str],
                 notes: tuple[Reason, ...]) -> SetReport:
    """Put the report of a clip together whose exercise could not be detected.

    Parameters
    ----------
    video, track, notes :
        As for `report`.
    recognised : Recognition
    names : mapping of str to str
        Exercise id -> its name.
    """
    problem = _nothing_to_judge(track, _BY_VIEW_ALONE)
    if problem is not None:
        why = problem
    elif not recognised.candidates:
        why = Reason.of(ReasonKind.NO_EXERCISE_FITS, position=track.position.value if track.position else "")
    else:
        ids = recognised.candidates[:3]
        why = Reason.of(ReasonKind.EXERCISE_UNSURE, exercises=tuple(names[name] for name in ids), ids=ids)
    return SetReport(video=video, exercise="", status="refused", **reasons.report_fields((why, *_notes(notes, track))),
                     fps=_rate(track), duration_s=_duration_s(track), starts_s=_starts_s(track), recognised=recognised)


def refused(video: str, track: Track, why: Reason, notes: tuple[Reason, ...], exercise: str = "") -> SetReport:
    """Put the report of a clip together that is not judged as it is.

    Parameters
    ----------
    video, track, notes :
        As for `report`.
    why : Reason
    exercise : str
        Id of the exercise that was named, if one was.
    """
    return SetReport(video=video, exercise=exercise, status="refused", **reasons.report_fields((why, *notes)),
                     fps=_rate(track), duration_s=_duration_s(track), starts_s=_starts_s(track))


def _misplaced(exercise: Exercise, track: Track) -> Reason | None:
    """Why the person's position or the camera's place does not fit the exercise."""
    if track.position is None:
        return None
    if track.position is not exercise.position:
        return Reason.of(ReasonKind.WRONG_POSITION, position=track.position.value, exercise=exercise.name,
                         wanted=exercise.position.value)
    if exercise.camera == "front" and not track.facing_camera:
        return Reason.of(ReasonKind.CAMERA_AT_SIDE, exercise=exercise.name)
    return None


def _nothing_to_judge(track: Track, signal: str) -> Reason | None:
    """Why a clip without a rep could not show one."""
    if not len(track) or np.isfinite(track.columns["person_height_px"]).mean() < _LEAST_SHARE_SEEN:
        return Reason(ReasonKind.NO_PERSON)
    if track.time_s[-1] - track.time_s[0] < _SHORTEST_S:
        return Reason(ReasonKind.TOO_SHORT)
    seen = np.isfinite(track.columns[signal]).mean()
    return track.why_unmeasured(signal, -np.inf, np.inf) if seen < 0.5 else None


def _all_unseen(reps: tuple[Rep, ...]) -> Reason | None:
    """The most frequent reason where not one rep could be judged."""
    if any(rep.verdict != UNSEEN for rep in reps):
        return None
    counts = Counter(finding.why for rep in reps for finding in rep.findings if finding.why is not None)
    return counts.most_common(1)[0][0] if counts else Reason(ReasonKind.LITTLE_VISIBLE)


def _notes(notes: tuple[Reason, ...], track: Track) -> tuple[Reason, ...]:
    return (*notes, *track.notes)


def _duration_s(track: Track) -> float | None:
    if not len(track):
        return None
    return round(float(track.time_s[-1] - track.time_s[0]) + 1 / (_rate(track) or np.inf), 3)


def _starts_s(track: Track) -> float | None:
    return round(float(track.time_s[0]), 3) if len(track) else None


def _rate(track: Track) -> float | None:
    if len(track) < 2:
        return None
    return round(1 / float(np.median(np.diff(track.time_s))), 3)
