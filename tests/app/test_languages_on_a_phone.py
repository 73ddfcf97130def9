"""In every language, no text of any page is wider than a phone, and none is left in English."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from language.current import LANGUAGES, use
from language.translate import _
from tests.app.test_accessible import PAGES, set_id
from tests.helpers import app_server

__all__ = ["set_id"]

WIDTH_PX = 390
#: Texts that end beyond the page, are cut off in their box or broken within a word, but for what can be scrolled.
TOO_WIDE = r"""width => {
    const scrolls = node => node && (["auto", "scroll"].includes(getComputedStyle(node).overflowX)
        && node.scrollWidth > node.clientWidth || scrolls(node.parentElement));
    const own = node => [...node.childNodes].some(one => one.nodeType === 3 && one.data.trim());
    const found = [];
    for (const node of document.querySelectorAll("body *")) {
        if (!own(node) || !node.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
        const box = node.getBoundingClientRect();
        // The menu lies folded away beside a phone's page.
        if (box.width <= 1 || box.height <= 1 || scrolls(node.parentElement)
            || node.closest("[data-testid=stSidebar][data-collapsed=true]")) continue;
        // As if no word could be broken: but for file names, one that is too long for its box is.
        const before = node.style.overflowWrap, height = node.offsetHeight;
        if (!/[/\\_.]/.test(node.textContent)) node.style.overflowWrap = "normal";
        const cut = node.offsetHeight < height || !(node instanceof SVGElement)
            && getComputedStyle(node).display !== "inline" && node.scrollWidth > node.clientWidth + 1;
        node.style.overflowWrap = before;
        if (box.right > width + 1 || box.left < -1 || cut)
            found.push(`${node.textContent.trim().slice(0, 60)} (${Math.round(box.left)} to ${Math.round(box.right)})`);
    }
    return found;
}"""

PAGE_TEXT = """() => {
    const walker = document.createTreeWalker(document.querySelector("[data-testid=stMain]"), NodeFilter.SHOW_TEXT);
    const found = [];
    while (walker.nextNode()) found.push(walker.currentNode.data.trim());
    return found;
}"""


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("path", PAGES)
def test_no_text_is_wider_than_a_phone(browser: Browser, address: str, set_id: str, path: str, code: str) -> None:
    context = browser.new_context(viewport={"width": WIDTH_PX, "height": 844}, locale=code)
    page = context.new_page()
    page.goto(f"{address}/{path.replace('SET', set_id)}")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.locator("footer.hc-footer")).to_be_attached()
    expect(page.locator(f"html[lang='{code}']")).to_be_attached()
    app_server.wait_until_drawn(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= WIDTH_PX
    assert page.evaluate(TOO_WIDE, WIDTH_PX) == []
    if "SET" not in path:  # a report is saved in the language that it was written in
        with use(code):
            assert [text for text in page.evaluate(PAGE_TEXT) if text and _(text) != text] == []
    context.close()
