"""A page in front of the pages answers in the language of each request, and the next one in its own."""

from __future__ import annotations

import asyncio

import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from hingecheck.serving.request_language import COOKIE, in_language
from language.current import current


async def _answer(_request: Request) -> Response:
    await asyncio.sleep(0)
    return PlainTextResponse(current())


def _run(request: Request) -> Response:
    async def answer() -> Response:
        return await in_language(_answer)(request)
    return asyncio.run(answer())


@pytest.mark.parametrize(("accepted", "cookie", "code"), [
    ("de-AT,de;q=0.9,en;q=0.5", "", "de"), ("it,fr;q=0.7", "", "fr"), ("it", "", "en"), ("", "", "en"),
    ("fr;q=0.2,de;q=0.8", "", "de"), ("de;q=0,es", "", "es"), ("fr;q=0.5,es;q=0.5", "", "fr"),
    ("de; q=0.3, fr ;q = 0.4", "", "fr"), ("de;q=much,fr;q=0.9", "", "de"), (";;q=1,=,fr", "", "fr"),
    ("de", f"{COOKIE}=es", "es"), ("de", f"{COOKIE}=xx", "de")])
def test_cookie_then_browser(accepted: str, cookie: str, code: str) -> None:
    request = Request({"type": "http", "headers": [(b"accept-language", accepted.encode()),
                                                   (b"cookie", cookie.encode())]})
    assert _run(request).body == code.encode()
    assert current() == "en"
