"""Judged reps + what is known about the clip -> SetReport: judged or refused, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import numpy as np

from exercises import completion, odd_reps, sides
from exercises.exercise_model import Exercise
from exercises.feedback import UNSEEN, summary
from exercises.onset import onset_sentence, set_onset
from exercises.own_range import full_bend_of, of_reps, sentences
from exercises.posture import posture_of
from exercises.posture import sentences as posture_sentences
from exercises.results import Recognised, Rep, SetReport
from pose.quantity import PLACED
from pose.track import Track

#: A clip of which less than this share shows a person is about something else.
_LEAST_SHARE_SEEN = 0.05
#: What every position has: where it was not measured, the view says why.
_BY_VIEW_ALONE = "left_knee_flexion_deg"
#: Nobody goes down and comes up again in less.
_SHORTEST_S = 1.0
#: How a clip can be made that can be judged, by what its reason speaks of.
_REMEDIES = (
    ("camera in front", "Put it there, or name the exercise that was done with --exercise."),
    ("done ", "Do it that way, or name the exercise that was done with --exercise."),
    ("lying on the back", "Lie on your back, side-on to a camera at floor height, whole body in the picture."),
    ("too short", "Record at least one whole rep, and stand tall for two seconds before it."),
    ("no person", "Film one person, whole body in the picture, in good light."),
    ("turned", "Place the camera exactly to your side, at a right angle to the way you bend."),
    ("above or below", "Place the camera level, at the height of your hips."),
    ("outside the picture", "Move the camera back until your whole body stays in the picture, also when you bend."),
    ("people", "Film yourself alone; others should stay out of the picture."),
    ("pixels", "Move the camera closer, or film at a higher resolution."),
    ("outline", "Keep arms and things off your back, against a background of another colour than your clothes."),
)


def report(exercise: Exercise, video: str, track: Track, reps: tuple[Rep, ...], notes: tuple[str, ...],
           recognised: Recognised | None = None) -> SetReport:
    """Put the report of a clip together.

    Parameters
    ----------
    exercise : Exercise
    video : str
        Name of the source.
    track : Track
    reps : tuple of Rep
    notes : tuple of str
        What the reader of the video had to say (damage, an early end).
    recognised : Recognised, optional
        Where the exercise was told from the clip.
    """
    every, reps = reps, odd_reps.inside(reps)
    problem = _misplaced(exercise, track) or (
        _all_unseen(reps) if reps else _nothing_to_judge(track, exercise.signal.quantity))
    said = (_sentence(problem),) if problem else ()
    posture = None if problem else posture_of(exercise, track, reps)
    if not reps and not problem and posture is None:
        said = (f"No rep of {exercise.name.lower()} was found: the movement never came and went far enough.",)
    onset, onset_width = set_onset(reps)
    told = summary(exercise, reps) if posture is None else posture_sentences(exercise, posture)
    own = filter(None, (onset_sentence(exercise, onset, onset_width), *sentences(exercise, reps),
                        *sides.sentences(exercise, reps), *completion.sentences(exercise, reps)))
    return SetReport(
        video=video,
        exercise=exercise.id,
        signal=exercise.signal.quantity,
        recognised=recognised,
        posture=posture,
        status="refused" if problem else "judged",
        reasons=(*said, *notes, *track.notes),
        fps=_rate(track),
        duration_s=_duration_s(track),
        reps=every,
        summary=() if problem else (*told, *odd_reps.sentences(every), *own),
        sides=sides.results(exercise, reps),
        side_skipped=sides.skipped(exercise, reps),
        rounding_onset_deg=onset,
        rounding_onset_uncertainty_deg=onset_width,
        full_bend=None if problem else of_reps(exercise, reps),
        judged_by_full_bend=full_bend_of(exercise),
        prescription=completion.fulfilled(exercise, reps),
    )


def unrecognised(video: str, track: Track, recognised: Recognised, names: Mapping[str, str],
                 notes: tuple[str, ...]) -> SetReport:
    """Put the report of a clip together whose exercise could not be told.

    Parameters
    ----------
    video, track, notes :
        As for `report`.
    recognised : Recognised
    names : mapping of str to str
        Exercise id -> its name.
    """
    problem = _nothing_to_judge(track, _BY_VIEW_ALONE)
    if problem:
        said = _sentence(problem)
    elif not recognised.candidates:
        said = ("Which exercise this is could not be told: no exercise is known for how you were seen"
                f"{f' ({PLACED[track.position]})' if track.position else ''}. Name it with --exercise.")
    else:
        choices = [f"{names[name]} (--exercise {name})" for name in recognised.candidates[:3]]
        said = (f"Which exercise this is could not be told for sure. It may be: {' or '.join(choices)}. Name it, so "
                "that it is judged by the right rules.")
    return SetReport(video=video, exercise="", status="refused", reasons=(said, *notes, *track.notes), fps=_rate(track),
                     duration_s=_duration_s(track), recognised=recognised)


def refused(video: str, track: Track, why: str, notes: tuple[str, ...], exercise: str = "") -> SetReport:
    """Put the report of a clip together that is not judged as it is.

    Parameters
    ----------
    video, track, notes :
        As for `report`.
    why : str
        A sentence: what is the matter and what to do.
    exercise : str
        Id of the exercise that was named, if one was.
    """
    return SetReport(video=video, exercise=exercise, status="refused", reasons=(why, *notes), fps=_rate(track),
                     duration_s=_duration_s(track))


def _misplaced(exercise: Exercise, track: Track) -> str:
    """Why the person's position or the camera's place does not fit the exercise, or ""."""
    if track.position is None:
        return ""
    if track.position is not exercise.position:
        return (f"you were seen {PLACED[track.position]}, and {exercise.name} is done "
                f"{PLACED[exercise.position]}")
    if exercise.camera == "front" and not track.facing_camera:
        return f"{exercise.name} needs the camera in front of you, and it stood at your side"
    return ""


def _nothing_to_judge(track: Track, signal: str) -> str:
    """Why a clip without a rep could not show one, or ""."""
    if not len(track) or np.isfinite(track.columns["person_height_px"]).mean() < _LEAST_SHARE_SEEN:
        return "no person was seen"
    if track.time_s[-1] - track.time_s[0] < _SHORTEST_S:
        return "it is too short to show a rep"
    seen = np.isfinite(track.columns[signal]).mean()
    return track.why_unmeasured(signal, -np.inf, np.inf) if seen < 0.5 else ""


def _all_unseen(reps: tuple[Rep, ...]) -> str:
    """The most frequent reason where not one rep could be judged, or ""."""
    if any(rep.verdict != UNSEEN for rep in reps):
        return ""
    reasons = Counter(finding.reason for rep in reps for finding in rep.findings if finding.reason)
    return reasons.most_common(1)[0][0] if reasons else "too little was seen"


def _sentence(problem: str) -> str:
    remedy = next((words for key, words in _REMEDIES if key in problem), "")
    return f"This could not be judged: {problem}. {remedy}".strip()


def _duration_s(track: Track) -> float | None:
    if not len(track):
        return None
    return round(float(track.time_s[-1] - track.time_s[0]) + 1 / (_rate(track) or np.inf), 3)


def _rate(track: Track) -> float | None:
    if len(track) < 2:
        return None
    return round(1 / float(np.median(np.diff(track.time_s))), 3)
