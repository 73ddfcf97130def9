"""Text from outside stays text in Markdown labels and templates; pages give no advice for the command line."""

from __future__ import annotations

import re

import numpy as np
import pytest

from exercises.load import catalogue
from exercises.results import Recognised
from hingecheck.analysis.set_report import unrecognised
from hingecheck.pages import elements
from hingecheck.report import wording
from pose.track import Track


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
    html = str(macros.pills([("<b>", wording.look("<i>"), False)]))
    assert "<b>" not in html
    assert "<i>" not in html.lower()
    assert "&lt;b&gt;" in html
    assert "&lt;i&gt;" in html.lower()


def test_an_unmeasured_number_is_marked() -> None:
    macros = elements.templates().get_template("parts.html").module
    html = str(macros.numbers([("Spine", wording.amount(None)), ("Hip", wording.amount(72.4, 4.6))]))
    assert f'<dd class="none">{wording.amount(None)}</dd>' in html
    assert '<dd class="">72 \u00b1 5\u00b0</dd>' in html


def test_a_page_names_no_option_of_the_command_line() -> None:
    names = {name: exercise.name for name, exercise in catalogue().items()}
    columns = {"person_height_px": np.full(90, 300.0), "left_knee_flexion_deg": np.zeros(90)}
    track = Track(np.arange(90) / 30, columns, {})
    for candidates in ((), ("hip_hinge", "squat_lift")):
        report = unrecognised("x.mp4", track, Recognised(exercise=None, candidates=candidates), names, ())
        assert "--exercise" in report.reasons[0]
        assert "--" not in elements.for_page(report.reasons[0])


def test_the_advice_to_name_the_exercise_reads_on_a_page() -> None:
    reason = "Do it that way, or name the exercise that was done with --exercise."
    assert elements.for_page(reason) == "Do it that way, or choose the exercise that was done."
