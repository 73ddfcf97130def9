"""The programmes that pages offer, without those about to be deleted; the way to make one, and who may."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from exercises.programme import Programme
from exercises.programme_library import Programmes, load_programmes
from exercises.programme_plan import duration_s
from hingecheck.history.connection import History
from hingecheck.pages import deletion, elements, state, visitors
from language.translate import _, plural


def visible_programmes() -> Programmes:
    """Return all programmes but those that a window has asked to delete."""
    programmes = load_programmes()
    return replace(programmes, entries={name: entry for name, entry in programmes.entries.items()
                                        if entry.origin is None or not deletion.is_pending(entry.origin)})


def draw_way(history: History, name: str) -> None:
    """Draw the way to the page that makes programmes, which offers a copy of this one first; or say who may."""
    if visitors.is_keeper(history):
        state.button("programme", _("Make your own programme"), "tertiary", programme=name)
    else:
        st.caption(who_may())


def who_may() -> str:
    """Return why this window makes no programmes: their files are those of everybody on this server."""
    return _("Programmes of these pages are made and changed by the person who runs this server. Ask them for yours.")


def draw_facts(programme: Programme, programmes: Programmes) -> None:
    """Draw how long a programme takes, how often it is done, and its exercises."""
    find = programmes.exercises.exercise
    minutes = _("About {minutes:.0f} minutes").format(minutes=duration_s(programme, find) / 60)
    often = plural("{count} time a week", "{count} times a week", programme.per_week).format(count=programme.per_week)
    elements.piece("kicker", texts=[minutes, often, *dict.fromkeys(
        _(find(step.exercise).name) for step in programme.steps)])
