"""The page and the PDF of a kept set say what was said about it since, as text."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from hingecheck.history import people, remarks, sets
from hingecheck.history.connection import History
from hingecheck.history.records import NewSet, SavedSet
from hingecheck.history.store import open_history
from hingecheck.jobs import saving
from hingecheck.report import pdf_report
from tests.helpers import saved_sets

HOSTILE = "<script>alert(1)</script> '; DROP TABLE reps; --"


@pytest.fixture
def history(tmp_path: Path) -> Iterator[History]:
    with open_history(tmp_path / "data", "") as found:
        yield found


@pytest.fixture
def saved(history: History) -> SavedSet:
    person = people.add(history, HOSTILE)
    pictures = {number: np.full((90, 160, 3), 90, np.uint8) for number in range(1, 6)}
    report = saved_sets.report(unseen=4, video=f"{HOSTILE}.mp4")
    set_id = sets.save(history, NewSet(report, saved_sets.EXERCISE, saved_sets.track(), pictures), person.id)
    remarks.relabel(history, set_id, 3, "neutral", HOSTILE, "Ana")
    remarks.answer(history, set_id, 6, ["lower_back"])
    remarks.add_note(history, person.id, f"a note {HOSTILE}", set_id=set_id)
    return sets.load(history, set_id)


def test_the_page_has_other_verdicts_answers_and_notes_as_text(history: History, saved: SavedSet) -> None:
    page = saving.saved_report_page(history, saved)
    assert "<script" not in page
    assert "Rep 3: Ana says &#39;Neutral&#39;, judged &#39;Rounded&#39;. &lt;script&gt;" in page
    assert "me: a note &lt;script&gt;" in page
    assert "pain 6 of 10" in page
    assert "see a professional" in page


def test_the_original_report_stays_as_it_was(saved: SavedSet) -> None:
    assert saved.report.reps[2].verdict == "rounded"
    assert saved.report.answers is None
    assert saving.with_later_answers(saved).answers is not None


def test_the_pdf_has_curves_a_picture_a_rep_and_whole_pages(history: History, saved: SavedSet) -> None:
    made = saving.saved_report_pdf(history, saved)
    assert made.startswith(b"%PDF-")
    assert made.rstrip().endswith(b"%%EOF")
    # Two curves. The five pictures are the same and are kept once; each rep draws it.
    drawn = b"".join(zlib.decompress(one) for one in re.findall(rb"stream\r?\n(x.*?)\r?\nendstream", made, re.DOTALL)
                     if one[:1] == b"x" and _opens(one))
    assert len(re.findall(rb"/I\d+ Do", drawn)) == 2 + 5


def test_a_name_from_right_to_left_is_joined_and_in_order() -> None:
    """Seen, lam, alef, meem: from the page's left end the last letter stands first, lam and alef are one sign."""
    page = pdf_report._Page()
    page.paragraph("\N{ARABIC LETTER SEEN}\N{ARABIC LETTER LAM}\N{ARABIC LETTER ALEF}\N{ARABIC LETTER MEEM}")
    # The font numbers its signs in the order in which they are written.
    written = sorted((number, sign.glyph_name) for sign, number in page.fonts["dejavu"].subset.items())
    initial_seen, final_lam_with_alef = "uniFEB3", "uniFEFC"
    assert [name for number, name in written if 0 < number < 32] == ["uni0645", final_lam_with_alef, initial_seen]


def test_the_pdf_says_which_signs_it_cannot_show(history: History) -> None:
    lengths = []
    for name in ("Zoé Анна", "Zoé 李小龙 🧘"):
        person = people.add(history, name)
        set_id = sets.save(history, NewSet(saved_sets.report(), saved_sets.EXERCISE), person.id)
        lengths.append(len(_texts(saving.saved_report_pdf(history, sets.load(history, set_id)))))
    assert lengths[1] > lengths[0]


def _texts(made: bytes) -> list[bytes]:
    """Every line of text; the letters in it are numbers of the font's own."""
    pages = (zlib.decompress(one) for one in re.findall(rb"stream\r?\n(x.*?)\r?\nendstream", made, re.DOTALL)
             if _opens(one))
    return [line for page in pages for line in re.findall(rb"BT (.*?) ET", page, re.DOTALL)]


def _opens(packed: bytes) -> bool:
    try:
        zlib.decompress(packed)
    except zlib.error:
        return False
    return True


def test_scripts_that_the_font_does_not_know_do_no_harm(history: History, saved: SavedSet) -> None:
    remarks.add_note(history, saved.person.id, "漢字 \N{PERSON IN LOTUS POSITION} " + "x" * 500, set_id=saved.line.id)
    assert saving.saved_report_pdf(history, sets.load(history, saved.line.id)).startswith(b"%PDF-")
