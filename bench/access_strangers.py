"""Tries of those who are no visitors: foreign names, origins, sites that embed the pages, other computers."""

from __future__ import annotations

import http.client
import itertools
import socket
import ssl
from collections.abc import Iterator
from urllib.parse import urlsplit

from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from hingecheck.serving.own_addresses import addresses

_PATHS = ("/", "/review?set=00000000-0000-0000-0000-000000000000", "/people", "/login", "/_stcore/health",
          "/_stcore/host-config", "/_stcore/metrics", "/_stcore/upload_file/a/b", "/media/x.jpg", "/static/js/x.js",
          "/component/x/index.html", "/favicon.png", "/authority.crt", "/session", "/oauth2callback")
_METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS")
_NAMES = ("example.org", "example.org:{port}", "127.0.0.1.example.org", "localhost.example.org:{port}",
          "127.0.0.1:{port}@example.org", "example.org#127.0.0.1:{port}", "example.org/127.0.0.1", "0.0.0.0:{port}",
          "127.1:{port}", "2130706433", "0x7f000001", "[::ffff:7f00:1]", "localhost:99999999", "127.0.0.2", " ",
          "xn--lcalhost-54a", "localhost,example.org")
_ORIGINS = ("http://example.org", "https://example.org", "null", "file://", "http://127.0.0.1:1",
            "https://127.0.0.1:1",
            "http://localhost", "chrome-extension://abc", "http://127.0.0.1:{port}.example.org", "{other}",
            "about:blank")
#: Site, mode and destination of what another page loads as a part of itself.
_EMBEDDED = tuple(itertools.product(("cross-site", "same-site"), (
    ("navigate", "iframe"), ("navigate", "frame"), ("navigate", "object"), ("navigate", "embed"), ("no-cors", "image"),
    ("no-cors", "video"), ("no-cors", "script"), ("no-cors", "style"), ("cors", "empty"), ("cors", "font"))))


def _ask(address: str, path: str, method: str, **headers: str) -> int:
    parts = urlsplit(address)
    connection: http.client.HTTPConnection = http.client.HTTPConnection(parts.netloc, timeout=60)
    if parts.scheme == "https":
        # Strangers are told apart by what they ask, not by whether they trust the server.
        connection = http.client.HTTPSConnection(parts.netloc, timeout=60, context=_blind())
    connection.request(method, path, headers={"Accept": "text/html", **{name.replace("_", "-"): value
                                                                        for name, value in headers.items()}})
    return connection.getresponse().status


def _blind() -> ssl.SSLContext:
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context


def _opens(address: str, **headers: str) -> bool:
    """Whether a WebSocket opens."""
    tls = _blind() if address.startswith("https") else None
    try:
        with connect(f"{address.replace('http', 'ws', 1)}/_stcore/stream", proxy=None, subprotocols=["streamlit"],
                     ssl=tls, additional_headers=headers):
            return True
    except InvalidStatus:
        return False


def _filled(text: str, address: str) -> str:
    port = urlsplit(address).port
    other = address.replace("https", "http") if address.startswith("https") else address.replace("http", "https")
    return text.format(port=port, other=other)


def foreign_names(address: str) -> Iterator[tuple[str, bool]]:
    """Ask by names that are not the server's own."""
    for name, path, method in itertools.product(_NAMES, _PATHS, _METHODS):
        host = _filled(name, address)
        yield f"{method} {path} of {host}", _ask(address, path, method, Host=host) not in (400, 403)


def foreign_origins(address: str) -> Iterator[tuple[str, bool]]:
    """Ask as another web site does, over HTTP and with a WebSocket."""
    for text in _ORIGINS:
        origin = _filled(text, address)
        yield f"WebSocket of {origin}", _opens(address, Origin=origin)
        for path, method in itertools.product(_PATHS, _METHODS):
            yield f"{method} {path} from {origin}", _ask(address, path, method, Origin=origin) not in (400, 403)


def embedding(address: str) -> Iterator[tuple[str, bool]]:
    """Load as a part of another site."""
    for (site, (mode, dest)), path in itertools.product(_EMBEDDED, _PATHS):
        status = _ask(address, path, "GET", Sec_Fetch_Site=site, Sec_Fetch_Mode=mode, Sec_Fetch_Dest=dest)
        yield f"{path} as {dest} of a {site} page", status not in (400, 403)


def other_computers(address: str) -> Iterator[tuple[str, bool]]:
    """Connect to the addresses that other computers see; both servers listen on this computer's own address alone."""
    for own in addresses():
        try:
            socket.create_connection((own, urlsplit(address).port or 0), 5).close()
        except OSError:
            yield own, False
        else:
            yield own, True
