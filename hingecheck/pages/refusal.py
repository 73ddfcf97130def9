"""Draw why a clip could not be judged, what to change, and where to place the camera."""

from __future__ import annotations

import streamlit as st

from exercises.exercise_model import Exercise
from exercises.results import SetReport
from hingecheck import reasons
from hingecheck.jobs.messages import AnalysisResponse
from hingecheck.pages import camera_drawing, elements, state
from language.translate import _
from pose.reason import ReasonKind


def heading(report: SetReport) -> str:
    """Return what a clip without verdicts is headed by."""
    return _("This file could not be read") if report.status == "error" else _("This clip could not be judged")


def draw(response: AnalysisResponse, exercise: Exercise | None) -> None:
    """Draw the reasons of an unjudged clip, then the set-up of its exercise, where that is known."""
    report = response.report
    elements.piece("kicker", texts=[report.video])
    elements.sentences((*reasons.sentences(report, reasons.Place.PAGE), *response.problems))
    if report.status == "error":
        st.write(_(reasons.WORDS[ReasonKind.UNREADABLE].remedy))
        return
    if exercise is not None:
        st.subheader(elements.plain(_("Where to put the camera: {name}").format(name=_(exercise.name))), anchor=False)
        camera_drawing.draw_with_steps(exercise)
    state.link("setup", _("Check the set-up with one picture"))
