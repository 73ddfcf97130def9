"""One request to an ASGI application, without a server: what it answers."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from hingecheck.serving.guard import App, Message

LOOPBACK = ("127.0.0.1", 50_000)


@dataclass(frozen=True)
class Answer:
    """Status, headers (lower case) and body."""

    status: int
    headers: dict[str, str]
    body: bytes


async def _run(answered: Awaitable[None]) -> None:
    await answered


def ask(app: App, path: str = "/", host: str = "127.0.0.1:8501", method: str = "GET",
        headers: Mapping[str, str] | None = None, kind: str = "http", client: tuple[str, int] = LOOPBACK,
        server: tuple[str, int] = ("127.0.0.1", 8501), body: bytes = b"") -> Answer:
    """Make one request; a WebSocket that is not accepted has the status 403, one that is 101."""
    pairs = [(b"host", host.encode("latin-1")),
             *((name.lower().encode(), value.encode("latin-1")) for name, value in (headers or {}).items())]
    path, _, query = path.partition("?")
    scope = {"type": kind, "method": method, "path": path, "raw_path": path.encode(), "query_string": query.encode(),
             "headers": pairs, "client": client, "server": server, "scheme": "http", "root_path": "",
             "http_version": "1.1"}
    sent: list[Message] = []
    received = [{"type": "websocket.connect"} if kind == "websocket" else
                {"type": "http.request", "body": body, "more_body": False}]

    async def receive() -> Message:
        return received.pop(0) if received else {"type": f"{kind}.disconnect", "code": 1000}

    async def send(message: Message) -> None:
        sent.append(message)

    # On a thread: a browser that another test drives has an event loop on this one.
    with ThreadPoolExecutor(1) as thread:
        thread.submit(lambda: asyncio.run(_run(app(scope, receive, send)))).result()
    if kind == "websocket":
        return Answer(101 if sent[0]["type"] == "websocket.accept" else 403, {}, b"")
    start = sent[0]
    return Answer(start["status"], {name.decode(): value.decode("latin-1") for name, value in start["headers"]},
                  b"".join(message.get("body", b"") for message in sent[1:]))
