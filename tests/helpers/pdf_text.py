"""A PDF that fpdf2 wrote -> the text of each page, by the fonts' own tables from glyph to letter."""

from __future__ import annotations

import re
import zlib

_STREAM = re.compile(rb"/Length (\d+)\b.*?stream\r?\n", re.DOTALL)
#: A font is chosen, a line begins, or one glyph string is drawn.
_DRAWN = re.compile(rb"/(F\d+) [\d.]+ Tf|[\d.]+ [\d.]+ (Td)|\(((?:[^\\()]|\\.)*)\) Tj", re.DOTALL)
_ESCAPED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def pages(pdf: bytes) -> list[str]:
    """Return the text of every page, in the order in which it was written."""
    objects = {int(number): body for number, body in re.findall(rb"(\d+) 0 obj\n(.*?)\nendobj", pdf, re.DOTALL)}
    fonts = {name: _letters(_content(objects[_reference(objects[int(number)], b"ToUnicode")]))
             for name, number in re.findall(rb"/(F\d+) (\d+) 0 R", pdf)}
    drawn = [body for _, body in sorted(objects.items()) if re.search(rb"/Type /Page\b(?!s)", body)]
    return [_text(_content(objects[_reference(page, b"Contents")]), fonts) for page in drawn]


def _reference(body: bytes, key: bytes) -> int:
    match = re.search(rb"/" + key + rb" (\d+) 0 R", body)
    assert match is not None, key
    return int(match[1])


def _content(body: bytes) -> bytes:
    match = _STREAM.search(body)
    assert match is not None
    content = body[match.end():match.end() + int(match[1])]
    return zlib.decompress(content) if b"FlateDecode" in body[:match.end()] else content


def _letters(table: bytes) -> dict[int, str]:
    """A table from glyphs to letters: "<0001> <0048>" for each."""
    return {int(glyph, 16): bytes.fromhex(letters.decode()).decode("utf-16-be")
            for glyph, letters in re.findall(rb"<([0-9A-Fa-f]{4})> <([0-9A-Fa-f]+)>", table)}


def _text(content: bytes, fonts: dict[bytes, dict[int, str]]) -> str:
    parts, letters = [], {}
    for font, line, glyphs in _DRAWN.findall(content):
        if font:
            letters = fonts[font]
        if font or line:
            parts.append("\n" if font else " ")
            continue
        plain = re.sub(rb"\\(.)", lambda met: _ESCAPED.get(met[1], met[1]), glyphs, flags=re.DOTALL)
        parts += [letters.get(int.from_bytes(plain[at:at + 2], "big"), "?") for at in range(0, len(plain), 2)]
    return "".join(parts)
