"""Save and delete a person's own programmes: files in their folder, checked by what reads them."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

from exercises.programme import Programme
from exercises.programme_draft import ProgrammeDraft
from exercises.programme_library import Programmes, load_programmes
from exercises.programme_plan import PRESCRIBED
from exercises.programme_text import fresh_id, toml_text
from exercises.tomlfile import ExerciseError
from language.translate import _
from pose.atomic_file import atomic_replace

#: Two windows that save at once must not choose the same name for a file.
_saving = threading.Lock()
#: Id of a programme that was not saved yet.
_UNNAMED = "programme"


def preview(draft: ProgrammeDraft, programmes: Programmes) -> Programme:
    """Return a draft as the programme that would be saved.

    Raises
    ------
    ExerciseError
        It cannot be one as it is.
    """
    name = draft.id or _UNNAMED
    return programmes.text(toml_text(draft.data(name)), name)


def save(draft: ProgrammeDraft) -> Programme:
    """Write a draft as a file: over its own one, or under a new id; return the programme.

    Raises
    ------
    ExerciseError
        It is no valid programme, has no name or that of another, or cannot be written; or its file was changed since
        it was read, and it has no name of its own.
    """
    with _saving:
        programmes = load_programmes()
        problems = tuple(_problems(draft, programmes))
        if problems:
            raise ExerciseError(draft.name, problems)
        own = programmes.entries.get(draft.id)
        path = None if own is None or _is_changed(draft, programmes) else own.origin
        name = draft.id
        if path is None:
            name = fresh_id(draft.name, _used_names(programmes))
            path = programmes.folder / f"{name}.toml"
        text = toml_text(draft.data(name))
        saved = programmes.text(text, name)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with atomic_replace(path) as part:
                part.write_bytes(text.encode("utf-8"))
        except OSError as error:
            raise ExerciseError(str(path), (
                _("{path} cannot be written: {problem}").format(path=path, problem=error.strerror or error),)) from None
        return saved


def delete(path: Path) -> None:
    """Delete the file of a person's own programme; one that is gone already is no error.

    Raises
    ------
    ExerciseError
        It cannot be deleted.
    """
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise ExerciseError(str(path), (
            _("cannot be deleted: {problem}").format(problem=error.strerror or error),)) from None


def _used_names(programmes: Programmes) -> set[str]:
    """Return the ids of all programmes and the names of all files, those that cannot be used as well."""
    files = {path.stem.lower() for path in programmes.folder.glob("*")}
    return {PRESCRIBED, *programmes.entries, *files}


def _is_changed(draft: ProgrammeDraft, programmes: Programmes) -> bool:
    """Return whether the file of a draft says something else than when it was read: it is not written over."""
    own = programmes.entries.get(draft.id)
    return own is not None and own.programme != draft.kept


def _problems(draft: ProgrammeDraft, programmes: Programmes) -> Iterator[str]:
    """Yield what a person has to change at the form, in words that stand there."""
    name = " ".join(draft.name.split())
    if not name:
        yield _("The programme has no name yet. Give it one.")
    elif _is_changed(draft, programmes) and name.casefold() == programmes.entries[draft.id].programme.name.casefold():
        yield _("This programme was changed elsewhere since you opened it. Give yours another name: it is then saved "
                "beside the other.")
    elif name.casefold() in {_(entry.programme.name).casefold() for entry in programmes.entries.values()
                             if entry.programme.id != draft.id}:
        yield _("There is a programme called {name} already. Choose another name.").format(name=name)
    if len(draft.days) > draft.per_week:
        yield _("More days are chosen than times a week. Choose fewer days, or more times a week.")
    if not draft.steps:
        yield _("The programme has no exercise yet. Add one.")
