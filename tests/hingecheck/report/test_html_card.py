"""Every number and word of a rep's card in the HTML report, against the numbers that the set was built from."""

from __future__ import annotations

import re
from typing import NamedTuple

import pytest

from exercises.results import SetReport
from hingecheck.report import html_report
from tests.helpers import saved_sets


class CardText(NamedTuple):
    """What a reader of one card reads, without the curve."""

    head: str
    verdict: str
    time: str
    sentence: str
    numbers: dict[str, str]
    parts: list[str]
    tempo: str
    rules: list[list[str]]


def _words(markup: str) -> str:
    markup = re.sub(r"<(svg|title|desc)\b.*?</\1>", "", markup, flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", markup).split())


def _every(pattern: str, markup: str) -> list[str]:
    return [_words(match) for match in re.findall(pattern, markup, re.DOTALL)]


def _card(report: SetReport, index: int) -> CardText:
    page = html_report.render(report, saved_sets.track(unseen=4), saved_sets.EXERCISE)
    (card,) = re.findall(rf'<article [^>]*id="rep-{index}">(.*?)</article>', page, re.DOTALL)
    bar = "".join(re.findall(r'<svg class="chart mini parts".*?</svg>', card, re.DOTALL))
    rows = re.findall(r"<tr>(<td>.*?)</tr>", card, re.DOTALL)
    return CardText(
        head="".join(_every(r"<h3>(.*?)</h3>", card)),
        verdict="".join(_every(r'<span class="pill.*?>(.*?)</span>', card)),
        time="".join(_every(r'<span class="time">(.*?)</span>', card)),
        sentence="".join(_every(r'<p class="say">(.*?)</p>', card)),
        numbers=dict(zip(_every("<dt>(.*?)</dt>", card), _every("<dd.*?>(.*?)</dd>", card), strict=True)),
        parts=_every("<text.*?>(.*?)</text>", bar), tempo="".join(_every(r'<p class="tempo">(.*?)</p>', card)),
        rules=[_every(r"<td.*?>(.*?)</td>", row) for row in rows])


@pytest.fixture(scope="module")
def report() -> SetReport:
    """Five reps, the third with everything that a card can have, the fourth with its back unseen."""
    made = saved_sets.report(unseen=4, borderline=2)
    full = made.reps[2].model_copy(update={
        "side": "left", "whole": False, "rounding_onset_deg": 58.0, "rounding_onset_uncertainty_deg": 3.0,
        "hip_share": 0.6, "spine_share_of_full_bend": 0.62})
    return made.model_copy(update={"reps": (*made.reps[:2], full, *made.reps[3:])})


def test_a_card_with_everything(report: SetReport) -> None:
    assert _card(report, 3) == CardText(
        head="Rep 3, left", verdict="Rounded", time="11.0 to 14.8 s, cut off by the clip",
        sentence="Fold at the hips and stop where the back begins to round.",
        numbers={"Hip flexion": "64 ± 4°", "Spine flexion": "42 ± 6°", "Rounding onset, hip": "58 ± 3°",
                 "Of own full bend": "62 %"},
        parts=["hips 64°", "back 42°"], tempo="Tempo: 1.5 s down, 0.8 s held, 1.5 s up",
        rules=[["Back keeps its curve", "Broken", "42 ± 6°", "at most 30°"],
               ["Deep enough", "Met", "64 ± 4°", "at least 45°"],
               ["Hips travel back", "Met", "18 %", "at least 8 %"]])


def test_a_card_of_a_rep_whose_back_was_not_seen(report: SetReport) -> None:
    assert _card(report, 4) == CardText(
        head="Rep 4", verdict="Not judged", time="15.5 to 19.3 s",
        sentence="Not judged: turned about 38° from side-on.",
        numbers={"Hip flexion": "72 ± 4°", "Spine flexion": "not seen"}, parts=[],
        tempo="Tempo: 1.5 s down, 0.8 s held, 1.5 s up",
        rules=[["Back keeps its curve", "Not seen", "", "at most 30°"],
               ["Deep enough", "Met", "72 ± 4°", "at least 45°"],
               ["Hips travel back", "Met", "18 %", "at least 8 %"]])


def test_a_card_of_a_borderline_rep(report: SetReport) -> None:
    card = _card(report, 2)
    assert (card.verdict, card.time) == ("Neutral, borderline", "6.5 to 10.3 s")
    assert card.numbers == {"Hip flexion": "72 ± 4°", "Spine flexion": "27 ± 6°"}
    assert card.rules[0] == ["Back keeps its curve", "Watch", "27 ± 6°", "at most 30°"]
