"""One rep -> a narrow bar that shows how its bend is shared between hips and back, in degrees."""

from __future__ import annotations

from markupsafe import Markup

from exercises.results import Rep
from hingecheck.report import display, wording
from hingecheck.report.charts.svg import picture, tag
from language.translate import _

_WIDTH, _HEIGHT, _TOP, _THICK = 330.0, 38.0, 18.0, 14.0
#: A part too narrow for its own words still gets a sliver that can be seen.
_SLIVER = 3.0


def bar(rep: Rep) -> Markup:
    """Return the bar: the hips' part from the left, the back's part hatched to its right; "" where there is no share.

    Parameters
    ----------
    rep : Rep
        With `hip_share`, and both angles at the bottom.
    """
    if rep.hip_share is None or rep.hip_flexion_deg is None or rep.spine_flexion_deg is None:
        return Markup("")
    hips = min(max(rep.hip_share * _WIDTH, _SLIVER), _WIDTH - _SLIVER)
    left = _("hips {angle}").format(angle=wording.amount(rep.hip_flexion_deg))
    right = _("back {angle}").format(angle=wording.amount(display.back_of(rep)[0]))
    about = _("{left}, {right}: the hips did {percent} of the bend").format(
        left=left, right=right, percent=percent(rep.hip_share))
    return picture(_WIDTH, _HEIGHT, _("Rep {index}: who bends").format(index=rep.index), about, [
        tag("text", left, class_="tick strong", x=0.0, y=_TOP - 6),
        tag("text", right, class_="tick end strong", x=_WIDTH, y=_TOP - 6),
        tag("rect", class_="part hips", x=0.0, y=_TOP, width=hips, height=_THICK),
        tag("rect", class_="part back", x=hips, y=_TOP, width=_WIDTH - hips, height=_THICK),
    ], "chart mini parts")


def percent(share: float) -> str:
    """Return a share as a person reads it.

    Examples
    --------
    >>> percent(0.724)
    '72 %'
    """
    return f"{100 * share:.0f} %"
