"""A programme as it is made and changed: what its file says reads the same, whatever is typed."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from exercises.library import FOLDER_VARIABLE
from exercises.load import load
from exercises.programme import Programme, Weekday
from exercises.programme_draft import ProgrammeDraft, copy_of, draft_of, least_hold_s, new_draft, step_of
from exercises.programme_library import Programmes, load_programmes
from exercises.programme_plan import PRESCRIBED, activities, duration_s, hold_of
from exercises.programme_text import fresh_id, toml_text
from exercises.tomlfile import ExerciseError
from language.current import use

_LEAST_LIKED = ('"', "'", "\\", "#", "=", "[", "]", "[[", "{", "}", ".", "\t", "\u00fc", "\u65e5\u672c", "\u202e",
                "\u2028", "\U0001f9d8", "\ufeff", "\u00a0", "a", " ", "1", "'''", '"""', "\\u0041", "\\", "x" * 300)


@pytest.fixture
def programmes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Programmes:
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path))
    return load_programmes()


def read(draft: ProgrammeDraft, programmes: Programmes, name: str = "mine") -> Programme:
    return programmes.text(toml_text(draft.data(name)), name)


def odd_strings(seed: int, count: int) -> list[str]:
    chance = random.Random(seed)
    return ["".join(chance.choices(_LEAST_LIKED, k=chance.randint(1, 12))) for _ in range(count)]


@pytest.mark.parametrize("seed", range(100))
def test_whatever_is_typed_is_read_as_it_was_typed(programmes: Programmes, seed: int) -> None:
    chance = random.Random(seed)
    name, summary, caution, note, todo = odd_strings(seed, 5)
    draft = new_draft(load("doorway_hamstring_stretch"))
    draft.name, draft.summary, draft.cautions, draft.do = name, summary, f"{caution}\n\n{note}", todo
    draft.per_week = chance.randint(1, 21)
    draft.days = tuple(chance.sample([day.value for day in Weekday], chance.randint(0, min(draft.per_week, 7))))
    draft.warm_up_s = chance.choice((0.0, 0.1, 30.0, 1e-7, 1799.999999))
    (step,) = draft.steps
    step.note, step.rest_s, step.hold_s = note, chance.choice((0.0, 7.25, 1800.0)), chance.choice((30.0, 31.234567891))
    one = read(draft, programmes)
    assert one.name == " ".join(name.split())
    assert (one.summary, one.steps[0].note) == (summary.strip(), note.strip())
    assert one.cautions == tuple(filter(None, (caution.strip(), note.strip())))
    assert [day.value for day in one.days] == list(draft.days)
    assert (one.per_week, one.steps[0].rest_s, one.steps[0].hold_s) == (draft.per_week, step.rest_s, step.hold_s)
    assert (0.0 if one.warm_up is None else one.warm_up.seconds) == draft.warm_up_s
    assert one.warm_up is None or one.warm_up.do == tuple(filter(None, (todo.strip(),)))


@pytest.mark.parametrize(("text", "expected"), [("." * 500, "." * 500), ("a\ud800b", "a?b"), ("a\nb", "a\nb"),
                                                ("a\x7fb", None), ("a\x07b", None)])
def test_a_text_is_read_or_refused_and_breaks_no_file(programmes: Programmes, text: str, expected: str | None) -> None:
    draft = new_draft(load("hip_hinge"))
    draft.summary = text
    if expected is not None:
        assert read(draft, programmes).summary == expected
        return
    with pytest.raises(ExerciseError, match="summary: "):
        read(draft, programmes)


@pytest.mark.parametrize("name", list(load_programmes().entries))
def test_a_programme_that_is_opened_and_saved_stays_as_it_was(programmes: Programmes, name: str) -> None:
    find, one = programmes.exercises.exercise, programmes.entry(name).programme
    again = read(draft_of(one, find), programmes, one.id)
    assert activities(again, find) == activities(one, find)
    assert again.model_dump(exclude={"steps"}) == one.model_dump(exclude={"steps"})
    assert [(step.source, step.note) for step in again.steps] == [(step.source, step.note) for step in one.steps]


def test_a_copy_speaks_the_current_language_and_leaves_the_other_as_it_is(programmes: Programmes) -> None:
    one = programmes.entry("ten_minutes").programme
    with use("de"):
        copy = read(copy_of(one, programmes.exercises.exercise), programmes)
    assert copy.name == "Zehn Minuten f\u00fcr Oberschenkelr\u00fcckseite und R\u00fccken (meins)"
    assert copy.warm_up is not None
    assert copy.warm_up.do[0] == "Geh auf der Stelle und schwing die Arme."
    assert copy.summary.startswith("Dehnt die Oberschenkelr\u00fcckseite, ohne am R\u00fccken zu ziehen")
    assert copy.cautions[0].startswith("Geh nur bis zu einem leichten Zug")
    assert copy.steps[2].note.startswith("Schieb die H\u00fcfte nach hinten")
    assert programmes.entry("ten_minutes").programme == one


def test_a_source_holds_for_the_amount_that_it_names(programmes: Programmes) -> None:
    one = programmes.entry("ten_minutes").programme
    draft = copy_of(one, programmes.exercises.exercise)
    draft.steps[0].rest_s = 90
    draft.steps[1].reps += 1
    draft.steps[2].choose(load("calf_raise"))
    draft.warm_up_s = 60
    copy = read(draft, programmes)
    assert [step.source for step in copy.steps] == [one.steps[0].source, "My own choice", "My own choice"]
    assert copy.warm_up is not None
    assert copy.warm_up.source == "My own choice"
    assert copy.steps[2].note == "", "what to mind of the exercise before is none of this one's"
    draft.steps[1].reps -= 1
    assert read(draft, programmes).steps[1].source == one.steps[1].source


@pytest.mark.parametrize("name", [name for name in load_programmes().exercises.names if "posture" not in name])
def test_a_step_begins_with_its_exercises_own_amounts(programmes: Programmes, name: str) -> None:
    exercise, step = load(name), step_of(load(name))
    (read_step,) = read(new_draft(exercise), programmes).steps
    assert step.reps == (exercise.dose.repeats or (step.reps,))[0]
    assert (step.hold_s is None, step.sides is None) == (exercise.hold is None, exercise.sides is None)
    assert step.hold_s is None or step.hold_s == least_hold_s(exercise) == hold_of(read_step, exercise)


def test_steps_are_moved_as_far_as_there_are_places(programmes: Programmes) -> None:
    draft = copy_of(programmes.entry("ten_minutes").programme, programmes.exercises.exercise)
    first, second, third = draft.steps
    draft.move(first, -1)
    assert draft.steps == [first, second, third]
    draft.move(first, 1)
    draft.move(third, -1)
    draft.move(first, 1)
    assert draft.steps == [second, third, first]
    assert duration_s(read(draft, programmes), programmes.exercises.exercise) > 0


@pytest.mark.parametrize("seed", range(200))
def test_an_id_is_one_that_a_file_may_have(programmes: Programmes, seed: int) -> None:
    (name,) = odd_strings(seed, 1)
    used = {PRESCRIBED, *programmes.entries}
    for _ in range(3):
        new_id = fresh_id(name, used)
        assert new_id not in used
        assert read(new_draft(load("hip_hinge")), programmes, new_id).id == new_id
        used.add(new_id)


@pytest.mark.parametrize(("name", "expected"), [
    ("Prescribed", "prescribed_2"), ("NUL", "nul_2"), ("\u65e5\u672c", "programme"), ("", "programme"),
    ("Stra\u00dfe & \u00c7a va", "strasse_ca_va"), ("x" * 99, "x" * 40),
    ("Ten minutes for hamstrings and back (my own)", "ten_minutes_for_hamstrings_and_back_my")])
def test_an_id_says_the_name(name: str, expected: str) -> None:
    assert fresh_id(name, {PRESCRIBED}) == expected
