"""Let the browser scroll a part of the page into view. A script in the page's own text would be refused."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Any

import streamlit as st


@cache
def _component() -> Any:
    script = resources.files("hingecheck.pages").joinpath("browser_scroll.js").read_text(encoding="utf-8")
    return st.components.v2.component("hingecheck_scroll", js=script)


def scroll_to(selector: str, nonce: int) -> None:
    """Scroll the first element that fits a CSS selector into view; `nonce` differs on each call."""
    _component()(data={"selector": selector, "nonce": nonce}, key="scroll_out")
