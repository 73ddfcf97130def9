"""A judged set -> its report as PDF, made without a browser: a summary of one page, curves, reps, rules, remarks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from exercises.exercise_model import Exercise
from exercises.results import Rep, SetReport
from hingecheck import reasons
from hingecheck.report import display, pdf_page, rep_card, set_rules, set_sentences, verdict_words, wording
from hingecheck.report.charts import angle_chart, chart_image
from hingecheck.report.comparison import compared
from hingecheck.report.pdf_page import BETWEEN, QUIET, TONES, Page
from language.numbers import day
from language.translate import _, mark
from pose.track import Track

_IMAGE_MM, _GAP_MM = 44.0, 6.0
#: Of the summary: its pictures' height, the least for a curve, a row of its table at two lines, the closing.
_PAIR_MM, _CURVE_MM, _ROW_MM, _FOOT_MM = 56.0, 48.0, 9.0, 12.0
_CLOSING = mark("This is exercise feedback, not medical advice or a diagnosis. Talk to a professional if you have "
                 "pain or numbness, or after surgery. Made on this computer; nothing was sent anywhere.")


@dataclass(frozen=True)
class PdfContent:
    """What a set's document shows.

    Attributes
    ----------
    report : SetReport
        With the after-set answers.
    exercise : Exercise
    person : str
        Whose set it is.
    made_at : datetime
        With its time zone.
    track : Track or None
        For the curves.
    key_images : mapping of int to Path
        Rep index -> image of its bottom.
    remarks : sequence of str
        Remarks of people about the set, one line each.
    """

    report: SetReport
    exercise: Exercise
    person: str
    made_at: datetime
    track: Track | None = None
    key_images: Mapping[int, Path] = field(default_factory=dict)
    remarks: Sequence[str] = ()


def render(content: PdfContent) -> bytes:
    """Return the document."""
    page = Page()
    report = content.report
    curves = curve_images(content.track, report, content.exercise)
    _summary(page, content, curves)
    if curves or report.reps:
        page.add_page()
    for curve in curves:
        page.picture(curve, alt_text=_("An angle over time, the reps as bars"))
    for rep in report.reps:
        _rep(page, content, rep)
    _rules(page, content)
    if content.remarks:
        page.heading(_("Remarks"))
        for text in content.remarks:
            page.paragraph(text)
    page.say_what_is_unshown()
    return bytes(page.output())


def curve_images(track: Track | None, report: SetReport, exercise: Exercise) -> list[bytes]:
    """Return the curve of each quantity that the exercise shows and the clip measured (PNG); none without a track."""
    return [] if track is None else [
        chart_image.png(angle_chart.over_time(track, name, report.reps, angle_chart.limits_of(exercise, name),
                                              angle_chart.WIDE, report.signal))
        for name in display.curves(exercise) if angle_chart.measured(track, name)]


def _summary(page: Page, content: PdfContent, curves: Sequence[bytes]) -> None:
    """One page: the result in words, one line per rep, two reps side by side, and the curve of what is judged."""
    report, exercise = content.report, content.exercise
    made = content.made_at.astimezone()
    made_at = f"{day(made.date(), 'long')}, {made:%H:%M}"
    page.paragraph(BETWEEN.join((_(exercise.name), content.person, made_at, report.video)), 9, QUIET)
    page.paragraph(set_sentences.headline(report, set_sentences.good_word(exercise)), 20, bold=True)
    if report.answers is not None:
        page.paragraph(set_sentences.answers(report.answers), bold=True)
        for advice in report.answers.advice:
            page.paragraph(_(advice.say))
    for sentence in (*report.summary, *reasons.sentences(report, reasons.Place.FILE)):
        page.paragraph(sentence)
    _table(page, content)
    _pictures(page, content)
    if curves and page.room_mm > _CURVE_MM + _FOOT_MM:
        page.picture(curves[-1], alt_text=_("The angle that is judged over time, the reps as bars"))
    page.paragraph(_(_CLOSING), 8, QUIET)


def _table(page: Page, content: PdfContent) -> None:
    """One line per rep: verdict, numbers, and what to mind; as many as leave the summary one page."""
    report, exercise = content.report, content.exercise
    numbers = display.numbers(report, exercise)
    most = max(int((page.room_mm - _FOOT_MM - 16) / _ROW_MM), 0)
    if not report.reps or not most:
        return
    rows, tones = [], []
    for rep in report.reps[:most]:
        card = rep_card.card_of(rep, report, None, exercise, {})
        side = f", {_(rep.side)}" if rep.side else ""
        sure = _(", borderline") if rep.borderline else ""
        rows.append([f"{rep.index}{side}", f"{card.look.sign} {card.look.word}{sure}",
                     *(number.text(rep, report.signal) for number in numbers),
                     ", ".join(line.name for line in card.open_lines) or _("nothing")])
        tones.append(TONES[card.look.tone])
    head = [wording.one_of_many(report).capitalize(), _("Verdict"), *(number.label for number in numbers), _("To mind")]
    page.grid(head, rows, [0.8, 1.8, *[1.2] * len(numbers), 2.0], tones=tones)
    if len(report.reps) > most:
        page.paragraph(_("{count} more on the following pages.").format(count=len(report.reps) - most), 8, QUIET)


def _pictures(page: Page, content: PdfContent) -> None:
    """The best rep beside the one with the most to correct, else the first one, where there are pictures and room."""
    reps = content.report.reps
    pair = compared(reps, content.exercise)
    pairs = [(title, rep) for title, rep in ((pair.best_title, pair.best), (pair.worst_title, pair.worst))
             if rep is not None and rep.index in content.key_images]
    pairs = pairs or [(_("At the bottom"), rep) for rep in reps if rep.index in content.key_images][:1]
    if not pairs or page.room_mm < _PAIR_MM + 12 + _FOOT_MM:
        return
    top, left = page.get_y() + 2, page.l_margin
    for number, (title, rep) in enumerate(pairs):
        x = left + number * page.epw / 2
        page.image(str(content.key_images[rep.index]), x=x, y=top, w=page.epw / 2 - _GAP_MM, h=_PAIR_MM,
                   keep_aspect_ratio=True, alt_text=_("{title}: rep {number} at its bottom").format(
                       title=title, number=rep.index))
        page.set_xy(x, top + _PAIR_MM + 1)
        page.set_left_margin(x)
        word = verdict_words.look_of(rep).word.lower()
        page.paragraph(f"{title}: {wording.one_of_many(content.report)} {rep.index}, {word}", 9, bold=True)
        page.set_left_margin(left)
    page.ln(1)


def _rep(page: Page, content: PdfContent, rep: Rep) -> None:
    """A rep's picture with its verdict, numbers and what was not met to the right of it; never cut by a page's end."""
    key_image = content.key_images.get(rep.index)
    card = rep_card.card_of(rep, content.report, None, content.exercise, {})
    if page.room_mm < 62:
        page.add_page()
    page.ln(3)
    top, left, bottom = page.get_y(), page.l_margin, page.get_y()
    first = page.page_no()
    if key_image is not None:
        image = page.image(str(key_image), x=left, y=top, w=_IMAGE_MM, h=56, keep_aspect_ratio=True)
        bottom = top + image.rendered_height
        page.set_left_margin(left + _IMAGE_MM + _GAP_MM)
    page.set_xy(page.l_margin, top)
    side = f", {_(rep.side)}" if rep.side else ""
    sure = _(", borderline") if rep.borderline else ""
    page.paragraph(f"{card.title}{side}: {card.look.sign} {card.look.word}{sure}", 12, TONES[card.look.tone], bold=True)
    page.paragraph(card.sentence or _("No sentence."))
    page.paragraph("   ".join(f"{number.label} {number.text}" for number in card.numbers), bold=True)
    page.paragraph(_("Tempo: {phases}").format(phases=", ".join(card.tempo)), 9, QUIET)
    for line in card.open_lines:
        limit = _("limit {limit}").format(limit=line.limit) if line.limit else ""
        values = ", ".join(filter(None, (line.value, limit)))
        page.paragraph(f"{line.look.sign} {line.name}: {line.look.word.lower()}{f'. {values}' if values else ''}", 9)
    if card.met_lines:
        page.paragraph((_("The other {count} rules met.") if card.open_lines else _("All {count} rules met.")).format(
            count=len(card.met_lines)), 9, QUIET)
    page.set_left_margin(left)
    if page.page_no() == first:
        page.set_y(max(page.get_y(), bottom))


def _rules(page: Page, content: PdfContent) -> None:
    rules = set_rules.rules_of(content.report, content.exercise)
    if not rules:
        return
    page.heading(_("The rules of this set"))
    page.grid((_("Rule"), _("Limit"), _("Met"), _("Why, and from where")),
              [(rule.name, rule.limit, rule.met, f"{rule.why} {rule.source}") for rule in rules],
              (1.7, 1.5, 1.0, 6.0), size=8)
    sources = set_rules.sources_of(content.exercise)
    if sources:
        page.paragraph(_("Sources"), 10, bold=True)
        for source in sources:
            page.paragraph(source, 8, pdf_page.QUIET)
