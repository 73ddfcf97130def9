"""The pages look the same however they are started, and a wheel has all that they need."""

from __future__ import annotations

import sys
from pathlib import Path

from hingecheck.cli.app_command import main_file

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

ROOT = Path(__file__).resolve().parents[1]


def test_both_ways_to_start_read_the_same_settings() -> None:
    packaged = ROOT / "hingecheck" / "pages" / ".streamlit" / "config.toml"
    assert packaged.read_bytes() == (ROOT / ".streamlit" / "config.toml").read_bytes()


def test_no_usage_figures_and_no_error_details() -> None:
    settings = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    assert settings["browser"]["gatherUsageStats"] is False
    assert settings["client"]["showErrorDetails"] == "none"


def test_the_command_runs_a_file_of_the_package() -> None:
    assert main_file() == ROOT / "hingecheck" / "pages" / "main.py"
    assert main_file().is_file()
