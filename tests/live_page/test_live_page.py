"""The live page in a real Chromium whose camera plays a sample: counted, spoken, kept, and the review opens on it."""

from __future__ import annotations

import json
import re
import time
from pathlib import Path
from statistics import median
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from exercises.results import SetReport
from hingecheck.history import queries, sets
from hingecheck.history.store import open_history
from tests.helpers import app_server, fake_camera
from tests.helpers.app_server import ROOT, SOON_MS

#: A clip is played once within this, with the start before it.
_CLIP_MS = 120_000
#: From the picture that a cue follows from to the browser that is asked to say it: camera, network, model, page.
_HEARD_WITHIN_S = 0.5


def kept(home: Path) -> list[SetReport]:
    """The sets of the history, oldest first."""
    with open_history(home / "data", "") as history:
        return [sets.load(history, line.id).report for line in reversed(queries.lines(history))]


def truth(name: str) -> list[dict[str, float]]:
    return json.loads((ROOT / "samples" / f"{name}.truth.json").read_text())["reps"]


def kept_until(home: Path, count: int) -> list[SetReport]:
    until = time.monotonic() + SOON_MS / 1000
    while time.monotonic() < until:
        lines = kept(home)
        if len(lines) >= count and not any("broke off" in " ".join(report.reasons) for report in lines):
            return lines
        time.sleep(0.3)
    raise AssertionError(f"not kept in time: {kept(home)}")


def test_a_set_of_hinges_is_warned_in_time_and_its_review_opens(tmp_path: Path, clips: Path) -> None:
    clip = fake_camera.write_camera_video(ROOT / "samples" / "hinge_mixed.mp4", clips)
    with fake_camera.server(tmp_path) as address, fake_camera.browser(clip) as browser:
        page = fake_camera.open_live_page(browser, address)
        fake_camera.start(page)
        page.wait_for_function("document.querySelector('.hc-live')?.dataset.reps === '5'", timeout=_CLIP_MS)
        verdicts = fake_camera.verdicts(page)
        # By itself, and on this set.
        page.wait_for_url("**/review?set=*", timeout=SOON_MS)
        expect(page.get_by_role("heading", name="4 of 5 reps neutral")).to_be_visible()
        expect(page.get_by_role("heading", name="After the set")).to_be_visible()
        expect(app_server.cards(page)).to_have_count(5)
        (report,) = kept_until(tmp_path, 1)
        facts = (report.fps, [rep.sentence for rep in report.reps])
        assert [rep.verdict for rep in report.reps] == ["neutral", "neutral", "neutral", "neutral", "rounded"], facts
        assert verdicts == ["Neutral", "Neutral", "Neutral", "Neutral", "Rounded"], facts
        speech = fake_camera.spoken_sentences(page)
        assert speech[:5] == ["Stand tall and still", "Three", "Two", "One", "Go"]
        _warned_in_time(page, report)
        # Back on the live page the review does not open again.
        page.get_by_role("link", name="Live").click()
        expect(page.get_by_role("link", name="Review this set")).to_be_visible()
        page.wait_for_timeout(1500)
        expect(page.get_by_role("heading", name="Live", level=1)).to_be_visible()
        assert len(kept(tmp_path)) == 1


def _warned_in_time(page: Page, report: SetReport) -> None:
    """Each warning follows from a picture before the true bottom of a rounded rep, and is heard in time.

    A back of 40 degrees and more has to be warned of; one of 30 to 40 counts as neither neutral nor rounded.
    """
    warned = page.evaluate("window.said.filter(one => one.text === 'Rounding: push your hips back')")
    bent = {number: _spine_deg(rep) for number, rep in enumerate(truth("hinge_mixed"), 1)}
    zero_s, begins_s = _zero_s(page, report), fake_camera.clip_start_s(page)
    of_rep = []
    for one in warned:
        follows_s = one["at_s"] - zero_s
        heard_s = one["heard_ms"] / 1000 - begins_s
        number, rep = next((number, rep) for number, rep in enumerate(truth("hinge_mixed"), 1)
                           if rep["start"] < follows_s < rep["bottom"])
        print(f"bottom {rep['bottom']:.2f} s of the clip: the cue follows from its picture at {follows_s:.2f} s and is "
              f"heard at {heard_s:.2f} s; {report.fps:.0f} frames per second")
        assert rep["start"] < heard_s < rep["bottom"] + _HEARD_WITHIN_S
        of_rep.append(number)
    assert {number for number, spine_deg in bent.items() if spine_deg >= 40} <= set(of_rep)
    assert all(bent[number] >= 30 for number in of_rep)
    assert len(of_rep) == len(set(of_rep)), "once a rep"


def _spine_deg(rep: dict[str, Any]) -> float:
    """True flexion of the spine at the bottom of a rep of hinge_mixed."""
    whole = json.loads((ROOT / "samples" / "hinge_mixed.truth.json").read_text())
    return float(whole["angles"]["spine_flexion_deg"][round((rep["bottom"] + rep["leave"]) / 2 * whole["fps"])])


def _zero_s(page: Page, report: SetReport) -> float:
    """The clip's beginning in the session's time, which the cues are dated in.

    The report's time begins with the two seconds of rest that end at "Three", with the first picture after them: half a
    picture's time later in the mean. How much later the clip began is the median over starts, bottoms and ends of all
    reps.
    """
    three_s = float(page.evaluate("window.said.find(one => one.text === 'Three').at_s"))
    began_s = three_s - 2.0 - 0.5 / report.fps
    return began_s + median(time_s - true[name] for rep, true in zip(report.reps, truth("hinge_mixed"), strict=True)
                            for name, time_s in (("start", rep.start_s), ("bottom", rep.bottom_s),
                                                 ("leave", rep.leave_s), ("end", rep.end_s)))


def test_a_hold_counted_aloud_and_a_second_window(tmp_path: Path, clips: Path) -> None:
    clip = fake_camera.write_camera_video(ROOT / "samples" / "doorway_90.mp4", clips)
    with fake_camera.server(tmp_path) as address, fake_camera.browser(clip) as browser:
        page = fake_camera.open_live_page(browser, address)
        fake_camera.choose(page, "Exercise", "Doorway hamstring stretch")
        page.get_by_text("Open the review after the set").click()
        fake_camera.start(page)
        other = fake_camera.open_live_page(browser, address)
        expect(other.locator(".hc-live")).to_have_count(0)
        expect(page.locator(".hc-live-ring")).to_have_attribute("aria-label", re.compile(r"^\d+ seconds left of 30$"),
                                                                timeout=_CLIP_MS)
        expect(page.locator(".hc-live-part")).to_have_text(re.compile(r"^left leg, 1 of \d$"))
        page.wait_for_function("window.spoken.some(([text]) => text.includes('switch sides'))", timeout=_CLIP_MS)
        seconds = float(page.locator(".hc-live").get_attribute("data-held") or 0)
        assert seconds == pytest.approx(30, abs=2)
        speech = fake_camera.spoken_sentences(page)
        assert [text for text in speech if text in ("Half-way", "Ten", "Five")] == ["Half-way", "Ten", "Five"]
        assert fake_camera.spoken_sentences(other) == [], "the second window is a session of its own"
        page.wait_for_function("document.querySelector('.hc-live').dataset.reps === '1'", timeout=_CLIP_MS)
        fake_camera.frame(page).get_by_role("button", name="Stop the camera").click()
        (report,) = kept_until(tmp_path, 1)
        (rep,) = report.reps
        (true,) = truth("doorway_90")
        assert rep.held is not None
        assert rep.held.seconds == pytest.approx(true["leave"] - true["bottom"], abs=1.0)
        assert rep.side == "left"
        # The review was not wanted by itself: the way to it and to its two questions is plain.
        expect(page.get_by_text("Two short questions about how it felt")).to_be_visible()
        page.get_by_role("link", name="Review this set").click()
        expect(page.get_by_role("heading", name="After the set")).to_be_visible()


def test_a_reload_in_the_middle_loses_and_doubles_nothing(tmp_path: Path, clips: Path) -> None:
    clip = fake_camera.write_camera_video(ROOT / "samples" / "hinge_squatted.mp4", clips)
    with fake_camera.server(tmp_path) as address, fake_camera.browser(clip) as browser:
        page = fake_camera.open_live_page(browser, address)
        fake_camera.start(page)
        page.wait_for_function("document.querySelector('.hc-live')?.dataset.reps === '1'", timeout=_CLIP_MS)
        page.reload()
        expect(page.get_by_role("heading", name="Live", level=1)).to_be_visible()
        (report,) = kept_until(tmp_path, 1)
        assert report.reps[0].verdict == "squatted", (report.fps, report.reps[0].sentence)
        assert fake_camera.spoken_sentences(page) == [], "nothing is said again"
        fake_camera.start(page)
        expect(page.locator(".hc-live")).to_have_attribute("data-reps", "0")
