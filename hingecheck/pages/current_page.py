"""Tell a screen reader which link of the menu is the page that is shown; Streamlit only colours it."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Any

import streamlit as st


@cache
def _component() -> Any:
    script = resources.files("hingecheck.pages").joinpath("current_page.js").read_text(encoding="utf-8")
    return st.components.v2.component("hingecheck_current_page", js=script)


def mark(path: str) -> None:
    """Mark the link of the page with this path, and no other."""
    _component()(data={"path": path}, key="current_page_out")
