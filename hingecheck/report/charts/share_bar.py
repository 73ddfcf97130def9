"""A rep's bend or the time of a posture -> a bar in two parts; the HTML report draws it without a chart library."""

from __future__ import annotations

from dataclasses import dataclass

from exercises.hold_model import PostureResult
from exercises.results import Rep
from hingecheck.report import wording


@dataclass(frozen=True)
class ShareBar:
    """A bar in two parts.

    Attributes
    ----------
    share : float
        Of its left part, 0 to 1.
    left, right : str
        The words above both ends.
    about : str
        What a screen reader reads.
    kind : str
        "bend" (hips | back) or "posture" (in the fault | the rest).
    """

    share: float
    left: str
    right: str
    about: str
    kind: str

    @property
    def width(self) -> str:
        """Width of the left part, for a style sheet."""
        return f"{100 * self.share:.1f}%"


def bend_bar(rep: Rep) -> ShareBar | None:
    """Return how the bend is shared between hips and back, in degrees; None where it is not known."""
    if rep.hip_share is None or rep.hip_flexion_deg is None or rep.spine_flexion_deg is None:
        return None
    left, right = f"hips {wording.amount(rep.hip_flexion_deg)}", f"back {wording.amount(rep.spine_flexion_deg)}"
    about = f"{left}, {right}: the hips did {wording.percent(rep.hip_share)} of the bend"
    return ShareBar(min(max(rep.hip_share, 0.0), 1.0), left, right, about, "bend")


def posture_bar(result: PostureResult, word: str) -> ShareBar | None:
    """Return the share of the time that was spent in a posture's fault; None where nothing was measured.

    Parameters
    ----------
    result : PostureResult
    word : str
        What the fault is called, as "slumped".
    """
    if result.watched_s <= 0:
        return None
    share = min(result.share, 1.0)
    left, right = f"{word} {wording.percent(share)}", f"{result.watched_s:.0f} s watched"
    return ShareBar(share, left, right, f"Share of the time {word}: {left}, {right}", "posture")
