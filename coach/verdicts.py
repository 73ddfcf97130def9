"""Judged reps + what is known about the clip -> SetReport: judged or refused, and why."""

from __future__ import annotations

from collections import Counter

import numpy as np

from exercises import fulfilled, sides
from exercises.feedback import UNSEEN, summary
from exercises.model import Exercise
from exercises.onset import onset_sentence, set_onset
from exercises.outcome import Rep, SetReport
from exercises.own_range import full_bend_of, of_reps, sentences
from pose.track import Track

#: A clip of which less than this share shows a person is about something else.
_LEAST_SHARE_SEEN = 0.05
#: Nobody goes down and comes up again in less.
_SHORTEST_S = 1.0
#: How a clip can be made that can be judged, by what its reason speaks of.
_REMEDIES = (
    ("lying on the back", "Lie on your back, side-on to a camera at floor height, whole body in the picture."),
    ("lying down", "Stand side-on to the camera; or name the exercise that was done with --exercise."),
    ("too short", "Record at least one whole rep, and stand tall for two seconds before it."),
    ("no person", "Film one person, whole body in the picture, in good light."),
    ("turned", "Place the camera exactly to your side, at a right angle to the way you bend."),
    ("above or below", "Place the camera level, at the height of your hips."),
    ("outside the picture", "Move the camera back until your whole body stays in the picture, also when you bend."),
    ("people", "Film yourself alone; others should stay out of the picture."),
    ("pixels", "Move the camera closer, or film at a higher resolution."),
    ("outline", "Keep arms and things off your back, against a background of another colour than your clothes."),
)


def report(exercise: Exercise, video: str, track: Track, reps: tuple[Rep, ...], notes: tuple[str, ...]) -> SetReport:
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
    """
    problem = _nothing_to_judge(track, exercise.signal.quantity) if not reps else _all_unseen(reps)
    said = (_sentence(problem),) if problem else ()
    if not reps and not problem:
        said = (f"No rep of {exercise.name.lower()} was found: the movement never came and went far enough.",)
    onset, onset_width = set_onset(reps)
    own = filter(None, (onset_sentence(exercise, onset, onset_width), *sentences(exercise, reps),
                        *sides.sentences(exercise, reps), *fulfilled.sentences(exercise, reps)))
    return SetReport(
        video=video,
        exercise=exercise.id,
        status="refused" if problem else "judged",
        reasons=(*said, *notes, *track.notes),
        fps=_rate(track),
        duration_s=round(float(track.time_s[-1] - track.time_s[0]) + 1 / (_rate(track) or np.inf), 3)
        if len(track) else None,
        reps=reps,
        summary=() if problem else (*summary(exercise, reps), *own),
        sides=sides.results(exercise, reps),
        side_skipped=sides.skipped(exercise, reps),
        rounding_onset_deg=onset,
        rounding_onset_uncertainty_deg=onset_width,
        full_bend=None if problem else of_reps(exercise, reps),
        judged_by_full_bend=full_bend_of(exercise),
        prescription=fulfilled.fulfilled(exercise, reps),
    )


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


def _rate(track: Track) -> float | None:
    if len(track) < 2:
        return None
    return round(1 / float(np.median(np.diff(track.time_s))), 3)
