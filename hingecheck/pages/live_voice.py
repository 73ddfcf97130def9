"""Utterances -> the browser's own voice and short tones, each once; the words also where a screen reader finds them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib import resources
from typing import Any

import streamlit as st

from hingecheck.live.events import Said
from hingecheck.live.speech import TONES

_HTML = '<p class="said" aria-live="assertive"></p>'
_CSS = ".said { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); margin: 0; }"


@cache
def _component() -> Any:
    script = resources.files("hingecheck.pages").joinpath("live_voice.js").read_text(encoding="utf-8")
    return st.components.v2.component("hingecheck_voice", html=_HTML, css=_CSS, js=script)


def speak(said: Sequence[Said], aloud: bool, language: str, alert: str) -> None:
    """Hand the latest utterances to the browser; it speaks what is new to it.

    Parameters
    ----------
    said : sequence of Said
    aloud : bool
        False shows the words and sounds nothing.
    language : str
        Of the words, for the choice of a voice.
    alert : str
        What is wrong beyond the camera's pictures; said once, until it has been "" in between.
    """
    latest = [{"id": one.id, "text": one.text, "sound": one.sound, "at_s": round(one.at_s, 3)} for one in said[-6:]]
    _component()(data={"said": latest, "alert": alert, "aloud": aloud, "language": language, "tones": TONES},
                 key="live_voice_out")
