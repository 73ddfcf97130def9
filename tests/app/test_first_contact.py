"""From the first page to a verdict: a sample in two clicks, a clip that is asked about, a stop. Poses are recorded."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Browser, Page, expect

from hingecheck.history import people, queries, sets
from hingecheck.history.records import EXAMPLE_ID
from hingecheck.history.store import open_history
from pose.io.video import VideoReader, VideoWriter
from tests.helpers import app_server
from tests.helpers.app_server import ANALYSED_MS, ROOT


@pytest.fixture(scope="module")
def address(home: Path) -> Iterator[str]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HINGECHECK_REPLAYED", "doorway_90,standing_posture,hinge_neutral,squat_neutral")
        with app_server.server(home / "data", home / "exercises", replayed=True) as url:
            yield url


def _cut(stem: str, folder: Path, until_s: float) -> Path:
    return app_server.copy_beginning(ROOT / "samples" / f"{stem}.mp4", folder / f"{stem}.mp4", until_s)


def _turned(stem: str, folder: Path, until_s: float) -> Path:
    """Write the first seconds of a sample turned upside down."""
    target = folder / f"{stem}_turned.mp4"
    with VideoReader(ROOT / "samples" / f"{stem}.mp4") as frames, VideoWriter(target) as writer:
        for frame in frames:
            if frame.time_s >= until_s:
                break
            writer.write(np.ascontiguousarray(np.rot90(frame.image, 2)), frame.time_s)
    return target


def _tile(page: Page, name: str) -> None:
    page.locator("[class*='st-key-tile-']").filter(has_text=name).get_by_role("button").click()


def test_a_sample_gets_its_verdict_in_two_clicks_and_is_nobodys(browser: Browser, address: str, home: Path) -> None:
    page = app_server.open_page(browser, address)
    page.get_by_role("button", name="Try a sample").click()
    _tile(page, "Left leg, the knee straight, held for 32 seconds")
    expect(page.get_by_role("button", name="Open the review")).to_be_visible(timeout=ANALYSED_MS)
    expect(page.get_by_label("Verdicts").get_by_text("Good")).to_be_visible()
    page.get_by_role("button", name="Open the review").click()
    expect(page.get_by_text("Doorway hamstring stretch · Example")).to_be_visible()
    with open_history(home / "data", "") as history:
        assert people.everyone(history) == ()
        assert [line.person_id for line in queries.lines(history)] == [EXAMPLE_ID]
    page.get_by_role("link", name="Progress").click()
    expect(page.get_by_text("There is nothing to compare yet.")).to_be_visible()
    page.context.close()


def test_a_clip_that_may_be_several_exercises_is_asked_about_first_and_judged_at_once(
        browser: Browser, address: str, home: Path) -> None:
    page = app_server.open_page(browser, address, "analyse")
    app_server.upload(page, _cut("standing_posture", home, 9.0), _cut("hinge_neutral", home, 6.5))
    question = page.get_by_role("heading", level=1, name="Which exercise is this?")
    expect(question).to_be_visible(timeout=ANALYSED_MS)
    expect(page.get_by_text("standing_posture.mp4").first).to_be_visible()
    first = page.locator("[data-testid=stMainBlockContainer] :is(h1, h2, h3, button)").first
    expect(first).to_have_text("Which exercise is this?")
    began = time.monotonic()
    _tile(page, "Standing posture")
    expect(question).to_have_count(0)
    expect(page.get_by_text(re.compile("Stooped 1 time"))).to_be_visible()
    print(f"judged anew in {time.monotonic() - began:.1f} s")
    expect(page.get_by_role("button", name="Open the review")).to_have_count(2, timeout=ANALYSED_MS)
    with open_history(home / "data", "") as history:
        me = people.default(history)
        assert {line.exercise for line in queries.lines(history, me.id)} == {"standing_posture", "hip_hinge"}
    page.context.close()


def test_a_stopped_video_goes_on_without_another_upload(browser: Browser, address: str, home: Path) -> None:
    page = app_server.open_page(browser, address, "analyse")
    app_server.upload(page, _cut("squat_neutral", home, 6.5))
    page.get_by_role("button", name="Stop").click()
    expect(page.get_by_role("heading", name="Stopped")).to_be_visible()
    page.get_by_role("button", name="Go on").click()
    expect(app_server.cards(page)).to_have_count(1, timeout=ANALYSED_MS)
    page.context.close()


def test_a_part_of_a_video_is_chosen_while_it_plays(browser: Browser, address: str, home: Path) -> None:
    page = app_server.open_page(browser, address, "analyse")
    page.locator("input[type=file]").first.set_input_files(ROOT / "samples" / "hinge_neutral.mp4")
    page.get_by_text("Use only a part of it").click()
    page.wait_for_function("document.querySelector('.st-key-trim video')?.readyState >= 1", timeout=app_server.SOON_MS)
    for at_s, button in ((4.9, "Begin here"), (11.2, "End here")):
        page.evaluate(f"document.querySelector('.st-key-trim video').currentTime = {at_s}")
        page.get_by_role("button", name=button).click()
        app_server.wait_until_drawn(page)
    expect(page.get_by_text("From 4.9 s to 11.2 s")).to_be_visible()
    app_server.start(page)
    expect(app_server.cards(page)).to_have_count(1, timeout=ANALYSED_MS)
    page.wait_for_function("document.querySelector('video').duration < 7", timeout=app_server.SOON_MS)
    with open_history(home / "data", "") as history:
        newest = sets.load(history, queries.lines(history, limit=1)[0].id)
    (rep,) = newest.report.reps
    assert 4.9 <= rep.start_s < rep.end_s <= 11.2
    # The drawn video begins with the part.
    page.get_by_role("button", name=f"Watch rep {rep.index}").click()
    page.wait_for_function("at => Math.abs(document.querySelector('video').currentTime - at) < 0.15",
                           arg=(rep.bottom_s + rep.leave_s) / 2 - 4.9, timeout=app_server.SOON_MS)
    page.context.close()


def test_a_picture_that_stands_on_its_head_is_turned_by_a_button(browser: Browser, home: Path) -> None:
    """The pose model runs: a recorded pose does not stand on its head."""
    with app_server.server(home / "turned", home / "exercises") as address:
        page = app_server.open_page(browser, address, "analyse")
        app_server.upload(page, _turned("knee_to_chest", home, 7.0))
        asked = page.get_by_text("The picture seems to be one that stands on its head")
        expect(asked).to_be_visible(timeout=ANALYSED_MS)
        expect(page.get_by_role("button", name="It is upright")).to_be_visible()
        page.get_by_role("button", name="Turn it upside down").click()
        expect(page.get_by_role("button", name="Open the review")).to_be_visible(timeout=ANALYSED_MS)
        with open_history(home / "turned", "") as history:
            (line,) = queries.lines(history, people.default(history).id)
        assert line.exercise == "knee_to_chest"
        page.context.close()


def test_a_recording_is_among_the_videos(browser: Browser, address: str) -> None:
    page = app_server.open_page(browser, address)
    page.get_by_role("button", name="Record with this camera").click()
    page.get_by_role("button", name="Start the camera").click()
    page.get_by_role("button", name="Record", exact=True).click()
    # What says 2 s is there for a second: a later look sees a higher number.
    expect(page.get_by_text(re.compile(r"Recording: ([2-9]|\d\d+) s"))).to_be_visible()
    page.get_by_role("button", name="Stop recording").click()
    expect(page.get_by_text("is among your videos. Press Analyse.")).to_be_visible()
    app_server.start(page)
    # The browser's drawn camera shows nobody; that it is read at all is what counts.
    expect(page.get_by_role("heading", name="This clip could not be judged")).to_be_visible(timeout=ANALYSED_MS)
    page.context.close()
