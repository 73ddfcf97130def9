"""Progress: what is prescribed before the first set, days for a calendar, and the weeks on one page."""

from __future__ import annotations

from pathlib import Path

from icalendar import Calendar
from playwright.sync_api import Browser, expect

from hingecheck.history import goals, people
from hingecheck.history.store import open_history
from tests.helpers import app_server, pdf_text


def test_days_go_into_a_calendar(browser: Browser, home: Path, address: str) -> None:
    with open_history(home / "data", "") as history:
        person = people.default(history)
        goals.prescribe(history, person.id, "hip_hinge", 'exercise = "hip_hinge"\nsets = 5\nper_week = 2\n')
    page = app_server.open_page(browser, address, "progress", width=390)
    week = page.get_by_role("list", name="This week")
    expect(week.get_by_role("listitem")).to_have_count(7)
    expect(page.get_by_text("This week: 0 of 2 sessions.")).to_be_visible()
    sunday = page.get_by_role("button", name="Sun", exact=True)
    box = sunday.bounding_box()
    assert box is not None
    assert box["x"] + box["width"] <= 390
    sunday.click()
    expect(week.get_by_text("planned", exact=True)).to_have_count(1)
    app_server.wait_until_drawn(page)
    page.get_by_text("Into your calendar").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Calendar (.ics)").click()
    (event,) = Calendar.from_ical(Path(download.value.path()).read_bytes()).walk("VEVENT")
    assert event["rrule"]["byday"] == ["SU"]
    assert event["rrule"]["count"] == [8]
    assert event["dtstart"].dt.weekday() == 6
    assert str(event["summary"]) == "Today's programme"


def test_weeks_are_downloaded_as_one_page(browser: Browser, home: Path, address: str) -> None:
    app_server.save_hinge(home, "--no-video", "--to", "11")
    page = app_server.open_page(browser, address, "progress")
    app_server.wait_until_drawn(page)
    page.get_by_text("One page for whoever treats you").click()
    page.get_by_label("Made by").fill("M. Roth")
    page.get_by_label("Made by").press("Enter")
    app_server.wait_until_drawn(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="Weeks (PDF)").click()
    (text,) = pdf_text.pages(Path(download.value.path()).read_bytes())
    assert "by M. Roth" in text
    assert "Hip hinge" in text
