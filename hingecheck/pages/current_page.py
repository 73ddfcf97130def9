"""Tell a screen reader which link of the menu is the page that is shown, and in which language; Streamlit does not."""

from __future__ import annotations

from hingecheck.pages.browser_part import browser_part


def mark(path: str, language: str) -> None:
    """Mark the link of the page with this path, and no other; `language` is a code such as "de"."""
    browser_part("current_page")(data={"path": path, "language": language}, key="current_page_out")
