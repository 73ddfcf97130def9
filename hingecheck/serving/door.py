"""Requests of a shared server -> only those of somebody who is logged in, for what their own windows show.

An ASGI application around Streamlit's, inside the guard. Which sets an account sees is the history's to check
(`hingecheck.history.access`); this keeps what Streamlit holds in memory apart: windows, uploads, images, videos.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable

from starlette.requests import cookie_parser

from hingecheck.serving.guard import App, Message, Receive, Scope, Send, header, refuse
from hingecheck.serving.logins import Login, Logins
from language.translate import mark

#: The prefix makes browsers take it over https and from this host alone.
COOKIE = "__Host-hingecheck"
CALLBACK = "/oauth2callback"
#: What is there for everybody: to log in, and to trust the server before that.
OPEN = frozenset({"/login", "/trust", "/authority.crt", "/openid", "/auth/login", CALLBACK})
#: What somebody may do who has to choose a password first.
_TO_CHOOSE = frozenset({"/password", "/logout", "/session"})
#: Requests that programs make by themselves: they do not keep a login going.
_BY_ITSELF = frozenset({"/session", "/_stcore/health"})
_MEDIA, _UPLOADS, _NO_SECRETS = "/media/", "/_stcore/upload_file/", ("/static/", "/component/")
_STREAM = "/_stcore/stream"

_LOG_IN = mark("Log in first.")
_NOTHING_HERE = mark("There is nothing here.")


class Door:
    """Let in who is logged in.

    Parameters
    ----------
    app : ASGI application
    logins : Logins
    media_of : callable
        Windows -> ids of the images and videos that they show.
    log_in_elsewhere : callable, optional
        Cookies that Streamlit sets after an OpenID login -> the token of a login; None where nobody here is meant.
    """

    def __init__(self, app: App, logins: Logins, media_of: Callable[[Iterable[str]], set[str]],
                 log_in_elsewhere: Callable[[list[str]], str | None] | None = None) -> None:
        self._app, self._logins, self._media_of = app, logins, media_of
        self._log_in_elsewhere = log_in_elsewhere

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        path, token = str(scope["path"]), token_of(scope)
        if path == CALLBACK and self._log_in_elsewhere is not None:
            await self._app(scope, receive, self._with_own_login(send, self._log_in_elsewhere))
        elif path in OPEN and scope["type"] == "http":
            await self._app(scope, receive, send)
        else:
            login = self._logins.find(token, is_used=path not in _BY_ITSELF)
            if login is None:
                await _turn_away(scope, send, "/login", 401)
            elif login.must_choose and path not in _TO_CHOOSE:
                await _turn_away(scope, send, "/password", 403)
            else:
                await self._let_in(scope, receive, send, login, token)

    async def _let_in(self, scope: Scope, receive: Receive, send: Send, login: Login, token: str) -> None:
        path = str(scope["path"])
        if not self._is_theirs(path, login):
            await refuse(scope, send, 404, _NOTHING_HERE)
        elif scope["type"] == "websocket":
            if path != _STREAM:
                await refuse(scope, send, 404, _NOTHING_HERE)
                return
            await self._app(_with_own_window(scope, login), self._while_logged_in(receive, token), send)
        else:
            await self._app(scope, receive, send if path.startswith(_NO_SECRETS) else _not_stored(send))

    def _is_theirs(self, path: str, login: Login) -> bool:
        """Whether an image, video or upload belongs to a window of this login."""
        if path.startswith(_MEDIA):
            return path.removeprefix(_MEDIA).partition(".")[0] in self._media_of(login.windows)
        if path.startswith(_UPLOADS):
            return path.removeprefix(_UPLOADS).partition("/")[0] in login.windows
        return True

    def _while_logged_in(self, receive: Receive, token: str) -> Receive:
        """Return the messages of a window until its login ends."""
        async def receive_while_logged_in() -> Message:
            message = await receive()
            if message["type"] == "websocket.receive" and self._logins.find(token, is_used=True) is None:
                return {"type": "websocket.disconnect", "code": 1008}
            return message

        return receive_while_logged_in

    def _with_own_login(self, send: Send, log_in: Callable[[list[str]], str | None]) -> Send:
        """Put a login of this server in place of Streamlit's cookies, which then never leave it."""
        async def send_own(message: Message) -> None:
            if message["type"] == "http.response.start":
                cookies = [value.decode("latin-1") for name, value in message["headers"]
                           if name.lower() == b"set-cookie"]
                token = await asyncio.to_thread(log_in, cookies)
                kept = [pair for pair in message["headers"] if pair[0].lower() not in (b"set-cookie", b"location")]
                own = [(b"location", b"/login?unknown=1")] if token is None else \
                    [(b"location", b"/"), (b"set-cookie", cookie(token).encode("latin-1"))]
                message = {**message, "status": 303, "headers": [*kept, *own]}
            await send(message)

        return send_own


def cookie(token: str) -> str:
    """Return the cookie of a login; an empty token deletes it."""
    return f"{COOKIE}={token}; Path=/; Secure; HttpOnly; SameSite=Lax{'' if token else '; Max-Age=0'}"


def token_of(scope: Scope) -> str:
    """Return the token in a request's cookies; "" without one."""
    return cookie_parser(header(scope, b"cookie")).get(COOKIE, "")


async def _turn_away(scope: Scope, send: Send, to: str, status: int) -> None:
    """Send a person who opens a page to another one; refuse anything else."""
    is_page = scope["type"] == "http" and scope["method"] == "GET" and "text/html" in header(scope, b"accept")
    if not is_page:
        await refuse(scope, send, status, _LOG_IN)
        return
    await send({"type": "http.response.start", "status": 303, "headers": [
        (b"location", to.encode()), (b"content-length", b"0"), (b"cache-control", b"no-store")]})
    await send({"type": "http.response.body", "body": b""})


def _with_own_window(scope: Scope, login: Login) -> Scope:
    """Remove the id of a window that is not of this login; the browser then gets a new one.

    The browser names the window that it wants to go on with as the third of the WebSocket's subprotocols.
    """
    def own(value: bytes) -> bytes:
        entries = value.split(b",")
        is_own = len(entries) < 3 or entries[2].strip().decode("latin-1") in login.windows
        return value if is_own else b",".join(entries[:2])

    return {**scope, "headers": [(name, own(value) if name == b"sec-websocket-protocol" else value)
                                 for name, value in scope["headers"]]}


def _not_stored(send: Send) -> Send:
    """Keep browsers from storing what belongs to a person; the next one at the same computer may be another."""
    async def send_not_stored(message: Message) -> None:
        if message["type"] == "http.response.start":
            kept = [pair for pair in message["headers"] if pair[0].lower() != b"cache-control"]
            message = {**message, "headers": [*kept, (b"cache-control", b"no-store")]}
        await send(message)

    return send_not_stored
