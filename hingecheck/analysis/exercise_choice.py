"""A measured clip -> by which exercise it is judged, and its report; or what to ask the person first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from exercises import odd_reps
from exercises.exercise_model import Exercise
from exercises.recognise import alike, recognise
from exercises.results import Recognition, Rep, SetReport
from exercises.rules import judge_set
from hingecheck.analysis import set_report, slow_motion
from pose.positions.frame_turn import FrameTurn
from pose.reason import Reason, ReasonKind
from pose.track import Track

#: Phones film slow motion at 120 or 240 frames a second and play it at 30.
_SLOW_MOTION = (0.25, 0.125)


def judged(exercise: Exercise | None, video: str, track: Track, notes: tuple[Reason, ...],
           known: Mapping[str, Exercise], turn: FrameTurn) -> tuple[SetReport, Exercise | None]:
    """Judge a measured clip by an exercise, or by the one that it shows.

    Parameters
    ----------
    exercise : Exercise or None
        None to tell it from the movement.
    video : str
    track : Track
    notes : tuple of Reason
        What the reader of the video had to say.
    known : mapping of str to Exercise
        Those that it may be.
    turn : FrameTurn
        How the frames lie: those that lie on their side are not judged as they are.

    Returns
    -------
    SetReport
    Exercise or None
        What it was judged by.
    """
    if turn.turn_deg and (turn.sure or exercise is None or exercise.position is not track.position):
        why = Reason.of(ReasonKind.TURN_UNSURE, turn_deg=turn.turn_deg)
        asked = set_report.refused(video, track, why, notes, "" if exercise is None else exercise.id)
        return asked.model_copy(update={"turn_asked_deg": turn.turn_deg}), exercise
    recognised = None
    if exercise is None:
        recognised = _chosen(track, known)
        if recognised.exercise is None:
            names = {name: one.name for name, one in known.items()}
            return set_report.unrecognised(video, track, recognised, names, notes), None
        exercise = known[recognised.exercise]
    return set_report.report(exercise, video, track, _reps(exercise, track), notes, recognised), exercise


def _chosen(track: Track, known: Mapping[str, Exercise]) -> Recognition:
    """Detect the exercise; none where it depends on seconds that may be those of slow motion.

    A hinge that plays eight times slower looks like a stretch that is held, of which every rep was too short.
    """
    choice = _by_seconds(track, known)
    if choice.exercise is None or slow_motion.asked(_reps(known[choice.exercise], track)) is None:
        return choice
    faster = (_by_seconds(replace(track, time_s=track.time_s * speed), known) for speed in _SLOW_MOTION)
    others = tuple(dict.fromkeys(one.exercise for one in faster if one.exercise not in (None, choice.exercise)))
    if not others:
        return choice
    return choice.model_copy(update={"exercise": None, "sure": False, "candidates": (choice.exercise, *others)})


def _by_seconds(track: Track, known: Mapping[str, Exercise]) -> Recognition:
    """Detect the exercise, taking the seconds as they are."""
    return _doubted(_decided(recognise(track, known.values()), track, known), track, known)


def _decided(choice: Recognition, track: Track, known: Mapping[str, Exercise]) -> Recognition:
    """Take the likeliest where nothing decides but the two likeliest come to the same verdicts: then why ask."""
    if choice.exercise is not None or choice.share is None or len(choice.candidates) < 2:
        return choice
    first, second = (known[name] for name in choice.candidates[:2])
    if _verdicts(first, track) != _verdicts(second, track):
        return choice
    return choice.model_copy(update={"exercise": first.id, "sure": True, "runner_up": second.id})


def _doubted(choice: Recognition, track: Track, known: Mapping[str, Exercise]) -> Recognition:
    """Take nothing for sure where the next likeliest fits as well and comes to other verdicts.

    A squat and a hinge done with the knees are one movement: only the person knows which was meant.
    """
    if choice.exercise is None or choice.runner_up is None or choice.runner_up not in choice.candidates:
        return choice
    first, second = known[choice.exercise], known[choice.runner_up]
    if not alike(first, second) or second.recognise.only_named:
        return choice
    same = _verdicts(first, track) == _verdicts(second, track)
    return choice if same else choice.model_copy(update={"sure": False})


def _verdicts(exercise: Exercise, track: Track) -> list[str]:
    """The verdict of each rep, by one word for all that is good."""
    return ["" if rep.verdict == exercise.good else rep.verdict for rep in _reps(exercise, track)]


def _reps(exercise: Exercise, track: Track) -> tuple[Rep, ...]:
    return odd_reps.mark_outside(exercise, track, judge_set(exercise, track))
