"""The report is printed on three sheets, on light paper, with the rules once."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Literal

import numpy as np
import pytest
from playwright.sync_api import Browser

from exercises.load import load
from hingecheck.report import html_report
from pose.io.image_codec import encode_jpeg
from tests.helpers import replay
from tests.helpers.fixture_types import SightingsOf


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory, recorded: SightingsOf) -> Path:
    """Five reps of the recorded hinges, with pictures in the shape of key images."""
    judged = replay.judged(recorded("hinge_mixed"), "hinge_mixed.mp4")
    images = {rep.index: encode_jpeg(np.full((600, 540, 3), 120, np.uint8)) for rep in judged.report.reps}
    return html_report.write(tmp_path_factory.mktemp("report") / "report.html", judged.report, judged.track,
                             load("hip_hinge"), images)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_five_reps_take_three_sheets(browser: Browser, report: Path, scheme: Literal["light", "dark"]) -> None:
    page = browser.new_page(color_scheme=scheme)
    page.goto(report.as_uri())
    assert page.locator("article.rep").count() == 5
    pdf = page.pdf(prefer_css_page_size=True)
    page.close()
    assert len(re.findall(rb"/Type ?/Page\b(?!s)", pdf)) == 3


def test_only_what_was_not_met_is_printed_of_a_rep(browser: Browser, report: Path) -> None:
    page = browser.new_page()
    page.goto(report.as_uri())
    page.emulate_media(media="print")
    first, last = page.locator("#rep-1"), page.locator("#rep-5")
    assert first.locator("tr:visible").count() == 0
    assert first.get_by_text("All 7 rules met.").is_visible()
    assert last.locator("tbody tr:not(.message):visible").count() == 1
    assert page.locator(".set-rules tbody tr:visible").count() == 7
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    page.close()
