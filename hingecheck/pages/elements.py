"""Texts and numbers -> elements of a page. Escape whatever comes from outside, so that it stays text.

Streamlit reads labels as Markdown: `plain` escapes that. The HTML elements come from templates that escape everything,
and Streamlit removes scripts from them once more.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Sequence
from functools import cache
from importlib import resources

import jinja2
import streamlit as st

from hingecheck.report import display, verdict_words, wording
from hingecheck.report.rep_card import Card, CardNumber
from language.numbers import compact, number
from language.translate import _

_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~$:&^=@\"'])")
#: Streamlit turns -- into a dash and -> into an arrow; an invisible word joiner between the two signs prevents that.
_TYPOGRAPHY = re.compile(r"(?<=[-<>=~])(?=[-<>=~])")


def plain(text: str) -> str:
    """Return a text that a Markdown label displays unchanged, on one line."""
    return _MARKDOWN.sub(r"\\\1", _TYPOGRAPHY.sub("\u2060", " ".join(text.split())))


@cache
def templates() -> jinja2.Environment:
    """Return the pages' templates; they escape everything."""
    files = resources.files("hingecheck.pages")
    environment = jinja2.Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True,
                                     undefined=jinja2.StrictUndefined, loader=jinja2.FunctionLoader(
                                         lambda name: files.joinpath(name).read_text(encoding="utf-8")))
    environment.globals |= {"amount": wording.amount, "back_of": display.back_of, "_": _, "number": number}
    return environment


def style() -> None:
    """Add the pages' style sheet, and the words that stand in it."""
    words = {"menu": _("Menu"), "upload": _("Choose files")}
    variables = "".join(f"--hc-{name}: {json.dumps(word, ensure_ascii=False)};" for name, word in words.items())
    sheet = resources.files("hingecheck.pages").joinpath("page.css").read_text(encoding="utf-8")
    st.html(f"<style>:root {{ {variables} }}{sheet}</style>")


def upload_limits(suffixes: Sequence[str]) -> None:
    """Say below a field for files which ones it takes, and how large they may be."""
    most_gb = st.get_option("server.maxUploadSize") / 1000
    st.caption(_("{kinds}; at most {size} GB each").format(
        kinds=", ".join(suffix.lstrip(".").upper() for suffix in suffixes), size=compact(most_gb)))


def piece(name: str, **values: object) -> None:
    """Draw a macro of parts.html."""
    macro = getattr(templates().get_template("parts.html").module, name)
    st.html(str(macro(**values)))


def image(jpeg: bytes, alt: str) -> None:
    """Draw a picture with a text for those who do not see it."""
    piece("image", source=source(jpeg), alt=alt)


def source(image: bytes, kind: str = "jpeg") -> str:
    """Return the address of a picture that stands in the page itself; Streamlit takes SVG as a picture only."""
    return f"data:image/{kind};base64,{base64.b64encode(image).decode('ascii')}"


def pills(verdicts: Sequence[tuple[str, verdict_words.Look, bool]]) -> None:
    """Draw verdicts in a row: (text before, look, borderline)."""
    piece("pills", verdicts=verdicts)


def rep_card(card: Card) -> None:
    """Draw the numbers and rules of one rep."""
    piece("rep", card=card)


def numbers(values: Sequence[CardNumber]) -> None:
    """Draw numbers beside each other, each under its label."""
    piece("numbers", values=values)


def sentences(paragraphs: Sequence[str]) -> None:
    """Draw paragraphs of text."""
    if paragraphs:
        piece("paragraphs", texts=paragraphs)
