"""axe-core finds nothing serious on any page, light and dark, as large as at 200 %."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect

from hingecheck.history import queries
from hingecheck.history.store import open_history
from tests.helpers import app_server

PAGES = ("", "analyse", "live", "live?programme=ten_minutes", "review", "review?set=SET", "compare?set=SET&with=SET",
         "progress", "learn", "people", "samples", "setup", "programme?programme=doorway")
SERIOUS = {"serious", "critical"}


@pytest.fixture(scope="module")
def set_id(home: Path) -> str:
    """A set with a rounded and a neutral rep in the history."""
    app_server.save_hinge(home, "--no-video", "--to", "11")
    with open_history(home / "data", "") as history:
        return str(queries.lines(history)[0].id)


@pytest.mark.parametrize(("scheme", "width", "scale"), [("light", 1280, 1), ("dark", 1280, 1), ("light", 640, 2)])
@pytest.mark.parametrize("path", PAGES)
def test_nothing_serious(browser: Browser, address: str, set_id: str, path: str, scheme: Literal["light", "dark"],
                         width: int, scale: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900 // scale}, color_scheme=scheme,
                                  device_scale_factor=scale)
    page = context.new_page()
    page.goto(f"{address}/{path.replace('SET', set_id)}")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.locator("footer.hc-footer")).to_be_attached()
    app_server.wait_until_still(page)
    violations = Axe().run(page).response["violations"]
    serious = [(one["id"], one["help"], [node["html"][:160] for node in one["nodes"]][:3]) for one in violations
               if one["impact"] in SERIOUS]
    context.close()
    assert not serious, "\n".join(map(str, serious))


def test_a_button_that_cannot_be_pressed_yet_can_be_read_in_the_dark(browser: Browser, address: str) -> None:
    context = browser.new_context(color_scheme="dark")
    page = context.new_page()
    page.goto(f"{address}/analyse")
    button = page.get_by_role("button", name="Analyse", exact=True)
    expect(button).to_be_disabled()
    red, green, blue = map(float, re.findall(r"[0-9.]+", button.evaluate("one => getComputedStyle(one).color"))[:3])
    assert min(red, green, blue) > 100, "the page is nearly black"
    context.close()
