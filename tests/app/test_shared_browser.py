"""Shared pages on a phone: log in, film with the camera over https, give consent, log out and leave nothing behind."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from hingecheck.history import accounts, consents, people, sets
from hingecheck.history.access import Role
from hingecheck.history.records import NewSet
from hingecheck.history.store import open_history
from tests.helpers import app_server, saved_sets
from tests.helpers.shared_pages import PASSWORD, shared
from tests.helpers.waiting import until

#: Keeps what a page asks of the camera.
_REMEMBER = """if (navigator.mediaDevices) {
    const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
    navigator.mediaDevices.getUserMedia = wanted => { window.asked = wanted; return ask(wanted); };
}"""


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = tmp_path_factory.mktemp("phone") / "data"
    with open_history(data, "") as history:
        person = people.add(history, "Wilma")
        sets.save(history, NewSet(saved_sets.report(), saved_sets.EXERCISE, saved_sets.track()), person.id)
        accounts.add(history, "Wilma", Role.PERSON, PASSWORD, person.id)
        accounts.add(history, "Thea", Role.THERAPIST, PASSWORD)
        accounts.add(history, "Olga", Role.OWNER, PASSWORD)
    return data


@pytest.fixture(scope="module")
def address(data: Path, browser: Browser) -> Iterator[str]:
    with shared(data) as url:
        yield url


def _log_in(browser: Browser, address: str, name: str, password: str = PASSWORD) -> Page:
    # The phone has been told to trust the server; test_certificates holds that it can.
    page = browser.new_context(ignore_https_errors=True, viewport={"width": 390, "height": 844}).new_page()
    page.goto(address)
    page.get_by_label("Name").fill(name)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Log in").click()
    return page


def test_a_phone_logs_in_films_and_logs_out(browser: Browser, address: str) -> None:
    page = _log_in(browser, address, "Wilma")
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text) if "Security Policy" in message.text else None)
    expect(page.get_by_text("Logged in as Wilma")).to_be_visible()
    app_server.wait_until_drawn(page)
    page.get_by_text("Open on a phone").click()
    expect(page.get_by_text(address, exact=True)).to_be_visible()
    page.add_init_script(_REMEMBER)
    page.goto(f"{address}/live")
    camera = page.frame_locator("iframe")
    camera.get_by_role("button", name="Start the camera").click()
    expect(camera.get_by_role("button", name="Stop the camera")).to_be_visible()
    page.wait_for_function("document.querySelector('iframe').contentDocument.querySelector('video')?.videoWidth > 0",
                           timeout=app_server.SOON_MS)
    (asked,) = [asked for frame in page.frames if (asked := frame.evaluate("window.asked"))]
    assert asked["video"]["facingMode"] == {"ideal": "environment"}
    assert asked["audio"] is False
    page.goto(f"{address}/progress")
    expect(page.get_by_text("Hip flexion").first).to_be_visible()
    other = page.context.new_page()
    other.goto(f"{address}/people")
    expect(other.get_by_text("Who sees these sets")).to_be_visible()
    page.get_by_role("button", name="Log out").click()
    page.wait_for_url("**/login")
    # The other window leaves by itself, although nobody touches it.
    other.wait_for_url("**/login", timeout=app_server.SOON_MS)
    page.go_back()
    expect(page.get_by_label("Password")).to_be_visible()
    assert "Hip flexion" not in page.locator("body").inner_text()
    assert refused == []
    page.context.close()


def test_consent_is_a_tick(browser: Browser, address: str, data: Path) -> None:
    page = _log_in(browser, address, "Wilma")
    expect(page.get_by_text("Logged in as Wilma")).to_be_visible()
    page.goto(f"{address}/people")
    expect(page.get_by_text("Who sees these sets")).to_be_visible()
    app_server.wait_until_drawn(page)
    page.get_by_text("Thea", exact=True).click()
    expect(page.get_by_role("checkbox", name="Thea")).to_be_checked()
    app_server.wait_until_drawn(page)
    for hidden in ("Add a person", "Import a backup", "Make a backup of everything", "Accounts"):
        expect(page.get_by_text(hidden, exact=True)).to_have_count(0)
    until(lambda: _has_agreed(data, "Wilma"), "the tick was not saved")
    page.context.close()


def _has_agreed(data: Path, name: str) -> bool:
    with open_history(data, "") as history:
        (therapist,) = consents.therapists(history, people.find(history, name).id)
    return therapist.has_agreed


def test_an_owner_adds_an_account_that_chooses_its_own_password(browser: Browser, address: str) -> None:
    page = _log_in(browser, address, "Olga")
    expect(page.get_by_text("Logged in as Olga")).to_be_visible()
    page.goto(f"{address}/people")
    expect(page.get_by_role("heading", name="Accounts")).to_be_visible()
    app_server.wait_until_drawn(page)
    page.get_by_text("Add an account").click()
    page.get_by_label("Name to log in with").fill("Ben")
    page.get_by_label("Name to log in with").blur()
    # The field's hint goes, and what is below it moves.
    expect(page.get_by_test_id("InputInstructions")).to_have_count(0)
    app_server.wait_until_still(page)
    page.get_by_role("button", name="Add account").click()
    expect(page.get_by_text("The password of Ben")).to_be_visible()
    password = page.locator("[data-testid=stCode]").first.inner_text().strip()
    page.context.close()
    ben = _log_in(browser, address, "Ben", password)
    expect(ben.get_by_role("heading", name="Choose a password")).to_be_visible()
    ben.get_by_label("The password that you logged in with").fill(password)
    for label in ("New password", "New password again"):
        ben.get_by_label(label, exact=True).fill("a password of my own")
    ben.get_by_role("button", name="Save password").click()
    expect(ben.get_by_role("link", name="Analyse", exact=True)).to_be_visible()
    ben.goto(f"{address}/analyse")
    expect(ben.get_by_text("Your account has no profile yet")).to_be_visible()
    expect(ben.get_by_role("button", name="Log out")).to_be_visible()
    ben.context.close()
