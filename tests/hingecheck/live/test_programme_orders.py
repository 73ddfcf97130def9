"""A programme that is skipped, paused, steered by an arm and interrupted in any order keeps to its order."""

from __future__ import annotations

from collections import Counter
from random import Random
from typing import Any

import pytest

from hingecheck.live.cue_queue import CueQueue
from hingecheck.live.programme_lead import ProgrammeLead, Stage
from hingecheck.live.set_plan import SetPlan
from tests.hingecheck.live.test_programme import programme

#: What an engine does with a lead; "done" ends the set with all its reps, "half" with none.
ORDERS = ("wait", "wait", "done", "done", "half", "moved", "skip", "pause", "resume", "sign", "stop")
SECONDS = (0.03, 0.5, 3.0, 20.0)
EXERCISES = ("hip_hinge", "doorway_hamstring_stretch", "seated_hamstring_stretch")
WARM_UP = {"seconds": 0.3, "do": ["Walk."], "source": "test"}


class Session:
    """A lead with the set that an engine would hold."""

    def __init__(self, steps: list[dict[str, Any]], warm_up: dict[str, Any] | None) -> None:
        self.plan = programme(steps=steps, warm_up=warm_up)
        self.lead = ProgrammeLead(self.plan, CueQueue())
        self.now_s = 0.0
        self.set_plan: SetPlan | None = None
        self.begun: list[int] = []
        self.left_out: set[int] = set()
        self.done: Counter[int] = Counter()
        self.spoken: Counter[str] = Counter()

    def end_set(self, cause: Any, reps: int) -> None:
        ended, self.set_plan = self.set_plan, None
        if ended is not None:
            self.done[self.lead.state.index] += reps
            self.lead.end_set(cause, reps)

    def order(self, order: str) -> None:
        lead, stage, index = self.lead, self.lead.stage, self.lead.state.index
        if order == "done" and self.set_plan is not None:
            self.end_set("goal", self.set_plan.reps or 0)
        elif order in ("half", "moved"):
            self.end_set("moved" if order == "moved" else "stopped", 0)
        elif order == "skip":
            self.left_out.add(index)
            self.end_set("stopped", 0)
            lead.skip(stage)
        elif order == "pause":
            self.end_set("stopped", 0)
            lead.pause()
        elif order == "resume":
            lead.resume()
        elif order == "sign":
            self.end_set("stopped", 0)
            lead.take_sign(stage)
        elif order == "stop":
            self.left_out |= set(range(len(self.plan.activities)))
            self.end_set("stopped", 0)
            lead.finish()

    def advance(self, seconds: float) -> None:
        until_s = self.now_s + seconds
        while self.now_s < until_s:
            self.now_s += 0.25
            spoken, plan = self.lead.advance(self.now_s)
            self.spoken.update(utterance.text for utterance in spoken)
            if plan is not None:
                self.begin(plan)
            self.check()

    def begin(self, plan: SetPlan) -> None:
        assert self.set_plan is None, "one set at a time"
        self.set_plan = plan
        index = self.lead.state.index
        activity = self.plan.activities[index]
        self.begun.append(index)
        assert plan.exercise.id == activity.exercise.id
        assert plan.sides == (() if activity.side is None else (activity.side,))
        assert plan.reps == activity.reps - self.done[index], "what is done of it is not done again"

    def check(self) -> None:
        lead, state = self.lead, self.lead.state
        assert (self.set_plan is not None) == (lead.stage is Stage.SET)
        assert state.remaining_s >= 0
        assert not lead.counter.startswith(("-", "0"))
        assert lead.headline or lead.stage is Stage.SET


def steps(chance: Random) -> list[dict[str, Any]]:
    return [{"exercise": chance.choice(EXERCISES), "sets": chance.randint(1, 2), "reps": chance.randint(1, 3),
             "rest_s": chance.choice([0.0, 0.4, 7.0]), "source": "test"} for _ in range(chance.randint(1, 3))]


@pytest.mark.parametrize("seed", range(60))
def test_no_order_of_commands_breaks_a_programme(seed: int) -> None:
    chance = Random(seed)
    session = Session(steps(chance), chance.choice([None, WARM_UP]))
    for _ in range(chance.randint(0, 60)):
        session.order(chance.choice(ORDERS))
        session.advance(chance.choice(SECONDS))
    for _ in range(2 * len(session.plan.activities)):
        session.order("resume")
        session.advance(40.0)
        session.order("done")
    session.advance(12.0)
    assert session.lead.stage is Stage.OVER
    assert session.lead.state.is_silent
    assert session.begun == sorted(session.begun), "in order"
    for index, activity in enumerate(session.plan.activities):
        assert index in session.left_out or session.done[index] == activity.reps, "no set is lost"
    words = session.plan.words.programme
    assert session.spoken[words.finished] == 1
    assert session.spoken[words.question] == (1 if sum(session.done.values()) else 0)
