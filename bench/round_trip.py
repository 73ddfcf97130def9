"""How long a picture takes from the browser's camera to the page and back, in a real Chromium on this machine.

Each picture of the camera carries its number as eight squares where nothing is drawn. The page's camera and the video
that comes back are both read as they are shown; the difference is the time that a person sees. Target: 250 ms (median).
"""

from __future__ import annotations

import re
import sys
import tempfile
from itertools import chain, repeat
from pathlib import Path
from typing import Any

import av
import numpy as np

from pose.io.video import VideoReader

_TESTS = Path(__file__).resolve().parents[1] / "tests"
#: Left and top of the squares and their side, pixels of a picture of 640 x 480: under the gauges, over the cue.
_LEFT, _TOP, _SIDE = 606, 314, 14
#: The first seconds belong to the connection, which begins with smaller pictures.
_SETTLE_S = 12.0
_READER = """(() => {
const [left, top, side] = PLACE, sent = new Map(), trips = window.top.trips = window.top.trips ?? [];
const watch = (video, seen) => {
  const ink = Object.assign(document.createElement("canvas"), {width: 2 * side, height: 4 * side})
    .getContext("2d", {willReadFrequently: true});
  const look = () => {
    const scale = video.videoWidth / 640;
    ink.drawImage(video, left * scale, top * scale, 2 * side * scale, 4 * side * scale, 0, 0, 2 * side, 4 * side);
    let number = 0;
    for (let bit = 0; bit < 8; bit++) {
      const x = (bit % 2) * side + side / 2, y = (bit >> 1) * side + side / 2;
      if (ink.getImageData(x, y, 1, 1).data[1] > 128) number |= 1 << bit;
    }
    seen(number, performance.timeOrigin + performance.now());
    video.requestVideoFrameCallback(look);
  };
  video.requestVideoFrameCallback(look);
};
const give = navigator.mediaDevices?.getUserMedia.bind(navigator.mediaDevices);
if (!give) return;
navigator.mediaDevices.getUserMedia = async (wishes) => {
  const stream = await give(wishes), own = document.createElement("video");
  watch(own, (number, now) => {
    sent.set(number, now);
    sent.delete((number + 128) % 256);  // a number that was read wrong must not find a picture of eight seconds ago
  });
  Object.assign(own, {muted: true, srcObject: stream}).play();
  return stream;
};
let last = -1;
const found = new Set();
setInterval(() => document.querySelectorAll("video").forEach((video) => {
  if (found.has(video)) return;
  found.add(video);
  watch(video, (number, now) => {
    if (number !== last && sent.has(number)) trips.push(now - sent.get(number));
    last = number;
  });
}), 200);
})();"""


def _numbered(clip: Path, target: Path, waits_s: float) -> None:
    """Write the clip as a camera, each picture with its number modulo 256."""
    with VideoReader(clip) as reader, av.open(str(target), "w", format="mjpeg") as out:
        stream: Any = out.add_stream("mjpeg", rate=30, options={"qmin": "3", "qmax": "3"})
        stream.width, stream.height = reader.info.size_px
        stream.pix_fmt = "yuvj420p"
        frames = iter(reader)
        first = next(frames)
        for number, frame in enumerate(chain(repeat(first, round(waits_s * 30)), frames)):
            image = frame.image.copy()
            for bit in range(8):
                x, y = _LEFT + bit % 2 * _SIDE, _TOP + bit // 2 * _SIDE
                image[y:y + _SIDE, x:x + _SIDE] = 255 * (number >> bit & 1)
            out.mux(stream.encode(av.VideoFrame.from_ndarray(image, format="rgb24")))
        out.mux(stream.encode())


def measured(clip: Path, seconds: float) -> str:
    """Play the clip to the live page for so long; return what came of it, as a line."""
    sys.path[:0] = [str(_TESTS), str(_TESTS / "app"), str(_TESTS / "live_page")]
    from tests.helpers import fake_camera

    with tempfile.TemporaryDirectory() as folder:
        film = Path(folder) / "numbered.mjpeg"
        _numbered(clip, film, fake_camera.WAITS_S)
        with fake_camera.server(Path(folder)) as address, fake_camera.browser(film) as browser:
            page = fake_camera.open_live_page(browser, address, _READER.replace("PLACE", f"[{_LEFT}, {_TOP}, {_SIDE}]"))
            page.get_by_label(re.compile("^Repeats")).fill("0")  # a set that ends opens its review
            page.keyboard.press("Enter")
            fake_camera.start(page)
            page.wait_for_timeout(_SETTLE_S * 1000)
            page.evaluate("window.trips.length = 0")
            page.wait_for_timeout(seconds * 1000)
            trips_ms = page.evaluate("window.trips")
            counter = page.get_by_text(re.compile(r"^\d+ dropped$"))  # only where it is slow
            dropped = counter.inner_text() if counter.count() else "not said to be slow"
            page.context.close()
    p50, p95 = np.percentile(trips_ms, [50, 95])
    return (f"camera to page and back  p50 {p50:.0f} ms  p95 {p95:.0f} ms  {len(trips_ms) / seconds:.1f} new pictures "
            f"a second  ({dropped})")
