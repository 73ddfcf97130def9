"""Learn: each exercise with sample videos, set-up, camera, dose, rules with their reasons, and sources."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from exercises.exercise_model import Exercise
from exercises.library import load_library
from exercises.rule_model import Severity
from hingecheck.pages import camera_drawing, elements, state
from hingecheck.report import exercise_text, verdict_words
from hingecheck.samples import Sample, samples
from language.translate import _, mark

#: A summary of the articles in this program's own words.
_WHY = (
    mark("Short hamstrings hold the pelvis back. When you bend, your back has to move in its place (A, B, D)."),
    mark("That loads the discs unevenly, again with every bend of the day (B, E)."),
    mark("A back flattened by sitting and stooping keeps the hamstrings short, and the cycle repeats (A, B)."),
    mark("Stretching frees the pelvis. Hinging teaches the hips to do what the back did (B, D)."),
    mark("A mild pull in the middle of the muscle is enough. Bouncing, and pushing for depth, make a muscle resist "
         "(B)."),
    mark("What you do not practise fades. Short, frequent sessions do more than long, rare ones (A, E)."),
)
_ARTICLES = (
    "A: Can Tight Hamstrings Cause Lower Back Pain?",
    mark("B: the Back In Shape clinic's article on tight hamstrings and the spinal curve"),
    mark("C: How to Stretch Your Hamstrings Safely and Properly to Avoid Back Problems (2016)"),
    mark("D: Short Hamstrings and Lower Back Pain ... & The Doorway Hamstring Stretch"),
    mark("E: Long Island Spine Specialists, on hamstring stretches"),
)
_WHEN = (
    mark("Pain of 4 or more out of 10 during or after an exercise, or any pain in your back with a stretch."),
    mark("Numbness, tingling or weakness in a leg or foot that does not pass at once."),
    mark("Surgery on your back, hip or knee, a broken bone, or brittle bones: ask first what you may do."),
    mark("At once: numbness between the legs, or trouble holding urine or stool (NHS, Back pain)."),
)
#: docs/validate.md in short.
_CHECK = (
    mark("Set two phones with an inclinometer app to zero against the same wall. Mark the bump at the foot of the "
         "neck, and the middle between the two dimples over the buttocks."),
    mark("Film six hinges exactly from the side: two shallow, two deep, two a little rounded, if your back allows it. "
         "Stand tall for three seconds first, and hold each rep for four."),
    mark("A second person reads both phones and the thigh while you stand tall and early in each hold, then steps "
         "out of the frame."),
    mark("Subtract the reading while standing from each of the others. Neck less pelvis is the spine flexion, pelvis "
         "less thigh the hip flexion."),
    mark("Compare with the numbers of each rep in the review. Beside each stands how far off it may be: with 5° more "
         "for the hand, most of yours should lie inside."),
    mark("A constant difference of up to 10° is normal. Deeper reps must read deeper, rounded ones above the others: "
         "if not, check the camera, the clothes and the arms."),
)


def page() -> None:
    """Draw the page."""
    st.title(_("Learn"))
    known = {entry.exercise.id: entry.exercise for entry in load_library().entries()}
    requested = st.query_params.get("exercise", "hip_hinge")
    name = st.selectbox(_("Exercise"), list(known), format_func=lambda name: _(known[name].name),
                        index=list(known).index(requested if requested in known else "hip_hinge"))
    _draw_exercise(known[name])
    st.header(_("Why hamstrings and the back"), anchor=False)
    elements.piece("bullets", texts=list(map(_, _WHY)))
    with st.expander(_("The articles behind this")):
        elements.piece("bullets", texts=list(map(_, _ARTICLES)))
    st.header(_("Check the numbers on yourself"), anchor=False)
    elements.piece("bullets", texts=list(map(_, _CHECK)))
    st.header(_("When to see a professional"), anchor=False)
    elements.piece("bullets", texts=list(map(_, _WHEN)))


def _draw_exercise(exercise: Exercise) -> None:
    st.header(elements.plain(_(exercise.name)), anchor=False)
    elements.sentences([_(exercise.summary)])
    if exercise.before:
        st.info(elements.plain(_(exercise.before)))
    _draw_ways(exercise, bool(samples(exercise.id)))
    _draw_samples(samples(exercise.id))
    st.subheader(_("Set-up and camera"), anchor=False)
    camera_drawing.draw_with_steps(exercise)
    st.subheader(_("How much"), anchor=False)
    elements.piece("bullets", texts=exercise_text.dose_lines(exercise))
    st.subheader(_("What is checked"), anchor=False)
    for rule in exercise.rules:
        kind = _("decides the verdict") if rule.severity is Severity.FAULT else _("only mentioned")
        with st.expander(elements.plain(f"{verdict_words.rule_name(rule.id)} ({kind})")):
            elements.sentences([_(rule.advice).format(limit=exercise_text.number(rule.bound.limit, rule.unit or "deg")),
                                _(rule.why)])
            elements.piece("kicker", texts=[exercise_text.limit(rule),
                                            _("Source: {source}").format(source=rule.source)])
    if exercise.cautions:
        st.subheader(_("Take care"), anchor=False)
        elements.piece("bullets", texts=list(map(_, exercise.cautions)))
    with st.expander(_("Sources")):
        elements.piece("bullets", texts=list(map(_, exercise.sources)))


def _draw_ways(exercise: Exercise, has_sample: bool) -> None:
    """Draw the ways to do this exercise now."""
    with st.container(horizontal=True):
        if has_sample:
            state.button("samples", _("Try a sample of it"), exercise=exercise.id)
        state.button("analyse", _("Analyse a video of it"), exercise=exercise.id)
        state.button("live", _("Do it live"), exercise=exercise.id)


def _draw_samples(clips: Sequence[Sample]) -> None:
    """Draw a clip of the exercise done well beside one with a fault."""
    good = next((clip for clip in clips if clip.good), None)
    bad = next((clip for clip in clips if not clip.good and clip.stem != "hinge_mixed"), None)
    pairs = ((good, _("✓ Done well")), (bad, _("✕ To avoid")))
    labelled = [(clip, label) for clip, label in pairs if clip is not None]
    for column, (clip, label) in zip(st.columns(2), labelled, strict=False):
        with column:
            st.video(str(clip.path), loop=True, muted=True, autoplay=True)
            st.caption(f"{label}. {_(clip.words)}.")
