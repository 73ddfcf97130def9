"""Ten angles by hand of a kind -> how well they agree with ours: the plots and numbers that the report shows."""

from __future__ import annotations

from collections import Counter

import streamlit as st

from exercises.measures import label_of
from hingecheck.history.connection import History
from hingecheck.history.records import HandAngle, SavedSet
from hingecheck.jobs import saving
from hingecheck.pages import elements
from hingecheck.pages.browser_part import browser_part
from hingecheck.report import set_sentences
from hingecheck.report.charts import chart_style
from hingecheck.validation.clicked_angles import ENOUGH
from language.translate import _
from language.words import large_start


def draw(history: History, saved: SavedSet, angles: tuple[HandAngle, ...]) -> None:
    """Draw the agreement of each quantity that has enough angles, and say how many the others have."""
    moments = Counter(quantity for quantity, _time_s in {(one.angle.quantity, one.angle.time_s) for one in angles})
    for quantity, count in sorted(moments.items()):
        if count < ENOUGH:
            st.caption(_("{quantity}: {count} of {enough} moments. From {enough} on, how well they agree stands "
                         "here and in the exported report.").format(
                quantity=large_start(label_of(quantity)), count=count, enough=ENOUGH))
    if not moments or max(moments.values()) < ENOUGH:
        return
    report, plots = saving.with_hand_angles(history, saved, saved.report)
    elements.sentences([why for why in report.reasons if why not in saved.report.reasons])
    figures = [{"title": _("{quantity}: agreement with hand").format(
        quantity=large_start(label_of(line.quantity))),
                "plot": str(plots[line.quantity]), "text": set_sentences.agreement(line)}
               for line in report.agreement if line.quantity in plots]
    if figures:
        component = browser_part("hand_agreement", '<div class="panel"></div>', chart_style.css(), "curve_panel")
        component(data={"figures": figures}, key=f"hand-agreement-{saved.line.id}")
