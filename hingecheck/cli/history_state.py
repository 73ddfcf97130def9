"""Check the saved history and say in one line what is wrong, and what was mended: for `hingecheck doctor`."""

from __future__ import annotations

import os
import sys

from hingecheck.history.connection import FILE_NAME, URL_VARIABLE, data_folder
from hingecheck.history.history_check import CheckedHistory, Kind, Problem, check
from hingecheck.history.store import open_history
from language.translate import _, mark

_WORDS = {
    Kind.DATABASE: mark("the database reports: {detail}"),
    Kind.FOLDER_MISSING: mark("the files of the set {set_id} are not on this computer"),
    Kind.FILE_MISSING: mark("{detail} of the set {set_id} is missing"),
    Kind.FILE_DAMAGED: mark("{detail} of the set {set_id} is damaged"),
    Kind.FOLDER_UNKNOWN: mark("the folder {set_id} belongs to no set of this history"),
}
#: Kinds of problem with which nothing of the history is lost.
_HARMLESS = frozenset({Kind.FOLDER_UNKNOWN})
_MOST_PROBLEMS = 3


def main() -> int:
    """Print one line; return 1 where something of the history is lost or damaged, else 0."""
    if not os.environ.get(URL_VARIABLE) and not (data_folder() / FILE_NAME).exists():
        print(_("nothing saved yet"))
        return 0
    with open_history() as history:
        checked = check(history)
    print(line(checked))
    return int(any(problem.kind not in _HARMLESS for problem in checked.problems))


def line(checked: CheckedHistory) -> str:
    """Return what a check found, in one line."""
    parts = [_("{sets} sets, {files} files whole").format(sets=checked.sets, files=checked.files)
             if not checked.problems else "; ".join(map(_words, checked.problems[:_MOST_PROBLEMS]))]
    if len(checked.problems) > _MOST_PROBLEMS:
        parts.append(_("and {count} more").format(count=len(checked.problems) - _MOST_PROBLEMS))
    if checked.settled:
        parts.append(_("mended: {count} sets that a killed program left unfinished").format(count=checked.settled))
    if checked.recorded:
        parts.append(_("noted the checksums of {count} older sets").format(count=checked.recorded))
    return "; ".join(parts)


def _words(problem: Problem) -> str:
    return _(_WORDS[problem.kind]).format(detail=problem.detail, set_id=str(problem.set_id)[:8])


if __name__ == "__main__":
    sys.exit(main())
