"""Numbers of options, as people in other countries type them."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

from hingecheck.cli import typed_number
from hingecheck.cli.main import app


@pytest.mark.parametrize(("text", "value"), [("0.25", 0.25), ("0,25", 0.25), ("1", 1.0)])
def test_a_decimal_comma_is_a_decimal_point(text: str, value: float) -> None:
    assert typed_number.read(text) == value


@pytest.mark.parametrize("arguments", [["analyse", "x.mp4", "--speed", "slow"],
                                       ["export", "last", "--to", "trc", "--height", "tall"]])
def test_what_is_no_number_is_wrong_usage(arguments: list[str]) -> None:
    answer = CliRunner().invoke(app, arguments)
    assert answer.exit_code == 2
    assert f"expected a number, as 0.25, got '{arguments[-1]}'" in " ".join(answer.output.split())


def test_a_comma_reaches_the_command() -> None:
    answer = CliRunner().invoke(app, ["analyse", "no-such-file.mp4", "--speed", "0,25"])
    assert "expected a number" not in answer.output
    assert "no-such-file.mp4" in answer.output
