"""Let the browser follow a link of the page by itself, once: to the review of a set that is over."""

from __future__ import annotations

from hingecheck.pages.browser_part import browser_part


def follow_link(selector: str, key: str) -> None:
    """Let the browser follow a link of the page, as a person would, once for each `key`.

    A page that the program changes while fragments of it poll several times per second may come out empty: a pending
    request replaces the new page. The browser stops polling before it follows a link.
    """
    browser_part("browser_link")(data={"selector": selector, "key": key}, key="follow_out")
