"""Tell a screen reader which link of the menu is the page that is shown; Streamlit only colours it."""

from __future__ import annotations

from hingecheck.pages.browser_part import browser_part


def mark(path: str) -> None:
    """Mark the link of the page with this path, and no other."""
    browser_part("current_page")(data={"path": path}, key="current_page_out")
