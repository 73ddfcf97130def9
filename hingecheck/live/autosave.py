"""A live set -> the history, after every rep and once more when it is judged; on a thread of its own.

Writing waits for disks and other programs; a camera does not wait. What cannot be kept is told, and the set goes on.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from exercises.exercise_model import Exercise
from exercises.results import SetReport
from hingecheck.analysis.pipeline import SetAnalysis
from hingecheck.history import people, sets
from hingecheck.history.connection import History
from hingecheck.history.records import HistoryError, NewSet
from hingecheck.history.store import open_history

Pictures = Mapping[int, NDArray[np.uint8]]


class Keeper:
    """Keeps the sets of one live session; call `close` in the end.

    Parameters
    ----------
    person : UUID or str, optional
        Whose they are: an id, or a name (a new one is added); default: the history's own default person.
    opened : callable, optional
        Gives the history; called once, on the keeper's thread.

    Attributes
    ----------
    problem : str
        Why something could not be kept; "" while all is well.
    """

    def __init__(self, person: UUID | str | None = None, opened: Callable[[], History] = open_history) -> None:
        self._person, self._opened = person, opened
        self._history: History | None = None
        self._person_id: UUID | None = None
        self._finished: tuple[UUID, SetReport] | None = None
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="hingecheck-keeper")
        self.problem = ""

    def another(self) -> KeptSet:
        """Return the place of one more set."""
        return KeptSet(self._hand_over)

    def id_of(self, report: SetReport) -> UUID | None:
        """Return the id of the set that was kept last, if this is its report; None while it is not kept yet."""
        last = self._finished
        return last[0] if last is not None and last[1] is report else None

    def close(self) -> None:
        """Wait until everything is kept and let go of the history."""
        self._thread.shutdown(wait=True)
        if self._history is not None:
            self._history.close()

    def _hand_over(self, of: KeptSet, new: NewSet, is_over: bool) -> None:
        try:
            self._thread.submit(self._put, of, new, is_over)
        except RuntimeError:  # the program is ending and takes no more work: then here and now
            self._put(of, new, is_over)

    def _put(self, of: KeptSet, new: NewSet, is_over: bool) -> None:
        """Save the set or its newer state; one set, one id."""
        try:
            if self._history is None:
                self._history = self._opened()
                self._person_id = self._whose(self._history)
            assert self._person_id is not None
            if of.id is None:
                of.id = sets.save(self._history, new, self._person_id)
            else:
                sets.update(self._history, of.id, new)
            self.problem = ""
        except HistoryError as error:
            self.problem = f"Not kept: {error}"
        else:
            if is_over:
                self._finished = of.id, new.report

    def _whose(self, history: History) -> UUID:
        if isinstance(self._person, UUID):
            return people.get(history, self._person).id
        if self._person is None:
            return people.default(history).id
        return people.find_or_add(history, self._person)[0].id


class KeptSet:
    """One set's place in the history: its reps while it goes on, and all of it when it was judged.

    Each set has its own, for one is still being judged when the next begins.
    """

    def __init__(self, put: Callable[[KeptSet, NewSet, bool], None]) -> None:
        self._put = put
        self.id: UUID | None = None

    def so_far(self, report: SetReport, exercise: Exercise) -> None:
        """Keep the reps of the set that goes on."""
        self._put(self, NewSet(report, exercise), False)

    def finished(self, judgement: SetAnalysis, exercise: Exercise, pictures: Pictures) -> None:
        """Keep the set that is over."""
        self._put(self, NewSet(judgement.report, exercise, judgement.track, pictures), True)
