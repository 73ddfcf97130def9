"""What the terminal prints of a set, in the language of its person."""

from __future__ import annotations

import io
import re

import pytest
from rich.console import Console

from exercises.aftercare import with_answers
from exercises.load import load
from exercises.results import SetReport
from exercises.safety import Answers
from hingecheck.report import terminal
from language.current import LANGUAGES, use
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
    output = capsys.readouterr().out
    head = next(line for line in output.splitlines() if line.startswith("Nr."))
    assert head.split()[1:4] == ["bei", "Urteil", "Hüfte"]
    row = next(line for line in output.splitlines() if line.lstrip().startswith("1 "))
    assert "." not in row, "every number has its decimal comma"
    assert english is not None
    assert english.advice
    for advice in english.advice:
        assert " ".join(advice.say.split()) not in " ".join(output.split())


@pytest.mark.parametrize("code", LANGUAGES)
def test_no_window_is_too_narrow_for_a_number(code: str) -> None:
    report = saved_sets.report(unseen=4, borderline=2)
    with use(code):
        whole = _cells(report, 300)
        for width in range(25, 110):
            cells = _cells(report, width)
            assert cells <= whole, f"{width}: {cells - whole}"


def _cells(report: SetReport, width: int) -> set[str]:
    """Every text with a digit in the printed table."""
    out = io.StringIO()
    Console(width=width, file=out).print(terminal.table(report, width))
    return {cell for line in out.getvalue().splitlines() for cell in re.split("  +", line)
            if any(letter.isdigit() for letter in cell)}


def test_what_a_wider_window_shows_is_said() -> None:
    out = io.StringIO()
    Console(width=40, file=out).print(terminal.table(saved_sets.report("NR"), 40))
    assert "A wider window also shows: down/hold/up," in out.getvalue()
