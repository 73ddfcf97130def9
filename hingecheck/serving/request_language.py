"""The language of a request: what was chosen on the pages, kept in a cookie; else the browser's own languages."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from starlette.requests import HTTPConnection, Request
from starlette.responses import Response

from language.current import LANGUAGES, choose, use

#: Cookie that holds the code of the language that was chosen.
COOKIE = "hingecheck_language"

Handler = Callable[[Request], Awaitable[Response]]


def in_language(handle: Handler) -> Handler:
    """Return a handler that answers in the language of each request."""
    async def answer(request: Request) -> Response:
        with use(language_of(request)):
            return await handle(request)

    return answer


def language_of(request: HTTPConnection) -> str:
    """Return the code of the language of a request."""
    chosen = request.cookies.get(COOKIE, "")
    tags = (tag.split(";")[0] for tag in request.headers.get("Accept-Language", "").split(","))
    return chosen if chosen in LANGUAGES else choose(tags)
