"""A posture over a clip (PostureResult) -> a bar that shows which share of the time was spent in its fault."""

from __future__ import annotations

from markupsafe import Markup

from exercises.hold_model import PostureResult
from hingecheck.report.charts.split_bar import percent
from hingecheck.report.charts.svg import picture, tag
from language.translate import _

_WIDTH, _HEIGHT, _TOP, _THICK = 360.0, 44.0, 22.0, 16.0
#: A share too small for its own width still gets a sliver that can be seen.
_SLIVER = 3.0


def bar(result: PostureResult, word: str) -> Markup:
    """Return the bar: the time in the fault from the left, hatched, the rest after it; "" where nothing was watched.

    Parameters
    ----------
    result : PostureResult
    word : str
        What the fault is called, as "slumped".
    """
    if result.watched_s <= 0:
        return Markup("")
    wide = min(result.share, 1.0) * _WIDTH
    wide = max(wide, _SLIVER) if result.fault_s else 0.0
    left = f"{word} {percent(min(result.share, 1.0))}"
    right = _("{seconds:.0f} s watched").format(seconds=result.watched_s)
    parts = [
        tag("text", left, class_="tick strong", x=0.0, y=_TOP - 7),
        tag("text", right, class_="tick end", x=_WIDTH, y=_TOP - 7),
        tag("rect", class_="part rest", x=wide, y=_TOP, width=_WIDTH - wide, height=_THICK),
    ]
    if wide:
        parts.append(tag("rect", class_="shade fault", x=0.0, y=_TOP, width=wide, height=_THICK))
    return picture(_WIDTH, _HEIGHT, _("Share of the time {word}").format(word=word), f"{left}, {right}", parts,
                   "chart mini parts")
