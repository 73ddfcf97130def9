"""A link of the page that the browser is to follow by itself, once: to the review of a set that is over."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Any

import streamlit as st


@cache
def _component() -> Any:
    script = resources.files("hingecheck.pages").joinpath("browser_link.js").read_text(encoding="utf-8")
    return st.components.v2.component("hingecheck_follow", js=script)


def follow(selector: str, once: str) -> None:
    """Let the browser follow a link of the page, as a person would, one time for each `once`.

    A page that is left by the program while parts of it are asked for several times a second may come out empty: a
    question that is on its way takes the place of the new page. The browser stops asking before it follows a link.
    """
    _component()(data={"selector": selector, "once": once}, key="live_follow_out")
