"""A person's own folder beside what comes with the program."""

from __future__ import annotations

from pathlib import Path

import pytest

from exercises.library import FOLDER, library, user_folder
from exercises.load import ids, load
from exercises.tomlfile import ExerciseError
from tests.helpers.exercise_files import HINGE, PRESCRIPTION, changed, write


def test_own_exercises_are_known_by_their_id(tmp_path: Path) -> None:
    path = write(tmp_path / "any name.toml", HINGE)
    found = library(tmp_path)
    assert found.names == (*ids(), "my_hinge")
    assert found.known("my_hinge").origin == path
    assert found.exercise("my_hinge").name == "My hinge"
    assert found.known("hip_hinge").origin is None
    assert found.exercise("hip_hinge") == load("hip_hinge")
    assert [known.exercise.id for known in found.entries()] == [*ids(), "my_hinge"]
    assert not found.bad


def test_no_folder_is_no_problem(tmp_path: Path) -> None:
    found = library(tmp_path / "none")
    assert (found.names, found.bad) == (ids(), ())


def test_a_bad_file_takes_no_other_down(tmp_path: Path) -> None:
    write(tmp_path / "a.toml", "id = ")
    write(tmp_path / "b.toml", HINGE)
    wrong = write(tmp_path / "c.toml", changed(changed(HINGE, "my_hinge", "bad_hinge"), "enter = 25", "enter = -1"))
    write(tmp_path / "notes.txt", "not looked at")
    found = library(tmp_path)
    assert list(found.own) == ["my_hinge"]
    assert [bad.origin.name for bad in found.bad] == ["a.toml", "c.toml"]
    with pytest.raises(ExerciseError, match="greater than 0") as caught:
        found.exercise("bad_hinge")
    assert caught.value.source == str(wrong), "asked for by its id, the wrong file says why"
    with pytest.raises(ExerciseError, match="not valid TOML"):
        found.exercise("a")


def test_what_comes_with_the_program_is_not_replaced(tmp_path: Path) -> None:
    path = write(tmp_path / "mine.toml", changed(HINGE, '"my_hinge"', '"hip_hinge"'))
    found = library(tmp_path)
    assert found.exercise("hip_hinge") == load("hip_hinge")
    sentence = ('id: "hip_hinge" comes with the program and is not replaced by a file; give yours another id, as in '
                'id = "my_hip_hinge", with based_on = "hip_hinge"')
    assert found.bad[0].problems == (sentence,)
    assert found.notices("hip_hinge") == (f"{path}: {sentence}",)
    assert not found.notices("forward_bend")


def test_two_files_one_id(tmp_path: Path) -> None:
    for name in ("a", "b"):
        write(tmp_path / f"{name}.toml", HINGE)
    found = library(tmp_path)
    assert not found.own
    assert [bad.problems for bad in found.bad] == [
        ("id: 'my_hinge' is also in b.toml; give each file its own id",),
        ("id: 'my_hinge' is also in a.toml; give each file its own id",)]


def test_a_prescription_in_the_folder_is_no_exercise(tmp_path: Path) -> None:
    write(tmp_path / "for_me.toml", PRESCRIPTION)
    assert (library(tmp_path).own, library(tmp_path).bad) == ({}, ())


def test_the_nearest_own_name_is_offered(tmp_path: Path) -> None:
    write(tmp_path / "mine.toml", HINGE)
    with pytest.raises(ExerciseError, match="did you mean 'my_hinge'"):
        library(tmp_path).exercise("my_hing")


def test_a_file_elsewhere_builds_on_the_folder(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    write(folder / "mine.toml", HINGE)
    other = write(tmp_path / "other.toml", 'id = "other"\nbased_on = "my_hinge"\n[signal]\nenter = 30\n')
    assert library(folder).file(other).signal.enter == 30


def test_the_folder_can_be_moved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(FOLDER, str(tmp_path))
    write(tmp_path / "mine.toml", HINGE)
    assert "my_hinge" in library().names
    monkeypatch.delenv(FOLDER)
    assert user_folder().parts[-2:] == ("hingecheck", "exercises")
