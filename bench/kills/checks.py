"""After a kill and the next start: what of what was said is not there, what is half there, what was left behind."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from bench.kills.home import OWN_FILES, Home
from bench.kills.whole_files import is_whole
from hingecheck.history import files, history_check, queries, sets
from hingecheck.history.connection import History
from hingecheck.history.store import open_history

#: The most reps that `update` gives its set before it begins again with one.
MOST_REPS = 40


@dataclass
class Claims:
    """What a process said before it was killed.

    Attributes
    ----------
    saved, deleted, judged : set of UUID
        Sets that have to be there, that must not be, that have to have their series.
    reps : dict of UUID to int
        How many a set had when it was saved last.
    files : set of str
        Paths of files that have to be there.
    """

    saved: set[UUID] = field(default_factory=set)
    deleted: set[UUID] = field(default_factory=set)
    judged: set[UUID] = field(default_factory=set)
    reps: dict[UUID, int] = field(default_factory=dict)
    files: set[str] = field(default_factory=set)


def read_claims(lines: Sequence[str]) -> Claims:
    """Read the lines of a process."""
    claims = Claims()
    for line in lines:
        word, _, rest = line.partition(" ")
        if word == "saved":
            claims.saved.add(UUID(rest))
        elif word == "importing":  # what was deleted may come back
            claims.deleted.clear()
        elif word == "deleting":
            claims.saved.discard(UUID(rest))
        elif word == "deleted":
            claims.deleted.add(UUID(rest))
        elif word in ("reps", "final"):
            set_id, reps = rest.split()
            claims.reps[UUID(set_id)] = int(reps)
            if word == "final":
                claims.judged.add(UUID(set_id))
        elif word == "file":
            claims.files.add(rest)
    return claims


def wrong(home: Home, lines: Sequence[str], every_set_has_series: bool = True) -> Iterator[str]:
    """Start again, and say what is lost, half there or left behind."""
    claims = read_claims(lines)
    with open_history() as history:
        there = {line.id for line in queries.lines(history, limit=None)}
        yield from (f"lost: set {set_id}" for set_id in claims.saved - there)
        yield from (f"lost: the deletion of {set_id}" for set_id in claims.deleted & there)
        for set_id in there:
            yield from _half_set(history, set_id, claims, every_set_has_series)
        yield from (f"half: {problem}" for problem in history_check.check(history).problems)
    yield from _files(home, claims)
    yield from _left_behind(home)


def _half_set(history: History, set_id: UUID, claims: Claims, has_series: bool) -> Iterator[str]:
    report, track = sets.load(history, set_id).report, files.load_track(history, set_id)
    if track is None:
        if has_series or set_id in claims.judged:
            yield f"half: {set_id} has no series"
        reps = claims.reps.get(set_id)
    else:
        if abs(float(track.time_s[-1]) - (report.duration_s or 0)) > 0.1:
            yield f"half: {set_id} has the series of another report"
        # A live set that was judged as a whole counts anew.
        reps = claims.reps.get(set_id) if has_series else None
    if reps is not None and len(report.reps) not in (reps, reps % MOST_REPS + 1):
        yield f"lost: {set_id} has {len(report.reps)} reps, {reps} were saved"


def _files(home: Home, claims: Claims) -> Iterator[str]:
    for path in (path for folder in (home.out, home.data / "sets") for path in folder.rglob("*") if path.is_file()):
        claims.files.discard(str(path))
        if not is_whole(path):
            yield f"half: {path.name} of {path.parent.name}"
    yield from (f"lost: {path}" for path in claims.files if not (home.out / path).exists())


def _left_behind(home: Home) -> Iterator[str]:
    left = [path for path in home.data.iterdir() if path.name not in OWN_FILES]
    left += [path for path in home.data.glob("sets/*/.*") if path.name != ".recent.mp4"]
    left += home.data.glob("unsettled/*")
    left += home.out.rglob(".*")
    left += home.temporary.iterdir()
    left += home.cache.glob("unfinished/*")
    yield from (f"left behind: {path}" for path in left)
