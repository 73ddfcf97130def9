"""A judged set -> its report as PDF, made without a browser: headline, curves, one block per rep, remarks, closing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from importlib import resources
from io import BytesIO
from pathlib import Path

from fpdf import FPDF
from fpdf.enums import WrapMode, XPos, YPos
from fpdf.fonts import CoreFont, TTFFont

from exercises.exercise_model import Exercise
from exercises.results import Rep, SetReport
from hingecheck import reasons
from hingecheck.report import html_report, wording
from hingecheck.report.charts import pdf_charts
from pose.track import Track

_FONT = "DejaVu"
_INK, _QUIET = (27, 32, 38), (89, 99, 110)
_TONES = {"good": (0, 114, 178), "watch": (150, 100, 0), "fault": (184, 74, 0), "unseen": (98, 107, 116)}
_PICTURE_MM, _GAP_MM = 52.0, 6.0
#: With a mark that writing goes on from left to right: else a date after an Arabic name jumps before it.
_BETWEEN = " \N{LEFT-TO-RIGHT MARK}· "
_INSTEAD = "\N{REPLACEMENT CHARACTER}"
_CLOSING = ("This is exercise feedback, not medical advice or a diagnosis. Talk to a professional if you have pain or "
            "numbness, or after surgery. Made on this computer; nothing was sent anywhere.")


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
        What people said about the set since, one line each.
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
    page = _Page()
    report, exercise = content.report, content.exercise
    good = exercise.good_word or wording.look(exercise.good).word.lower()
    made_at = f"{content.made_at.astimezone():%d %B %Y, %H:%M}"
    page.paragraph(_BETWEEN.join((exercise.name, content.person, made_at, report.video)), 9, _QUIET)
    page.paragraph(wording.headline(report, good), 20, bold=True)
    if report.answers is not None:
        page.paragraph(wording.answers(report.answers), bold=True)
        for advice in report.answers.advice:
            page.paragraph(advice.say)
    for sentence in (*report.summary, *reasons.sentences(report, reasons.Place.FILE)):
        page.paragraph(sentence)
    for curve in pdf_charts.curves(content.track, report, exercise):
        page.image(BytesIO(curve), w=page.epw, alt_text="An angle over time, the reps as bars")
        page.ln(1.5)
    for rep in report.reps:
        _rep(page, content, rep)
    if content.remarks:
        page.paragraph("What was said about it", 14, bold=True)
        for text in content.remarks:
            page.paragraph(text)
    page.paragraph(_CLOSING, 8, _QUIET)
    if page.unshown:
        page.paragraph(f"{len(page.unshown)} different signs of names or notes are not among this document's letters "
                       f"and stand here as {_INSTEAD}. The HTML report shows them.", 8, _QUIET)
    return bytes(page.output())


def _signs(font: CoreFont | TTFFont) -> frozenset[int]:
    return frozenset(font.cmap) if isinstance(font, TTFFont) else frozenset()


class _Page(FPDF):
    """A4 with one font that knows most scripts (it comes with matplotlib, which MediaPipe brings)."""

    def __init__(self) -> None:
        super().__init__(format="A4")
        fonts = resources.files("matplotlib") / "mpl-data" / "fonts" / "ttf"
        for style, name in (("", "DejaVuSans.ttf"), ("B", "DejaVuSans-Bold.ttf")):
            with resources.as_file(fonts / name) as path:
                self.add_font(_FONT, style, path)
        # Joins and turns what is written from right to left; without it Arabic and Hebrew come out backwards.
        self.set_text_shaping(True, direction="ltr")
        self._letters = {style: _signs(self.fonts[_FONT.lower() + style]) for style in ("", "B")}
        #: Signs that the font does not have (Chinese, emoji and more).
        self.unshown: set[str] = set()
        self.set_margins(16, 16)
        self.set_auto_page_break(True, 16)
        self.add_page()

    def footer(self) -> None:
        """Number the page."""
        self.set_y(-12)
        self.set_font(_FONT, size=8)
        self.set_text_color(*_QUIET)
        self.cell(0, 6, str(self.page_no()), align="R")

    def paragraph(self, text: str, size: float = 10, colour: tuple[int, int, int] = _INK, bold: bool = False) -> None:
        """Write a paragraph from the left margin, or from where the margin was moved to."""
        style = "B" if bold else ""
        self.set_font(_FONT, style, size)
        self.set_text_color(*colour)
        wrap = WrapMode.CHAR if any(len(word) > 60 for word in text.split()) else WrapMode.WORD
        self.multi_cell(0, size * 0.52, self._shown(text, style), new_x=XPos.LMARGIN, new_y=YPos.NEXT, align="L",
                        wrapmode=wrap)
        self.ln(1.2)

    def _shown(self, text: str, style: str) -> str:
        """Put a sign of its own in the place of what would be an empty box, and remember it."""
        missing = {sign for sign in text if sign.isprintable() and ord(sign) not in self._letters[style]}
        self.unshown |= missing
        return "".join(_INSTEAD if sign in missing else sign for sign in text)


def _rep(page: _Page, content: PdfContent, rep: Rep) -> None:
    """A rep's picture with its verdict, numbers and rules to the right of it; never cut by the end of a page."""
    picture = content.key_images.get(rep.index)
    card = html_report.card_of(rep, content.report, None, content.exercise, {})
    if page.get_y() > page.h - 95:
        page.add_page()
    page.ln(3)
    top, left, bottom = page.get_y(), page.l_margin, page.get_y()
    first = page.page_no()
    if picture is not None:
        shown = page.image(str(picture), x=left, y=top, w=_PICTURE_MM, h=70, keep_aspect_ratio=True)
        bottom = top + shown.rendered_height
        page.set_left_margin(left + _PICTURE_MM + _GAP_MM)
    page.set_xy(page.l_margin, top)
    side = f", {rep.side}" if rep.side else ""
    sure = ", borderline" if rep.borderline else ""
    title = f"Rep {rep.index}{side}: {card.look.sign} {card.look.word}{sure}"
    page.paragraph(title, 13, _TONES[card.look.tone], bold=True)
    page.paragraph(card.sentence or "No sentence.")
    page.paragraph("   ".join(f"{number.label} {number.text}" for number in card.numbers), bold=True)
    page.paragraph(f"Tempo: {', '.join(card.tempo)}", 9, _QUIET)
    for line in card.lines:
        limit = f", limit: {line.limit}" if line.limit else ""
        told = f"{line.look.sign} {line.name}: {line.look.word.lower()}. {line.value}{limit}. {line.source}"
        page.paragraph(told, 8, _QUIET)
    page.set_left_margin(left)
    if page.page_no() == first:
        page.set_y(max(page.get_y(), bottom))
