"""One rep as a card, and the best and the worst beside each other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import streamlit as st

from exercises.results import Rep
from hingecheck.history import remarks
from hingecheck.history.connection import History
from hingecheck.history.records import Relabel, SavedSet
from hingecheck.pages import elements, state
from hingecheck.report import html_report, wording
from hingecheck.report.comparison import compared

#: What a person may say about a rep, beside the exercise's own verdicts.
_VERDICTS = ("rounded", "squatted", "shallow", "fault", "unseen")


def card(history: History, saved: SavedSet, rep: Rep, picture: Path | None, go: Callable[[Rep], None] | None) -> None:
    """Draw a rep: picture, numbers, rules, a jump to its moment, and another verdict beside the original one."""
    with st.container(border=True, key=f"card-{rep.index}"):
        left, right = st.columns([2, 3])
        with left:
            if picture is not None:
                st.image(str(picture), width="stretch")
            if go is not None:
                st.button(f"Watch from {rep.start_s:.1f} s", key=f"watch-{rep.index}", on_click=go, args=(rep,))
        with right:
            elements.card(html_report.card_of(rep, saved.report, None, saved.exercise, {}))
            said = [one for one in saved.relabels if one.rep == rep.index]
            if said:
                _said(said)
            _relabel(history, saved, rep)


def _said(found: Sequence[Relabel]) -> None:
    newest = found[-1]
    elements.pills([(f"{newest.author} says: ", wording.look(newest.verdict), False)])
    note = [newest.note] if newest.note else []
    elements.piece("kicker", texts=[f"Judged: {wording.look(newest.original).word}", *note])


def _relabel(history: History, saved: SavedSet, rep: Rep) -> None:
    options = [one for one in dict.fromkeys((saved.exercise.good, *_rules(saved), *_VERDICTS)) if one != rep.verdict]
    with st.expander("I see it differently"), st.form(f"relabel-{saved.line.id}-{rep.index}", border=False):
        verdict = st.selectbox("What it was", options, format_func=lambda one: wording.look(one).word)
        note = st.text_input("Why (optional)", max_chars=1000)
        author = st.text_input("Who says so", value="me", max_chars=100)
        if st.form_submit_button("Save my verdict"):
            with state.shown_errors():
                remarks.relabel(history, saved.line.id, rep.index, verdict, note, author.strip() or remarks.SELF)
                st.rerun()


def _rules(saved: SavedSet) -> list[str]:
    return [rule.verdict for rule in saved.exercise.rules]


def compare(saved: SavedSet, pictures: dict[int, Path], film: Path | None) -> None:
    """Draw the best and the worst rep at the same moment, and on wish their videos in step."""
    pair = compared(saved.report.reps, saved.exercise)
    if pair.best is None or pair.worst is None:
        return
    st.header(pair.title or "Best and worst", anchor=False)
    in_step = film is not None and st.toggle("Play both in step")
    for column, rep, title in zip(st.columns(2), (pair.best, pair.worst), (pair.best_title, pair.worst_title),
                                  strict=True):
        with column:
            if in_step:
                st.video(str(film), start_time=rep.start_s, end_time=rep.end_s, loop=True, autoplay=True, muted=True)
            elif rep.index in pictures:
                st.image(str(pictures[rep.index]), width="stretch")
            elements.piece("key", card=html_report.card_of(rep, saved.report, None, saved.exercise, {}), title=title)
