"""SetReport, Track and key images -> report.html: one file that opens offline, on a phone, in the dark, on paper.

The words and numbers are prepared here; their places are in report.html, their style in report.css.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib import resources
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import jinja2
import numpy as np
from markupsafe import Markup
from numpy.typing import NDArray

from exercises.exercise_model import Exercise
from exercises.load import catalogue
from exercises.results import Rep, SetReport
from hingecheck import reasons
from hingecheck.report import display, palette, wording
from hingecheck.report.charts import agreement_chart, chart, hip_spine_chart, rep_chart, share_bar
from hingecheck.report.charts.angle_chart import angle_charts
from hingecheck.report.charts.chart import Chart, Size
from hingecheck.report.charts.render import svg
from hingecheck.report.comparison import compared
from hingecheck.report.data_files import write_text
from hingecheck.report.rep_card import card_of
from hingecheck.validation.agreement import AgreementPairs
from pose.drawing.key_image import to_jpeg
from pose.quantity import QUANTITIES
from pose.track import Track

Images = Mapping[int, NDArray[np.uint8]]

#: Shown where the exercise's own file is not at hand.
_SETUP = ("Put the camera level, at hip height, on a stand or shelf.",
          "Stand with one side to the camera, not at an angle.",
          "Keep the whole body in the frame, feet and head included, through the whole movement.",
          "Be the only person in the frame, in clothes that show the outline of your back.",
          "Stand tall for two seconds before the first repetition.")


@dataclass(frozen=True)
class CardFigures:
    """The image and the drawings of one rep's card; "" and None where there is none."""

    image: str
    chart: Markup
    bar: share_bar.ShareBar | None


@dataclass(frozen=True)
class CurveSection:
    """One curve of the whole clip, drawn for a desktop and for a phone."""

    label: str
    meaning: str
    charts: Markup


def _uri(image: NDArray[np.uint8] | None) -> str:
    return "" if image is None else "data:image/jpeg;base64," + base64.b64encode(to_jpeg(image)).decode("ascii")


def _figures(rep: Rep, track: Track | None, exercise: Exercise | None, images: Images) -> CardFigures:
    curves = rep_chart.rep_chart(track, rep, exercise) if track is not None else None
    has_both = {"hip_flexion_deg", display.BACK} <= set(display.quantities(exercise))
    return CardFigures(_uri(images.get(rep.index)), _svg(curves, rep_chart.SIZE, "chart mini"),
                       share_bar.bend_bar(rep) if has_both else None)


def _svg(drawn: Chart | None, size: Size, class_: str) -> Markup:
    return Markup("") if drawn is None else svg(drawn, size, class_).svg


def _in_both_sizes(drawn: Chart, wide: Size = chart.WIDE, narrow: Size = chart.NARROW) -> Markup:
    """A chart for wide and one for narrow columns; the style sheet displays one of them."""
    return Markup("").join((_svg(drawn, wide, "chart wide"), _svg(drawn, narrow, "chart narrow")))


def _curves(track: Track | None, report: SetReport, exercise: Exercise | None) -> list[CurveSection]:
    return [CurveSection(QUANTITIES[drawn.quantity].label.capitalize(), QUANTITIES[drawn.quantity].meaning,
                  _in_both_sizes(drawn)) for drawn in angle_charts(track, report, exercise)]


@cache
def _template() -> jinja2.Template:
    text = resources.files("hingecheck.report").joinpath("report.html").read_text(encoding="utf-8")
    environment = jinja2.Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True,
                                     undefined=jinja2.StrictUndefined)
    environment.globals["amount"] = wording.amount
    environment.globals["answers"] = wording.answers
    environment.globals["labels"] = QUANTITIES
    return environment.from_string(text.lstrip())


@cache
def _css() -> Markup:
    style = resources.files("hingecheck.report").joinpath("report.css").read_text(encoding="utf-8")
    return Markup(palette.css() + style)


def _version() -> str:
    try:
        return version("hingecheck")
    except PackageNotFoundError:
        return ""


def render(report: SetReport, track: Track | None = None, exercise: Exercise | None = None,
           key_images: Images | None = None, made_at: datetime | None = None,
           pairs: Sequence[AgreementPairs] = (), remarks: Sequence[str] = ()) -> str:
    """Return the page.

    Parameters
    ----------
    report : SetReport
        Any status; a refused or failed one gives a page that says why and what to change.
    track : Track, optional
        Without it there are no curves.
    exercise : Exercise, optional
        Gives names, limits, reasons and the set-up.
    key_images : mapping of int to RGB image, optional
        Drawn key image of each rep, by its index.
    made_at : datetime, optional
        The date in the head; default now.
    pairs : sequence of AgreementPairs, optional
        The values of the report's `agreement` with angles measured by hand.
    remarks : sequence of str, optional
        Remarks of people about the set: relabels, notes.
    """
    images = key_images or {}
    driver = display.driver_of(exercise)
    cards = [card_of(rep, report, exercise) for rep in report.reps]
    by_index = {card.rep.index: card for card in cards}
    pair = compared(report.reps, exercise)
    best, worst = (by_index[rep.index] if rep else None for rep in (pair.best, pair.worst))
    return _template().render(
        css=_css(), report=report, name=_name(report, exercise),
        made_at=made_at or datetime.now(), headline=wording.headline(report, wording.good_word(exercise)),
        curves=_curves(track, report, exercise),
        figures={rep.index: _figures(rep, track, exercise, images) for rep in report.reps},
        hip_spine=_svg(hip_spine_chart.hip_spine_chart(track, report, exercise), hip_spine_chart.SIZE, "chart split"),
        cards=cards, pair=pair, best=best, worst=worst,
        driver=QUANTITIES[driver].label, recognised=_recognised(report), choices=_choices(report),
        posture=_posture(report, exercise), judges_back=display.judges_back(exercise),
        notes=_notes(report, track), setup=exercise.setup if exercise and exercise.setup else _SETUP,
        cautions=exercise.cautions if exercise else (), before=exercise.before if exercise else "",
        plots={pair.agreement.quantity: _in_both_sizes(agreement_chart.AgreementChart(pair), *agreement_chart.SIZES)
               for pair in pairs}, remarks=remarks, version=_version())


def _name(report: SetReport, exercise: Exercise | None) -> str:
    if exercise is not None:
        return exercise.name
    return report.exercise.replace("_", " ").capitalize() or "Exercise not known"


def _recognised(report: SetReport) -> str:
    names = {name: one.name for name, one in catalogue().items()}
    return "" if report.recognised is None else wording.recognised(report.recognised, names, options=False)


def _choices(report: SetReport) -> list[Exercise]:
    """What a clip may show whose exercise could not be detected."""
    if report.exercise or report.recognised is None:
        return []
    known = catalogue()
    return [known[name] for name in report.recognised.candidates if name in known]


def _posture(report: SetReport, exercise: Exercise | None) -> share_bar.ShareBar | None:
    if report.posture is None:
        return None
    word = exercise.posture.word if exercise is not None and exercise.posture is not None else "in the fault"
    return share_bar.posture_bar(report.posture, word)


def _notes(report: SetReport, track: Track | None) -> list[str]:
    of_track = () if track is None else track.notes
    return list(dict.fromkeys((*reasons.told(report, reasons.Place.FILE),
                               *(reasons.sentence(note, reasons.Place.FILE) for note in of_track))))


def write(path: Path, report: SetReport, track: Track | None = None, exercise: Exercise | None = None,
          key_images: Images | None = None, made_at: datetime | None = None,
          pairs: Sequence[AgreementPairs] = ()) -> Path:
    """Write the page (see `render`) in one piece.

    Raises
    ------
    ReportError
        When the file cannot be written.
    """
    return write_text(path, render(report, track, exercise, key_images, made_at, pairs))
