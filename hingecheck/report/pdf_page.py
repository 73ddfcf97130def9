"""Paragraphs, tables and pictures -> the pages of a PDF, in one font that knows most scripts."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import resources
from io import BytesIO

from fpdf import FPDF
from fpdf.enums import TableBordersLayout, WrapMode, XPos, YPos
from fpdf.fonts import CoreFont, FontFace, TTFFont

from language.translate import _

Colour = tuple[int, int, int]

_FONT = "DejaVu"
INK, QUIET = (27, 32, 38), (89, 99, 110)
TONES: dict[str, Colour] = {"good": (0, 98, 154), "watch": (133, 90, 0), "fault": (168, 67, 0),
                            "unseen": (86, 95, 104)}
#: With a mark that writing goes on from left to right: else a date after an Arabic name jumps before it.
BETWEEN = " \N{LEFT-TO-RIGHT MARK}\N{MIDDLE DOT} "
_INSTEAD = "\N{REPLACEMENT CHARACTER}"
#: A line is so many times as high as its letters, in mm for each point.
_LINE_MM = 0.52
_CELL_MM = 0.45


def _signs(font: CoreFont | TTFFont) -> frozenset[int]:
    return frozenset(font.cmap) if isinstance(font, TTFFont) else frozenset()


class Page(FPDF):
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
        #: Characters that the font does not have (Chinese, emoji and more).
        self.unshown: set[str] = set()
        self.set_margins(16, 16)
        self.set_auto_page_break(True, 16)
        self.add_page()

    def footer(self) -> None:
        """Number the page."""
        self.set_y(-12)
        self.set_font(_FONT, size=8)
        self.set_text_color(*QUIET)
        self.cell(0, 6, str(self.page_no()), align="R")

    @property
    def room_mm(self) -> float:
        """What is left of this page."""
        return self.page_break_trigger - self.get_y()

    def paragraph(self, text: str, size: float = 10, colour: Colour = INK, bold: bool = False) -> None:
        """Write a paragraph from the left margin, or from where the margin was moved to."""
        style = "B" if bold else ""
        self.set_font(_FONT, style, size)
        self.set_text_color(*colour)
        wrap = WrapMode.CHAR if any(len(word) > 60 for word in text.split()) else WrapMode.WORD
        self.multi_cell(0, size * _LINE_MM, self._printable(text, style), new_x=XPos.LMARGIN, new_y=YPos.NEXT,
                        align="L", wrapmode=wrap)
        self.ln(1.2)

    def heading(self, text: str) -> None:
        """Write a heading; one at the foot of a page goes to the next."""
        if self.room_mm < 25:
            self.add_page()
        self.ln(2)
        self.paragraph(text, 13, bold=True)

    def grid(self, head: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[float], size: float = 8.5,
             tones: Sequence[Colour | None] = ()) -> None:
        """Write a table.

        Parameters
        ----------
        head : sequence of str
            Repeated on every page that it takes.
        rows : sequence of sequence of str
        widths : sequence of float
            Of the columns, as shares.
        size : float
            Of the letters, points.
        tones : sequence of colour or None, optional
            Of the second column of each row.
        """
        self.set_font(_FONT, "", size)
        self.set_text_color(*INK)
        self.set_draw_color(217, 213, 203)
        with self.table(col_widths=tuple(widths), line_height=size * _CELL_MM, padding=(0.7, 2, 0.7, 0), align="L",
                        text_align="LEFT", v_align="TOP", borders_layout=TableBordersLayout.HORIZONTAL_LINES,
                        headings_style=FontFace(emphasis="", color=QUIET)) as table:
            table.row([self._printable(text, "") for text in head])
            for number, cells in enumerate(rows):
                row = table.row()
                for column, text in enumerate(cells):
                    tone = tones[number] if column == 1 and number < len(tones) else None
                    row.cell(self._printable(text, ""), style=None if tone is None else FontFace(color=tone))
        self.ln(2)

    def picture(self, png: bytes, width_mm: float | None = None, alt_text: str = "") -> None:
        """Draw a picture below what was written, as wide as the page unless a width is given."""
        self.image(BytesIO(png), w=width_mm or self.epw, alt_text=alt_text)
        self.ln(1.5)

    def say_what_is_unshown(self) -> None:
        """Say how many characters the font does not have, where it lacks any."""
        if self.unshown:
            self.paragraph(_("Characters of names or notes that this document's font lacks: {count}. They stand here "
                             "as {sign}; the HTML report shows them.").format(
                count=len(self.unshown), sign=_INSTEAD), 8, QUIET)

    def _printable(self, text: str, style: str) -> str:
        """Put a sign of its own in the place of what would be an empty box, and remember it."""
        missing = {sign for sign in text if sign.isprintable() and ord(sign) not in self._letters[style]}
        self.unshown |= missing
        return "".join(_INSTEAD if sign in missing else sign for sign in text)
