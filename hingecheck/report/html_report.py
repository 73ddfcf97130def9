"""SetReport, Track and key images -> report.html: one file that opens offline, on a phone, in the dark, on paper.

The words and numbers are prepared here; their places are in report.html, their looks in report.css.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib import resources
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import jinja2
from markupsafe import Markup

from exercises.exercise_model import Exercise
from exercises.load import catalogue
from exercises.measures import label_of
from exercises.results import SetReport
from hingecheck import reasons
from hingecheck.report import display, rep_card, set_rules, set_sentences, wording
from hingecheck.report.charts import angle_chart, chart_style, hip_spine_chart, posture_bar
from hingecheck.report.comparison import compared
from hingecheck.report.data_files import write_text
from language.current import current
from language.numbers import day, localised, number
from language.translate import _, gettext, mark
from language.words import large_start
from pose.quantity import QUANTITIES
from pose.track import Track

#: The sentence where the exercise's own file is not at hand.
_SETUP = (mark("Put the camera level, at hip height, on a stand or shelf."),
          mark("Stand with one side to the camera, not at an angle."),
          mark("Keep the whole body in the picture, feet and head included, through the whole movement."),
          mark("Be the only person in the picture, in clothes that show the outline of your back."),
          mark("Stand tall for two seconds before the first repetition."))


@dataclass(frozen=True)
class Chart:
    """One curve of the whole clip, drawn for a desktop and for a phone."""

    label: str
    meaning: str
    wide: Markup
    narrow: Markup


def _curves(track: Track | None, report: SetReport, exercise: Exercise | None) -> list[Chart]:
    if track is None or not len(track):
        return []
    charts = []
    for name in display.curves(exercise):
        if angle_chart.measured(track, name):
            limits = angle_chart.limits_of(exercise, name)
            wide, narrow = (angle_chart.over_time(track, name, report.reps, limits, size, report.signal)
                            for size in (angle_chart.WIDE, angle_chart.NARROW))
            charts.append(Chart(large_start(label_of(name)), _(QUANTITIES[name].meaning), wide, narrow))
    return charts


@cache
def _template() -> jinja2.Template:
    text = resources.files("hingecheck.report").joinpath("report.html").read_text(encoding="utf-8")
    environment = jinja2.Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True,
                                     undefined=jinja2.StrictUndefined)
    environment.globals["amount"] = wording.amount
    environment.globals["back_of"] = display.back_of
    environment.globals["answers"] = set_sentences.answers
    environment.globals |= {"label_of": label_of, "_": gettext, "number": number, "localised": localised, "day": day}
    return environment.from_string(text.lstrip())


@cache
def _css() -> Markup:
    own = resources.files("hingecheck.report").joinpath("report.css").read_text(encoding="utf-8")
    return Markup(chart_style.css() + own)


def _version() -> str:
    try:
        return version("hingecheck")
    except PackageNotFoundError:
        return ""


def render(report: SetReport, track: Track | None = None, exercise: Exercise | None = None,
           key_images: Mapping[int, bytes] | None = None, made: datetime | None = None,
           plots: Mapping[str, Markup] | None = None, remarks: Sequence[str] = ()) -> str:
    """Return the page.

    Parameters
    ----------
    report : SetReport
        Any status; a refused or failed one gives a page that says why and what to change.
    track : Track, optional
        Without it there are no curves.
    exercise : Exercise, optional
        Gives names, limits, reasons and the set-up.
    key_images : mapping of int to bytes, optional
        Drawn key image (JPEG) of each rep, by its index.
    made : datetime, optional
        The date in the head; default now.
    plots : mapping of str to SVG, optional
        By quantity: how it agrees with angles measured by hand.
    remarks : sequence of str, optional
        Remarks of people about the set: other verdicts on a rep, notes.
    """
    images = key_images or {}
    driver = display.driver_of(exercise)
    cards = [rep_card.card_of(rep, report, track, exercise, images) for rep in report.reps]
    by_index = {card.rep.index: card for card in cards}
    pair = compared(report.reps, exercise)
    best, worst = (by_index[rep.index] if rep else None for rep in (pair.best, pair.worst))
    return _template().render(
        css=_css(), hatches=chart_style.hatches(), report=report, name=_name(report, exercise),
        made=made or datetime.now(), headline=set_sentences.headline(report, set_sentences.good_word(exercise)),
        curves=_curves(track, report, exercise),
        split=Markup("") if track is None else hip_spine_chart.of_set(track, report, exercise), cards=cards,
        pair=pair, best=best, worst=worst,
        driver=label_of(driver), recognised=_recognised(report), choices=_choices(report),
        posture=_posture(report, exercise), judges_back=display.judges_back(exercise),
        notes=_notes(report, track), rules=set_rules.rules_of(report, exercise),
        sources=set_rules.sources_of(exercise),
        setup=list(map(_, exercise.setup if exercise and exercise.setup else _SETUP)),
        cautions=list(map(_, exercise.cautions)) if exercise else (), before=_(exercise.before) if exercise else "",
        plots=plots or {}, remarks=remarks, version=_version(), language=current())


def _name(report: SetReport, exercise: Exercise | None) -> str:
    if exercise is not None:
        return _(exercise.name)
    return report.exercise.replace("_", " ").capitalize() or _("Exercise not detected")


def _recognised(report: SetReport) -> str:
    names = {name: one.name for name, one in catalogue().items()}
    return "" if report.recognised is None else set_sentences.recognised(report.recognised, names, options=False)


def _choices(report: SetReport) -> list[Exercise]:
    """What a clip may show whose exercise could not be detected."""
    if report.exercise or report.recognised is None:
        return []
    known = catalogue()
    return [known[name] for name in report.recognised.candidates if name in known]


def _posture(report: SetReport, exercise: Exercise | None) -> Markup:
    if report.posture is None:
        return Markup("")
    word = _(exercise.posture.word) if exercise is not None and exercise.posture is not None else _("in the fault")
    return posture_bar.bar(report.posture, word)


def _notes(report: SetReport, track: Track | None) -> list[str]:
    of_track = () if track is None else track.notes
    return list(dict.fromkeys((*reasons.sentences(report, reasons.Place.FILE),
                               *(reasons.sentence(note, reasons.Place.FILE) for note in of_track))))


def write(path: Path, report: SetReport, track: Track | None = None, exercise: Exercise | None = None,
          key_images: Mapping[int, bytes] | None = None, made: datetime | None = None,
          plots: Mapping[str, Markup] | None = None) -> Path:
    """Write the page (see `render`) in one piece.

    Raises
    ------
    ReportError
        When the file cannot be written.
    """
    return write_text(path, render(report, track, exercise, key_images, made, plots))
