"""A sample clip as a camera: its first frame for a while, then the clip, as the MJPEG that Chromium plays."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain, repeat
from pathlib import Path

import av
from playwright.sync_api import Browser, FrameLocator, Page, expect

from pose.io.video import VideoReader
from tests.helpers import app_server
from tests.helpers.app_server import SOON_MS

#: The person of the clip waits this long before it begins: for the model to load and for the set-up.
WAITS_S = 9.0
#: `window.first_ms` is the time of the camera's first frame, `window.camera` its stream, for tests that stop it.
_WATCH = """const give = navigator.mediaDevices?.getUserMedia.bind(navigator.mediaDevices);
if (give) navigator.mediaDevices.getUserMedia = async (wishes) => {
  const stream = window.top.camera = await give(wishes);
  const first = document.createElement("video");
  first.requestVideoFrameCallback((now, seen) => {
    window.top.first_ms = performance.timeOrigin + (seen.captureTime ?? now);
    first.srcObject = null;
  });
  Object.assign(first, {muted: true, srcObject: stream}).play();
  return stream;
};"""
#: Chromium without a screen has no voices: utterances are recorded instead.
#: `said` has the time of the frame that each utterance follows from, as on the page.
_SPY = """window.spoken = []; window.said = [];
const shown = (root) => {
  for (const element of root.querySelectorAll("*")) {
    if (element.classList.contains("spoken")) return element;
    const inside = element.shadowRoot && shown(element.shadowRoot);
    if (inside) return inside;
  }
};
SpeechSynthesis.prototype.speak = function (utterance) {
  window.spoken.push([utterance.text, performance.now() / 1000]);
  window.said.push({text: utterance.text, at_s: Number(shown(document)?.dataset.at), heard_ms: Date.now()});
};"""


def write_camera_video(clip: Path, folder: Path, waits_s: float = WAITS_S, until_s: float | None = None) -> Path:
    """Write a clip as a camera file for Chromium, which plays it in a loop."""
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
    clips = () if clip is None else (app_server.FAKE_CAMERA, f"--use-file-for-fake-video-capture={clip}")
    with app_server.browser((app_server.ALLOWED, *clips)) as chromium_browser:
        yield chromium_browser


@contextmanager
def server(home: Path) -> Iterator[str]:
    """Run `hingecheck app` over an empty data folder; yield its address."""
    with app_server.server(home / "data", home / "exercises") as address:
        yield address


def open_live_page(browser: Browser, address: str, spies: str = "", width: int = 1280, height: int = 800) -> Page:
    """Open the live page in its own window, with its utterances recorded; `spies` are further scripts."""
    context = browser.new_context(viewport={"width": width, "height": height}, permissions=["camera"])
    context.add_init_script(_WATCH + _SPY + spies)
    page = context.new_page()
    page.goto(f"{address}/live")
    expect(page.get_by_role("heading", name="Live", level=1)).to_be_visible()
    return page


def frame(page: Page) -> FrameLocator:
    """Return the frame of the page with the video and its button."""
    return page.frame_locator("iframe[title*='webrtc']")


def press_start(page: Page) -> None:
    """Press the button that starts the camera, once."""
    frame(page).get_by_role("button", name="Start the camera").click()


def start(page: Page) -> None:
    """Press the start button until the video runs: once in a hundred times the first press has no effect."""
    stop = frame(page).get_by_role("button", name="Stop the camera")
    for _ in range(3):
        press_start(page)
        try:
            expect(page.locator(".hc-live")).to_be_visible(timeout=SOON_MS // 2)
            return
        except AssertionError:
            if stop.count():
                stop.click()
    raise AssertionError("the video did not start")


def choose(page: Page, label: str, option: str) -> None:
    """Choose from a list of the page."""
    page.get_by_role("combobox", name=label).click()
    page.get_by_role("option", name=option, exact=True).click()


def spoken_sentences(page: Page) -> list[str]:
    """Return the utterances so far."""
    return [text for text, _ in page.evaluate("window.spoken")]


def clip_start_s(page: Page) -> float:
    """Return the start of the clip on the browser's clock, seconds; the wait starts with the camera's first frame."""
    return float(page.evaluate("window.first_ms")) / 1000 + WAITS_S


def verdicts(page: Page) -> list[str]:
    """Return the verdicts in the strip of the last reps, from "1 Neutral" and the like."""
    return [text.split(",")[0].split()[-1] for text in page.locator(".hc-strip li").all_inner_texts()]
