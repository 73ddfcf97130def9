"""Draw the end of a programme: how much was done of it, its sets, and the questions of the end, once."""

from __future__ import annotations

import streamlit as st

from hingecheck.history import queries, sets
from hingecheck.history.records import HistoryError, SavedSet
from hingecheck.live.live_programme import LiveProgramme
from hingecheck.live.programme_lead import Stage
from hingecheck.live.snapshot import Snapshot
from hingecheck.pages import after_set, elements, page_words, set_list, state
from language.translate import _


def is_over(now: Snapshot) -> bool:
    """Return whether there is a programme, and it is over."""
    return now.programme is not None and now.programme.stage is Stage.OVER


def is_due(now: Snapshot) -> bool:
    """Return whether a programme is over and its last set is judged, and saved or reported as a problem."""
    return is_over(now) and not now.is_analysing and (now.report is None or now.set_id is not None or bool(now.problem))


def draw(plan: LiveProgramme, now: Snapshot) -> None:
    """Draw how much was done of a programme that is over, and the questions of its end."""
    # Not the library's: an exercise of one's own may have been deleted meanwhile.
    names = {activity.exercise.id: activity.exercise.name for activity in plan.activities}
    st.header(elements.plain(plan.words.programme.finished), anchor=False)
    elements.piece("bullets", texts=[
        page_words.part_done(names.get(part.exercise, part.exercise), part.side, part.done, part.of)
        for part in now.done])
    saved = _last_set(now)
    if saved is not None:
        after_set.draw_questions(state.history(), saved)


def draw_sets(now: Snapshot) -> None:
    """Draw the sets of the programme's session; each opens its review."""
    saved = _last_set(now)
    if saved is not None:
        st.header(_("The sets"), anchor=False)
        set_list.draw(state.history(), queries.sets_of(state.history(), saved.session.id))


def _last_set(now: Snapshot) -> SavedSet | None:
    if now.set_id is None:
        return None
    try:
        return sets.load(state.history(), now.set_id)
    except HistoryError:  # deleted meanwhile
        return None
