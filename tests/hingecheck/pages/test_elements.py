"""Text from outside stays text in Markdown labels and templates."""

from __future__ import annotations

import re

import pytest

from hingecheck.pages import elements
from hingecheck.report import verdict_words, wording
from hingecheck.report.rep_card import CardNumber


@pytest.mark.parametrize("text", ["[x](javascript:alert(1))", "**bold**", "$x$", ":red[no]", "# head", "a -> b --"])
def test_every_markdown_sign_is_escaped(text: str) -> None:
    label = elements.plain(text).replace("\u2060", "")
    unescaped = re.sub(r"\\.", "", label)
    assert not set(unescaped) & set("`*_{}[]()#+-.!|<>~$:")
    assert label.replace("\\", "") == " ".join(text.split())


@pytest.mark.parametrize(("text", "label"), [("a -> b", "a \\-\u2060\\> b"), ("a -- b", "a \\-\u2060\\- b"),
                                             ("two\n lines", "two lines")])
def test_a_label_is_one_line_without_dashes_and_arrows_of_streamlit(text: str, label: str) -> None:
    assert elements.plain(text) == label


def test_templates_escape() -> None:
    macros = elements.templates().get_template("parts.html").module
    html = str(macros.paragraphs(["<script>alert(1)</script>"]))
    assert "<script" not in html
    assert "&lt;script&gt;" in html
    html = str(macros.pills([("<b>", verdict_words.look("<i>"), False)]))
    assert "<b>" not in html
    assert "<i>" not in html.lower()
    assert "&lt;b&gt;" in html
    assert "&lt;i&gt;" in html.lower()


def test_an_unmeasured_number_is_marked() -> None:
    macros = elements.templates().get_template("parts.html").module
    html = str(macros.numbers([CardNumber("Spine", wording.amount(None), False),
                               CardNumber("Hip", wording.amount(72.4, 4.6))]))
    assert f'<dd class="none">{wording.amount(None)}</dd>' in html
    assert '<dd class="">72 \u00b1 5\u00b0</dd>' in html
