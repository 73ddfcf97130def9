"""`hingecheck accounts`, and what `hingecheck app --share` refuses before it serves anything."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from hingecheck.cli.main import app
from hingecheck.history import accounts, people
from hingecheck.history.access import Role
from hingecheck.history.store import open_history


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HINGECHECK_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("HINGECHECK_DATABASE_URL", "")
    return tmp_path


def _run(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


def test_an_account_is_added_with_a_password_that_logs_in_once(data: Path) -> None:
    result = _run("accounts", "add", "Ana")
    assert result.exit_code == 0
    password = re.search(r"their own: (\S+)", result.output)
    assert password is not None
    with open_history(data, "") as history:
        account = accounts.log_in(history, "ana", password[1])
        assert account is not None
        assert (account.role, account.is_temporary) == (Role.PERSON, True)
        assert account.person_id == people.find(history, "Ana").id
    assert _run("accounts", "list").output == "Ana, person, profile Ana\n"


def test_a_new_password_replaces_the_old_one(data: Path) -> None:
    first = _run("accounts", "add", "Thea", "--role", "therapist").output.split()[-1]
    second = _run("accounts", "password", "THEA").output.split()[-1]
    with open_history(data, "") as history:
        assert accounts.log_in(history, "Thea", first) is None
        assert accounts.log_in(history, "Thea", second) is not None


def test_the_last_owner_is_not_deleted(data: Path) -> None:
    _run("accounts", "add", "Olga", "--role", "owner")
    result = _run("accounts", "delete", "Olga", "--yes")
    assert result.exit_code == 1
    assert "Error: this is the last owner" in result.output
    assert _run("accounts", "delete", "Nobody", "--yes").exit_code == 1


@pytest.mark.parametrize(("options", "problem"), [
    (["--address", "0.0.0.0"], "needs --share"), (["--name", "x"], "needs --share"),
    (["--share", "--cert", "FILE"], "--cert and --key go together")])
def test_options_that_do_not_go_together_are_refused(data: Path, options: list[str], problem: str) -> None:
    file = data / "file"
    file.write_text("")
    result = _run("app", *(str(file) if option == "FILE" else option for option in options))
    assert result.exit_code == 2
    assert problem in re.sub(r"\s+", " ", re.sub(r"[^\w\s-]", "", result.output))


def test_without_an_owner_nothing_is_shared(data: Path) -> None:
    result = _run("app", "--share")
    assert result.exit_code == 1
    assert "hingecheck accounts add NAME --role owner" in result.output


def test_a_certificate_that_is_none_is_refused_with_a_sentence(data: Path) -> None:
    _run("accounts", "add", "Olga", "--role", "owner")
    file = data / "file"
    file.write_text("no certificate")
    result = _run("app", "--share", "--cert", str(file), "--key", str(file))
    assert result.exit_code == 1
    assert "cannot be read as PEM" in result.output
