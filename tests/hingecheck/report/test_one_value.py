"""Test that a rep shows one number for one quantity: in its card, beside its rule, in the charts' words."""

from __future__ import annotations

import re

import pytest

from exercises.load import load
from hingecheck.analysis.pipeline import conclude
from hingecheck.report import display, rep_card, wording
from pose.frame.measure import Measurer
from tests.helpers.fixture_types import SightingsOf


@pytest.mark.parametrize(("name", "exercise"), [("hinge_mixed", "hip_hinge"), ("toe_touch_rounded", "hip_hinge"),
                                                ("hinge_squatted", "hip_hinge")])
def test_a_rep_has_one_number_for_a_quantity(recorded: SightingsOf, name: str, exercise: str) -> None:
    measurer, judging = Measurer(), load(exercise)
    report = conclude([measurer(sighting) for sighting in recorded(name)], judging, name).report
    for rep in report.reps:
        card = rep_card.card_of(rep, report, None, judging, {})
        for number in display.numbers(report, judging):
            rules = [rule.id for rule in judging.rules if rule.measure == number.quantity]
            for finding in (finding for finding in rep.findings if finding.rule in rules):
                assert number.text(rep, report.signal) == wording.amount(finding.value, finding.uncertainty)
        match = re.search(r"Your back .*?about (\d+\u00b0)", card.sentence)
        if match is not None:
            assert match.group(1) == wording.amount(display.back_of(rep)[0])
