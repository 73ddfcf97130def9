"""What the terminal prints of a set, in the language of its person."""

from __future__ import annotations

import pytest
from rich.console import Console

from exercises.aftercare import with_answers
from exercises.load import load
from exercises.safety import Answers
from hingecheck.report import terminal
from language.current import use
from tests.helpers import saved_sets


def test_a_set_is_printed_in_the_language(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    exercise = load("hip_hinge")
    english = with_answers(saved_sets.report("NR"), exercise, Answers(pain=9, felt=())).answers
    with use("de"):
        report = with_answers(saved_sets.report("NR"), exercise, Answers(pain=9, felt=()))
        assert report.answers is not None
        terminal.print_set(report, {}, exercise)
        terminal.print_answers(Console(), report.answers)
    said = capsys.readouterr().out
    head = next(line for line in said.splitlines() if line.startswith("Wiederholung"))
    assert head.split()[1:4] == ["bei", "Urteil", "Hüfte"]
    row = next(line for line in said.splitlines() if line.lstrip().startswith("1 "))
    assert "." not in row, "every number has its decimal comma"
    assert english is not None
    assert english.advice
    for advice in english.advice:
        assert " ".join(advice.say.split()) not in " ".join(said.split())
