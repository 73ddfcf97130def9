"""A Chromium and a server for the tests of one module that do not restart it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.helpers import app_server


# Not one for all modules: the event loop of a browser runs on in its thread, where no other test can start one.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if not os.environ.get("HINGECHECK_BROWSER_TESTS"):
        pytest.skip("minutes of a real browser: HINGECHECK_BROWSER_TESTS=1 runs them")
    if app_server.chromium() is None:
        pytest.skip("no Chromium on this machine: apt-get install chromium, or install Chrome")
    with app_server.browser() as instance:
        yield instance


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the servers of one module keep their data."""
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def address(home: Path) -> Iterator[str]:
    with app_server.server(home / "data", home / "exercises") as url:
        yield url
