"""Speak utterances with the browser's own voice and short tones, each once; screen readers get the words too."""

from __future__ import annotations

from collections.abc import Sequence

from hingecheck.live.events import Utterance
from hingecheck.live.speech import TONES
from hingecheck.pages.browser_part import browser_part

_HTML = '<p class="spoken" aria-live="assertive"></p>'
_CSS = ".spoken { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); margin: 0; }"


def speak(utterances: Sequence[Utterance], aloud: bool, language: str, alert: str) -> None:
    """Hand the latest utterances to the browser, which speaks the new ones.

    Parameters
    ----------
    utterances : sequence of Utterance
    aloud : bool
        False only shows the words to screen readers.
    language : str
        Code of the language of the words, for the choice of a voice.
    alert : str
        A trouble that no frame can report; spoken once, and again only after it was "".
    """
    latest = [{"id": utterance.id, "text": utterance.text, "sound": utterance.sound, "at_s": round(utterance.at_s, 3)}
              for utterance in utterances[-6:]]
    component = browser_part("live_voice", _HTML, _CSS)
    component(data={"utterances": latest, "alert": alert, "aloud": aloud, "language": language, "tones": TONES},
              key="live_voice_out")
