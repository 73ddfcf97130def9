"""The live page at a desk and on a phone: the camera's place, one message, the voice, the counter, the video."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from hingecheck.history import files, queries
from hingecheck.history.store import open_history
from tests.helpers import app_server, fake_camera
from tests.helpers.app_server import ROOT, SOON_MS

_VOLUMES = """window.volumes = [];
const speak = SpeechSynthesis.prototype.speak;
SpeechSynthesis.prototype.speak = function (utterance) {
  window.volumes.push(utterance.volume);
  speak.call(this, utterance);
};"""


def _top(part: Locator) -> float:
    box = part.bounding_box()
    assert box is not None
    return box["y"]


def _start(page: Page) -> Locator:
    return fake_camera.frame(page).get_by_role("button", name="Start the camera")


@pytest.mark.parametrize("width", [1280, 390])
def test_before_the_start(tmp_path: Path, width: int) -> None:
    with fake_camera.server(tmp_path) as address, fake_camera.browser(None) as browser:
        page = fake_camera.open_live_page(browser, address, "", width, 844)
        expect(_start(page)).to_be_visible()
        drawing, choice = page.locator(".hc-camera").first, page.get_by_role("combobox", name="Exercise")
        expect(drawing).to_be_visible()
        app_server.wait_until_drawn(page)
        assert _top(drawing) < _top(_start(page)), "where the camera goes, before the start"
        if width == 390:
            assert _top(choice) < _top(drawing), "a phone shows the choice first"
        else:
            expect(_start(page)).to_be_in_viewport()
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        fake_camera.press_start(page)
        expect(page.locator(".notice")).to_contain_text("No camera was found.", timeout=SOON_MS)
        expect(page.locator(".notice")).to_have_count(1)
        expect(page.locator(".notice")).to_be_in_viewport()
        assert 0 < _top(page.locator(".notice")) - _top(_start(page)) < 160, "at the button"
        for text in ("NotFoundError", "Requested device not found"):
            expect(fake_camera.frame(page).get_by_text(text)).to_be_hidden()


def test_the_voice_can_be_tried_and_turned_down(tmp_path: Path) -> None:
    with fake_camera.server(tmp_path) as address, fake_camera.browser(None) as browser:
        page = fake_camera.open_live_page(browser, address, _VOLUMES)
        page.get_by_role("button", name="Test the voice").click()
        page.wait_for_function("window.volumes.length === 1", timeout=SOON_MS)
        assert fake_camera.spoken_sentences(page) == ["This is how you hear me"]
        page.get_by_role("slider", name="Volume").press("ArrowLeft")
        page.get_by_role("button", name="Test the voice").click()
        page.wait_for_function("window.volumes.length === 2", timeout=SOON_MS)
        assert page.evaluate("window.volumes") == pytest.approx([1.0, 0.9])


def test_a_set_is_counted_towards_its_goal_and_its_video_is_kept(tmp_path: Path, clips: Path) -> None:
    clip = fake_camera.write_camera_video(ROOT / "samples" / "hinge_squatted.mp4", clips)
    with fake_camera.server(tmp_path) as address, fake_camera.browser(clip) as browser:
        page = fake_camera.open_live_page(browser, address)
        page.get_by_text("Keep the video of this set").click()
        fake_camera.start(page)
        expect(fake_camera.frame(page).locator("video[controls]")).to_have_count(0)  # they lie on the cue
        expect(fake_camera.frame(page).locator("video")).to_have_count(1)
        page.wait_for_function("document.querySelector('.hc-live')?.dataset.reps === '1'", timeout=4 * SOON_MS)
        expect(page.locator(".hc-live-count")).to_have_text("1 of 5")
        expect(page.get_by_text("frames per second")).to_have_count(0)
        expect(page.locator(".hc-camera")).to_have_count(0)
        page.get_by_role("button", name="Stop the set").click()
        page.wait_for_url("**/review?set=*", timeout=2 * SOON_MS)
        expect(page.locator(".st-key-film video")).to_be_visible()
        with open_history(tmp_path / "data", "") as history:
            (line,) = queries.lines(history)
            assert files.video_path(history, line.id) is not None
