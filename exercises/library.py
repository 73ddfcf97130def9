"""The catalogue and a person's own folder of TOML files -> every exercise by its id, and what is wrong with which file.

One bad file takes no other down: it is listed with its problems. What comes with the program is never replaced by a
file of the folder; such a file is listed as wrong.
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
from exercises.measures import nearest
from exercises.tomlfile import ExerciseError, Raw

#: Overrides where a person's own exercises lie.
FOLDER = "HINGECHECK_EXERCISES_DIR"


@dataclass(frozen=True)
class Known:
    """An exercise and the file it was read from; `origin` is None for what comes with the program."""

    exercise: Exercise
    origin: Path | None = None


@dataclass(frozen=True)
class Bad:
    """A file that holds no usable exercise: the id it asks for ("" where it has none) and why it was left out."""

    origin: Path
    id: str
    problems: tuple[str, ...]


@dataclass(frozen=True)
class Library:
    """Every exercise that can be asked for by its id.

    Attributes
    ----------
    folder : Path
        The person's own; it need not exist.
    own : mapping of str to Known
        What it holds, by id, in alphabetical order of the files.
    bad : tuple of Bad
        Its files that could not be used.
    bases : Bases
        What a file may build on.
    """

    folder: Path
    own: Mapping[str, Known]
    bad: tuple[Bad, ...]
    bases: Bases = field(repr=False)

    @property
    def names(self) -> tuple[str, ...]:
        """Every id, what comes with the program first."""
        return (*builtin.ids(), *self.own)

    def entries(self) -> tuple[Known, ...]:
        """Return every exercise, what comes with the program first."""
        return (*map(Known, builtin.catalogue().values()), *self.own.values())

    def known(self, name: str) -> Known:
        """Return an exercise with its origin.

        Raises
        ------
        ExerciseError
            There is none of that id (the nearest is named), or its file is wrong.
        """
        if name in self.own:
            return self.own[name]
        if name in builtin.ids():
            return Known(builtin.load(name))
        for bad in self.bad:
            if name in (bad.id, bad.origin.stem):
                raise ExerciseError(str(bad.origin), bad.problems)
        raise ExerciseError(name, (f"no such exercise{nearest(name, self.names)}; known: {', '.join(self.names)}",))

    def exercise(self, name: str) -> Exercise:
        """Return an exercise (see `known`)."""
        return self.known(name).exercise

    def file(self, path: Path) -> Exercise:
        """Read an exercise from any file; it may build on everything that is known here."""
        return builtin.load_file(path, self.bases)

    def notices(self, name: str) -> tuple[str, ...]:
        """Return what to know about an id: files of the folder that ask for it and were left out."""
        return tuple(f"{bad.origin}: {problem}" for bad in self.bad if bad.id == name for problem in bad.problems)


def user_folder() -> Path:
    """Return where a person's own exercises lie: HINGECHECK_EXERCISES_DIR, or the usual place of this system."""
    given = os.environ.get(FOLDER)
    return Path(given) if given else platformdirs.user_config_path("hingecheck") / "exercises"


def library(folder: Path | None = None) -> Library:
    """Read a person's folder; a file that is wrong is kept as `Bad`, a prescription is passed over.

    Parameters
    ----------
    folder : Path, optional
        Default: `user_folder()`.
    """
    folder = user_folder() if folder is None else folder
    raws, bad = _read_all(folder)
    bases = _bases({_id(data): data for data in raws.values() if _id(data)})
    right: list[Known] = []
    for path, data in raws.items():
        try:
            _not_built_in(path, _id(data))
            right.append(Known(builtin.exercise_of(data, str(path), bases), path))
        except ExerciseError as error:
            bad.append(Bad(path, _id(data), error.problems))
    own, twice = _by_id(right)
    return Library(folder, own, tuple(sorted((*bad, *twice), key=lambda one: one.origin)), bases)


def is_prescription(data: Raw) -> bool:
    """Whether the data of a file are a prescription, and no exercise."""
    return "exercise" in data and "id" not in data


def _read_all(folder: Path) -> tuple[dict[Path, Raw], list[Bad]]:
    raws: dict[Path, Raw] = {}
    bad: list[Bad] = []
    for path in sorted(folder.glob("*.toml")):
        try:
            data = tomlfile.read(path)
        except ExerciseError as error:
            bad.append(Bad(path, "", error.problems))
            continue
        if not is_prescription(data):
            raws[path] = data
    return raws, bad


def _bases(own: Mapping[str, Raw]) -> Bases:
    """What a file of the folder may build on; what comes with the program goes before a file that asks for its id."""
    names = builtin.ids()

    def read(name: str) -> Raw:
        return builtin.built_in().read(name) if name in names else own[name]

    return Bases((*names, *(name for name in own if name not in names)), read)


def _not_built_in(path: Path, name: str) -> None:
    """Refuse the id of an exercise that comes with the program."""
    if name in builtin.ids():
        raise ExerciseError(str(path), (
            f"id: {name!r} comes with the program and is not replaced by a file; give yours another id, as in "
            f"id = \"my_{name}\", with based_on = {name!r}".replace("'", '"'),))


def _by_id(right: list[Known]) -> tuple[dict[str, Known], list[Bad]]:
    """Sort out files that ask for one id: which of them is meant cannot be told, so none is used."""
    own: dict[str, Known] = {}
    bad: list[Bad] = []
    for known in right:
        name = known.exercise.id
        others = [other.origin.name for other in right
                  if other.exercise.id == name and other is not known and other.origin is not None]
        if others and known.origin is not None:
            bad.append(Bad(known.origin, name, (f"id: {name!r} is also in {', '.join(others)}; give each file its own "
                                                "id",)))
        else:
            own[name] = known
    return own, bad


def _id(data: Raw) -> str:
    name = data.get("id")
    return name if isinstance(name, str) else ""
