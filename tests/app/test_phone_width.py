"""In every language, no text of any page is wider than a phone, and the page says which language it is in."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from language.current import LANGUAGES
from tests.app.test_accessible import PAGES, set_id
from tests.helpers import app_server

__all__ = ["set_id"]

WIDTH_PX = 390
#: Texts that end beyond the page or are cut off in their box, but for what a person can scroll sideways.
TOO_WIDE = """width => {
    const scrolls = node => node && (["auto", "scroll"].includes(getComputedStyle(node).overflowX)
        && node.scrollWidth > node.clientWidth || scrolls(node.parentElement));
    const own = node => [...node.childNodes].some(one => one.nodeType === 3 && one.data.trim());
    const found = [];
    for (const node of document.querySelectorAll("body *")) {
        if (!own(node) || !node.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
        const box = node.getBoundingClientRect();
        // The menu lies folded away beside a phone's page.
        if (box.width <= 1 || box.height <= 1 || scrolls(node.parentElement)
            || node.closest("[data-testid=stSidebar][aria-expanded=false]")) continue;
        const cut = getComputedStyle(node).overflowX !== "visible" && node.scrollWidth > node.clientWidth + 1;
        if (box.right > width + 1 || box.left < -1 || cut)
            found.push(`${node.textContent.trim().slice(0, 60)} (${Math.round(box.left)} to ${Math.round(box.right)})`);
    }
    return found;
}"""


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("path", PAGES)
def test_no_text_is_wider_than_a_phone(browser: Browser, address: str, set_id: str, path: str, code: str) -> None:
    context = browser.new_context(viewport={"width": WIDTH_PX, "height": 844}, locale=code)
    page = context.new_page()
    page.goto(f"{address}/{path.replace('SET', set_id)}")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    app_server.wait_until_drawn(page)
    expect(page.locator("footer.hc-footer")).to_be_attached()
    expect(page.locator(f"html[lang='{code}']")).to_be_attached()
    assert page.evaluate("document.documentElement.scrollWidth") <= WIDTH_PX
    assert page.evaluate(TOO_WIDE, WIDTH_PX) == []
    context.close()
