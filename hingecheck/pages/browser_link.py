"""Let the browser follow a link of the page by itself, once: to the review of a set that is over."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Any

import streamlit as st


@cache
def _component() -> Any:
    script = resources.files("hingecheck.pages").joinpath("browser_link.js").read_text(encoding="utf-8")
    return st.components.v2.component("hingecheck_follow", js=script)


def follow_link(selector: str, key: str) -> None:
    """Let the browser follow a link of the page, as a person would, once for each `key`.

    A page that the program changes while fragments of it poll several times per second may come out empty: a pending
    request replaces the new page. The browser stops polling before it follows a link.
    """
    _component()(data={"selector": selector, "key": key}, key="follow_out")
