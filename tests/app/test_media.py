"""Pictures and videos as the server hands them out: whole, and the part that a browser asks for when it seeks."""

from __future__ import annotations

import os
import subprocess
import sys
import urllib.request
from collections.abc import Iterator, Sequence
from http.client import HTTPResponse

import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests.helpers.app_server import ROOT, SOON_MS, free_port
from tests.helpers.page_server import wait_for
from tests.helpers.page_session import open_session

CLIP = ROOT / "samples" / "hinge_neutral.mp4"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server of media_page.py with the settings of the program's own pages."""
    port, log = free_port(), tmp_path_factory.mktemp("media") / "server.log"
    with log.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "streamlit", "run", str(ROOT / "tests" / "helpers" / "media_page.py"),
             "--server.port", str(port), "--", str(CLIP)], env=dict(os.environ), stdout=out, stderr=out, cwd=ROOT)
        try:
            wait_for(f"http://127.0.0.1:{port}", process, log)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(60)


@pytest.fixture(scope="module")
def media(address: str) -> Iterator[dict[str, str]]:
    """Addresses of the video and the picture; they are handed out as long as the session lasts."""
    with open_session(address) as messages:
        yield {kind: address + url for kind, url in _urls(messages)}


def _urls(messages: Sequence[ForwardMsg]) -> Iterator[tuple[str, str]]:
    for message in messages:
        element = message.delta.new_element
        if element.HasField("video"):
            yield "video", element.video.url
        if element.HasField("imgs"):
            yield "picture", element.imgs.imgs[0].url


def _get(url: str, **headers: str) -> HTTPResponse:
    answer = urllib.request.urlopen(urllib.request.Request(url, headers=headers), timeout=SOON_MS / 1000)
    assert isinstance(answer, HTTPResponse)
    return answer


def test_a_video_is_handed_out_whole(media: dict[str, str]) -> None:
    with _get(media["video"]) as answer:
        assert (answer.status, answer.headers["Content-Type"]) == (200, "video/mp4")
        assert answer.headers["Accept-Ranges"] == "bytes"
        assert answer.read() == CLIP.read_bytes()


@pytest.mark.parametrize(("asked", "part"), [
    ("bytes=0-", slice(0, None)), ("bytes=1000-1999", slice(1000, 2000)), ("bytes=-500", slice(-500, None))])
def test_a_part_of_a_video_is_that_part(media: dict[str, str], asked: str, part: slice) -> None:
    whole = CLIP.read_bytes()
    first, after, _ = part.indices(len(whole))
    with _get(media["video"], Range=asked) as answer:
        assert answer.status == 206
        assert answer.headers["Content-Range"] == f"bytes {first}-{after - 1}/{len(whole)}"
        assert int(answer.headers["Content-Length"]) == after - first
        assert answer.read() == whole[part]


def test_a_picture_is_handed_out(media: dict[str, str]) -> None:
    with _get(media["picture"]) as answer:
        assert answer.status == 200
        assert answer.headers["Content-Type"].startswith("image/")
        assert len(answer.read()) > 0


@pytest.mark.parametrize("path", ["/", "/favicon.png"])
def test_what_every_page_needs_is_handed_out(address: str, path: str) -> None:
    with _get(address + path) as answer:
        assert answer.status == 200
