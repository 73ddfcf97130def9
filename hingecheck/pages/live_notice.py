"""What goes wrong between camera, browser and program -> a sentence each, where the person sees it.

Some of it only the browser knows: why it gives no camera, that its window was hidden, that the program is gone. The
sentences are here; `live_notice.js` looks, chooses one, and shows it even when nothing answers any more.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import streamlit as st

#: A camera that sends nothing for so long has stopped; the first picture waits until the model is loaded.
_STILL_S, _FIRST_S = 3.0, 15.0
_WITHOUT = "Without a browser, hingecheck live does the same in a window of its own."
#: What the camera's part of the page says -> what it means; the first that fits.
_REFUSED = (
    ("NotAllowedError", "The browser does not give this page the camera. Press the camera or lock sign beside the "
     f"address, allow the camera, then press Start the camera again. {_WITHOUT}"),
    ("NotFoundError", "No camera was found. Plug one in, or open the laptop's shutter, then press Start the camera "
     f"again. {_WITHOUT}"),
    ("NotReadableError", "The camera does not answer: another program may be using it. Close video calls and other "
     "pages with a camera, then press Start the camera again."),
    ("OverconstrainedError", "This camera has no picture of the size that is needed. Press Other camera and choose "
     "one."),
    ("mediaDevices", "The browser gives no camera to this address. Open the page on this computer as "
     f"http://localhost, or over https. {_WITHOUT}"),
    ("taking longer", "The video does not begin. Is this device in the same network as the computer that runs "
     f"HingeCheck? Stop, then press Start the camera again. {_WITHOUT}"),
    ("Error", f"The camera could not be started. Press Start the camera again, or reload the page. {_WITHOUT}"))
_STILL = ("No picture comes from the camera any more. Is its cable in, and does no other program use it? Every rep so "
          "far is kept. When pictures come again, the set goes on; if they do not, press Stop and Start the camera.")
_LOST = ("The program does not answer. Every rep so far is kept. Look whether hingecheck app still runs and the "
         "network is there. Then reload this page, and press Start the camera.")
_HIDDEN_ON = "This window was hidden for about {seconds} s. Counting went on."
_HIDDEN_PAUSED = ("This window was hidden for about {seconds} s, and no pictures came meanwhile: nothing was counted. "
                  "It goes on now.")
_HTML = '<p class="notice" role="alert"></p>'
_CSS = """.notice { margin: 0; font-family: var(--st-font); font-size: 1.2rem; line-height: 1.35; }
.notice:not(:empty) { padding: 0.7rem 0.9rem; border-left: 0.4rem solid var(--st-orange-color, #b84a00);
  color: var(--st-text-color); background: var(--st-secondary-background-color); border-radius: 0.4rem; }"""


@dataclass(frozen=True)
class Pictures:
    """How many pictures were looked at, since when it is so many, and whether that is too long for a camera."""

    frames: int
    since_s: float
    stand_still: bool = False

    @classmethod
    def seen(cls, before: Pictures | None, frames: int, playing: bool, now_s: float) -> Pictures:
        """Return the state at a clock's `now_s`, from the state before."""
        if before is None or not playing or frames != before.frames:
            return cls(frames, now_s)
        waits_s = _STILL_S if frames > 1 else _FIRST_S
        return cls(frames, before.since_s, now_s - before.since_s > waits_s)


@cache
def _component() -> Any:
    script = resources.files("hingecheck.pages").joinpath("live_notice.js").read_text(encoding="utf-8")
    return st.components.v2.component("hingecheck_notice", html=_HTML, css=_CSS, js=script)


def notice(gap_s: float, playing: bool, stand_still: bool) -> None:
    """Show what is wrong now, or nothing.

    Parameters
    ----------
    gap_s : float
        As in `Snapshot`; a window that was hidden tells by it whether counting went on.
    playing : bool
        Whether the camera runs.
    stand_still : bool
        Whether no picture comes any more although it runs.
    """
    words = {"refused": _REFUSED, "still": _STILL, "lost": _LOST, "hidden_on": _HIDDEN_ON,
             "hidden_paused": _HIDDEN_PAUSED}
    # The browser is not called when nothing changed, and would take that for a program that is gone.
    _component()(data={"now_s": time.monotonic(), "gap_s": gap_s, "playing": playing, "still": stand_still,
                       "words": words}, key="live_notice_out")
