"""Show a sentence about what goes wrong between camera, browser and program, where the person sees it.

Some of it only the browser knows: why it gives no camera, that its window was hidden, that the program stopped. The
sentences are here. `live_notice.js` chooses one, and shows it even when the program sends nothing any more.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

from hingecheck.pages.browser_part import browser_part
from language.translate import _, all_of, mark

#: A camera that sends nothing for so long has stopped; the first frame waits until the model is loaded.
_STALL_S, _FIRST_S = 3.0, 15.0
_NO_BROWSER = mark("Without a browser, hingecheck live does the same in a window of its own.")
#: Text in the alert of the camera's part of the page, the sentence to show, and whether the one above follows it; the
#: first match counts.
_CAMERA_ERRORS = (
    ("NotAllowedError", mark("The browser does not give this page the camera. Press the camera or lock sign beside the "
                             "address, allow the camera, then press Start the camera again."), True),
    ("NotFoundError", mark("No camera was found. Plug one in, or open the laptop's shutter, then press Start the "
                           "camera again."), True),
    ("NotReadableError", mark("The camera does not start: another program may be using it. Close video calls and "
                              "other pages with a camera, then press Start the camera again."), False),
    ("OverconstrainedError", mark("This camera has no video of the size that is needed. Press Other camera and choose "
                                  "one."), False),
    ("mediaDevices", mark("The browser gives no camera to this address. Open the page on this computer as "
                          "http://localhost, or over https."), True),
    ("taking longer", mark("The video does not begin. Check that this device is in the same network as the computer "
                           "that runs HingeCheck. Stop, then press Start the camera again."), True),
    ("Error", mark("The camera could not be started. Press Start the camera again, or reload the page."), True))
_NOTICES = {
    "stalled": mark("The camera has stopped sending video. Every rep so far is saved. Check its cable, and close other "
                    "programs that use it. The set goes on when the video comes back. If it does not, press Stop and "
                    "Start the camera."),
    "lost": mark("The program does not respond. Every rep so far is saved. Check that hingecheck app still runs, and "
                 "that the network is up. Then reload this page, and press Start the camera."),
    "hidden_on": mark("This window was hidden for about {seconds} s. Counting went on."),
    "hidden_paused": mark("This window was hidden for about {seconds} s. No video came meanwhile, so nothing was "
                          "counted. Counting goes on now."),
}
_HTML = '<p class="notice" role="alert"></p>'
_CSS = """.notice { margin: 0; font-family: var(--st-font); font-size: 1.2rem; line-height: 1.35; }
.notice:not(:empty) { padding: 0.7rem 0.9rem; border-left: 0.4rem solid var(--st-orange-color, #b84a00);
  color: var(--st-text-color); background: var(--st-secondary-background-color); border-radius: 0.4rem; }"""


@dataclass(frozen=True)
class FrameProgress:
    """The number of processed frames, when it last changed, and whether the camera has stalled since."""

    frames: int
    since_s: float
    is_stalled: bool = False

    @classmethod
    def update(cls, before: FrameProgress | None, frames: int, playing: bool, now_s: float) -> FrameProgress:
        """Return the progress at `now_s` of the clock, from the progress before."""
        if before is None or not playing or frames != before.frames:
            return cls(frames, now_s)
        limit_s = _STALL_S if frames > 1 else _FIRST_S
        return cls(frames, before.since_s, now_s - before.since_s > limit_s)


def show_notice(gap_s: float, playing: bool, is_stalled: bool) -> None:
    """Show what is wrong now, or nothing.

    Parameters
    ----------
    gap_s : float
        As in `Snapshot`; it shows whether counting went on while the window was hidden.
    playing : bool
        Whether the camera runs.
    is_stalled : bool
        Whether the camera runs but sends no frames any more.
    """
    words = {"camera_errors": _camera_errors(), **all_of(_NOTICES)}
    # Streamlit sends the browser nothing when nothing changed, which would look like a stopped program.
    component = browser_part("live_notice", _HTML, _CSS)
    component(data={"now_s": time.monotonic(), "gap_s": gap_s, "playing": playing, "stalled": is_stalled,
                    "words": words}, key="live_notice_out")


def _camera_errors() -> list[tuple[str, str]]:
    return [(name, f"{_(text)} {_(_NO_BROWSER)}" if elsewhere else _(text)) for name, text, elsewhere in _CAMERA_ERRORS]
