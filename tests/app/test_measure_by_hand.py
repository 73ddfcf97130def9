"""Angles by hand in a real browser: clicks land on pixels of the frame, however it is zoomed, and stay with the set."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from hingecheck.history import files, hand_angles, queries, recent_videos
from hingecheck.history.store import open_history
from hingecheck.validation.clicked_angles import ClickedAngle, beside
from tests.helpers import app_server
from tests.helpers.app_server import ROOT

TRUTH = json.loads((ROOT / "samples" / "hinge_neutral.truth.json").read_text())
#: The bottom of the first rep.
FRAME = 105


def joint(name: str, frame: int = FRAME) -> tuple[float, float]:
    """Where the renderer put a joint, pixels of the frame."""
    x, y = (column[frame] for column in TRUTH["joints_px"][name])
    return x, y


@pytest.fixture(scope="module")
def set_id(home: Path) -> UUID:
    """A set whose video nobody asked to keep."""
    app_server.save_hinge(home, "--to", "11")
    with open_history(home / "data", "") as history:
        saved = queries.lines(history)[0].id
        recent_videos.put(history, saved, home / "out" / "annotated.mp4")
    return saved


@pytest.fixture
def page(browser: Browser, set_id: UUID, address: str, home: Path) -> Iterator[Page]:
    opened = app_server.open_page(browser, address, f"review?set={set_id}")
    app_server.wait_until_drawn(opened)
    opened.get_by_text("Measure an angle by hand").click()
    opened.wait_for_function("() => document.querySelector('.st-key-film video')?.readyState >= 1")
    yield opened
    opened.context.close()
    with open_history(home / "data", "") as history:
        for one in hand_angles.of_set(history, set_id):
            hand_angles.delete(history, one.id)


def _saved(home: Path, set_id: UUID) -> list[ClickedAngle]:
    with open_history(home / "data", "") as history:
        return [one.angle for one in hand_angles.of_set(history, set_id)]


def _frame(page: Page, at_s: float) -> Locator:
    """Take the frame that the video shows at a moment."""
    page.evaluate("at => { document.querySelector('.st-key-film video').currentTime = at; }", at_s)
    app_server.wait_until_drawn(page)
    page.get_by_role("button", name="Take the frame of the video").click()
    expect(page.get_by_role("status").get_by_text(f"At {at_s:.2f} s.")).to_be_visible()
    app_server.wait_until_drawn(page)
    return page.get_by_role("application")


def _place(frame: Locator, point: tuple[float, float]) -> tuple[float, float]:
    """Where a point of the frame lies on the screen, by what the browser says of its view."""
    frame.scroll_into_view_if_needed()
    before, box = None, frame.bounding_box()
    while box != before:  # what is drawn above it moves it
        frame.page.wait_for_timeout(100)
        before, box = box, frame.bounding_box()
    assert box is not None
    x, y, width, height = (float(part) for part in (frame.get_attribute("viewBox") or "").split())
    return box["x"] + (point[0] - x) / width * box["width"], box["y"] + (point[1] - y) / height * box["height"]


def _click(frame: Locator, *points: tuple[float, float]) -> None:
    for point in points:
        frame.page.mouse.click(*_place(frame, point))


def _drag(frame: Locator, start: tuple[float, float], end: tuple[float, float]) -> None:
    mouse = frame.page.mouse
    mouse.move(*_place(frame, start))
    mouse.down()
    mouse.move(*_place(frame, end), steps=4)
    mouse.up()


def _save(page: Page) -> None:
    page.get_by_role("button", name="Save angle").click()
    expect(page.get_by_role("status").get_by_text("Click the shoulder.")
           .or_(page.get_by_role("status").get_by_text("Click the hip."))).to_be_visible()
    app_server.wait_until_drawn(page)


def test_three_clicks_are_the_angle_that_was_drawn_and_stand_beside_ours(page: Page, home: Path, set_id: UUID) -> None:
    app_server.choose(page.get_by_label("Angle", exact=True), "Knee flexion")
    frame = _frame(page, FRAME / TRUTH["fps"])
    points = [joint(f"left_{name}") for name in ("hip", "knee", "ankle")]
    save = page.get_by_role("button", name="Save angle")
    for point, following in zip(points, ("Click the knee.", "Click the ankle.", "All three points are set."),
                                strict=True):
        expect(save).to_be_disabled()
        _click(frame, point)
        expect(page.get_by_role("status").get_by_text(following)).to_be_visible()
    _save(page)
    (angle,) = _saved(home, set_id)
    assert (angle.quantity, angle.author) == ("knee_flexion_deg", "me")
    assert angle.time_s == pytest.approx(FRAME / TRUTH["fps"], abs=1e-3)
    for clicked, drawn in zip(angle.points_px, points, strict=True):
        assert clicked == pytest.approx(drawn, abs=1.0)
    thigh, shin, across = (math.dist(*pair) for pair in (points[:2], points[1:], points[::2]))
    drawn_deg = 180 - math.degrees(math.acos((thigh**2 + shin**2 - across**2) / (2 * thigh * shin)))
    assert angle.value_deg == pytest.approx(drawn_deg, abs=1.5)
    with open_history(home / "data", "") as history:
        track = files.load_track(history, set_id)
    assert track is not None
    both = beside(angle, track)
    row = page.get_by_role("row").filter(has_text="Knee flexion")
    expect(row).to_be_visible()
    cells = row.get_by_role("cell").all_inner_texts()
    assert cells[1:3] == [f"{angle.time_s:.2f} s", f"{angle.value_deg:.1f}°"]
    assert cells[3].startswith(f"{both.ours_deg:.1f}")
    assert cells[4:] == [f"{both.difference_deg:+.1f}°", "me"]
    page.reload()
    expect(page.get_by_role("row").filter(has_text="Knee flexion")).to_be_visible()


def test_zoom_drag_and_undo_change_no_other_point(page: Page, home: Path, set_id: UUID) -> None:
    frame = _frame(page, FRAME / TRUTH["fps"])
    first, corner, last = (300.0, 100.0), (300.0, 200.0), (400.0, 200.0)
    undo = page.get_by_role("button", name="Undo", exact=True)
    expect(undo).to_be_disabled()
    _click(frame, first)
    for _ in range(3):
        page.get_by_role("button", name="Zoom in").click()
    view = [float(part) for part in (frame.get_attribute("viewBox") or "").split()]
    assert view[2] == pytest.approx(640 / 1.5**3)
    # A drag from an empty place moves what is shown, and sets no point.
    _drag(frame, (view[0] + 20, view[1] + view[3] - 20), (view[0] + 20, view[1] + 20))
    moved = [float(part) for part in (frame.get_attribute("viewBox") or "").split()]
    assert moved[1] - view[1] == pytest.approx(view[3] - 40, abs=2.0)
    _click(frame, (corner[0] - 30, corner[1] - 5))
    _drag(frame, (corner[0] - 28, corner[1] - 4), (corner[0] + 2, corner[1] + 1))
    _drag(frame, corner, (330, 210))
    undo.click()
    for _ in range(3):
        page.get_by_role("button", name="Zoom out").click()
    assert frame.get_attribute("viewBox") == "0 0 640 480"
    _click(frame, (500, 400))
    undo.click()
    _click(frame, last, (10, 10))
    _save(page)
    (angle,) = _saved(home, set_id)
    for clicked, meant in zip(angle.points_px, (first, corner, last), strict=True):
        assert clicked == pytest.approx(meant, abs=1.0)
    assert angle.value_deg == pytest.approx(90.0, abs=1.5)


def test_keys_set_points_and_the_frame_steps(page: Page, home: Path, set_id: UUID) -> None:
    frame = _frame(page, 3.0)
    page.get_by_role("button", name="Frame after").click()
    expect(page.get_by_role("status").get_by_text("At 3.03 s.")).to_be_visible()
    for _ in range(2):
        page.get_by_role("button", name="Frame before").click()
        app_server.wait_until_drawn(page)
    expect(page.get_by_role("status").get_by_text("At 2.97 s.")).to_be_visible()
    frame.focus()
    for key in ("ArrowUp", "Enter", "ArrowDown", "ArrowDown", "Enter", "ArrowUp", "Enter", "Backspace", "ArrowLeft",
                "ArrowDown", "Enter"):
        frame.press(key)
    current_s = page.evaluate("() => document.querySelector('.st-key-film video').currentTime")
    assert current_s == pytest.approx(3.0, abs=0.01), "the arrows move the cross, not the video"
    _save(page)
    (angle,) = _saved(home, set_id)
    assert angle.time_s == pytest.approx(89 / 30, abs=1e-3)
    assert angle.value_deg == pytest.approx(90.0, abs=0.1)


def test_a_deleted_angle_is_taken_back(page: Page, home: Path, set_id: UUID) -> None:
    frame = _frame(page, 3.0)
    _click(frame, (300, 100), (300, 200), (400, 200))
    _save(page)
    before = _saved(home, set_id)
    field = page.get_by_label("Delete an angle")
    app_server.choose(field, f"Hip flexion at 3.00 s: {before[0].value_deg:.1f}°, me")
    page.get_by_role("button", name="Delete this angle").click()
    expect(page.get_by_role("row")).to_have_count(0)
    assert _saved(home, set_id) == []
    page.get_by_role("button", name="Undo the deletion").click()
    expect(page.get_by_role("row").filter(has_text="Hip flexion")).to_be_visible()
    assert _saved(home, set_id) == before
    expect(page.get_by_role("button", name="Undo the deletion")).to_have_count(0)


def test_nothing_is_loaded_from_elsewhere_and_nothing_is_wrong_for_those_who_do_not_see(page: Page) -> None:
    from axe_playwright_python.sync_playwright import Axe

    foreign: list[str] = []
    errors: list[str] = []
    page.on("request", lambda request: foreign.append(request.url) if not re.match(
        r"(http|ws)://127\.0\.0\.1:|data:|blob:", request.url) else None)
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    frame = _frame(page, 3.0)
    _click(frame, (300, 100), (300, 200), (400, 200))
    _save(page)
    app_server.wait_until_still(page)
    violations = Axe().run(page).response["violations"]
    assert not [(one["id"], one["nodes"][0]["html"][:160]) for one in violations
                if one["impact"] in ("serious", "critical")]
    assert (foreign, errors) == ([], [])
