"""A part of a page that runs in the browser: its script and style sheet lie beside this file, under its name."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Any

import streamlit as st


@cache
def browser_part(script: str, html: str = "", css: str = "", style: str = "") -> Any:
    """Return the component of `SCRIPT.js`, which finds `html` in its element; `css` goes before `STYLE.css`."""
    files = resources.files("hingecheck.pages")
    if style:
        css += files.joinpath(f"{style}.css").read_text(encoding="utf-8")
    return st.components.v2.component(f"hingecheck_{script}", html=html or None, css=css or None,
                                      js=files.joinpath(f"{script}.js").read_text(encoding="utf-8"))
