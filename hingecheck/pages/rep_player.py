"""The buttons under a set's video: a rep shows its bottom and then plays slowly in a loop; keys do the same."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import numpy as np

from exercises.results import Rep, SetReport
from hingecheck.pages.browser_part import browser_part
from hingecheck.report import verdict_words
from language.numbers import localised
from language.translate import _, all_of, mark
from pose.track import Track

#: A rep is played from so long before its bottom until so long after, but no longer than it lasts.
_BEFORE_S, _AFTER_S = 2.0, 1.0
#: Length of a frame where nothing says it.
_FRAME_S = 1 / 30
_WORDS = {"reps": mark("Reps"), "play": mark("Play"), "pause": mark("Pause"),
          "back": mark("One frame back"), "on": mark("One frame on"),
          "speed": mark("Speed {rate}"), "keys": mark("Keys"),
          "loop": mark("Rep {rep} plays slowly, in a loop. Press it again to stop."),
          "still": mark("The bottom of rep {rep}.")}
_KEYS = [(mark("Space"), mark("play, pause")), ("\u2190 \u2192", mark("a frame back, a frame on")),
         (", .", mark("slower, faster")),
         (mark("1 to 9"), mark("that rep, in a loop")), ("?", mark("these keys"))]


def bottom_s(rep: Rep) -> float:
    """Return the moment that the verdict is about: half-way between reaching the bottom and leaving it."""
    return (rep.bottom_s + rep.leave_s) / 2


def data(set_id: UUID, report: SetReport, track: Track | None, begin_s: float) -> dict[str, Any]:
    """Return what the buttons need: each rep's label, tone and times in the video, and the length of a frame."""
    frame_s = float(np.median(np.diff(track.time_s))) if track is not None and len(track) > 1 else _FRAME_S
    return {"id": str(set_id), "frame_s": frame_s, "words": {**all_of(_WORDS), "decimal": localised(".")},
            "keys": [(_(key), _(words)) for key, words in _KEYS], "reps": [_rep(rep, begin_s) for rep in report.reps]}


def _rep(rep: Rep, begin_s: float) -> dict[str, Any]:
    look = verdict_words.look_of(rep)
    times = {"from_s": max(rep.start_s, rep.bottom_s - _BEFORE_S), "bottom_s": bottom_s(rep),
             "to_s": min(rep.end_s, rep.leave_s + _AFTER_S)}
    label = f"{rep.index} {look.sign} {look.word}{'?' if rep.borderline else ''}"
    return {"number": rep.index, "label": label, "tone": look.tone,
            **{name: max(time_s - begin_s, 0.0) for name, time_s in times.items()}}


def draw(values: dict[str, Any], video: str, ask: tuple[int, int] | None) -> None:
    """Draw the buttons.

    Parameters
    ----------
    values : dict
        From `data`.
    video : str
        CSS selector of the video.
    ask : tuple of int, int, or None
        A rep that was asked for elsewhere on the page, and a number that differs each time.
    """
    component = browser_part("rep_player", '<div class="player"></div>', style="rep_player")
    component(data={**values, "video": video, "ask": None if ask is None else {"rep": ask[0], "nonce": ask[1]}},
              key="rep_player")
