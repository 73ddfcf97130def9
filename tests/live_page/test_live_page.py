"""The live page in a real Chromium whose camera plays a sample: counted, spoken, kept, and stopped in every way."""

from __future__ import annotations

import json
import time
from pathlib import Path

import camera
import pytest
from camera import ROOT, SOON_MS
from playwright.sync_api import Page, expect

from coach.history import queries, sets
from coach.history.store import open_history
from exercises.outcome import SetReport

#: A clip is played once within this, with the start before it.
_CLIP_MS = 120_000


def kept(home: Path) -> list[SetReport]:
    """The sets of the history, oldest first."""
    with open_history(home / "data", "") as history:
        return [sets.load(history, line.id).report for line in reversed(queries.lines(history))]


def truth(name: str) -> list[dict[str, float]]:
    return json.loads((ROOT / "samples" / f"{name}.truth.json").read_text())["reps"]


def kept_until(home: Path, count: int) -> list[SetReport]:
    until = time.monotonic() + SOON_MS / 1000
    while time.monotonic() < until:
        found = kept(home)
        if len(found) >= count and not any("broke off" in " ".join(report.reasons) for report in found):
            return found
        time.sleep(0.3)
    raise AssertionError(f"not kept in time: {kept(home)}")


def test_a_set_of_hinges(tmp_path: Path, clips: Path) -> None:
    clip = camera.as_camera(ROOT / "samples" / "hinge_mixed.mp4", clips)
    with camera.server(tmp_path) as address, camera.browser(clip) as browser:
        page = camera.opened(browser, address)
        camera.start(page)
        expect(page.locator(".hc-live")).to_have_attribute("data-phase", "over", timeout=_CLIP_MS)
        shown = [text.split()[-1] for text in camera.verdicts(page)]
        told = [(report.fps, [rep.sentence for rep in report.reps]) for report in kept_until(tmp_path, 1)]
        assert shown == ["Neutral", "Neutral", "Rounded", "Neutral", "Rounded"], told
        expect(page.get_by_role("heading", name="3 of 5 reps neutral")).to_be_visible()
        said = camera.spoken(page)
        assert said[:5] == ["Stand tall and still", "Three", "Two", "One", "Go"]
        assert said.count("Rounding: push your hips back") == 2
        # The camera goes on and shows the clip again: nothing more is counted.
        page.wait_for_timeout(6000)
        expect(page.locator(".hc-live")).to_have_attribute("data-reps", "5")
        (report,) = kept_until(tmp_path, 1)
        assert [rep.verdict for rep in report.reps] == ["neutral", "neutral", "rounded", "neutral", "rounded"]
        _warned_in_time(page, report)


def _warned_in_time(page: Page, report: SetReport) -> None:
    """Each warning belongs to the moment of a picture before the bottom of a rounded rep."""
    at_s = page.evaluate("window.said.filter(one => one.text.startsWith('Rounding')).map(one => one.at_s)")
    go_s = page.evaluate("window.said.find(one => one.text === 'Go').at_s")
    for rep, warned_s in zip((r for r in report.reps if r.verdict == "rounded"), at_s, strict=True):
        # The report's times begin with the rest: two seconds, and a frame or two, before the count of three.
        assert rep.start_s < warned_s - go_s + 5.0 < rep.bottom_s + 0.3


def test_a_hold_counted_aloud_and_a_second_window(tmp_path: Path, clips: Path) -> None:
    clip = camera.as_camera(ROOT / "samples" / "doorway_90.mp4", clips)
    with camera.server(tmp_path) as address, camera.browser(clip) as browser:
        page = camera.opened(browser, address)
        camera.choose(page, "Exercise", "Doorway hamstring stretch")
        camera.start(page)
        other = camera.opened(browser, address)
        expect(other.locator(".hc-live")).to_have_count(0)
        page.wait_for_function("window.spoken.some(([text]) => text.includes('switch sides'))", timeout=_CLIP_MS)
        seconds = float(page.locator(".hc-live-count").inner_text().split()[0])
        assert seconds == pytest.approx(30, abs=2)
        said = camera.spoken(page)
        assert [text for text in said if text in ("Half-way", "Ten", "Five")] == ["Half-way", "Ten", "Five"]
        assert camera.spoken(other) == [], "the second window is a session of its own"
        page.wait_for_function("document.querySelector('.hc-live').dataset.reps === '1'", timeout=_CLIP_MS)
        page.frame_locator("iframe[title*='webrtc']").get_by_role("button", name="Stop").click()
        (report,) = kept_until(tmp_path, 1)
        (rep,) = report.reps
        (true,) = truth("doorway_90")
        assert rep.held is not None
        assert rep.held.seconds == pytest.approx(true["leave"] - true["bottom"], abs=1.0)
        assert rep.side == "left"


def test_a_reload_in_the_middle_loses_and_doubles_nothing(tmp_path: Path, clips: Path) -> None:
    clip = camera.as_camera(ROOT / "samples" / "hinge_squatted.mp4", clips)
    with camera.server(tmp_path) as address, camera.browser(clip) as browser:
        page = camera.opened(browser, address)
        camera.start(page)
        page.wait_for_function("document.querySelector('.hc-live').dataset.reps === '1'", timeout=_CLIP_MS)
        page.reload()
        expect(page.get_by_role("heading", name="Live")).to_be_visible()
        (report,) = kept_until(tmp_path, 1)
        assert report.reps[0].verdict == "squatted", (report.fps, report.reps[0].sentence)
        assert camera.spoken(page) == [], "nothing is said again"
        camera.start(page)
        expect(page.locator(".hc-live")).to_have_attribute("data-reps", "0")


def test_no_camera_is_told(tmp_path: Path) -> None:
    with camera.server(tmp_path) as address, camera.browser(None) as browser:
        page = camera.opened(browser, address)
        expect(page.get_by_text("hingecheck live does the same without a browser")).to_be_visible()
        page.frame_locator("iframe[title*='webrtc']").get_by_role("button", name="Start").click()
        page.wait_for_timeout(3000)
        expect(page.locator(".hc-live")).to_have_count(0)


def test_pictures_are_served(tmp_path: Path) -> None:
    """With a newer starlette than the pinned one every picture of the pages is an error."""
    with camera.server(tmp_path) as address, camera.browser(None) as browser:
        answer = browser.new_page().request.get(f"{address}/favicon.png")
        assert answer.status == 200
