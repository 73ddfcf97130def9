"""A person's own programmes are saved as files, changed, and deleted; what cannot be saved changes nothing."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from exercises.library import FOLDER_VARIABLE
from exercises.load import load
from exercises.programme_draft import ProgrammeDraft, draft_of, new_draft
from exercises.programme_library import FOLDER_NAME, load_programmes
from exercises.tomlfile import ExerciseError
from hingecheck.progress import own_programmes


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path / "exercises"))
    return tmp_path / "exercises" / FOLDER_NAME


def made(name: str) -> ProgrammeDraft:
    draft = new_draft(load("hip_hinge"))
    draft.name = name
    return draft


def test_what_is_saved_is_found_and_changed_in_its_place(folder: Path) -> None:
    saved = own_programmes.save(made("After work"))
    entry = load_programmes().entry(saved.id)
    assert (entry.programme, entry.origin) == (saved, folder / "after_work.toml")
    draft = draft_of(saved, load)
    draft.name, draft.steps[0].reps = "Before work", 9
    changed = own_programmes.save(draft)
    assert (changed.id, changed.name, changed.steps[0].reps) == (saved.id, "Before work", 9)
    assert [path.name for path in folder.iterdir()] == ["after_work.toml"]
    own_programmes.delete(folder / "after_work.toml")
    own_programmes.delete(folder / "after_work.toml")
    assert not list(folder.iterdir())


def test_a_file_of_another_name_is_changed_where_it_lies(folder: Path) -> None:
    saved = own_programmes.save(made("Mine"))
    (folder / "mine.toml").rename(folder / "by hand.toml")
    own_programmes.save(replace(draft_of(saved, load), per_week=7))
    assert [path.name for path in folder.iterdir()] == ["by hand.toml"]
    assert load_programmes().entry("mine").programme.per_week == 7


def test_no_file_is_written_over(folder: Path) -> None:
    folder.mkdir(parents=True)
    (folder / "Mine.toml").write_text("not a programme", encoding="utf-8")
    assert own_programmes.save(made("Mine")).id == "mine_2"
    assert own_programmes.save(made("Mine!")).id == "mine_3"
    assert (folder / "Mine.toml").read_text(encoding="utf-8") == "not a programme"


def test_what_is_saved_at_once_is_saved_apart(folder: Path) -> None:
    names = ["mine" + "!" * count for count in range(12)]
    with ThreadPoolExecutor(len(names)) as pool:
        saved = list(pool.map(lambda name: own_programmes.save(made(name)).name, names))
    assert sorted(entry.programme.name for entry in load_programmes().entries.values() if entry.origin) == saved


@pytest.mark.parametrize(("change", "problem"), [
    ({"name": " "}, "The programme has no name yet."),
    ({"name": "doorway stretch,  both sides"}, "There is a programme called doorway stretch, both sides already."),
    ({"per_week": 1, "days": ("mon", "tue")}, "More days are chosen than times a week."),
    ({"steps": []}, "The programme has no exercise yet."),
    ({"summary": "a\x07b"}, "expected text without control characters")])
def test_what_is_missing_is_said_and_nothing_written(folder: Path, change: dict[str, object], problem: str) -> None:
    draft = replace(made("Mine"), **change)  # type: ignore[arg-type]
    with pytest.raises(ExerciseError) as raised:
        own_programmes.save(draft)
    assert problem in "\n".join(raised.value.problems)
    assert not folder.exists()


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="a folder in place of a file is refused otherwise")
def test_a_folder_that_cannot_be_written_is_named(folder: Path) -> None:
    folder.parent.mkdir(parents=True)
    folder.write_text("a file", encoding="utf-8")
    with pytest.raises(ExerciseError) as raised:
        own_programmes.save(made("Mine"))
    assert str(folder / "mine.toml") in raised.value.problems[0]
    folder.unlink()
    (folder / "mine.toml").mkdir(parents=True)
    with pytest.raises(ExerciseError, match="cannot be deleted"):
        own_programmes.delete(folder / "mine.toml")
