"""The pages look the same however they are started, and a wheel has all that they need."""

from __future__ import annotations

import sys
from pathlib import Path

from hingecheck.pages import server

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


def test_no_other_page_commands_these_and_no_address_is_looked_up() -> None:
    settings = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    assert settings["client"]["allowedOrigins"] == []
    assert settings["server"]["address"] == "127.0.0.1"
    assert settings["logger"]["hideWelcomeMessage"] is True


def test_the_server_runs_a_file_of_the_package() -> None:
    assert server.MAIN == ROOT / "hingecheck" / "pages" / "page_script.py"
    assert server.MAIN.is_file()
