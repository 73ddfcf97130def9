"""A summary of some weeks -> one page as PDF, for whoever treats the person; made without a browser."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from io import BytesIO

from hingecheck.progress import change_words, week_chart
from hingecheck.progress.weeks_summary import Reached, WeeksSummary
from hingecheck.report.charts import chart_image
from hingecheck.report.pdf_page import BETWEEN, QUIET, TONES, Page
from language.numbers import day
from language.translate import _, mark

#: More would not fit on the page; what is left out is named.
_MOST_LINES, _MOST_CHARTS = 6, 4
#: What notes, pain and the closing take at most.
_REST_MM = 66.0
_GAP_MM, _CHART_MM = 4.0, 41.0
_HOW = mark("Typical is the median of a week's reps that count (a straight knee and the other leg down, or a back "
             "that did not round), ± half the width of its 90 % band. The scatter is how much two measurements of an "
             "unchanged person may differ: 7° for a leg raise, otherwise the root of the sum of both squared bands. "
             "Angles come from one camera and are no goniometry. This is exercise feedback, not medical advice or a "
             "diagnosis. Made on this computer; nothing was sent anywhere.")


@dataclass(frozen=True)
class Head:
    """Who the page is about and who made it; None or "" = not given."""

    born: date | None = None
    by: str = ""


def render(summary: WeeksSummary, head: Head) -> bytes:
    """Return the page."""
    page = Page()
    born = _("born {day}").format(day=day(head.born, "long")) if head.born else ""
    time = _("{first} to {last}").format(first=day(summary.first, "long"), last=day(summary.last, "long"))
    by = _("by {name}").format(name=head.by) if head.by else ""
    page.paragraph(BETWEEN.join(filter(None, (time, by))), 9, QUIET)
    page.paragraph(BETWEEN.join(filter(None, (summary.person, born))), 17, bold=True)
    page.heading(_("Prescribed and done"))
    if summary.done:
        page.grid((_("Exercise"), _("Prescribed"), _("Done")),
                  [(one.name, one.prescription or _("nothing"), one.done) for one in summary.done[:_MOST_LINES]],
                  (2.0, 2.6, 3.2), size=8)
    else:
        page.paragraph(_("No set was saved in this time, and nothing is prescribed."))
    _draw_reached(page, summary.reached)
    for note in summary.notes[:3]:
        page.paragraph(note, 9)
    page.heading(_("Pain"))
    for line in summary.pain:
        page.paragraph(line, 9)
    left_out = [*(one.name for one in summary.done[_MOST_LINES:]),
                *(one.name for one in summary.reached[_MOST_LINES:])]
    if left_out:
        page.paragraph(_("Not on this page: {names}.").format(names=", ".join(dict.fromkeys(left_out))), 8, QUIET)
    page.paragraph(_(_HOW), 7, QUIET)
    page.say_what_is_unshown()
    return bytes(page.output())


def _draw_reached(page: Page, reached: tuple[Reached, ...]) -> None:
    if not reached:
        return
    page.heading(_("How far, and what changed"))
    lines = reached[:_MOST_LINES]
    gained = [one.change is not None and one.change.real and one.change.difference > 0 for one in lines]
    heads = (_("Exercise"), _("Changed"), _("Measured"), _("First week"), _("Latest week"), _("Best"), _("Goal"))
    page.grid(heads, [
        (one.name, change_words.short_change(one.change), one.label, change_words.amount(one.first),
         change_words.amount(one.latest), change_words.amount(one.best),
         "" if one.goal is None else f"{one.goal:.0f}\u00b0") for one in lines],
        (2.1, 2.2, 1.2, 1.2, 1.3, 1.2, 0.7), size=8,
        tones=[TONES["good"] if is_more else None for is_more in gained])
    row_count = max(int((page.room_mm - _REST_MM) / _CHART_MM), 0)
    charts = [one for one in lines if len(one.weeks) > 1][:min(_MOST_CHARTS, 2 * row_count)]
    wide = (page.epw - _GAP_MM) / 2
    for number, one in enumerate(charts):
        top = page.get_y()
        x = page.l_margin + number % 2 * (wide + _GAP_MM)
        chart = BytesIO(chart_image.png(week_chart.draw(one)))
        page.image(chart, x=x, y=top, w=wide, alt_text=_("{name}: {label} by week").format(name=one.name,
                                                                                          label=one.label))
        page.set_y(top + _CHART_MM if number % 2 or number == len(charts) - 1 else top)
