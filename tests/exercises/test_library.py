"""A person's own folder beside the built-in exercises."""

from __future__ import annotations

from pathlib import Path

import pytest

from exercises.library import FOLDER_VARIABLE, load_library, user_folder
from exercises.load import catalogue_ids, load
from exercises.tomlfile import ExerciseError
from tests.helpers.exercise_files import HINGE, PRESCRIPTION, changed, write


def test_personal_exercises_are_found_by_their_id(tmp_path: Path) -> None:
    path = write(tmp_path / "any name.toml", HINGE)
    library = load_library(tmp_path)
    assert library.names == (*catalogue_ids(), "my_hinge")
    assert library.entry("my_hinge").origin == path
    assert library.exercise("my_hinge").name == "My hinge"
    assert library.entry("hip_hinge").origin is None
    assert library.exercise("hip_hinge") == load("hip_hinge")
    assert [entry.exercise.id for entry in library.entries()] == [*catalogue_ids(), "my_hinge"]
    assert not library.invalid


def test_a_missing_folder_is_empty(tmp_path: Path) -> None:
    library = load_library(tmp_path / "none")
    assert (library.names, library.invalid) == (catalogue_ids(), ())


def test_an_invalid_file_does_not_affect_the_others(tmp_path: Path) -> None:
    write(tmp_path / "a.toml", "id = ")
    write(tmp_path / "b.toml", HINGE)
    invalid = write(tmp_path / "c.toml", changed(changed(HINGE, "my_hinge", "bad_hinge"), "enter = 25", "enter = -1"))
    write(tmp_path / "notes.txt", "not read")
    library = load_library(tmp_path)
    assert list(library.personal) == ["my_hinge"]
    assert [file.origin.name for file in library.invalid] == ["a.toml", "c.toml"]
    with pytest.raises(ExerciseError, match="greater than 0") as caught:
        library.exercise("bad_hinge")
    assert caught.value.source == str(invalid), "the error names the invalid file"
    with pytest.raises(ExerciseError, match="not valid TOML"):
        library.exercise("a")


def test_a_built_in_exercise_is_not_replaced(tmp_path: Path) -> None:
    path = write(tmp_path / "mine.toml", changed(HINGE, '"my_hinge"', '"hip_hinge"'))
    library = load_library(tmp_path)
    assert library.exercise("hip_hinge") == load("hip_hinge")
    sentence = ('id: "hip_hinge" comes with the program and is not replaced by a file; give yours another id, as in '
                'id = "my_hip_hinge", with based_on = "hip_hinge"')
    assert library.invalid[0].problems == (sentence,)
    assert library.notices("hip_hinge") == (f"{path}: {sentence}",)
    assert not library.notices("forward_bend")


def test_two_files_with_one_id(tmp_path: Path) -> None:
    for name in ("a", "b"):
        write(tmp_path / f"{name}.toml", HINGE)
    library = load_library(tmp_path)
    assert not library.personal
    assert [file.problems for file in library.invalid] == [
        ("id: 'my_hinge' is also in b.toml; give each file its own id",),
        ("id: 'my_hinge' is also in a.toml; give each file its own id",)]


def test_a_prescription_in_the_folder_is_not_an_exercise(tmp_path: Path) -> None:
    write(tmp_path / "for_me.toml", PRESCRIPTION)
    assert (load_library(tmp_path).personal, load_library(tmp_path).invalid) == ({}, ())


def test_the_nearest_personal_name_is_offered(tmp_path: Path) -> None:
    write(tmp_path / "mine.toml", HINGE)
    with pytest.raises(ExerciseError, match="did you mean 'my_hinge'"):
        load_library(tmp_path).exercise("my_hing")


def test_a_file_elsewhere_builds_on_the_folder(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    write(folder / "mine.toml", HINGE)
    other = write(tmp_path / "other.toml", 'id = "other"\nbased_on = "my_hinge"\n[signal]\nenter = 30\n')
    assert load_library(folder).file(other).signal.enter == 30


def test_the_folder_can_be_moved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path))
    write(tmp_path / "mine.toml", HINGE)
    assert "my_hinge" in load_library().names
    monkeypatch.delenv(FOLDER_VARIABLE)
    assert user_folder().parts[-2:] == ("hingecheck", "exercises")
