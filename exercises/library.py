"""The catalogue and a person's folder of TOML files -> every exercise by its id, and the problems of invalid files.

An invalid file does not affect the others: it is listed with its problems. A file of the folder never replaces a
built-in exercise; such a file is listed as invalid.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import platformdirs

from exercises import load as builtin
from exercises import tomlfile
from exercises.exercise_model import Exercise
from exercises.inheritance import Bases
from exercises.tomlfile import ExerciseError, Raw
from language.translate import _

#: Environment variable with another folder for a person's own exercises.
FOLDER_VARIABLE = "HINGECHECK_EXERCISES_DIR"


@dataclass(frozen=True)
class LibraryEntry:
    """An exercise and its file; `origin` is None for a built-in one."""

    exercise: Exercise
    origin: Path | None = None


@dataclass(frozen=True)
class InvalidFile:
    """A file without a usable exercise: its id ("" where it has none) and its problems."""

    origin: Path
    id: str
    problems: tuple[str, ...]


@dataclass(frozen=True)
class Library:
    """All exercises by their ids.

    Attributes
    ----------
    folder : Path
        The person's folder; it need not exist.
    personal : mapping of str to LibraryEntry
        Its exercises by id, in alphabetical order of the files.
    invalid : tuple of InvalidFile
        Its files that cannot be used.
    bases : Bases
        The exercises to build on.
    """

    folder: Path
    personal: Mapping[str, LibraryEntry]
    invalid: tuple[InvalidFile, ...]
    bases: Bases = field(repr=False)

    @property
    def names(self) -> tuple[str, ...]:
        """All ids, the built-in ones first."""
        return (*builtin.catalogue_ids(), *self.personal)

    def entries(self) -> tuple[LibraryEntry, ...]:
        """Return all exercises, the built-in ones first."""
        return (*map(LibraryEntry, builtin.catalogue().values()), *self.personal.values())

    def entry(self, name: str) -> LibraryEntry:
        """Return an exercise with its file.

        Raises
        ------
        ExerciseError
            There is none with this id (the nearest is named), or its file is invalid.
        """
        if name in self.personal:
            return self.personal[name]
        if name in builtin.catalogue_ids():
            return LibraryEntry(builtin.load(name))
        for file in self.invalid:
            if name in (file.id, file.origin.stem):
                raise ExerciseError(str(file.origin), file.problems)
        raise ExerciseError(name, (builtin.no_such_exercise(name, self.names),))

    def exercise(self, name: str) -> Exercise:
        """Return an exercise (see `entry`)."""
        return self.entry(name).exercise

    def file(self, path: Path) -> Exercise:
        """Read an exercise from any file; it may build on all exercises of this library."""
        return builtin.load_file(path, self.bases)

    def notices(self, name: str) -> tuple[str, ...]:
        """Return the problems of invalid files of the folder with this id."""
        return tuple(f"{file.origin}: {problem}" for file in self.invalid if file.id == name
                     for problem in file.problems)


def user_folder() -> Path:
    """Return the folder of a person's own exercises: HINGECHECK_EXERCISES_DIR, or the standard one of this system."""
    folder = os.environ.get(FOLDER_VARIABLE)
    return Path(folder) if folder else platformdirs.user_config_path("hingecheck") / "exercises"


def load_library(folder: Path | None = None) -> Library:
    """Read a person's folder; an invalid file is listed as `InvalidFile`, prescriptions are ignored.

    Parameters
    ----------
    folder : Path, optional
        Default: `user_folder()`.
    """
    folder = user_folder() if folder is None else folder
    raws, invalid = _read_all(folder)
    bases = _bases({_id(data): data for data in raws.values() if _id(data)})
    entries: list[LibraryEntry] = []
    for path, data in raws.items():
        try:
            _refuse_built_in_id(path, _id(data))
            entries.append(LibraryEntry(builtin.build_exercise(data, str(path), bases), path))
        except ExerciseError as error:
            invalid.append(InvalidFile(path, _id(data), error.problems))
    personal, duplicates = _by_id(entries)
    return Library(folder, personal, tuple(sorted((*invalid, *duplicates), key=lambda file: file.origin)), bases)


def is_prescription(data: Raw) -> bool:
    """Return whether the data of a file are a prescription, not an exercise."""
    return "exercise" in data and "id" not in data


def _read_all(folder: Path) -> tuple[dict[Path, Raw], list[InvalidFile]]:
    raws: dict[Path, Raw] = {}
    invalid: list[InvalidFile] = []
    for path in sorted(folder.glob("*.toml")):
        try:
            data = tomlfile.read_toml(path)
        except ExerciseError as error:
            invalid.append(InvalidFile(path, "", error.problems))
            continue
        if not is_prescription(data):
            raws[path] = data
    return raws, invalid


def _bases(personal: Mapping[str, Raw]) -> Bases:
    """Return the bases for files of the folder; a built-in exercise takes precedence over a file with its id."""
    names = builtin.catalogue_ids()

    def read(name: str) -> Raw:
        return builtin.built_in_bases().read(name) if name in names else personal[name]

    return Bases((*names, *(name for name in personal if name not in names)), read)


def _refuse_built_in_id(path: Path, name: str) -> None:
    """Refuse the id of a built-in exercise."""
    if name in builtin.catalogue_ids():
        text = _('id: "{name}" comes with the program and is not replaced by a file; give yours another id, as in '
                 'id = "my_{name}", with based_on = "{name}"')
        raise ExerciseError(str(path), (text.format(name=name),))


def _by_id(entries: list[LibraryEntry]) -> tuple[dict[str, LibraryEntry], list[InvalidFile]]:
    """Return the entries by id; files that share an id are ambiguous, so none of them is used."""
    personal: dict[str, LibraryEntry] = {}
    invalid: list[InvalidFile] = []
    for entry in entries:
        name = entry.exercise.id
        others = [other.origin.name for other in entries
                  if other.exercise.id == name and other is not entry and other.origin is not None]
        if others and entry.origin is not None:
            problem = _("id: {name} is also in {files}; give each file its own id").format(
                name=repr(name), files=", ".join(others))
            invalid.append(InvalidFile(entry.origin, name, (problem,)))
        else:
            personal[name] = entry
    return personal, invalid


def _id(data: Raw) -> str:
    name = data.get("id")
    return name if isinstance(name, str) else ""
