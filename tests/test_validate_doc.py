"""docs/validate.md: its table belongs to its sample and agrees as the page says; the app says the same in short."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from hingecheck.pages import learn_page
from hingecheck.validation.agreement import AgreementPairs, compare
from hingecheck.validation.hand_measurements import HandMeasurements, read
from tests.helpers.fixture_types import SightingsOf, TruthOf
from tests.helpers.replay import judged

PAGE = (Path(__file__).resolve().parents[1] / "docs" / "validate.md").read_text(encoding="utf-8")
SAMPLE = "hinge_hands_on_hips"


@pytest.fixture
def by_hand(tmp_path: Path) -> HandMeasurements:
    """The table of the page."""
    table = re.search(r"```csv\n(.*?)```", PAGE, re.DOTALL)
    assert table is not None
    (tmp_path / "me.csv").write_text(table[1], encoding="utf-8")
    return read(tmp_path / "me.csv")


def test_the_table_is_the_samples_truth(by_hand: HandMeasurements, truth: TruthOf) -> None:
    assert f"samples/{SAMPLE}.mp4" in PAGE
    known = truth(SAMPLE)
    for name, values in by_hand.columns.items():
        at = [round(time_s * known["fps"]) for time_s in by_hand.times.seconds(known["fps"])]
        assert list(values) == [pytest.approx(known["angles"][name][frame], abs=0.5) for frame in at]


def test_it_agrees_as_the_page_says(by_hand: HandMeasurements,
                                    recorded: SightingsOf) -> None:
    limit = re.search(r"of both angles stay under (\d+)\u00b0", PAGE)
    assert limit is not None
    track = judged(recorded(SAMPLE)).track
    assert track is not None
    for name in ("hip_flexion_deg", "spine_flexion_deg"):
        pairs = compare(track, by_hand, name)
        assert isinstance(pairs, AgreementPairs)
        assert pairs.agreement.n == 4
        assert abs(pairs.agreement.bias_deg) < int(limit[1])
        assert pairs.agreement.mean_absolute_error_deg < int(limit[1])


def test_the_sum_in_the_example_is_right() -> None:
    """Spine flexion = C7 - S2, hip flexion = S2 - thigh."""
    match = re.search(r"C7 (\d+), S2 (\d+), thigh (-\d+) gives a spine flexion of (\d+)\W+and a hip flexion of (\d+)",
                      " ".join(PAGE.split()))
    assert match is not None
    neck, pelvis, thigh, spine, hip = map(int, match.groups())
    assert (neck - pelvis, pelvis - thigh) == (spine, hip)


def test_the_app_says_the_same_in_short() -> None:
    short = " ".join(learn_page._CHECK)
    for fact in ("three seconds", "10\u00b0", "5\u00b0 more", "two shallow, two deep"):
        assert fact in short, fact
        assert fact in " ".join(PAGE.split()), fact
    assert "--" not in short
