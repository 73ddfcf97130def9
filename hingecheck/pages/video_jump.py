"""Let the browser move a video on the page to a time: Streamlit's own start of a video is in whole seconds."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Any

import streamlit as st


@cache
def _component() -> Any:
    script = resources.files("hingecheck.pages").joinpath("video_jump.js").read_text(encoding="utf-8")
    return st.components.v2.component("hingecheck_video_jump", js=script)


def jump_to(selector: str, at_s: float, nonce: int) -> None:
    """Move the first video that fits a CSS selector to a time, stop it there, and scroll it into view.

    Parameters
    ----------
    selector : str
    at_s : float
        In the video's own time.
    nonce : int
        Differs on each call: the same one moves nothing.
    """
    _component()(data={"selector": selector, "at_s": at_s, "nonce": nonce}, key="video_jump")
