"""A page server in its own process, and Chromium: started, awaited and ended by their own handles."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import av
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect, sync_playwright

from tests.helpers import page_runs
from tests.helpers.page_server import free_port, wait_for

ROOT = Path(__file__).resolve().parents[2]
#: A shared machine may be many times slower than an idle one.
SOON_MS, ANALYSED_MS = 60_000, 240_000
_FLAGS = ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-background-networking",
          "--disable-component-update", "--disable-sync", "--no-first-run", "--mute-audio",
          "--autoplay-policy=no-user-gesture-required")
#: Flags: the camera is allowed without a prompt; the camera is one that Chromium draws itself.
ALLOWED, FAKE_CAMERA = "--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream"

expect.set_options(timeout=SOON_MS)


def chromium() -> str | None:
    """Return the path of the system's Chromium."""
    return shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


@contextmanager
def server(data: Path, exercises: Path, database: str = "", replayed: bool = False) -> Iterator[str]:
    """Run `hingecheck app` over a data folder, and the PostgreSQL of this address; give the pages' own address.

    `replayed`: recorded poses take the place of the pose model, for videos that are samples or their beginnings.
    """
    port = free_port()
    paths = [str(ROOT), *([str(ROOT / "tests" / "helpers" / "replaying")] if replayed else [])]
    environment = {**os.environ, "HINGECHECK_DATA_DIR": str(data), "HINGECHECK_EXERCISES_DIR": str(exercises),
                   "PYTHONPATH": os.pathsep.join(paths), "TMPDIR": str(data.parent)}
    environment.pop("HINGECHECK_DATABASE_URL", None)
    if database:
        environment["HINGECHECK_DATABASE_URL"] = database
    log = data.parent / f"server-{port}.log"
    with log.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "hingecheck.cli.main", "app", "--port", str(port), "--no-browser"], env=environment,
            stdout=out, stderr=out, cwd=data.parent)
        try:
            address = f"http://127.0.0.1:{port}"
            wait_for(address, process, log)
            yield address
        finally:
            process.terminate()
            process.wait(120)


@contextmanager
def browser(camera: Sequence[str] = (ALLOWED, FAKE_CAMERA)) -> Iterator[Browser]:
    """Run Chromium with these flags for its camera; its windows are as patient as `expect`."""
    with sync_playwright() as playwright:
        chromium_browser = playwright.chromium.launch(executable_path=chromium(), args=[*_FLAGS, *camera],
                                                      timeout=2 * SOON_MS)
        plain = chromium_browser.new_context

        def new_context(**options: Any) -> BrowserContext:
            context = plain(**options)
            context.set_default_timeout(SOON_MS)
            context.add_init_script(page_runs.WATCH)
            return context

        chromium_browser.new_context = new_context  # type: ignore[method-assign]
        yield chromium_browser
        chromium_browser.close()


#: Messages of the server arrive a second and a half late.
_FAR = """window.WebSocket = class extends WebSocket {
    addEventListener(kind, listener, options) {
        super.addEventListener(kind, kind === "message" ? event => setTimeout(listener, 1500, event)
                                                        : listener, options);
    }
};"""


def open_page(browser: Browser, address: str, path: str = "", width: int = 1280, far: bool = False) -> Page:
    """Open a page in a new window, optionally over a slow connection."""
    page = browser.new_context(viewport={"width": width, "height": 900}, accept_downloads=True).new_page()
    if far:
        page.add_init_script(_FAR)
    page.goto(f"{address}/{path}")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    return page


def copy_beginning(clip: Path, target: Path, until_s: float) -> Path:
    """Copy the first seconds of a clip, frame by frame without re-encoding, to another file."""
    with av.open(str(clip)) as source, av.open(str(target), "w") as output:
        stream = source.streams.video[0]
        copied = output.add_stream_from_template(stream)
        for packet in source.demux(stream):
            if packet.pts is not None and packet.pts * stream.time_base < until_s:
                packet.stream = copied
                output.mux(packet)
    return target


def save_hinge(home: Path, *options: str) -> None:
    """Analyse `hinge_neutral` by the command line and save the set in the history that the pages of `home` read."""
    subprocess.run(
        [sys.executable, "-m", "hingecheck.cli.main", "analyse", str(ROOT / "samples" / "hinge_neutral.mp4"),
         "--exercise", "hip_hinge", "--save", "--out", str(home / "out"), *options], check=True, timeout=240,
        capture_output=True, env={**os.environ, "HINGECHECK_DATA_DIR": str(home / "data"), "PYTHONPATH": str(ROOT)})


def choose(field: Locator, name: str = "") -> None:
    """Choose an option of a list, without a name its first, where it lies.

    Scrolling to it, as a click of Playwright's does, closes the list.
    """
    page = field.page
    wait_until_drawn(page)
    field.scroll_into_view_if_needed()
    option = page.get_by_role("option", name=name, exact=True) if name else page.get_by_role("option").first
    for _ in range(10):  # a list closes where something above it still unfolds
        page.wait_for_timeout(500)
        field.click()
        page.wait_for_timeout(500)
        if option.is_visible():
            break
    expect(option).to_be_visible()
    box = option.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(page.get_by_role("option")).to_have_count(0)


def upload(page: Page, *files: Path | dict[str, object]) -> None:
    """Give videos to the analyse page and start."""
    page.locator("input[type=file]").first.set_input_files(list(files))  # type: ignore[arg-type]
    start(page)


def start(page: Page) -> None:
    """Press Analyse as soon as it is enabled."""
    button = page.get_by_role("button", name="Analyse", exact=True)
    expect(button).to_be_enabled()
    button.click()


def wait_until_drawn(page: Page) -> None:
    """Wait until the server has answered the last click, the page is drawn, and nothing runs.

    An earlier click may hit an element that is replaced; an earlier look at files or the history may come too early.
    """
    page_runs.wait_until_answered(page)
    expect(page.locator("[data-testid='stApp'][data-test-script-state='notRunning']")).to_be_visible()


def wait_until_still(page: Page) -> None:
    """Wait until the page is drawn and nothing on it moves or fades: what was just drawn is still pale."""
    wait_until_drawn(page)
    page.wait_for_function("""document.getAnimations().every(
        one => one.playState !== "running" || one.effect.getComputedTiming().endTime === Infinity)""")


def cards(page: Page) -> Locator:
    """Return the rep cards."""
    return page.locator("[class*='st-key-card-']")
