"""Let no character end a command: what the terminal or the file behind it cannot show is written as ASCII."""

from __future__ import annotations

import codecs
import sys

#: Characters of the tables and sentences that narrow encodings lack -> what is written there.
_ASCII = {"✓": "+", "✕": "x", "°": " deg", "±": "+-", "–": "-", "…": "...", "→": "->", "≥": ">=", "≤": "<=", "·": "*",
          "“": '"', "”": '"', "‘": "'", "’": "'", "█": "#", "─": "-", "│": "|"}
_HANDLER = "hingecheck_ascii"


def _as_ascii(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(_ASCII.get(letter, "?") for letter in error.object[error.start:error.end]), error.end


def prepare() -> None:
    """Make standard output and error write every text, in whatever encoding they have."""
    codecs.register_error(_HANDLER, _as_ascii)
    for stream in (sys.stdout, sys.stderr):
        # None: closed, or a program without a console on Windows.
        if stream is not None and hasattr(stream, "reconfigure"):
            stream.reconfigure(errors=_HANDLER)


def use_utf8() -> None:
    r"""Make standard output UTF-8, as programs that read JSON expect whatever the terminal has.

    Bytes of a file's name that are no Unicode are written as `\udcff`, JSON's own way of writing them.
    """
    if sys.stdout is not None and hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
