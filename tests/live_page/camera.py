"""A sample clip as a camera: its first picture for a while, then the clip, as the MJPEG that Chromium plays."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain, repeat
from pathlib import Path

import av
from page_server import wait_for
from playwright.sync_api import Browser, Page, expect, sync_playwright

from pose.video import VideoReader

ROOT = Path(__file__).resolve().parents[2]
#: So long the person of the clip waits before it begins: for the model to load and for the set-up.
WAITS_S = 9.0
SOON_MS = 60_000
_FLAGS = ["--headless=new", "--no-sandbox", "--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream",
          "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run",
          "--mute-audio", "--autoplay-policy=no-user-gesture-required"]
#: Chromium without a screen has no voices: what it is asked to say is written down instead.
#: `said` keeps the moment of the picture that each thing follows from, as the page has it beside the words.
_SPY = """window.spoken = []; window.said = [];
const shown = (root) => {
  for (const one of root.querySelectorAll("*")) {
    if (one.classList.contains("said")) return one;
    const inside = one.shadowRoot && shown(one.shadowRoot);
    if (inside) return inside;
  }
};
SpeechSynthesis.prototype.speak = function (utterance) {
  window.spoken.push([utterance.text, performance.now() / 1000]);
  window.said.push({text: utterance.text, at_s: Number(shown(document).dataset.at)});
};"""

expect.set_options(timeout=SOON_MS)


def chromium() -> str | None:
    """Where the system's Chromium is."""
    return shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


def as_camera(clip: Path, folder: Path, waits_s: float = WAITS_S, until_s: float | None = None) -> Path:
    """Write a clip as Chromium's camera; it begins anew at its end."""
    target = folder / f"{clip.stem}.mjpeg"
    with VideoReader(clip, end_s=until_s) as reader, av.open(str(target), "w", format="mjpeg") as out:
        stream = out.add_stream("mjpeg", rate=30, options={"qmin": "3", "qmax": "3"})
        stream.width, stream.height = reader.info.size_px
        stream.pix_fmt = "yuvj420p"
        frames = iter(reader)
        first = next(frames)
        for frame in chain(repeat(first, round(waits_s * 30)), frames):
            out.mux(stream.encode(av.VideoFrame.from_ndarray(frame.image, format="rgb24")))
        out.mux(stream.encode())
    return target


@contextmanager
def browser(clip: Path | None) -> Iterator[Browser]:
    """Run Chromium with the clip as its camera; None = without a camera."""
    flags = [flag for flag in _FLAGS if clip is not None or "fake-device" not in flag]
    if clip is not None:
        flags.append(f"--use-file-for-fake-video-capture={clip}")
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=chromium(), args=flags)
        yield found
        found.close()


@contextmanager
def server(home: Path) -> Iterator[str]:
    """Run the live page over an empty data folder; give its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    environment = {**os.environ, "HINGECHECK_DATA_DIR": str(home / "data"), "PYTHONPATH": str(ROOT)}
    environment.pop("HINGECHECK_DATABASE_URL", None)
    log = home / "server.log"
    with log.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "streamlit", "run", str(Path(__file__).with_name("router.py")), "--server.port",
             str(port), "--server.address", "127.0.0.1", "--server.headless", "true", "--browser.gatherUsageStats",
             "false", "--server.fileWatcherType", "none"], env=environment, stdout=out, stderr=out, cwd=home)
        try:
            address = f"http://127.0.0.1:{port}"
            wait_for(address, process, log, SOON_MS / 1000)
            yield address
        finally:
            process.terminate()
            process.wait(60)


def opened(where: Browser, address: str) -> Page:
    """Open the page in a window of its own, its voice written down."""
    context = where.new_context(viewport={"width": 1280, "height": 1100}, permissions=["camera"])
    context.add_init_script(_SPY)
    page = context.new_page()
    page.goto(address)
    expect(page.get_by_role("heading", name="Live")).to_be_visible()
    return page


def start(page: Page) -> None:
    """Press START until the video runs: once in a hundred times the first press leads to nothing."""
    frame = page.frame_locator("iframe[title*='webrtc']")
    for _ in range(3):
        frame.get_by_role("button", name="Start").click()
        try:
            expect(page.locator(".hc-live")).to_be_visible(timeout=SOON_MS // 2)
            return
        except AssertionError:
            if frame.get_by_role("button", name="Stop").count():
                frame.get_by_role("button", name="Stop").click()
    raise AssertionError("the video did not begin")


def choose(page: Page, label: str, option: str) -> None:
    """Choose from a list of the page."""
    page.get_by_role("combobox", name=label).click()
    page.get_by_role("option", name=option, exact=True).click()


def spoken(page: Page) -> list[str]:
    """What the browser was asked to say so far."""
    return [text for text, _ in page.evaluate("window.spoken")]


def verdicts(page: Page) -> list[str]:
    """The strip of the last reps."""
    return page.locator(".hc-live-strip li").all_inner_texts()
