"""An address -> a QR code that a phone's camera reads: on the terminal, and as a drawing on the page."""

from __future__ import annotations

import io

import segno

#: What the terminal's QR code is made of.
_BLOCKS = "\u2588\u2580\u2584"


def on_terminal(address: str, encoding: str | None) -> str:
    """Return the QR code as text; "" where the terminal's encoding has no blocks to draw it with."""
    try:
        _BLOCKS.encode(encoding or "ascii")
    except (LookupError, UnicodeEncodeError):
        return ""
    out = io.StringIO()
    segno.make(address, micro=False, error="l").terminal(out, border=2, compact=True)
    return out.getvalue()


def drawing(address: str) -> str:
    """Return the QR code as SVG, dark on light whatever lies behind it."""
    return segno.make(address, micro=False, error="m").svg_inline(scale=6, border=4, dark="#000", light="#fff")
