"""The review in a real browser: reps show their bottom and play in a loop; curves and keys move the video."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from exercises.results import SetReport
from hingecheck.history import queries, recent_videos, sets
from hingecheck.history.store import open_history
from tests.helpers import app_server
from tests.helpers.waiting import until

#: Keeps where the video was sent and how it began to play: a test may look later than that.
_KEEP = """() => {
    const film = document.querySelector('.st-key-film video');
    for (const what of ['seeking', 'play'])
        film.addEventListener(what, () => window.kept.push(
            {what, at: film.currentTime, paused: film.paused, rate: film.playbackRate}));
}"""
_SHOWN_PAUSED = "at => window.kept.some(one => one.what === 'seeking' && one.paused && Math.abs(one.at - at) < 0.1)"
_IS_NEAR = "at => Math.abs(document.querySelector('.st-key-film video').currentTime - at) < 0.1"


@pytest.fixture(scope="module")
def saved(home: Path) -> tuple[str, SetReport]:
    """A set whose video nobody asked to keep: its id, and its report."""
    app_server.save_hinge(home, "--to", "11")
    with open_history(home / "data", "") as history:
        set_id = queries.lines(history)[0].id
        recent_videos.put(history, set_id, home / "out" / "annotated.mp4")
        return str(set_id), sets.load(history, set_id).report


@pytest.fixture
def page(browser: Browser, saved: tuple[str, SetReport], address: str) -> Page:
    opened = app_server.open_page(browser, address, f"review?set={saved[0]}")
    opened.wait_for_function("() => document.querySelector('.st-key-film video')?.readyState >= 1")
    expect(opened.get_by_role("button", name="1 ✓ Neutral", exact=True)).to_be_visible()
    return opened


def _is_at(line: Locator, x: float, within: float) -> bool:
    return abs(float(line.get_attribute("x1") or 0) - x) < within


def _film(page: Page, what: str) -> float:
    return page.evaluate(f"() => document.querySelector('.st-key-film video').{what}")


def test_a_rep_shows_its_bottom_and_then_plays_slowly_in_a_loop(page: Page, saved: tuple[str, SetReport]) -> None:
    report = saved[1]
    assert len(report.reps) == 2
    page.evaluate(_KEEP)
    for rep in (*report.reps, report.reps[0]):
        page.evaluate("window.kept = []")
        page.get_by_role("button", name=f"{rep.index} ✓ Neutral", exact=True).click()
        page.wait_for_function(_SHOWN_PAUSED, arg=(rep.bottom_s + rep.leave_s) / 2)
    rep, end_s = report.reps[0], min(report.reps[0].end_s, report.reps[0].leave_s + 1.0)
    began = page.wait_for_function("() => window.kept.find(one => one.what === 'play')").json_value()
    assert began["rate"] == 0.5
    assert began["at"] < rep.bottom_s
    expect(page.get_by_role("status")).to_contain_text("Rep 1 plays slowly, in a loop.")
    # Near its end, and soon again before the bottom: it never leaves the rep.
    page.wait_for_function("at => document.querySelector('.st-key-film video').currentTime > at", arg=end_s - 0.4)
    page.wait_for_function("at => document.querySelector('.st-key-film video').currentTime < at", arg=rep.bottom_s)
    page.get_by_role("button", name="1 ✓ Neutral", exact=True).click()
    assert _film(page, "paused")
    page.context.close()


def test_the_numbers_of_the_player_have_a_german_comma(browser: Browser, saved: tuple[str, SetReport],
                                                       address: str) -> None:
    page = browser.new_context(locale="de-DE").new_page()
    page.goto(f"{address}/review?set={saved[0]}")
    expect(page.get_by_role("button", name="0,25", exact=False).first).to_have_text("0,25×")
    expect(page.locator(".panel .value").first).to_contain_text("0,0 s: ")
    page.context.close()


def test_a_card_leads_to_its_rep(page: Page, saved: tuple[str, SetReport]) -> None:
    rep = saved[1].reps[1]
    page.get_by_role("button", name="Watch rep 2").click()
    page.wait_for_function(_IS_NEAR, arg=(rep.bottom_s + rep.leave_s) / 2)
    expect(page.locator(".st-key-film video")).to_be_in_viewport()
    page.context.close()


def test_a_curve_moves_the_video_to_a_tenth_and_its_line_runs_along(page: Page, saved: tuple[str, SetReport]) -> None:
    app_server.wait_until_drawn(page)
    curve = page.locator("svg.chart.wide").first
    left, _, width, _, low_s, high_s, *_ = (float(part) for part in (curve.get_attribute("data-axes") or "").split())
    box = curve.bounding_box()
    assert box is not None
    scale = box["width"] / 640
    for at_s in (2.0, saved[1].reps[0].bottom_s):
        x = (left + (at_s - low_s) / (high_s - low_s) * width) * scale
        curve.click(position={"x": x, "y": box["height"] / 2})
        page.wait_for_function(_IS_NEAR, arg=at_s)
        # The line follows the video a moment later.
        until(partial(_is_at, curve.locator(".playhead"), x / scale, 1.5 / scale), "the line is elsewhere")
        expect(page.locator(".panel .value").first).to_contain_text(f"{at_s:.1f} s")
    before = curve.locator(".playhead").get_attribute("x1")
    page.evaluate("() => document.querySelector('.st-key-film video').play()")
    expect(curve.locator(".playhead")).not_to_have_attribute("x1", before or "")
    page.context.close()


def test_keys_play_step_and_change_the_speed(page: Page) -> None:
    page.locator("h1").click()
    page.evaluate("() => { document.querySelector('.st-key-film video').currentTime = 3; }")
    page.wait_for_function(_IS_NEAR, arg=3.0)
    page.keyboard.press("ArrowRight")
    page.wait_for_function("() => document.querySelector('.st-key-film video').currentTime > 3.02")
    assert 3.02 < _film(page, "currentTime") < 3.05  # 30 frames a second
    page.keyboard.press(",")
    assert _film(page, "playbackRate") == 0.5
    page.keyboard.press(".")
    assert _film(page, "playbackRate") == 1
    page.keyboard.press("Space")
    page.wait_for_function("() => !document.querySelector('.st-key-film video').paused")
    page.keyboard.press("Space")
    page.wait_for_function("() => document.querySelector('.st-key-film video').paused")
    page.keyboard.press("2")
    expect(page.get_by_role("button", name="2 ✓ Neutral", exact=True)).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("?")
    expect(page.get_by_text("a frame back, a frame on")).to_be_visible()
    # Who writes a note writes numbers, and moves nothing.
    app_server.wait_until_drawn(page)
    page.get_by_text("Add a note").click()
    page.get_by_label("Note", exact=True).fill("1")
    page.get_by_label("Note", exact=True).press("1")
    expect(page.get_by_role("button", name="1 ✓ Neutral", exact=True)).to_have_attribute("aria-pressed", "false")
    page.context.close()


@pytest.mark.parametrize("width", [1280, 390])
def test_the_video_stays_in_sight_and_survives_a_reload(browser: Browser, saved: tuple[str, SetReport], address: str,
                                                        width: int) -> None:
    page = app_server.open_page(browser, address, f"review?set={saved[0]}", width)
    expect(page.get_by_text("Without the tick it is deleted from this computer in 14 days.")).to_be_visible()
    page.reload()
    video = page.locator(".st-key-film video")
    expect(video).to_be_visible()
    page.get_by_role("heading", name="Rep by rep").scroll_into_view_if_needed()
    cards = app_server.cards(page)
    cards.nth(1).scroll_into_view_if_needed()
    expect(video).to_be_in_viewport()
    app_server.wait_until_drawn(page)
    box = video.bounding_box()
    assert box is not None
    assert box["height"] < 900 * (0.62 if width == 1280 else 0.31)
    page.context.close()


def test_a_kept_video_is_kept_until_the_tick_goes(browser: Browser, saved: tuple[str, SetReport], address: str,
                                                  home: Path) -> None:
    folder = home / "data" / "sets" / saved[0]
    page = app_server.open_page(browser, address, f"review?set={saved[0]}")
    app_server.wait_until_drawn(page)
    page.get_by_text("Keep this video").click()
    expect(page.get_by_text("until you delete this set or take away the tick")).to_be_visible()
    app_server.wait_until_drawn(page)
    assert sorted(path.name for path in folder.glob("*.mp4")) == ["annotated.mp4"]
    page.get_by_text("Keep this video").click()
    expect(page.get_by_text("in 14 days")).to_be_visible()
    app_server.wait_until_drawn(page)
    assert sorted(path.name for path in folder.glob("*.mp4")) == [".recent.mp4"]
    page.context.close()
