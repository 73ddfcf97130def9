"""Requests -> only those that this server's own pages make, from this server's own names; the rest is refused.

An ASGI application around Streamlit's. A web site that the person visits can send requests to this computer, and with
a name of its own that points here (DNS rebinding) it could read the answers: the name and the origin tell it apart.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from starlette.requests import HTTPConnection

from hingecheck.serving.headers import FIXED, content_security_policy
from hingecheck.serving.request_language import language_of
from language.current import use
from language.translate import _, mark

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

#: The names of this computer for itself.
HOME_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})
#: What the pages need of Streamlit's own routes. The others tell of the server (metrics), or drive it without a page.
_INTERNAL = "/_stcore/"
_NEEDED = ("health", "host-config", "stream", "upload_file/", "bidi-components/")
_POLICY_VIOLATION = 1008

_FOREIGN_NAME = mark("This server does not answer to this name. Open the address that it printed when it started.")
_FOREIGN_ORIGIN = mark("This request came from another web site. Open the pages themselves.")
_NOT_SHARED = mark("These pages are for the person at this computer alone. Ask them to share the pages: "
                   "docs/sharing.md says how.")
_NOTHING_HERE = mark("There is nothing here.")


@dataclass(frozen=True)
class Policy:
    """To whom a server answers.

    Attributes
    ----------
    names : frozenset of str
        Host names and addresses of this server, lower case, without ports.
    is_https : bool
    is_shared : bool
        Whether other computers may connect.
    scripts : tuple of str
        CSP sources of the pages' inline scripts.
    """

    names: frozenset[str] = HOME_NAMES
    is_https: bool = False
    is_shared: bool = False
    scripts: tuple[str, ...] = ()


class Guard:
    """Refuse foreign requests, and put the headers on every response.

    Parameters
    ----------
    app : ASGI application
    policy : Policy
    """

    def __init__(self, app: App, policy: Policy) -> None:
        self._app, self._policy = app, policy

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        host = header(scope, b"host")
        send = self._with_headers(send, host)
        status, sentence = self._refusal(scope, host)
        if status:
            await refuse(scope, send, status, sentence)
        else:
            await self._app(scope, receive, send)

    def _refusal(self, scope: Scope, host: str) -> tuple[int, str]:
        """Return status and sentence of a request that is refused; 0 and "" for any other."""
        if not self._policy.is_shared and not _is_from_here(scope):
            return 403, _NOT_SHARED
        if name_of(host) not in self._policy.names:
            return 403, _FOREIGN_NAME
        if not self._is_own_origin(scope, host) or _is_embedded_elsewhere(scope):
            return 403, _FOREIGN_ORIGIN
        path = str(scope["path"])
        if path.startswith(_INTERNAL) and not path.removeprefix(_INTERNAL).startswith(_NEEDED):
            return 404, _NOTHING_HERE
        return 0, ""

    def _is_own_origin(self, scope: Scope, host: str) -> bool:
        """Whether a request names no origin, or this server's own."""
        origins = [value for name, value in scope["headers"] if name == b"origin"]
        own = f"{'https' if self._policy.is_https else 'http'}://{host}".lower().encode("latin-1")
        return all(origin.lower() == own for origin in origins)

    def _with_headers(self, send: Send, host: str) -> Send:
        policy = self._policy
        # A foreign name is not written into a header.
        host_name = host if name_of(host) in policy.names else "localhost"
        own = (*FIXED, (b"content-security-policy",
                        content_security_policy(host_name, policy.is_https, policy.scripts)))
        names = {name for name, _value in own}

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                kept = [pair for pair in message.get("headers", ()) if pair[0].lower() not in names]
                message = {**message, "headers": [*kept, *own]}
            await send(message)

        return send_with_headers


def header(scope: Scope, name: bytes) -> str:
    """Return a header; "" where there is none, or several that disagree."""
    values = {value for key, value in scope["headers"] if key == name}
    return values.pop().decode("latin-1") if len(values) == 1 else ""


def name_of(host: str) -> str:
    """Return the name in a Host header, lower case; "" where it is none.

    Examples
    --------
    >>> name_of("LOCALHOST:8501"), name_of("[::1]:8501"), name_of("127.0.0.1@example.org")
    ('localhost', '::1', '')
    """
    try:
        parts = urlsplit(f"//{host}")
        _port = parts.port  # a port that is no number is an error
    except ValueError:
        return ""
    if parts.path or parts.query or parts.fragment or "@" in host or not host.isascii():
        return ""
    return (parts.hostname or "").rstrip(".")


def _is_from_here(scope: Scope) -> bool:
    """Whether both ends of the connection are this computer's own loopback."""
    ends = [scope.get("server"), scope.get("client")]
    return all(end is not None and _is_loopback(end[0]) for end in ends)


def _is_loopback(address: str) -> bool:
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return False
    mapped = ip.ipv4_mapped if isinstance(ip, ipaddress.IPv6Address) else None
    return (mapped or ip).is_loopback


def _is_embedded_elsewhere(scope: Scope) -> bool:
    """Whether another web site loads this as a part of itself; a link that a person follows is none."""
    if scope["type"] == "websocket" or header(scope, b"sec-fetch-site") in ("", "same-origin", "none"):
        return False
    is_link = header(scope, b"sec-fetch-mode") == "navigate" and header(scope, b"sec-fetch-dest") == "document"
    return not (is_link and scope["method"] in ("GET", "HEAD"))


async def refuse(scope: Scope, send: Send, status: int, sentence: str) -> None:
    """Answer a request with a status and a marked sentence in its language, or close a WebSocket before it opens."""
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": _POLICY_VIOLATION})
        return
    with use(language_of(HTTPConnection(scope))):
        body = f"{_(sentence)}\n".encode()
    await send({"type": "http.response.start", "status": status, "headers": [
        (b"content-type", b"text/plain; charset=utf-8"), (b"content-length", str(len(body)).encode()),
        (b"cache-control", b"no-store")]})
    await send({"type": "http.response.body", "body": body})
