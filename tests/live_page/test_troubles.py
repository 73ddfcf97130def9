"""What goes wrong between camera, browser and program is said in words, and nothing is lost or counted twice."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.helpers import app_server, fake_camera
from tests.helpers.app_server import ROOT, SOON_MS
from tests.live_page.test_live_page import kept_until

#: A camera that another program has.
_BUSY = """navigator.mediaDevices.getUserMedia = async () => {
  throw new DOMException("Could not start video source", "NotReadableError");
};"""
#: An address that is neither https nor this computer.
_INSECURE = "Object.defineProperty(navigator, 'mediaDevices', {value: undefined});"
_HIDDEN = """hidden => {
  Object.defineProperty(document, "hidden", {value: hidden, configurable: true});
  Object.defineProperty(document, "visibilityState", {value: hidden ? "hidden" : "visible", configurable: true});
  document.dispatchEvent(new Event("visibilitychange"));
}"""

#: A phone's browser sends nothing while its window is hidden: the connection's pictures are held back and sent again.
_WIRE = """const Wire = window.RTCPeerConnection;
window.RTCPeerConnection = class extends Wire { constructor(...how) { super(...how); window.top.wire = this; } };"""
_PAUSE = """async paused => {
  const sender = window.wire.getSenders().find(one => one.track?.kind === "video" || one === window.paused);
  window.paused = sender;
  await sender.replaceTrack(paused ? null : window.camera.getVideoTracks()[0]);
}"""


def expect_words(page: Page, words: str) -> None:
    expect(page.locator(".notice")).to_contain_text(words, timeout=SOON_MS)


@pytest.mark.parametrize(("spies", "words"), [
    ("", "No camera was found."), (_BUSY, "another program may be using it"), (_INSECURE, "or over https")],
    ids=["none", "busy", "insecure"])
def test_a_camera_that_cannot_be_had_is_told(tmp_path: Path, spies: str, words: str) -> None:
    with fake_camera.server(tmp_path) as address, fake_camera.browser(None) as browser:
        page = fake_camera.open_live_page(browser, address, spies)
        expect(page.locator(".notice")).to_be_empty()
        fake_camera.press_start(page)
        expect_words(page, words)
        expect(page.get_by_text("hingecheck live does the same").first).to_be_visible()
        expect(page.locator(".hc-live")).to_have_count(0)


def test_a_refused_camera_is_told_and_how_to_allow_it(tmp_path: Path) -> None:
    with fake_camera.server(tmp_path) as address, app_server.browser((app_server.FAKE_CAMERA,)) as browser:
        page = fake_camera.open_live_page(browser, address)
        page.wait_for_timeout(9000)  # longer than a program may be silent
        expect(page.locator(".notice")).to_be_empty()
        page.context.clear_permissions()
        page.context.grant_permissions([])
        fake_camera.press_start(page)
        expect_words(page, "allow the camera, then press Start the camera again")
        assert "hingecheck live" in page.locator(".notice").inner_text()


def test_hidden_unplugged_and_a_program_that_is_gone(tmp_path: Path, clips: Path) -> None:
    clip = fake_camera.write_camera_video(ROOT / "samples" / "hinge_squatted.mp4", clips)
    with fake_camera.browser(clip) as browser:
        with fake_camera.server(tmp_path) as address:
            page = fake_camera.open_live_page(browser, address)
            fake_camera.start(page)
            _wait_for_speech(page)
            _hidden_for(page, 4000)
            expect_words(page, "Counting went on.")
            page.wait_for_function("document.querySelector('.hc-live')?.dataset.reps === '1'", timeout=2 * SOON_MS)
            page.evaluate("window.camera.getVideoTracks()[0].stop()")
            expect_words(page, "The camera has stopped sending video.")
            page.wait_for_function("window.spoken.some(([text]) => text === 'No video. Check the camera')",
                                   timeout=SOON_MS)
            counted = page.locator(".hc-live").get_attribute("data-reps")
        # The server was stopped here; the page is still open.
        expect_words(page, "The program does not respond.")
        # Its process for the video outlives it by what it has to save.
        (report,) = kept_until(tmp_path, 1)
        assert str(len(report.reps)) == counted == "1"
        with fake_camera.server(tmp_path) as address:
            again = app_server.open_page(browser, address, "progress")
            expect(again.get_by_text("0 of 1 rep neutral")).to_be_visible()


def test_a_browser_that_pauses_what_is_hidden(tmp_path: Path, clips: Path) -> None:
    clip = fake_camera.write_camera_video(ROOT / "samples" / "hinge_squatted.mp4", clips)
    with fake_camera.server(tmp_path) as address, fake_camera.browser(clip) as browser:
        page = fake_camera.open_live_page(browser, address, _WIRE)
        fake_camera.start(page)
        _wait_for_speech(page)
        page.evaluate(_PAUSE, True)
        _hidden_for(page, 5000)
        page.evaluate(_PAUSE, False)
        expect_words(page, "No video came meanwhile, so nothing was counted.")
        page.wait_for_function("document.querySelector('.hc-live')?.dataset.reps === '1'", timeout=3 * SOON_MS)


def _wait_for_speech(page: Page) -> None:
    """The model is loaded, and pictures come at their rate."""
    page.wait_for_function("window.spoken.length > 0", timeout=SOON_MS)


def _hidden_for(page: Page, milliseconds: int) -> None:
    page.evaluate(_HIDDEN, True)
    page.wait_for_timeout(milliseconds)
    page.evaluate(_HIDDEN, False)
