"""Choose the voice and try it; speak utterances with the browser's own voice and short tones, each once.

Screen readers get the words too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from hingecheck.live.events import Utterance
from hingecheck.live.phrases import Words
from hingecheck.live.speech import TONES
from hingecheck.pages.browser_part import browser_part
from language.translate import _

_HTML = '<p class="spoken" aria-live="assertive"></p>'
_CSS = ".spoken { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); margin: 0; }"


_TESTS = "live_voice_tests"


@dataclass(frozen=True)
class Voice:
    """Whether cues are spoken, how loud from 0 to 1, and how many times the voice was tried so far."""

    is_on: bool = True
    volume: float = 1.0
    tests: int = 0


def choose_voice() -> Voice:
    """Draw the choice of the voice and its volume, and the button that tries them; return the choice."""
    is_on = st.toggle(_("Speak"), value=True, key="live_voice")
    percent = st.slider(_("Volume"), 10, 100, 100, 10, format="%d %%", key="live_volume", disabled=not is_on)
    if st.button(_("Test the voice"), key="live_voice_test", disabled=not is_on):
        st.session_state[_TESTS] = st.session_state.get(_TESTS, 0) + 1
    return Voice(is_on, percent / 100, st.session_state.get(_TESTS, 0))


def speak(utterances: Sequence[Utterance], voice: Voice, words: Words, alert: str) -> None:
    """Hand the latest utterances to the browser, which speaks the new ones.

    Parameters
    ----------
    utterances : sequence of Utterance
    voice : Voice
        One that is off only shows the words to screen readers.
    words : Words
        Their language chooses the browser's voice.
    alert : str
        A trouble that no frame can report; spoken once, and again only after it was "".
    """
    latest = [{"id": utterance.id, "text": utterance.text, "sound": utterance.sound, "at_s": round(utterance.at_s, 3)}
              for utterance in utterances[-6:]]
    component = browser_part("live_voice", _HTML, _CSS)
    component(data={"utterances": latest, "alert": alert, "aloud": voice.is_on, "volume": voice.volume,
                    "test": {"number": voice.tests, "text": words.ready.test}, "language": words.language,
                    "tones": TONES}, key="live_voice_out")
