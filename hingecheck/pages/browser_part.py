"""A part of a page that runs in the browser: its script and style sheet lie beside this file, under its name."""

from __future__ import annotations

from importlib import resources
from typing import Any

import streamlit as st


def browser_part(name: str, style: str, root: str, more_css: str = "") -> Any:
    """Return the component of `NAME.js` and `STYLE.css`; its script finds an empty element of the class `root`."""
    files = resources.files("hingecheck.pages")
    return st.components.v2.component(f"hingecheck_{name}", js=files.joinpath(f"{name}.js").read_text("utf-8"),
                                      css=more_css + files.joinpath(f"{style}.css").read_text("utf-8"),
                                      html=f'<div class="{root}"></div>')
