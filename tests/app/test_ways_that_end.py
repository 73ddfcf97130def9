"""Bad files, a stopped analysis, two windows at once, names made to do harm; and what every page must keep to."""

from __future__ import annotations

import re
import urllib.request
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from hingecheck.history import files, people, queries, remarks, sets
from hingecheck.history.records import NewSet
from hingecheck.history.store import open_history
from tests.helpers import app_server, saved_sets
from tests.helpers.app_server import ANALYSED_MS, ROOT

HOSTILE = "<script>window.hacked=1</script> [x](javascript:alert(1)) '; DROP TABLE people; --"
#: Keeps that a page said so: one video may be measured before the test looks at its window.
_KEEP_MEASURING = """() => {
    const look = () => { window.measuring ||= document.body.innerText.includes("Measuring: frame"); };
    new MutationObserver(look).observe(document.body, { subtree: true, childList: true, characterData: true });
}"""
PAGES = ("", "analyse", "samples", "review", "progress", "live", "learn", "setup", "people")


def test_a_bad_file_says_so_and_keeps_nothing(browser: Browser, address: str, home: Path) -> None:
    page = app_server.open_page(browser, address, "analyse")
    app_server.upload(page, {"name": "holiday<b>.mp4", "mimeType": "video/mp4", "buffer": b"this is no video " * 100})
    expect(page.get_by_role("heading", name="This file could not be read")).to_be_visible(timeout=ANALYSED_MS)
    expect(page.get_by_text("holiday<b>.mp4").first).to_be_visible()
    assert str(home) not in page.locator("body").inner_text()
    expect(page.get_by_text("Traceback")).to_have_count(0)
    page.get_by_role("button", name="Analyse another video").click()
    expect(page.get_by_role("button", name="Analyse", exact=True)).to_be_disabled()
    with open_history(home / "data", "") as history:
        assert queries.count(history) == 0
    page.context.close()


def test_a_stopped_analysis_keeps_nothing_and_another_window_answers_meanwhile(
        browser: Browser, address: str, home: Path) -> None:
    page = app_server.open_page(browser, address, "analyse", width=390)
    app_server.upload(page, ROOT / "samples" / "doorway_90.mp4")
    expect(page.get_by_text(re.compile("Measuring: frame"))).to_be_visible()
    expect(page.locator(".st-key-preview img")).to_be_visible()
    assert _widest(page) <= 391
    # The other window draws whole pages while the first one's video is being measured.
    other = app_server.open_page(browser, address, "learn")
    expect(other.get_by_role("heading", name="When to see a professional")).to_be_visible()
    other.get_by_role("link", name="People").click()
    expect(other.get_by_role("heading", name="People", level=1)).to_be_visible()
    expect(page.get_by_text(re.compile("Measuring: frame"))).to_be_visible()
    page.get_by_role("button", name="Stop").click()
    expect(page.get_by_role("heading", name="Stopped")).to_be_visible()
    expect(page.get_by_text("stopped, nothing of it was saved")).to_be_visible()
    with open_history(home / "data", "") as history:
        assert queries.count(history) == 0
    other.context.close()
    page.context.close()


def test_two_windows_analyse_at_once_and_each_sees_its_own(browser: Browser, address: str, home: Path) -> None:
    # Over a slow line the page's last look at the finished work comes late, and must not take the review away.
    first, second = (app_server.open_page(browser, address, "analyse", far=far) for far in (True, False))
    for page, name in ((first, "hinge_neutral"), (second, "toe_touch_rounded")):
        page.evaluate(_KEEP_MEASURING)
        # One rep is enough: it ends at 5.3 s.
        app_server.upload(page, app_server.copy_beginning(ROOT / "samples" / f"{name}.mp4", home / f"{name}.mp4",
                                                     until_s=6.5))
    for page in (first, second):
        page.wait_for_function("window.measuring", timeout=ANALYSED_MS)
    for page, name, verdict in ((first, "hinge_neutral", "Neutral"), (second, "toe_touch_rounded", "Rounded")):
        expect(page.get_by_text(f"{name}.mp4")).to_be_visible(timeout=ANALYSED_MS)
        expect(app_server.cards(page).first.get_by_text(verdict).first).to_be_visible(timeout=ANALYSED_MS)
        page.context.close()
    with open_history(home / "data", "") as history:
        assert sorted(line.video for line in queries.lines(history)) == ["hinge_neutral.mp4", "toe_touch_rounded.mp4"]
        assert [person.name for person in people.everyone(history)] == ["Me"]


def test_a_name_made_to_do_harm_is_a_text(browser: Browser, address: str, home: Path) -> None:
    with open_history(home / "data", "") as history:
        people.find_or_add(history, "Ana")
    page = app_server.open_page(browser, address, "people")
    app_server.wait_until_drawn(page)
    page.get_by_text("Add a person").click()
    page.get_by_label("Name", exact=True).last.fill(HOSTILE)
    page.get_by_role("button", name="Add", exact=True).click()
    _reads(page, f"{HOSTILE} was added.")
    expect(page.get_by_role("link", name="x", exact=True)).to_have_count(0)
    _reads(page, f"Delete {HOSTILE} with everything")
    for name in ("progress", "review", "analyse"):
        page.goto(f"{address}/{name}")
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        assert page.evaluate("window.hacked") is None
    page.goto(f"{address}/people")
    app_server.wait_until_drawn(page)
    # Whoever was added is the person of this browser now; the others are one click away.
    page.get_by_role("button", name="Change person").click()
    expect(page.get_by_role("button", name="Ana")).to_be_visible()
    page.keyboard.press("Escape")
    app_server.wait_until_drawn(page)
    _reads(page, f"Delete {HOSTILE} with everything")
    page.get_by_text(re.compile("^Delete .* with everything$")).click()
    page.get_by_text("Yes, delete all of it").click()
    app_server.wait_until_drawn(page)
    page.get_by_role("button", name="Delete for good").click()
    expect(page.get_by_text("all their data are deleted")).to_be_visible()
    assert page.evaluate("window.hacked") is None
    with open_history(home / "data", "") as history:
        assert HOSTILE not in [person.name for person in people.everyone(history, archived=True)]
    page.context.close()


@pytest.mark.parametrize("width", [390, 1280])
def test_no_page_is_wider_than_its_window_or_breaks(browser: Browser, address: str, width: int) -> None:
    page = app_server.open_page(browser, address, width=width)
    for name in PAGES:
        page.goto(f"{address}/{name}")
        expect(page.get_by_text("Exercise feedback, not medical advice")).to_be_visible()
        app_server.wait_until_drawn(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name
        assert _widest(page) <= width + 1, name
        expect(page.get_by_test_id("stException")).to_have_count(0)
        expect(page.get_by_test_id("stMainMenu")).to_be_hidden()
    page.context.close()


def _reads(page: Page, words: str) -> None:
    """Wait until a person reads these words; a word joiner is nothing that one sees."""
    page.wait_for_function("words => document.body.innerText.replaceAll('\\u2060', '').includes(words)", arg=words,
                           timeout=app_server.SOON_MS)


def _widest(page: Page) -> float:
    """The furthest right edge of anything shown in the page's body; a slider's own input is there to be heard."""
    return float(page.evaluate("""() => Math.max(
        ...[...document.querySelectorAll('[data-testid=stMainBlockContainer] *')]
        .filter(one => !one.closest('[style*="clip-path: inset(50%)"]'))
        .map(one => one.getBoundingClientRect())
        .filter(box => box.width > 1 && box.height > 1).map(box => box.right))"""))


def test_pictures_are_answered_and_nothing_is_asked_of_other_computers(browser: Browser, address: str) -> None:
    # Streamlit 1.60 with a too new starlette answers every picture with HTTP 500.
    with urllib.request.urlopen(f"{address}/favicon.png") as answer:
        assert answer.status == 200
    page = browser.new_context().new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{address}/learn")
    expect(page.get_by_role("heading", name="When to see a professional")).to_be_visible()
    expect(page.locator("video").first).to_be_visible()
    page.wait_for_load_state("networkidle")
    strangers = [url for url in asked if not url.startswith((address, "data:", "blob:", address.replace("http", "ws")))]
    assert not strangers
    page.context.close()


def test_the_set_up_check_ticks_a_good_picture_and_names_what_is_wrong(browser: Browser, address: str) -> None:
    page = app_server.open_page(browser, address, "setup")
    page.locator("input[type=file]").set_input_files(ROOT / "samples" / "hinge_neutral.mp4")
    expect(page.get_by_role("heading", name="Ready")).to_be_visible(timeout=ANALYSED_MS)
    for name in ("Side-on: good", "Whole body: good", "Distance: good", "Light: good", "One person: good"):
        expect(page.get_by_text(name)).to_be_visible()
    page.context.close()


def test_the_set_up_check_looks_through_the_camera(browser: Browser, address: str) -> None:
    # The browser's made camera shows a pattern and nobody.
    page = app_server.open_page(browser, address, "setup")
    app_server.wait_until_drawn(page)
    page.get_by_text("From the camera").click()
    expect(page.get_by_text("Somebody else presses the button")).to_be_visible()
    page.wait_for_function("document.querySelector('[data-testid=stCameraInput] video')?.readyState >= 2",
                           timeout=app_server.SOON_MS)
    page.get_by_role("button", name="Take Photo").click()
    expect(page.get_by_role("heading", name=re.compile(r"\d to change"))).to_be_visible()
    expect(page.get_by_text("Somebody in the picture: change this")).to_be_visible()
    page.context.close()


def test_a_backup_brings_everything_back(browser: Browser, address: str, home: Path, tmp_path: Path) -> None:
    with open_history(home / "data", "") as history:
        zoe = people.add(history, "Zoé 李")
        images = {3: saved_sets.KEY_IMAGE}
        kept = sets.save(history, NewSet(saved_sets.report(), saved_sets.EXERCISE, saved_sets.track(), images), zoe.id)
        remarks.answer(history, kept, 5, ["lower_back"])
        before = sets.load(history, kept)
    page = app_server.open_page(browser, address, "people")
    app_server.wait_until_drawn(page)
    page.get_by_role("button", name="Make a backup of everything").click()
    with page.expect_download(timeout=app_server.SOON_MS) as download:
        page.get_by_role("button", name="Download the backup").click()
    download.value.save_as(tmp_path / "backup.zip")
    with open_history(home / "data", "") as history:
        people.delete(history, zoe.id)
        assert "Zoé 李" not in [person.name for person in people.everyone(history)]
    page.reload()
    app_server.wait_until_drawn(page)
    page.locator("input[type=file]").set_input_files(tmp_path / "backup.zip")
    page.get_by_role("button", name="Import it").click()
    expect(page.get_by_text(re.compile("Imported: 1 person, 1 set"))).to_be_visible()
    with open_history(home / "data", "") as history:
        again = sets.load(history, kept)
        assert {key: value for key, value in vars(again).items() if value != vars(before)[key]} == {}
        assert list(files.key_image_paths(history, kept)) == [3]
    page.goto(f"{address}/review?set={kept}")
    expect(page.get_by_role("heading", name="3 of 5 reps neutral")).to_be_visible()
    expect(app_server.cards(page).nth(2).locator("img")).to_be_visible()
    expect(page.get_by_text("pain 5 of 10")).to_be_visible()
    page.context.close()
