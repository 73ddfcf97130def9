"""The language of a window: what was chosen on a page, kept in a cookie of this address; else the browser's."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

import streamlit as st

from hingecheck.pages.browser_part import browser_part
from hingecheck.serving.request_language import COOKIE
from language import current
from language.current import LANGUAGES
from language.translate import _

_KEY = "language_choice"
_T = TypeVar("_T")


def use() -> None:
    """Use the window's language for the rest of this run of the page."""
    current.set_current(_chosen() or current.choose([st.context.locale or ""]))


def fragment(draw: Callable[..., None], run_every: float | None = None) -> Callable[..., None]:
    """Return `st.fragment` of a function, in the window's language: Streamlit runs it without the page around it."""
    @wraps(draw)
    def in_language(*args: Any, **values: Any) -> None:
        use()
        draw(*args, **values)

    return st.fragment(in_language, run_every=run_every)


def deferred(make: Callable[[], _T]) -> Callable[[], _T]:
    """Return a function that makes a file in the language of now: Streamlit calls it later, on another thread."""
    code = current.current()

    def in_language() -> _T:
        with current.use(code):
            return make()

    return in_language


def draw() -> None:
    """Draw the choice, at the foot of each page."""
    with st.container(key="language"):
        st.selectbox(_("Language"), list(LANGUAGES), index=list(LANGUAGES).index(current.current()), key=_KEY,
                     format_func=LANGUAGES.__getitem__)
    if _KEY in st.session_state and _chosen() != st.context.cookies.get(COOKIE):
        browser_part("whose")(data={"name": COOKIE, "value": _chosen(), "answered": ""}, key="language_out")


def _chosen() -> str | None:
    chosen = st.session_state.get(_KEY) or st.context.cookies.get(COOKIE)
    return chosen if chosen in LANGUAGES else None
