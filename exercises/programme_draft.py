"""A programme while it is being made or changed: begun empty, as a copy or from a person's own; its data for a file.

Steps begin with the exercise's own amounts. What the draft says of sources stays true: a source names an amount, so an
amount that was changed has the person as its source.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import uuid4

from exercises.dose import LONGEST_S
from exercises.exercise_model import Exercise, FindExercise
from exercises.programme import Programme, Step
from exercises.programme_plan import hold_of, shortest_hold_s
from exercises.tomlfile import Raw
from language.translate import _, mark

#: The source of what a person chose.
_OWN_CHOICE = mark("My own choice")
#: What a step begins with where its exercise has no dose, and what a programme begins with.
_REPS, _HOLDS, _REST_S, _PER_WEEK = 5, 2, 15.0, 3


@dataclass
class DraftStep:
    """One exercise of a draft.

    Attributes
    ----------
    exercise : str
        Its id.
    hold_s : float or None
        None where nothing is held, or where any length counts.
    sides : "left", "right", "both" or None
        None where the exercise has no sides.
    kept : DraftStep or None
        What it was when it was read, with its source; None for one that was added.
    uid : str
        Tells it from the other steps, wherever it is moved.
    """

    exercise: str
    sets: int
    reps: int
    hold_s: float | None
    sides: str | None
    rest_s: float = _REST_S
    note: str = ""
    source: str = ""
    kept: DraftStep | None = None
    uid: str = field(default_factory=lambda: uuid4().hex)

    def choose(self, exercise: Exercise) -> None:
        """Make it another exercise, with that one's own amounts; a note that was read belonged to the one before."""
        new = step_of(exercise)
        self.exercise, self.sets, self.reps = new.exercise, new.sets, new.reps
        self.hold_s, self.sides = new.hold_s, new.sides
        if self.kept is not None and self.note == self.kept.note:
            self.note = ""

    def data(self) -> Raw:
        """Return what its table in a file holds."""
        is_kept = self.kept is not None and bool(self.kept.source) and self._amount() == self.kept._amount()
        source = self.kept.source if is_kept and self.kept is not None else _(_OWN_CHOICE)
        table = {"exercise": self.exercise, "sets": self.sets, "reps": self.reps, "hold_s": self.hold_s,
                 "sides": self.sides, "rest_s": self.rest_s, "note": self.note.strip() or None, "source": source}
        return {key: value for key, value in table.items() if value is not None}

    def _amount(self) -> tuple[object, ...]:
        return self.exercise, self.sets, self.reps, self.hold_s, self.sides


@dataclass
class ProgrammeDraft:
    """What a form says of a programme so far; see `Programme` for what is what.

    Attributes
    ----------
    id : str
        "" for one that has none yet.
    do, cautions : str
        One sentence a line.
    warm_up_s : float
        0 = without one.
    kept : Programme or None
        What it was begun from.
    uid : str
        Tells it from every other draft.
    """

    id: str = ""
    name: str = ""
    summary: str = ""
    per_week: int = _PER_WEEK
    days: tuple[str, ...] = ()
    warm_up_s: float = 0.0
    do: str = ""
    steps: list[DraftStep] = field(default_factory=list)
    cautions: str = ""
    kept: Programme | None = None
    uid: str = field(default_factory=lambda: uuid4().hex)

    def data(self, programme_id: str) -> Raw:
        """Return what its file holds, with this id."""
        table: Raw = {"id": programme_id, "name": " ".join(self.name.split()), "summary": self.summary.strip(),
                      "per_week": self.per_week, "days": list(self.days), "cautions": _lines(self.cautions),
                      "sources": [] if self.kept is None else list(self.kept.sources), "warm_up": self._warm_up(),
                      "steps": [step.data() for step in self.steps]}
        return {key: value for key, value in table.items() if value or key not in (
            "days", "cautions", "sources", "warm_up")}

    def move(self, step: DraftStep, by: int) -> None:
        """Move a step by so many places, as far as there are any."""
        place = self.steps.index(step)
        self.steps.remove(step)
        self.steps.insert(max(0, place + by), step)

    def _warm_up(self) -> Raw | None:
        if not self.warm_up_s:
            return None
        warm_up = None if self.kept is None else self.kept.warm_up
        is_kept = warm_up is not None and warm_up.seconds == self.warm_up_s
        return {"seconds": self.warm_up_s, "do": _lines(self.do),
                "source": warm_up.source if is_kept and warm_up is not None else _(_OWN_CHOICE)}


def step_of(exercise: Exercise) -> DraftStep:
    """Return a step with an exercise's own amounts: the least of its dose, the shortest hold that it counts."""
    reps = _HOLDS if exercise.hold is not None else _REPS
    return DraftStep(exercise.id, 1, reps if exercise.dose.repeats is None else exercise.dose.repeats[0],
                     _usual_hold_s(exercise), None if exercise.sides is None else "both")


def new_draft(exercise: Exercise) -> ProgrammeDraft:
    """Return a draft without a name, that begins with an exercise."""
    return ProgrammeDraft(steps=[step_of(exercise)])


def draft_of(programme: Programme, find: FindExercise) -> ProgrammeDraft:
    """Return a draft that changes a programme of a person's own."""
    warm_up = programme.warm_up
    return ProgrammeDraft(
        id=programme.id, name=programme.name, summary=programme.summary, per_week=programme.per_week,
        days=tuple(day.value for day in programme.days), warm_up_s=0.0 if warm_up is None else float(warm_up.seconds),
        do="" if warm_up is None else "\n".join(warm_up.do), cautions="\n".join(programme.cautions), kept=programme,
        steps=[_read(step, find(step.exercise)) for step in programme.steps])


def copy_of(programme: Programme, find: FindExercise) -> ProgrammeDraft:
    """Return a draft of a new programme that begins as a copy of another, its sentences in the current language."""
    draft = draft_of(programme, find)
    draft.id, draft.name, draft.summary = "", _("{name} (my own)").format(name=_(draft.name)), _(draft.summary)
    draft.do, draft.cautions = ("\n".join(map(_, lines.split("\n"))) for lines in (draft.do, draft.cautions))
    for step in draft.steps:
        step.note = _(step.note)
        if step.kept is not None:
            step.kept.note = step.note
    return draft


def least_hold_s(exercise: Exercise) -> float:
    """Return the shortest hold that a step of an exercise may ask for; 1 where any length counts."""
    return min(shortest_hold_s(exercise) or 1.0, LONGEST_S)


def _usual_hold_s(exercise: Exercise) -> float | None:
    if exercise.hold is None:
        return None
    usual = shortest_hold_s(exercise) or (exercise.dose.hold_s or (None,))[0]
    return usual if usual is None or usual <= LONGEST_S else None


def _read(step: Step, exercise: Exercise) -> DraftStep:
    def made() -> DraftStep:
        return DraftStep(exercise.id, step.sets, step.reps, hold_of(step, exercise),
                         None if exercise.sides is None else step.sides or "both", step.rest_s, step.note, step.source)

    draft = made()
    draft.kept = made()
    return draft


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip()]
