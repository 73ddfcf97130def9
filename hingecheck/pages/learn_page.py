"""Learn: each exercise with its moving picture, set-up, camera, what good and bad look like, why, and its sources."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from exercises.exercise_model import Exercise
from exercises.library import library
from exercises.rule_model import Severity
from hingecheck.pages import elements, refusal
from hingecheck.report import exercise_text, wording
from hingecheck.samples import Sample, samples

#: What the articles say together, in this program's own words.
_WHY = (
    "Short hamstrings hold on to the pelvis. When you bend, the lower back has to move in its place (A, B, D).",
    "That loads the discs unevenly, and again with every bend of a day (B, E).",
    "A back that is flattened by sitting and stooping keeps the hamstrings short, and the circle closes (A, B).",
    "Stretching lets the pelvis go; hinging teaches the hips to do what the back did (B, D).",
    "A mild pull in the middle of the muscle is enough. Bouncing, and pushing for depth, make a muscle resist (B).",
    "What is not practised fades: short and often goes further than long and seldom (A, E).",
)
_ARTICLES = (
    "A: Can Tight Hamstrings Cause Lower Back Pain?",
    "B: the Back In Shape clinic's article on tight hamstrings and the spinal curve",
    "C: How to Stretch Your Hamstrings Safely and Properly to Avoid Back Problems (2016)",
    "D: Short Hamstrings and Lower Back Pain ... & The Doorway Hamstring Stretch",
    "E: Long Island Spine Specialists, on hamstring stretches",
)
_WHEN = (
    "Pain of 4 or more out of 10 during or after an exercise, or any pain in the lower back with a stretch.",
    "Numbness, tingling or weakness in a leg or foot that does not pass at once.",
    "Surgery on back, hip or knee, a broken bone, or brittle bones: ask first what you may do.",
    "At once: numbness between the legs, or trouble holding urine or stool (NHS, Back pain).",
)


def page() -> None:
    """Draw the page."""
    st.title("Learn")
    known = {one.exercise.id: one.exercise for one in library().entries()}
    asked = st.query_params.get("exercise", "hip_hinge")
    name = st.selectbox("Exercise", list(known), format_func=lambda one: known[one].name,
                        index=list(known).index(asked if asked in known else "hip_hinge"))
    _exercise(known[name])
    st.header("Why hamstrings and the back", anchor=False)
    elements.piece("bullets", texts=_WHY)
    with st.expander("The articles behind this"):
        elements.piece("bullets", texts=_ARTICLES)
    st.header("When to see a professional", anchor=False)
    elements.piece("bullets", texts=_WHEN)


def _exercise(exercise: Exercise) -> None:
    st.header(elements.plain(exercise.name), anchor=False)
    elements.sentences([exercise.summary])
    if exercise.before:
        st.info(elements.plain(exercise.before))
    _moving(samples(exercise.id))
    st.subheader("Set-up and camera", anchor=False)
    refusal.camera(exercise)
    st.subheader("How much", anchor=False)
    elements.piece("bullets", texts=exercise_text.dose_lines(exercise))
    st.subheader("What is watched", anchor=False)
    for rule in exercise.rules:
        kind = "counts" if rule.severity is Severity.FAULT else "is only mentioned"
        with st.expander(elements.plain(f"{wording.rule_name(rule.id)} ({kind})")):
            elements.sentences([rule.advice.format(limit=exercise_text.number(rule.bound.limit, rule.unit or "deg")),
                             rule.why])
            elements.piece("kicker", texts=[exercise_text.limit(rule), f"Source: {rule.source}"])
    if exercise.cautions:
        st.subheader("Take care", anchor=False)
        elements.piece("bullets", texts=exercise.cautions)
    with st.expander("Sources"):
        elements.piece("bullets", texts=exercise.sources)


def _moving(found: Sequence[Sample]) -> None:
    """The clips, done well and done otherwise beside each other."""
    good = next((one for one in found if one.good), None)
    bad = next((one for one in found if not one.good and one.stem != "hinge_mixed"), None)
    pairs = ((good, "\u2713 Done well"), (bad, "\u2715 To avoid"))
    there = [(one, words) for one, words in pairs if one is not None]
    for column, (one, words) in zip(st.columns(2), there, strict=False):
        with column:
            st.video(str(one.path), loop=True, muted=True, autoplay=True)
            st.caption(f"{words}. {one.words}.")
