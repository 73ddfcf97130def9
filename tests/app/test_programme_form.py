"""A programme that is made by the form on a phone: in the choice of Live, in the week, read by the command line."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from language.current import LANGUAGES, use
from language.translate import _
from tests.app.test_accessible import SERIOUS
from tests.app.test_languages_on_a_phone import PAGE_TEXT, TOO_WIDE, WIDTH_PX
from tests.helpers import app_server

_PRIMARY = "[data-testid='stBaseButton-primary']"


def _form(browser: Browser, address: str, code: str = "en", begin: str = "") -> Iterator[Page]:
    context = browser.new_context(viewport={"width": WIDTH_PX, "height": 844}, locale=code)
    page = context.new_page()
    page.goto(f"{address}/programme?programme={begin}")
    expect(page.locator("footer.hc-footer")).to_be_attached()
    app_server.wait_until_drawn(page)
    page.locator(_PRIMARY).click()
    expect(page.locator("[class*='st-key-step-']").first).to_be_visible()
    app_server.wait_until_drawn(page)
    yield page
    context.close()


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_form_fits_a_phone_in_every_language(browser: Browser, address: str, code: str) -> None:
    for page in _form(browser, address, code, "ten_minutes"):
        assert page.evaluate("document.documentElement.scrollWidth") <= WIDTH_PX
        assert page.evaluate(TOO_WIDE, WIDTH_PX) == []
        with use(code):
            assert [text for text in page.evaluate(PAGE_TEXT) if text and _(text) != text] == []


def test_the_form_is_accessible(browser: Browser, address: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    for page in _form(browser, address, begin="ten_minutes"):
        app_server.wait_until_still(page)
        violations = Axe().run(page).response["violations"]
        assert [(one["id"], one["help"]) for one in violations if one["impact"] in SERIOUS] == []


def test_from_the_form_to_live_the_week_and_the_command_line(browser: Browser, address: str, home: Path) -> None:
    app_server.save_hinge(home, "--no-video", "--to", "11")
    for page in _form(browser, address):
        page.get_by_label("Reps in each set").fill("7")
        page.get_by_label("Reps in each set").press("Enter")
        app_server.wait_until_drawn(page)
        page.get_by_role("button", name="Add an exercise").click()
        second = page.locator("[class*='st-key-step-']").nth(1)
        app_server.choose(second.get_by_label("Exercise 2"), "Doorway hamstring stretch")
        expect(second.get_by_label("Hold for, seconds")).to_have_value("30")
        second.get_by_label("Hold for, seconds").fill("40")
        page.locator(_PRIMARY).click()
        expect(page.get_by_text("The programme has no name yet. Give it one.")).to_be_visible()
        page.get_by_label("Name", exact=True).fill("After work")
        page.get_by_label("Name", exact=True).press("Enter")
        app_server.wait_until_drawn(page)
        second.get_by_role("button", name="Move up").click()
        first = page.locator("[class*='st-key-step-']").first
        # Both stand there twice while they change places.
        expect(first.get_by_label("Exercise 1").first).to_have_value("Doorway hamstring stretch")
        app_server.wait_until_drawn(page)
        page.locator(_PRIMARY).click()
        expect(page.get_by_text("After work is saved.")).to_be_visible()
        app_server.wait_until_drawn(page)
        page.get_by_role("button", name="Your week").click()
        expect(page.get_by_role("heading", name="Your programme")).to_be_visible()
        expect(page.get_by_label("Programme", exact=True)).to_have_value("After work")
        page.goto(f"{address}/programme")
        expect(page.locator("footer.hc-footer")).to_be_attached()
        app_server.wait_until_drawn(page)
        page.get_by_role("button", name="Do it live").click()
        expect(page.get_by_label("Programme", exact=True)).to_have_value("After work")
        expect(page.get_by_text("Doorway hamstring stretch · Hip hinge")).to_be_visible()
    environment = {**os.environ, "PYTHONPATH": str(app_server.ROOT),
                   "HINGECHECK_EXERCISES_DIR": str(home / "exercises")}
    command = [sys.executable, "-m", "hingecheck.cli.main", "programmes", "show", "after_work"]
    output = subprocess.run(command, check=True, timeout=120, capture_output=True, text=True, encoding="utf-8",
                            env=environment).stdout
    assert "1. Doorway hamstring stretch: 2 x 40 s, left and right, 15 s rest" in output
    assert "2. Hip hinge: 7 reps" in output


def test_a_programme_that_is_deleted_can_be_taken_back(browser: Browser, address: str, home: Path) -> None:
    file = home / "exercises" / "programmes" / "after_hours.toml"
    for page in _form(browser, address):
        page.get_by_label("Name", exact=True).fill("After hours")
        page.get_by_label("Name", exact=True).press("Enter")
        app_server.wait_until_drawn(page)
        page.locator(_PRIMARY).click()
        own = page.locator(".st-key-own-programme-after_hours")
        expect(own).to_be_visible()
        app_server.wait_until_drawn(page)
        own.get_by_role("button", name="Delete").click()
        expect(page.get_by_text("After hours is deleted in")).to_be_visible()
        expect(own).to_have_count(0)
        page.get_by_role("button", name="Undo").click()
        expect(own).to_be_visible()
        app_server.wait_until_drawn(page)
        page.wait_for_timeout(11_000)  # it would be deleted by now
        assert file.is_file()
        own.get_by_role("button", name="Delete").click()
        expect(page.get_by_text("After hours is deleted in")).to_be_visible()
        expect(page.get_by_text("After hours is deleted in")).to_have_count(0)
        assert not file.exists()
