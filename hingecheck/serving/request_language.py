"""The language of a request: what was chosen on the pages, kept in a cookie; else the browser's own languages."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable

from starlette.requests import HTTPConnection, Request
from starlette.responses import Response

from language.current import LANGUAGES, choose, use

#: Cookie that holds the code of the language that was chosen.
COOKIE = "hingecheck_language"

#: The weight of a language tag: "q=0.8".
_WEIGHT = re.compile(r"\bq\s*=\s*([01](?:\.\d{0,3})?)\s*$")

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
    return chosen if chosen in LANGUAGES else choose(_tags(request.headers.get("Accept-Language", "")))


def _tags(header: str) -> list[str]:
    """Return the language tags of the header, best first, without those that are refused (RFC 9110, 12.5.4)."""
    weights = {tag.strip(): _weight(parameters) for tag, _, parameters in
               (item.partition(";") for item in header.split(","))}
    return sorted((tag for tag, weight in weights.items() if weight > 0), key=lambda tag: -weights[tag])


def _weight(parameters: str) -> float:
    """Return the weight of a tag, 0 to 1: without one, or with one that is no number, 1."""
    match = _WEIGHT.search(parameters)
    return float(match[1]) if match else 1.0
