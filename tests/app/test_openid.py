"""Logging in through an OpenID provider: whom it confirms and an account names gets in, and nobody else."""

from __future__ import annotations

import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from hingecheck.history import accounts, people
from hingecheck.history.access import Role
from hingecheck.history.store import open_history
from hingecheck.pages import openid
from tests.helpers.openid_provider import CLIENT, Provider, provider
from tests.helpers.shared_pages import PASSWORD, Answer, Visitor, shared

_SETTINGS = """[auth]
client_id = "{client_id}"
client_secret = "{client_secret}"
server_metadata_url = "{address}/.well-known/openid-configuration"
"""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Visitor, Provider]]:
    data = tmp_path_factory.mktemp("openid") / "data"
    with open_history(data, "") as history:
        ana = people.add(history, "Wilma")
        accounts.add(history, "Wilma", Role.PERSON, None, ana.id, openid="Wilma@Example.org")
        accounts.add(history, "Ben", Role.PERSON, None, openid="subject-of-ben")
        accounts.add(history, "Olga", Role.OWNER, PASSWORD)
    with provider() as running:
        settings = data / "openid.toml"
        settings.write_text(_SETTINGS.format(address=running.address, **CLIENT))
        with shared(data, "--openid", str(settings)) as address:
            yield Visitor(address, data / "certificates" / "authority.crt"), running


def _through(visitor: Visitor) -> Answer:
    """Log in as a browser does, from the button to the page after it."""
    to_streamlit = visitor.ask("/openid").headers["location"]
    to_provider = visitor.ask(to_streamlit).headers["location"]

    class Stay(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *_: object) -> None:
            return None

    with pytest.raises(urllib.error.HTTPError) as caught:
        urllib.request.build_opener(Stay).open(to_provider)
    back = urlsplit(caught.value.headers["Location"])
    return visitor.ask(f"{back.path}?{back.query}", Sec_Fetch_Site="cross-site", Sec_Fetch_Mode="navigate",
                       Sec_Fetch_Dest="document")


def _new(visitor: Visitor) -> Visitor:
    return Visitor(visitor.address, visitor.authority)


@pytest.mark.parametrize(("claims", "name"), [
    ({"sub": "1", "email": "wilma@example.org", "email_verified": True}, "Wilma"), ({"sub": "subject-of-ben"}, "Ben")])
def test_whom_an_account_names_gets_in(server: tuple[Visitor, Provider], claims: dict[str, object], name: str) -> None:
    visitor, running = _new(server[0]), server[1]
    running.claims = claims
    answer = _through(visitor)
    assert (answer.status, answer.headers["location"]) == (303, "/")
    # What the provider says of somebody never leaves the server.
    assert set(visitor.cookies) & {"_streamlit_user", "_streamlit_user_tokens"} == set()
    with visitor.window() as window:
        assert f"Logged in as {name}" in window.text


@pytest.mark.parametrize("claims", [
    {"sub": "1", "email": "wilma@example.org"}, {"sub": "1", "email": "wilma@example.org", "email_verified": False},
    {"sub": "1", "email": "wilma@example.org", "email_verified": "true"},
    {"sub": "1", "email": "eve@example.org", "email_verified": True}, {"sub": "1"}, {"sub": ""},
    {"sub": "1", "name": "Wilma"}])
def test_nobody_else_does(server: tuple[Visitor, Provider], claims: dict[str, object]) -> None:
    visitor, running = _new(server[0]), server[1]
    running.claims = claims
    answer = _through(visitor)
    assert answer.headers["location"] == "/login?unknown=1"
    assert "__Host-hingecheck" not in visitor.cookies
    assert b"have no account here" in visitor.ask("/login?unknown=1").body
    assert visitor.ask("/").headers["location"] == "/login"


def test_what_the_provider_did_not_sign_is_worth_nothing(server: tuple[Visitor, Provider]) -> None:
    visitor, running = _new(server[0]), server[1]
    running.claims = {"sub": "subject-of-ben"}
    running.signs_with_another_key = True
    try:
        assert _through(visitor).headers["location"] == "/login?unknown=1"
    finally:
        running.signs_with_another_key = False
    assert "__Host-hingecheck" not in visitor.cookies


@pytest.mark.parametrize("path", ["/oauth2callback", "/oauth2callback?code=x&state=y", "/auth/login?provider=x",
                                  "/oauth2callback?error=access_denied"])
def test_a_callback_that_nobody_asked_for_lets_nobody_in(server: tuple[Visitor, Provider], path: str) -> None:
    visitor = _new(server[0])
    visitor.cookies["_streamlit_user"] = "made up"
    assert visitor.ask(path).status in (302, 303, 400)
    assert visitor.cookies.get("__Host-hingecheck") is None
    assert visitor.ask("/").headers["location"] == "/login"


def test_an_account_without_a_password_has_no_other_way_in(server: tuple[Visitor, Provider]) -> None:
    for password in ("", "x", PASSWORD):
        assert _new(server[0]).log_in("Ben", password).status in (401, 429)


@pytest.mark.parametrize(("text", "problem"), [
    ("[auth]\nclient_id = 'x'", "lacks client_secret, server_metadata_url"), ("", "lacks client_id"),
    ("[auth", "cannot be read as TOML"), ("auth = 3", "lacks client_id")])
def test_settings_that_lack_something_are_refused_with_a_sentence(tmp_path: Path, text: str, problem: str) -> None:
    file = tmp_path / "openid.toml"
    file.write_text(text)
    with pytest.raises(openid.OpenIdError, match=problem):
        openid.settings(file, "https://localhost:8501")
