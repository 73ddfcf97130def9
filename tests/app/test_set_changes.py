"""A set is renamed, tagged, moved and taken back, and compared with one of weeks before in step, in a real browser."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from hingecheck.history import files, people, queries, sets
from hingecheck.history.records import NewSet, SavedSet
from hingecheck.history.store import open_history
from tests.helpers import app_server


@pytest.fixture(scope="module")
def pair(home: Path) -> tuple[SavedSet, SavedSet]:
    """A set with its video, and the same one three weeks earlier; there is a second person, Zoe."""
    app_server.save_hinge(home, "--to", "11")
    with open_history(home / "data", "") as history:
        later = sets.load(history, queries.lines(history)[0].id)
        video = home / "out" / "annotated.mp4"
        files.save_video(history, later.line.id, video)
        people.add(history, "Zoe")
        earlier = sets.save(history, NewSet(
            later.report, later.exercise, files.load_track(history, later.line.id),
            files.load_key_images(history, later.line.id), video, later.line.made_at - timedelta(weeks=3)),
            later.person.id)
        return sets.load(history, earlier), later


def reloaded(home: Path, saved: SavedSet) -> SavedSet:
    with open_history(home / "data", "") as history:
        return sets.load(history, saved.line.id)


def open_changes(page: Page) -> None:
    app_server.wait_until_drawn(page)
    if not page.get_by_label("Name of the set").is_visible():
        page.get_by_text("Name, tags, person").click()


def test_name_tag_and_person_change_and_are_taken_back(browser: Browser, address: str, home: Path,
                                                      pair: tuple[SavedSet, SavedSet]) -> None:
    later = pair[1]
    page = app_server.open_page(browser, address, f"review?set={later.line.id}")
    undo = page.get_by_role("button", name="Undo")
    open_changes(page)
    page.get_by_label("Name of the set").fill("First visit")
    page.get_by_role("button", name="Save name").click()
    expect(page.get_by_text("The set is now called First visit.")).to_be_visible()
    assert reloaded(home, later).line.video == "First visit"
    undo.click()
    expect(page.get_by_text("The set is now called First visit.")).to_have_count(0)
    app_server.wait_until_drawn(page)
    assert reloaded(home, later).line.video == later.line.video
    open_changes(page)
    page.get_by_label("Tag, one word").fill("clinic")
    page.get_by_role("button", name="Add tag").click()
    expect(page.get_by_text("#clinic")).to_be_visible()
    open_changes(page)
    app_server.choose(page.get_by_role("combobox", name="Move this set to"), "Zoe")
    page.get_by_role("button", name="Move the set").click()
    expect(page.get_by_text("The set is now Zoe's.")).to_be_visible()
    assert reloaded(home, later).person.name == "Zoe"
    undo.click()
    expect(page.get_by_text("The set is now Zoe's.")).to_have_count(0)
    app_server.wait_until_drawn(page)
    assert reloaded(home, later).person.id == later.person.id
    page.goto(f"{address}/review")
    tag = page.get_by_test_id("stButtonGroup").get_by_text("#clinic")
    expect(page.locator("[class*='st-key-set-row-']")).to_have_count(2)
    app_server.wait_until_drawn(page)
    tag.click()
    expect(page.locator("[class*='st-key-set-row-']")).to_have_count(1)
    page.context.close()


def test_two_sets_play_in_step(browser: Browser, address: str, pair: tuple[SavedSet, SavedSet]) -> None:
    earlier, later = pair
    page = app_server.open_page(browser, address, f"review?set={later.line.id}")
    app_server.wait_until_drawn(page)
    page.get_by_text("Compare with another set").click()
    app_server.choose(page.get_by_role("combobox", name="The other set"))
    page.get_by_role("link", name="Show both beside each other").click()
    page.wait_for_url(f"**/compare?set={earlier.line.id}&with={later.line.id}")
    app_server.choose(page.get_by_role("combobox", name="Rep").nth(1), "2 Neutral")
    one, two = earlier.report.reps[0], later.report.reps[1]
    films = "[...document.querySelectorAll('[class*=st-key-compare-] video')].map(film => film.currentTime)"
    at_bottom = "([a, b]) => { const [x, y] = " + films + "; return Math.abs(x - a) < 0.1 && Math.abs(y - b) < 0.1 }"
    page.wait_for_function(at_bottom, arg=[one.bottom_s, two.bottom_s])
    page.get_by_role("button", name="Play both in step").click()
    # While one goes up the other does: at the same share of the way, at one moment.
    x, y = page.wait_for_function("([a]) => { const [x, y] = " + films + "; return x > a && [x, y] }",
                                  arg=[(one.leave_s + one.end_s) / 2]).json_value()
    page.get_by_role("button", name="Pause both").click()
    share_one = (x - one.leave_s) / (one.end_s - one.leave_s)
    share_two = (y - two.leave_s) / (two.end_s - two.leave_s)
    assert share_one == pytest.approx(share_two, abs=0.2)
    expect(page.get_by_role("heading", name="What differs")).to_be_visible()
    expect(page.get_by_role("columnheader", name="Difference")).to_be_visible()
    page.context.close()
