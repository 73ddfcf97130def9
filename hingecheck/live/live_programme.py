"""Programme and its exercises -> the plan of each live set, and the words for what comes next and how to lie or sit."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from exercises.exercise_model import FindExercise
from exercises.hold_timing import hold_goal_s
from exercises.programme import Programme
from exercises.programme_plan import Activity, activities
from exercises.results import SetReport
from hingecheck.live.phrases import Words, load_words
from hingecheck.live.set_plan import SetPlan
from hingecheck.progress.adherence import PartDone, reports_done
from language.numbers import localised
from language.translate import _, plural


@dataclass(frozen=True)
class LiveProgramme:
    """A programme to be led through live.

    Attributes
    ----------
    programme : Programme
    activities : tuple of Activity
        Every set of every side, in order.
    words : Words
    first : int
        The activity to begin with, from 0; its warm-up comes before the first of all only.
    continues : tuple of PartDone, optional
        What was done of it before another engine took it over; None where it begins here.
    """

    programme: Programme
    activities: tuple[Activity, ...]
    words: Words
    first: int = 0
    continues: tuple[PartDone, ...] | None = None

    def set_plan(self, index: int, done: int = 0) -> SetPlan:
        """Return the plan of an activity's set, of which some reps may be done already."""
        activity = self.activities[index]
        exercise = activity.exercise
        hold_s = activity.hold_s or hold_goal_s(exercise)
        return SetPlan(exercise, () if activity.side is None else (activity.side,), max(1, activity.reps - done),
                       hold_s if exercise.hold is not None else None, words=self.words)

    def announcements(self, index: int, rest_s: float = 0.0) -> tuple[str, ...]:
        """Return what is spoken before an activity, in order, at most six words each.

        The rest, the exercise, which set of several, how to lie or sit and where the camera goes (only where that
        changes), the side.
        """
        activity, words = self.activities[index], self.words.programme
        exercise = activity.exercise
        before = self.activities[index - 1] if index else None
        lines = [words.rest.format(seconds=round(rest_s))] if rest_s >= 1 else []
        if before is None or before.step != activity.step:
            lines.append(self.words.next(exercise))
        elif before.number != activity.number:
            lines.append(words.set.format(number=activity.number, of=activity.of))
        if activity.changes_place:
            camera = "front" if exercise.camera == "front" else exercise.position.value
            lines += [getattr(self.words.setup, exercise.position.value), getattr(words.camera, camera)]
        if activity.side is not None:
            lines.append(words.left if activity.side == "left" else words.right)
        return tuple(lines)

    def title(self, index: int) -> str:
        """Return an activity in words: "Towel hamstring stretch, left side"."""
        activity = self.activities[index]
        name = _(activity.exercise.name)
        if activity.side is None:
            return name
        text = _("{exercise}, left side") if activity.side == "left" else _("{exercise}, right side")
        return text.format(exercise=name)

    def amount(self, index: int) -> str:
        """Return how much of an activity there is to do: "3 holds of 30 s, set 1 of 2"."""
        activity = self.activities[index]
        if activity.hold_s is None:
            what = plural("{count} rep", "{count} reps", activity.reps).format(count=activity.reps)
        else:
            what = plural("{count} hold of {seconds} s", "{count} holds of {seconds} s", activity.reps).format(
                count=activity.reps, seconds=localised(f"{activity.hold_s:g}"))
        if activity.of == 1:
            return what
        return _("{amount}, set {number} of {of}").format(amount=what, number=activity.number, of=activity.of)

    def instructions(self, index: int) -> tuple[str, ...]:
        """Return what to read before an activity: the exercise's steps where it is new, and the programme's note."""
        activity = self.activities[index]
        is_new = index == 0 or self.activities[index - 1].step != activity.step
        note = self.programme.steps[activity.step].note
        return tuple(_(text) for text in (*(activity.exercise.setup if is_new else ()), note) if text)

    def done(self, reports: Iterable[SetReport]) -> tuple[PartDone, ...]:
        """Return how much of each exercise and side the sets of some reports make, with what was done before them."""
        exercises = {activity.exercise.id: activity.exercise for activity in self.activities}
        before = {(part.exercise, part.side): part.done for part in self.continues or ()}
        return tuple(replace(part, done=part.done + before.get((part.exercise, part.side), 0))
                     for part in reports_done(self.programme, reports, exercises.__getitem__))

    def going_on(self, index: int, done: tuple[PartDone, ...]) -> LiveProgramme:
        """Return the programme for another engine, which goes on with an activity after so much was done."""
        return replace(self, first=min(index, len(self.activities) - 1), continues=done)


def make_live_programme(programme: Programme, find: FindExercise, language: str | None = None) -> LiveProgramme:
    """Return a programme to be led through live.

    Parameters
    ----------
    programme : Programme
        Checked, see `exercises.programme_library`.
    find : callable
        Id -> Exercise, with the person's own limits where they have any.
    language : str, optional
        Code of the language of the cues; default: the current language.

    Raises
    ------
    ExerciseError
        There is no such language, or its file is wrong.
    """
    return LiveProgramme(programme, activities(programme, find), load_words(language))
