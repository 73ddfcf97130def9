"""Text from outside stays text in Markdown labels and templates; advice for the command line is put for a page."""

from __future__ import annotations

import numpy as np
import pytest

from exercises.load import catalogue
from exercises.results import Recognised
from hingecheck.analysis.set_report import unrecognised
from hingecheck.pages import elements
from hingecheck.report import wording
from pose.track import Track


@pytest.mark.parametrize("text", ["[x](javascript:alert(1))", "**bold**", "$x$", ":red[no]", "# head", "a -> b --"])
def test_no_sign_of_markdown_is_left_without_its_escape(text: str) -> None:
    shown_text = elements.plain(text)
    bare = shown_text.replace("\u2060", "")
    rest = "".join(bare.split("\\")[0] if number == 0 else part[1:] for number, part in enumerate(bare.split("\\")))
    assert not set(rest) & set("`*_{}[]()#+-.!|<>~$:")
    assert bare.replace("\\", "") == " ".join(text.split())


def test_templates_escape() -> None:
    pieces = elements.templates().get_template("parts.html").module
    drawn = str(pieces.paragraphs(["<script>alert(1)</script>"]))
    assert "<script" not in drawn
    assert "&lt;script&gt;" in drawn
    assert "&lt;b&gt;" in str(pieces.pills([("<b>", wording.look("<i>"), False)]))


def test_a_page_never_speaks_of_options() -> None:
    names = {name: one.name for name, one in catalogue().items()}
    columns = {"person_height_px": np.full(90, 300.0), "left_knee_flexion_deg": np.zeros(90)}
    track = Track(np.arange(90) / 30, columns, {})
    for candidates in ((), ("hip_hinge", "squat_lift")):
        report = unrecognised("x.mp4", track, Recognised(exercise=None, candidates=candidates), names, ())
        assert "--exercise" in report.reasons[0]
        assert "--" not in elements.for_page(report.reasons[0])


def test_the_advice_to_name_the_exercise_reads_on_a_page() -> None:
    said = "Do it that way, or name the exercise that was done with --exercise."
    assert elements.for_page(said) == "Do it that way, or choose the exercise that was done."
