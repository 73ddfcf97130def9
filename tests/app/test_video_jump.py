"""The review's buttons lead to the moment that a verdict is about, not to a whole second near it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from exercises.results import SetReport
from hingecheck.history import queries, sets
from hingecheck.history.store import open_history
from tests.helpers import app_server
from tests.helpers.app_server import ROOT

_IS_NEAR = "at => Math.abs(document.querySelector('.st-key-film video').currentTime - at) < 0.1"


@pytest.fixture(scope="module")
def saved(home: Path) -> tuple[str, SetReport]:
    """A set with its video: its id, and its report."""
    subprocess.run(
        [sys.executable, "-m", "hingecheck.cli.main", "analyse", str(ROOT / "samples" / "hinge_neutral.mp4"),
         "--to", "11", "--exercise", "hip_hinge", "--save", "--keep-video", "--out", str(home / "out")], check=True,
        timeout=240, env={**os.environ, "HINGECHECK_DATA_DIR": str(home / "data"), "PYTHONPATH": str(ROOT)},
        capture_output=True)
    with open_history(home / "data", "") as history:
        set_id = queries.lines(history)[0].id
        return str(set_id), sets.load(history, set_id).report


def _time_s(page: Page) -> float:
    page.wait_for_function("() => { const v = document.querySelector('.st-key-film video'); return v && !v.seeking; }")
    return float(page.evaluate("() => document.querySelector('.st-key-film video').currentTime"))


def test_a_rep_s_button_shows_its_bottom(browser: Browser, saved: tuple[str, SetReport], address: str) -> None:
    set_id, report = saved
    page = app_server.open_page(browser, address, f"review?set={set_id}")
    assert len(report.reps) == 2
    for rep in (*report.reps, report.reps[0]):
        page.get_by_role("button", name=f"{rep.index} ✓ Neutral", exact=True).click()
        app_server.wait_until_drawn(page)
        middle_s = (rep.bottom_s + rep.leave_s) / 2
        page.wait_for_function(_IS_NEAR, arg=middle_s)
        assert rep.bottom_s - 0.1 < _time_s(page) < rep.leave_s + 0.1
        assert page.evaluate("() => document.querySelector('.st-key-film video').paused")
    page.get_by_role("button", name=f"Watch from {report.reps[1].start_s:.1f} s").click()
    page.wait_for_function(_IS_NEAR, arg=report.reps[1].start_s)
    expect(page.locator(".st-key-film video")).to_be_in_viewport()
    page.context.close()
