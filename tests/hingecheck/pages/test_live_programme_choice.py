"""A programme that runs on the live page stays the same, whatever happens to its file and its exercises meanwhile."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from exercises.load import load
from hingecheck.history import goals, people
from hingecheck.history.store import open_history
from hingecheck.live.live_programme import LiveProgramme, make_live_programme
from hingecheck.live.programme_lead import ProgrammeState, Stage
from hingecheck.live.set_plan import make_plan
from hingecheck.live.snapshot import EMPTY, Snapshot
from hingecheck.pages.live_engine import to_begin
from tests.hingecheck.live.test_programme import programme

_OWN = '''id = "mine"
name = "Mine"
summary = "For a test."
per_week = 1
[[steps]]
exercise = "hip_hinge"
reps = {reps}
source = "test"
'''


def at(stage: Stage, index: int, frames: int = 100) -> Snapshot:
    return replace(EMPTY, frames=frames, programme=ProgrammeState(stage, index, 4))


def german(plan: LiveProgramme) -> LiveProgramme:
    return make_live_programme(plan.programme, load, "de")


def test_a_programme_that_was_changed_while_it_runs_goes_on_as_it_was() -> None:
    before, changed = programme(), programme(warm_up=None)
    for stage in Stage:
        assert to_begin(changed, before, at(stage, 2)) is None, "not even at its end: its summary would be lost"
    assert to_begin(changed, before, at(Stage.WARM_UP, 0, frames=0)) is changed, "nothing has begun"


def test_another_choice_begins_at_once() -> None:
    one = make_plan(load("hip_hinge"))
    other = programme(id="other")
    assert to_begin(other, programme(), at(Stage.SET, 2)) is other
    assert to_begin(one, programme(), at(Stage.SET, 2)) is one
    assert to_begin(other, one, replace(EMPTY, frames=9)) is other


def test_in_another_language_it_goes_on_with_the_set_that_it_was_at() -> None:
    plan = programme()
    done = plan.done(())
    now = replace(at(Stage.REST, 2), done=(replace(done[0], done=1), *done[1:]))
    begun = to_begin(german(plan), plan, now)
    assert isinstance(begun, LiveProgramme)
    assert (begun.first, begun.words.language, begun.activities) == (2, "de", plan.activities)
    assert begun.done(()) == now.done, "its summary forgets nothing"
    assert to_begin(german(plan), begun, now) is None, "once"
    assert to_begin(german(plan), plan, at(Stage.OVER, 4)) is None


def _script() -> None:
    import streamlit as st

    from hingecheck.history import people
    from hingecheck.history.records import Person
    from hingecheck.pages import state
    from hingecheck.pages.live_programme_choice import choose_programme

    person: Person = people.default(state.history())
    st.session_state["live_person_id"] = person.id
    st.session_state["live_plan"] = choose_programme(person, "en")


def _reps(page: AppTest) -> list[int]:
    assert not page.exception
    return [activity.reps for activity in page.session_state["live_plan"].activities]


def test_a_programme_that_was_deleted_can_be_brought_to_its_end(
        data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HINGECHECK_EXERCISES_DIR", str(tmp_path))
    file = tmp_path / "programmes" / "mine.toml"
    file.parent.mkdir()
    file.write_text(_OWN.format(reps=4), encoding="utf-8")
    page = AppTest.from_function(_script, default_timeout=60).run()
    page = page.selectbox(key="live_programme").set_value("mine").run()
    assert _reps(page) == [4]
    file.unlink()
    page = page.run()
    assert (page.selectbox(key="live_programme").value, _reps(page)) == ("mine", [4])
    page = page.selectbox(key="live_programme").set_value("desk_break").run().run()
    assert "Mine" not in page.selectbox(key="live_programme").options


def test_as_many_reps_as_a_prescription_asks_for_are_a_programme(data: Path) -> None:
    with open_history(data, "") as history:
        person = people.default(history)
        for text in ('exercise = "hip_hinge"\nsets = 100\n', 'exercise = "sitting_posture"\nsets = 2\n'):
            goals.prescribe(history, person.id, text.split('"')[1], text)
    page = AppTest.from_function(_script, default_timeout=60).run()
    assert page.selectbox(key="live_programme").value == "prescribed"
    assert _reps(page) == [100], "a posture has no reps to wait for"
