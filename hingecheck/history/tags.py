"""Tags of sets. A tag is a note of one word after a #: archives, access and deletion treat it as any note."""

from __future__ import annotations

import re
from collections.abc import Iterable
from uuid import UUID

from hingecheck.history import remarks, sets
from hingecheck.history.connection import History
from hingecheck.history.records import HistoryError, Note
from language.translate import _

_TAG = re.compile(r"#[^\s#]{1,40}")


def is_tag(note: Note) -> bool:
    """Return whether a note is a tag."""
    return note.set_id is not None and _TAG.fullmatch(note.text) is not None


def words(notes: Iterable[Note]) -> tuple[str, ...]:
    """Return the tags among some notes, without their #, each once, in order."""
    return tuple(sorted({note.text[1:] for note in notes if is_tag(note)}, key=str.casefold))


def add(history: History, set_id: UUID, word: str, author: str = remarks.SELF) -> tuple[str, ...]:
    """Tag a set, and return its tags; one that has the tag stays as it is.

    Raises
    ------
    HistoryError
        The set is not in the history (any more), or the tag is not one word of at most forty characters.
    """
    text = f"#{word.strip().removeprefix('#')}"
    if _TAG.fullmatch(text) is None:
        raise HistoryError(_("a tag is one word of at most forty characters, got {word!r}. "
                             "Join words with a dash.").format(word=word.strip()))
    saved = sets.load(history, set_id)
    if text[1:] not in words(saved.notes):
        remarks.add_note(history, saved.person.id, text, set_id=set_id, author=author)
    return words(sets.load(history, set_id).notes)


def remove(history: History, set_id: UUID, word: str) -> tuple[str, ...]:
    """Take a tag from a set; return those that it keeps."""
    for note in sets.load(history, set_id).notes:
        if is_tag(note) and note.text[1:] == word:
            remarks.delete_note(history, note.id)
    return words(sets.load(history, set_id).notes)


def of_person(history: History, person_id: UUID) -> dict[str, frozenset[UUID]]:
    """Return each tag of a person's sets, with the sets that have it."""
    set_ids: dict[str, set[UUID]] = {}
    for note in remarks.notes(history, person_id):
        if is_tag(note) and note.set_id is not None:
            set_ids.setdefault(note.text[1:], set()).add(note.set_id)
    return {word: frozenset(set_ids[word]) for word in sorted(set_ids, key=str.casefold)}
