"""Record a clip with the camera of the browser and hand it to the upload field, as if it were a file."""

from __future__ import annotations

from hingecheck.pages.browser_part import browser_part
from language.translate import all_of, mark

#: What the buttons and the notices say; the browser's errors by their names.
_WORDS = {
    "start": mark("Start the camera"), "flip": mark("Other camera"), "record": mark("Record"),
    "stop": mark("Stop recording"),
    "again": mark("Record again"), "ready": mark("Recording begins in {seconds} s. Take your place."),
    "recording": mark("Recording: {seconds} s"), "added": mark("{name} is among your videos. Press Analyse."),
    "NotAllowedError": mark("The browser does not allow the camera. Allow it beside the address, then start it again."),
    "NotFoundError": mark("No camera was found. Connect one, then start it again."),
    "NotReadableError": mark("Another program uses the camera. Close it, then start the camera again."),
    "insecure": mark("The browser gives the camera only to safe addresses. Open these pages on this computer, or "
                     "share them over https."),
    "Error": mark("The camera does not start. Close other programs that use it, then start it again."),
}
#: Time to walk from the computer to the place, seconds.
_COUNTDOWN_S = 8


def draw(upload_key: str) -> None:
    """Draw the recorder.

    Parameters
    ----------
    upload_key : str
        Key of the container with the upload field that takes the clips.
    """
    field = f".st-key-{upload_key} input[type=file]"
    component = browser_part("recorder", '<div class="recorder"></div>', style="recorder")
    component(data={"words": all_of(_WORDS), "countdown": _COUNTDOWN_S, "field": field}, key="recorder")
