"""Save a live set to the history after every rep, and once more when the whole set was judged, on a separate thread.

Writing waits for disks and other programs; a camera does not wait. What cannot be saved is reported, and the set goes
on.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from uuid import UUID

from exercises.exercise_model import Exercise
from exercises.results import SetReport
from hingecheck.analysis.pipeline import SetAnalysis
from hingecheck.history import files, people, sets
from hingecheck.history.connection import History
from hingecheck.history.records import HistoryError, NewSet
from hingecheck.history.store import open_history
from language.translate import _


class Autosave:
    """Saves the sets of one live session; call `close` at the end.

    Parameters
    ----------
    person : UUID or str, optional
        Whose sets these are: an id, or a name (a new name is added). Default: the history's own default person.
    opener : callable, optional
        Opens the history; called once, on the saving thread.

    Attributes
    ----------
    problem : str
        Why a set could not be saved; "" while all is well.
    """

    def __init__(self, person: UUID | str | None = None, opener: Callable[[], History] = open_history) -> None:
        self._person, self._opener = person, opener
        self._history: History | None = None
        self._person_id: UUID | None = None
        self._last_judged: tuple[UUID, SetReport] | None = None
        #: The name of the session to begin with the next set; the id of the one that was begun.
        self._new_session = ""
        self._session_id: UUID | None = None
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="hingecheck-autosave")
        self.problem = ""

    def new_set(self) -> SetAutosave:
        """Return the autosave of one more set."""
        return SetAutosave(self._submit, self._save_video)

    def begin_session(self, name: str) -> None:
        """Let the sets that follow be a session of their own, with this name as its note; "" = as times have it."""
        self._thread.submit(self._name_session, name)

    def set_id(self, report: SetReport) -> UUID | None:
        """Return the id of the last set saved with its final report, if this is that report; None otherwise."""
        last = self._last_judged
        return last[0] if last is not None and last[1] is report else None

    def close(self) -> None:
        """Wait until everything is saved and close the history."""
        self._thread.shutdown(wait=True)
        if self._history is not None:
            self._history.close()

    def _submit(self, target: SetAutosave, new: NewSet, is_final: bool) -> None:
        try:
            self._thread.submit(self._save, target, new, is_final)
        except RuntimeError:  # the interpreter is shutting down and its pools accept no work: save on this thread
            self._save(target, new, is_final)

    def _save_video(self, target: SetAutosave, video: Path) -> None:
        """Save the annotated video of a saved set; return when it is, or `problem` says why not."""
        self._thread.submit(self._copy_video, target, video).result()

    def _copy_video(self, target: SetAutosave, video: Path) -> None:
        try:
            if self._history is not None and target.id is not None:
                files.save_video(self._history, target.id, video)
        except HistoryError as error:
            self.problem = _("The video is not saved: {error}").format(error=error)

    def _name_session(self, name: str) -> None:
        self._new_session, self._session_id = name, None

    def _save(self, target: SetAutosave, new: NewSet, is_final: bool) -> None:
        """Save the set or its newer state; one set, one id."""
        try:
            if self._history is None:
                self._history = self._opener()
                self._person_id = self._resolve_person(self._history)
            assert self._person_id is not None
            if target.id is None:
                if self._new_session:
                    session = sets.start_session(self._history, self._person_id, self._new_session)
                    self._new_session, self._session_id = "", session.id
                target.id = sets.save(self._history, new, self._person_id, self._session_id)
            else:
                sets.update(self._history, target.id, new)
            self.problem = ""
        except HistoryError as error:
            self.problem = _("Not saved: {problem}").format(problem=error)
        else:
            if is_final:
                self._last_judged = target.id, new.report

    def _resolve_person(self, history: History) -> UUID:
        if isinstance(self._person, UUID):
            return people.get(history, self._person).id
        if self._person is None:
            return people.default(history).id
        return people.find_or_add(history, self._person)[0].id


class SetAutosave:
    """Saves one set: its reps while it goes on, and all of it once it is judged.

    Each set has its own, because one is still being judged when the next begins.
    """

    def __init__(self, submit: Callable[[SetAutosave, NewSet, bool], None],
                 copy_video: Callable[[SetAutosave, Path], None]) -> None:
        self._submit, self._copy_video = submit, copy_video
        self.id: UUID | None = None

    def save_reps(self, report: SetReport, exercise: Exercise) -> None:
        """Save the reps of the set that goes on."""
        self._submit(self, NewSet(report, exercise), False)

    def save_analysis(self, analysis: SetAnalysis, exercise: Exercise, key_images: Mapping[int, bytes]) -> None:
        """Save the set that is over."""
        self._submit(self, NewSet(analysis.report, exercise, analysis.track, key_images), True)

    def save_video(self, video: Path) -> None:
        """Save the annotated video of the set, after its analysis; the file is copied when this returns."""
        self._copy_video(self, video)
