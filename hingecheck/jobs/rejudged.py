"""A request whose video was measured already, and the exercise that was chosen -> its saved set, within a second.

Nothing is measured again, and no process is started: the measurements lie in the request's folder.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from uuid import UUID

from exercises.exercise_model import Exercise
from exercises.results import SetReport
from hingecheck import reasons
from hingecheck.analysis import pipeline, rejudge
from hingecheck.history.connection import History
from hingecheck.history.records import HistoryError
from hingecheck.jobs import saving
from hingecheck.jobs.messages import AnalysisRequest, AnalysisResponse
from hingecheck.jobs.video_job import VideoResult
from hingecheck.overlay.key_images import key_images
from language.translate import _
from pose.reason import ReasonKind

#: Answered with another analysis, or with one by parts.
_ASKED = (ReasonKind.SLOW_MOTION, ReasonKind.SLOW_MOTION_ASKED, ReasonKind.SEVERAL_EXERCISES)


def is_measured(request: AnalysisRequest) -> bool:
    """Return whether the video and its measurements are still in the request's folder."""
    return request.video.is_file() and (request.folder / rejudge.NAME).is_file()


def judge(history: History, request: AnalysisRequest, exercise: Exercise) -> AnalysisResponse:
    """Judge what was measured by an exercise and save the set; what is wrong ends up in the response.

    Parameters
    ----------
    history : History
    request : AnalysisRequest
        Its folder has the measurements; its video is read for the key images.
    exercise : Exercise

    Returns
    -------
    AnalysisResponse
        Without an annotated video: drawing one takes as long as measuring.
    """
    analysis = rejudge.analysis(request.video, request.folder, options_of(request, exercise))
    result = VideoResult(analysis, key_images=key_images(analysis, analysis.key_frames))
    report = named(result.report, request)
    if report.status != "judged":
        return AnalysisResponse(report=report)
    try:
        return AnalysisResponse(report=report, set_id=save(history, result, request))
    except HistoryError as error:
        return AnalysisResponse(report=report, problems=(_("Not saved: {error}").format(error=error),))


def options_of(request: AnalysisRequest, exercise: Exercise | None) -> pipeline.Options:
    """Return how the video of a request is analysed as an exercise."""
    return pipeline.Options(exercise, start_s=request.start_s, end_s=request.end_s, turn_deg=request.turn_deg,
                            speed=request.speed, known=request.known)


def to_draw(request: AnalysisRequest, exercise: Exercise, response: AnalysisResponse) -> AnalysisRequest:
    """Return the request that draws the video of a set which is judged and saved."""
    return request.model_copy(update={"exercise": exercise, "parts": False, "programme": None, "from_last": True,
                                      "set_ids": (response.set_id,)})


def in_parts(request: AnalysisRequest) -> AnalysisRequest:
    """Return the request that cuts a video which was measured already into its parts; a new set is saved for each."""
    return request.model_copy(update={"exercise": None, "parts": True, "from_last": True, "set_ids": ()})


def resumed(request: AnalysisRequest, judged: AnalysisResponse | None) -> AnalysisRequest:
    """Return the request that goes on where a video was stopped: what is saved by then is not saved again."""
    if judged is None or not is_measured(request):
        return request
    return request.model_copy(update={"from_last": True, "set_ids": tuple(one.set_id for one in judged.sets)})


def is_asked_about(report: SetReport) -> bool:
    """Return whether a report asks what only its video can answer, which is then kept until the window is closed."""
    return any(reason.kind in _ASKED for reason in reasons.of_report(report))


def turned(request: AnalysisRequest, turn_deg: int) -> AnalysisRequest:
    """Return the request that measures the same video with its frames turned clockwise; 0: they are upright."""
    return request.model_copy(update={"turn_deg": turn_deg, "from_last": False})


def save(history: History, result: VideoResult, request: AnalysisRequest) -> UUID:
    """Save a judged set under the person's name of its video; HistoryError where that fails."""
    exercise = result.analysis.exercise
    assert exercise is not None
    analysis = replace(result.analysis, report=named(result.report, request))
    return saving.save_set(history, replace(result, analysis=analysis), exercise, request.person)


def named(report: SetReport, request: AnalysisRequest) -> SetReport:
    """Return the report with the person's name of the video in place of the copy's."""
    sentences = tuple(_without_path(reason, request.video, request.name) for reason in report.reasons)
    return report.model_copy(update={"video": request.name, "reasons": sentences})


def _without_path(text: str, video: Path, name: str) -> str:
    return text.replace(str(video), name)
