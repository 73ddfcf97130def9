"""The form of a programme: what it writes is what Live, Progress and the command line read; nothing typed is lost."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from typer.testing import CliRunner

from exercises.load import load
from exercises.programme import Programme
from exercises.programme_library import load_programmes
from exercises.programme_plan import duration_s
from hingecheck.cli.main import app
from hingecheck.pages import deletion

_FORM_S = 120


def _script() -> None:
    from hingecheck.pages import programme_page

    programme_page.page()


def _choice() -> None:
    import streamlit as st

    from hingecheck.pages.live_programme_choice import choose_programme

    st.session_state["live_plan"] = choose_programme(None, "en")


def _week() -> None:
    from hingecheck.history import people
    from hingecheck.pages import programme_week, state

    programme_week.draw(state.history(), people.default(state.history()))


def _open(**query: str) -> AppTest:
    page = AppTest.from_function(_script, default_timeout=_FORM_S)
    for name, value in query.items():
        page.query_params[name] = value
    return _checked(page.run())


def _checked(page: AppTest) -> AppTest:
    assert not page.exception
    return page


def _press(page: AppTest, label: str, place: int = 0) -> AppTest:
    return _checked([button for button in page.button if button.label == label][place].click().run())


def _set(page: AppTest, label: str, value: object, place: int = 0) -> AppTest:
    fields = (*page.text_input, *page.text_area, *page.number_input, *page.selectbox, *page.button_group)
    field = [one for one in fields if one.label == label][place]
    return _checked(field.set_value(value).run())  # type: ignore[arg-type]


def _value(page: AppTest, label: str, place: int = 0) -> object:
    fields = (*page.text_input, *page.text_area, *page.number_input, *page.selectbox)
    return [one for one in fields if one.label == label][place].value


def _labels(page: AppTest) -> list[str]:
    return [button.label for button in page.button]


def _html(page: AppTest) -> str:
    return " ".join(element.proto.body for element in page.get("html"))


def _own() -> list[Programme]:
    return [entry.programme for entry in load_programmes().entries.values() if entry.origin is not None]


def _made(name: str = "After work") -> AppTest:
    """A programme of a hinge and a doorway stretch of the left side, with a warm-up, saved by the form."""
    page = _press(_open(), "Begin")
    page = _set(page, "Name", name)
    page = _set(page, "Times a week", 2)
    page = _set(page, "On these days (none: any day will do)", ["mon", "thu"])
    page = _set(page, "Warm-up, seconds (0: none)", 90.0)
    page = _set(page, "What to do, one sentence a line", "Walk.\nSwing your arms.")
    page = _set(page, "Reps in each set", 7)
    page = _press(page, "Add an exercise")
    page = _set(page, "Exercise 2", "doorway_hamstring_stretch")
    assert (_value(page, "Holds in each set"), _value(page, "Hold for, seconds")) == (2, 30)
    page = _set(page, "Side", "left")
    page = _set(page, "Hold for, seconds", 42.5)
    page = _set(page, "What to mind", "Keep the other leg flat.", 1)
    page = _press(page, "Move up", 1)
    return _press(page, "Save the programme")


def test_what_the_form_writes_is_read_everywhere(data: Path) -> None:
    page = _made()
    assert "After work is saved" in page.success[0].value
    (one,) = _own()
    assert (one.id, one.name, one.per_week, [day.value for day in one.days]) == ("after_work", "After work", 2,
                                                                               ["mon", "thu"])
    assert one.warm_up is not None
    assert (one.warm_up.seconds, one.warm_up.do) == (90, ("Walk.", "Swing your arms."))
    assert [(step.exercise, step.reps, step.sides, step.hold_s, step.note) for step in one.steps] == [
        ("doorway_hamstring_stretch", 2, "left", 42.5, "Keep the other leg flat."), ("hip_hinge", 7, None, None, "")]
    file = str(load_programmes().folder / "after_work.toml")
    checked = CliRunner().invoke(app, ["programmes", "check", file])
    assert (checked.exit_code, checked.output.strip()) == (
        0, f"{file}: programme after_work of doorway_hamstring_stretch, hip_hinge")
    live = AppTest.from_function(_choice, default_timeout=_FORM_S)
    live.query_params["programme"] = "after_work"
    plan = _checked(live.run()).session_state["live_plan"]
    assert [(each.exercise.id, each.side, each.reps, each.hold_s) for each in plan.activities] == [
        ("doorway_hamstring_stretch", "left", 2, 42.5), ("hip_hinge", None, 7, None)]
    week = AppTest.from_function(_week, default_timeout=_FORM_S)
    week.query_params["programme"] = "after_work"
    week = _checked(week.run())
    assert _value(week, "Programme") == "after_work"
    assert [group.value for group in week.button_group if group.label == "Your days"] == [[0, 3]]


def test_how_long_it_takes_is_said_as_it_grows(data: Path) -> None:
    page = _press(_open(programme="doorway"), "Begin")
    programmes = load_programmes()
    minutes = duration_s(programmes.entry("doorway").programme, load) / 60
    assert f"About {minutes:.0f} minutes in all" in _html(page)
    page = _set(page, "Warm-up, seconds (0: none)", 600.0)
    assert f"About {minutes + 10:.0f} minutes in all" in _html(page)
    for label in ("Name", "What to mind"):
        assert _value(page, label)


def test_fields_fit_the_exercise(data: Path) -> None:
    page = _press(_open(), "Begin")
    assert "Side" not in [box.label for box in page.selectbox]
    assert {"Sets", "Reps in each set"} <= {box.label for box in page.number_input}
    page = _set(page, "Exercise 1", "doorway_hamstring_stretch")
    (hold,) = [box for box in page.number_input if box.label == "Hold for, seconds"]
    assert (hold.min, hold.value) == (30, 30)
    assert not [name for name in page.selectbox[0].options if "posture" in name.lower()]


def test_an_own_exercise_whose_holds_may_be_of_any_length_needs_no_seconds(data: Path, samples: Path) -> None:
    text = (samples.parent / "exercises" / "catalogue" / "knee_to_chest.toml").read_text(encoding="utf-8")
    rule = text.index('[[rules]]\nid = "hold_short"')
    text = text[:rule] + text[text.index("[[rules]]", rule + 1):]
    folder = load_programmes().exercises.folder
    folder.mkdir(parents=True)
    (folder / "my_fold.toml").write_text(text.replace('"knee_to_chest"', '"my_fold"').replace(
        '"Kneeling fold"', '"My fold"').replace("[dose]\nhold_s = [5, 10]", ""), encoding="utf-8")
    page = _set(_press(_open(), "Begin"), "Exercise 1", "my_fold")
    assert _value(page, "Hold for, seconds") is None
    page = _press(_set(page, "Name", "Fold"), "Save the programme")
    assert [(step.exercise, step.hold_s) for step in _own()[0].steps] == [("my_fold", None)]


def test_a_programme_without_a_name_is_told_so_and_stays_as_typed(data: Path) -> None:
    page = _set(_press(_open(), "Begin"), "Reps in each set", 9)
    page = _press(page, "Save the programme")
    assert page.text[0].value == "The programme has no name yet. Give it one."
    assert (_value(page, "Reps in each set"), _own()) == (9, [])
    page = _press(_set(page, "Name", "Nine"), "Save the programme")
    assert _own()[0].steps[0].reps == 9


def test_what_was_typed_is_still_there_after_another_page(data: Path) -> None:
    page = _set(_press(_open(), "Begin"), "Name", "Half done")
    page = _set(page, "Exercise 1", "calf_raise")
    draft = page.session_state["programme_draft"]
    other = _open()
    other.session_state["programme_draft"] = draft  # the fields' own state ends with their page
    other = _checked(other.run())
    assert (_value(other, "Name"), _value(other, "Exercise 1")) == ("Half done", "calf_raise")
    other = _press(other, "Throw away what is typed")
    assert "Begin" in _labels(other)


def test_an_own_programme_is_changed_under_its_id(data: Path) -> None:
    page = _press(_made(), "Change")
    assert [_value(page, label) for label in ("Name", "Side", "Hold for, seconds")] == ["After work", "left", 42.5]
    page = _press(_press(_set(page, "Name", "Evening"), "Remove"), "Save the programme")
    (one,) = _own()
    assert (one.id, one.name, [step.exercise for step in one.steps]) == ("after_work", "Evening", ["hip_hinge"])
    assert page.success


def test_a_deletion_is_taken_back_or_carried_out(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = load_programmes().folder / "after_work.toml"
    page = _press(_made(), "Delete")
    assert path.is_file()
    assert "Change" not in _labels(page), "no longer listed"
    live = _checked(AppTest.from_function(_choice, default_timeout=_FORM_S).run())
    assert "After work" not in live.selectbox(key="live_programme").options
    deletion.take_back(path)
    page = _checked(page.run())
    assert "Change" in _labels(page)
    monkeypatch.setattr(deletion, "UNDO_S", 0.0)
    _press(page, "Delete")
    timer = deletion._pending.get(path)
    if timer is not None:
        timer.timer.join(60)
    assert not path.exists()


def _delete_twice(path: str) -> None:
    from pathlib import Path

    from hingecheck.pages import deletion

    for _window in range(2):
        deletion.begin(Path(path), "Mine", Path(path).unlink, lambda: None)


def test_what_two_windows_delete_is_taken_back_in_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "mine.toml"
    file.touch()
    monkeypatch.setattr(deletion, "UNDO_S", 3.0)
    _checked(AppTest.from_function(_delete_twice, kwargs={"path": str(file)}, default_timeout=_FORM_S).run())
    timers = [one for one in threading.enumerate() if isinstance(one, threading.Timer)]
    assert deletion.is_pending(file)
    deletion.take_back(file)
    for timer in timers:
        timer.join(60)
    assert file.exists()


def test_a_change_keeps_what_another_window_wanted_to_delete(data: Path) -> None:
    page = _press(_made(), "Change")
    other = _press(_open(), "Delete")
    page = _press(_set(page, "Times a week", 5), "Save the programme")
    assert "Change" in _labels(page)
    assert not deletion.is_pending(load_programmes().folder / "after_work.toml")
    assert _own()[0].per_week == 5
    assert "Change" in _labels(_checked(other.run()))


@pytest.mark.parametrize("name", ["<b>x</b> & *y* $z$ {w}", "..." * 30, "\u65e5\u672c \U0001f9d8", "a\u202eb"])
def test_an_odd_name_is_shown_as_it_is(data: Path, name: str) -> None:
    _made(name)
    assert _own()[0].name == name
    live = _checked(AppTest.from_function(_choice, default_timeout=_FORM_S).run())
    assert name in live.selectbox(key="live_programme").options
    assert "<b>x</b>" not in _html(_open())


def test_each_field_begins_with_what_stands_there_whichever_drawing_the_browser_sees_first(data: Path) -> None:
    page = _press(_made(), "Change")
    for _drawing in range(2):
        page = _checked(page.run())
        assert [box.options[box.proto.default] for box in page.selectbox] == [
            "Doorway hamstring stretch", "Left", "Hip hinge"]
        assert [box.proto.default for box in page.number_input] == [2, 90, 1, 2, 42.5, 15, 1, 7, 15]
        assert [box.proto.default for box in (*page.text_input, *page.text_area)] == [
            "After work", "", "Keep the other leg flat.", "", "Walk.\nSwing your arms.", ""]
        assert list(page.button_group[0].proto.default) == [0, 3]


def test_what_another_window_saved_meanwhile_is_not_written_over(data: Path) -> None:
    page = _press(_made(), "Change")
    other = _press(_open(), "Change")
    _press(_set(other, "Reps in each set", 9), "Save the programme")
    page = _press(_set(page, "Times a week", 5), "Save the programme")
    assert page.text[0].value.startswith("This programme was changed elsewhere since you opened it.")
    assert [(one.per_week, one.steps[1].reps) for one in _own()] == [(2, 9)]
    page = _press(_set(page, "Name", "After work, often"), "Save the programme")
    assert [(one.name, one.per_week, one.steps[1].reps) for one in _own()] == [
        ("After work", 2, 9), ("After work, often", 5, 7)]
