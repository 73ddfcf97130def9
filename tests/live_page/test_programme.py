"""A programme on the live page in a real Chromium whose camera plays a sample: led through, asked once at the end."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import expect

from hingecheck.history import queries
from hingecheck.history.store import open_history
from tests.helpers import app_server, fake_camera
from tests.helpers.app_server import ROOT, SOON_MS

_PROGRAMME = """id = "squats"
name = "Squats, twice"
summary = "For a test."
per_week = 1

[[steps]]
exercise = "hip_hinge"
sets = 2
rest_s = 5
source = "test"
"""


def test_a_programme_is_led_through_and_asks_once(tmp_path: Path, clips: Path) -> None:
    folder = tmp_path / "exercises" / "programmes"
    folder.mkdir(parents=True)
    (folder / "squats.toml").write_text(_PROGRAMME, encoding="utf-8")
    # The clip repeats: the wait before it is that for the announcements and the set-up of each set.
    clip = fake_camera.write_camera_video(ROOT / "samples" / "hinge_squatted.mp4", clips, 20.0, 5.8)
    with fake_camera.server(tmp_path) as address, fake_camera.browser(clip) as browser:
        page = fake_camera.open_live_page(browser, address)
        page.get_by_text("A programme", exact=True).click()
        fake_camera.choose(page, "Programme", "Squats, twice")
        fake_camera.start(page)
        expect(page.get_by_text("1 of 2").first).to_be_visible(timeout=SOON_MS)
        page.wait_for_function("document.querySelector('.hc-live')?.dataset.reps === '1'", timeout=2 * SOON_MS)
        expect(page.get_by_text("2 of 2").first).to_be_visible(timeout=SOON_MS)
        assert "/live" in page.url, "no review opens between two sets"
        expect(page.get_by_role("button", name="Pause")).to_have_count(1)
        page.get_by_role("button", name="Pause").click()
        expect(page.get_by_role("button", name="Go on")).to_be_visible()
        page.get_by_role("button", name="Go on").click()
        expect(page.get_by_role("heading", name="After the set")).to_be_visible(timeout=3 * SOON_MS)
        expect(page.get_by_role("heading", name="After the set")).to_have_count(1)
        expect(page.get_by_text("Hip hinge: 2 of 2")).to_be_in_viewport()
        expect(page.get_by_text("How much does it hurt")).to_be_in_viewport()
        expect(page.locator(".hc-live")).to_have_count(0)
        page.wait_for_function("window.spoken.some(([text]) => text.startsWith('Answer'))", timeout=SOON_MS)
        speech = [text for text in fake_camera.spoken_sentences(page)
                  if text.startswith(("Next", "Set 2", "Programme"))]
        # After the pause it is told again what comes next.
        assert list(dict.fromkeys(speech)) == ["Next: Hip hinge", "Set 2 of 2", "Programme finished, well done"]
        page.get_by_role("button", name="Save answers").click()
        app_server.wait_until_drawn(page)
        with open_history(tmp_path / "data", "") as history:
            (session,) = queries.sessions(history)
            assert session.note == "Squats, twice"
            assert [line.reps for line in queries.sets_of(history, session.id)] == [1, 1]
