"""The parts of a video with several exercises: what came of each, how much of a programme they are, how to cut one."""

from __future__ import annotations

import streamlit as st

from exercises.programme import Programme
from exercises.results import SetReport
from hingecheck import reasons
from hingecheck.jobs import rejudged
from hingecheck.jobs.messages import AnalysisRequest, AnalysisResponse
from hingecheck.pages import elements, page_words, state
from hingecheck.progress import adherence
from hingecheck.report import set_sentences, verdict_words
from language.translate import _, plural
from pose.reason import ReasonKind


def title(response: AnalysisResponse) -> str:
    """Return what a video with parts is headed by."""
    count = len(response.parts)
    return plural("{count} part of this video", "{count} parts of this video", count).format(count=count)


def draw(response: AnalysisResponse, request: AnalysisRequest) -> None:
    """Draw what came of each part, with the way to its review."""
    elements.piece("kicker", texts=[request.name])
    elements.sentences(response.problems)
    for number, part in enumerate(response.parts):
        with st.container(border=True, key=f"part-{request.folder.name}-{number}"):
            _draw_part(part, number, request)
    if request.programme is not None:
        _draw_programme(request.programme, response, request)


def _draw_part(part: AnalysisResponse, number: int, request: AnalysisRequest) -> None:
    report = part.report
    exercise = request.known.get(report.exercise)
    named = _("Not judged") if exercise is None else _(exercise.name)
    st.subheader(elements.plain(named), anchor=False)
    elements.piece("kicker", texts=[_seconds(report)])
    if report.status != "judged":
        elements.sentences((*reasons.sentences(report, reasons.Place.PAGE)[:1], *part.problems))
        return
    elements.sentences((set_sentences.headline(report),))
    elements.pills([(f"{rep.index} ", verdict_words.look_of(rep), rep.borderline) for rep in report.reps])
    elements.sentences((*report.summary[:1], *part.problems))
    if part.set_id is not None and st.button(_("Open the review"), key=f"review-{part.set_id}"):
        state.go("review", set=str(part.set_id))


def _seconds(report: SetReport) -> str:
    start_s = report.starts_s or 0.0
    return _("{start} to {end} of the video").format(start=_clock(start_s),
                                                     end=_clock(start_s + (report.duration_s or 0.0)))


def _clock(time_s: float) -> str:
    minutes, seconds = divmod(round(time_s), 60)
    return f"{minutes}:{seconds:02d}"


def _draw_programme(programme: Programme, response: AnalysisResponse, request: AnalysisRequest) -> None:
    """Say how much of its programme a video holds."""
    done = adherence.reports_done(programme, [part.report for part in response.parts], request.known.__getitem__)
    st.subheader(elements.plain(_(programme.name)), anchor=False)
    elements.piece("bullets", texts=[page_words.part_done(request.known[one.exercise].name, one.side, one.done, one.of)
                                     for one in done])
    st.caption(_("A hold counts where it lasted as long as the programme asks. Reps count whatever their verdict."))


def draw_cut(report: SetReport, request: AnalysisRequest | None, key: str) -> AnalysisRequest | None:
    """Draw the way to the parts of a video that was judged as one exercise and seems to show several.

    Returns
    -------
    AnalysisRequest or None
        The request of its parts, once the button is pressed.
    """
    if ReasonKind.SEVERAL_EXERCISES.value not in report.reason_kinds:
        return None
    if request is None or not rejudged.is_measured(request):
        st.caption(_("What was measured in this video is no longer here. Open Analyse, choose the video again, and "
                     "choose there that it shows several exercises."))
        return None
    if report.status == "judged":
        st.caption(_("A set is saved for each part. This one stays until you delete it; reps of both count once."))
    return rejudged.in_parts(request) if st.button(_("Cut it into its parts"), key=f"cut-{key}") else None
