"""Chromium with a sample as its camera: these tests are skipped where there is no Chromium."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.helpers import app_server


@pytest.fixture(autouse=True)
def _chromium() -> None:
    if not os.environ.get("HINGECHECK_BROWSER_TESTS"):
        pytest.skip("minutes of a real browser: HINGECHECK_BROWSER_TESTS=1 runs them")
    if app_server.chromium() is None:
        pytest.skip("no Chromium on this machine: apt-get install chromium, or install Chrome")


@pytest.fixture(scope="module")
def clips(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the cameras of one module lie."""
    return tmp_path_factory.mktemp("clips")
