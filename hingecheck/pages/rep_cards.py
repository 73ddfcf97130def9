"""Draw each rep as a card, and the best rep beside the worst."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import streamlit as st

from exercises.results import Rep
from hingecheck.history import remarks
from hingecheck.history.connection import History
from hingecheck.history.records import Relabel, SavedSet
from hingecheck.pages import elements, state
from hingecheck.report import display, rep_card, verdict_words, wording
from hingecheck.report.comparison import compared
from language.translate import _

#: Verdicts to choose from, beside those of the exercise.
_GENERAL_VERDICTS = ("rounded", "squatted", "shallow", "fault", "unseen")


def draw_card(history: History, saved: SavedSet, rep: Rep, key_image: Path | None,
              seek: Callable[[Rep], None] | None) -> None:
    """Draw a rep: key image, numbers, rules, a button that plays it, and its relabel beside the original verdict."""
    with st.container(border=True, key=f"card-{rep.index}"):
        left, right = st.columns([2, 3])
        with left:
            if key_image is not None:
                elements.image(key_image.read_bytes(), _alternative(saved, rep))
            if seek is not None:
                st.button(_("Watch rep {index}").format(index=rep.index), key=f"watch-{rep.index}", on_click=seek,
                          args=(rep,))
        with right:
            elements.rep_card(rep_card.card_of(rep, saved.report, None, saved.exercise, {}))
            relabels = [relabel for relabel in saved.relabels if relabel.rep == rep.index]
            if relabels:
                _draw_relabel(history, relabels[-1])
            _draw_relabel_form(history, saved, rep)


def _alternative(saved: SavedSet, rep: Rep) -> str:
    """Return what the key image of a rep shows, for those who do not see it."""
    one, verdict = wording.one_of_many(saved.report).capitalize(), verdict_words.look_of(rep).word.lower()
    text = _("{one} {index}, bottom: {verdict}").format(one=one, index=rep.index, verdict=verdict)
    if rep.spine_flexion_deg is None:
        return text
    return _("{text}, spine {angle}").format(text=text, angle=wording.amount(display.back_of(rep)[0]))


def _draw_relabel(history: History, relabel: Relabel) -> None:
    who = _("Relabelled by {author}: ").format(author=relabel.author)
    elements.pills([(who, verdict_words.look(relabel.verdict), False)])
    note = [relabel.note] if relabel.note else []
    original = _("Original verdict: {verdict}").format(verdict=verdict_words.look(relabel.original).word)
    elements.piece("kicker", texts=[original, *note])
    if st.button(_("Take this verdict back"), key=f"unrelabel-{relabel.id}"):
        with state.report_errors():
            remarks.take_back(history, relabel.set_id, relabel.rep)
            st.rerun()


def _draw_relabel_form(history: History, saved: SavedSet, rep: Rep) -> None:
    rules = (rule.verdict for rule in saved.exercise.rules)
    options = [verdict for verdict in dict.fromkeys((saved.exercise.good, *rules, *_GENERAL_VERDICTS))
               if verdict != rep.verdict]
    with st.expander(_("Relabel this rep")), st.form(f"relabel-{saved.line.id}-{rep.index}", border=False):
        verdict = st.selectbox(_("Your verdict"), options, index=None, placeholder=_("Choose"),
                               format_func=lambda verdict: verdict_words.look(verdict).word)
        note = st.text_input(_("Why (optional)"), max_chars=1000)
        own_name = state.author()
        author = own_name or st.text_input(_("Your name"), value=_(remarks.SELF), max_chars=100)
        if st.form_submit_button(_("Save verdict")) and verdict is not None:
            with state.report_errors():
                remarks.relabel(history, saved.line.id, rep.index, verdict, note, author.strip() or remarks.SELF)
                st.rerun()


def draw_comparison(saved: SavedSet, pictures: dict[int, Path], video: Path | None, begin_s: float = 0.0) -> None:
    """Draw the best and the worst rep at the same phase: key images, or both parts of the video in a loop.

    `begin_s` is the time of the video's first frame.
    """
    pair = compared(saved.report.reps, saved.exercise)
    if pair.best is None or pair.worst is None:
        return
    st.header(pair.title or _("Best and worst"), anchor=False)
    side_by_side = video is not None and st.toggle(_("Play both videos"))
    for column, rep, title in zip(st.columns(2), (pair.best, pair.worst), (pair.best_title, pair.worst_title),
                                  strict=True):
        with column:
            if side_by_side:
                st.video(str(video), start_time=max(rep.start_s - begin_s, 0.0), end_time=rep.end_s - begin_s,
                         loop=True, autoplay=True, muted=True)
            elif rep.index in pictures:
                elements.image(pictures[rep.index].read_bytes(), _alternative(saved, rep))
            card = rep_card.card_of(rep, saved.report, None, saved.exercise, {})
            elements.piece("rep_line", card=card, title=title)
