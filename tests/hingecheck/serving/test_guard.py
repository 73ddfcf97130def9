"""The guard lets the pages' own requests through and refuses every other."""

from __future__ import annotations

import pytest

from hingecheck.serving.guard import Guard, Message, Policy, Receive, Scope, Send
from tests.helpers.asgi import ask

BEHIND = b"the pages"


async def _pages(scope: Scope, receive: Receive, send: Send) -> None:
    """Stand for Streamlit: accept and answer everything, with a header that no browser should follow."""
    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.accept"})
        return
    start: Message = {"type": "http.response.start", "status": 200, "headers": [(b"X-Frame-Options", b"ALLOWALL")]}
    await send(start)
    await send({"type": "http.response.body", "body": BEHIND})


HOME = Guard(_pages, Policy())
SHARED = Guard(_pages, Policy(names=frozenset({"192.168.1.20", "clinic.local"}), is_https=True, is_shared=True))


@pytest.mark.parametrize("host", ["127.0.0.1:8501", "localhost:9000", "LocalHost", "[::1]:8501", "localhost."])
def test_own_names_are_answered(host: str) -> None:
    answer = ask(HOME, host=host)
    assert (answer.status, answer.body) == (200, BEHIND)


@pytest.mark.parametrize("host", [
    "", "example.org", "example.org:8501", "127.0.0.1.example.org", "localhost.example.org", "127.0.0.1@example.org",
    "example.org#127.0.0.1", "example.org/127.0.0.1", "127.0.0.1:abc", "127.0.0.1:99999999", "192.168.1.20:8501",
    "0.0.0.0:8501", "127.1", "2130706433", "[::ffff:127.0.0.1", "localho\u00dft"])
@pytest.mark.parametrize("kind", ["http", "websocket"])
def test_foreign_names_are_refused(host: str, kind: str) -> None:
    answer = ask(HOME, host=host, kind=kind)
    assert answer.status == 403
    assert BEHIND not in answer.body


def test_a_refusal_is_in_the_browser_s_language() -> None:
    answer = ask(HOME, host="example.org", headers={"Accept-Language": "de-AT,de;q=0.9"})
    assert answer.body.decode().startswith("Dieser Server antwortet nicht auf diesen Namen.")


@pytest.mark.parametrize("kind", ["http", "websocket"])
@pytest.mark.parametrize("origin", [
    "http://example.org", "https://127.0.0.1:8501", "http://127.0.0.1:8502", "http://localhost:8501", "null", "",
    "http://127.0.0.1:8501.example.org", "file://"])
def test_foreign_origins_are_refused(origin: str, kind: str) -> None:
    assert ask(HOME, headers={"Origin": origin}, kind=kind).status == 403


def test_two_hosts_are_none() -> None:
    async def twice(scope: Scope, receive: Receive, send: Send) -> None:
        scope["headers"].append((b"host", b"example.org"))
        await HOME(scope, receive, send)

    assert ask(twice).status == 403


@pytest.mark.parametrize(("kind", "status"), [("http", 200), ("websocket", 101)])
def test_the_own_origin_is_answered(kind: str, status: int) -> None:
    assert ask(HOME, headers={"Origin": "http://127.0.0.1:8501"}, kind=kind).status == status
    answer = ask(SHARED, host="192.168.1.20:8501", headers={"Origin": "https://192.168.1.20:8501"}, kind=kind,
                 client=("192.168.1.7", 1), server=("192.168.1.20", 8501))
    assert answer.status == status


@pytest.mark.parametrize(("site", "mode", "dest", "method", "status"), [
    ("cross-site", "navigate", "document", "GET", 200), ("cross-site", "navigate", "document", "POST", 403),
    ("cross-site", "navigate", "iframe", "GET", 403), ("cross-site", "no-cors", "image", "GET", 403),
    ("same-site", "no-cors", "video", "GET", 403), ("same-site", "cors", "empty", "GET", 403),
    ("same-origin", "no-cors", "video", "GET", 200), ("none", "navigate", "document", "GET", 200)])
def test_another_site_can_link_but_not_embed(site: str, mode: str, dest: str, method: str, status: int) -> None:
    headers = {"Sec-Fetch-Site": site, "Sec-Fetch-Mode": mode, "Sec-Fetch-Dest": dest}
    assert ask(HOME, "/media/a.jpg", headers=headers, method=method).status == status


@pytest.mark.parametrize(("client", "server"), [
    ("192.168.1.7", "192.168.1.20"), ("192.168.1.7", "127.0.0.1"), ("127.0.0.1", "192.168.1.20"), ("", "127.0.0.1"),
    ("::ffff:10.0.0.1", "::1"), ("fe80::1", "::1")])
def test_a_server_that_is_not_shared_answers_no_other_computer(client: str, server: str) -> None:
    answer = ask(HOME, client=(client, 1), server=(server, 8501))
    assert answer.status == 403
    assert b"docs/sharing.md" in answer.body


@pytest.mark.parametrize("address", ["127.0.0.1", "::1", "::ffff:127.0.0.1"])
def test_this_computer_is_answered(address: str) -> None:
    assert ask(HOME, client=(address, 1), server=(address, 8501)).status == 200


@pytest.mark.parametrize(("path", "status"), [
    ("health", 200), ("host-config", 200), ("stream", 200), ("upload_file/a/b", 200), ("bidi-components/a/b.js", 200),
    ("metrics", 404), ("script-health-check", 404), ("agent/interact", 404), ("agent/mcp", 404), ("", 404)])
def test_only_what_the_pages_need_of_the_inside_is_there(path: str, status: int) -> None:
    assert ask(HOME, f"/_stcore/{path}").status == status


@pytest.mark.parametrize("host", ["127.0.0.1:8501", "example.org"])
def test_every_answer_has_the_headers(host: str) -> None:
    headers = ask(HOME, host=host).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "SAMEORIGIN"
    assert "X-Frame-Options" not in headers
    policy = dict(part.split(" ", 1) for part in headers["content-security-policy"].split("; "))
    assert policy["frame-ancestors"] == "'self'"
    assert policy["default-src"] == "'self'"
    assert "unsafe-inline" not in policy["script-src"]
    assert "example" not in headers["content-security-policy"]
    sources = {source for part in policy.values() for source in part.split()}
    assert not [source for source in sources if "*" in source or source.startswith("http")]
