"""The page and the PDF of a saved set have the remarks made since, as text."""

from __future__ import annotations

import math
import re
import zlib
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from exercises.report_parts import Agreement
from hingecheck.history import hand_angles, people, remarks, sets
from hingecheck.history.connection import History
from hingecheck.history.records import NewSet, SavedSet
from hingecheck.history.store import open_history
from hingecheck.jobs import saving
from hingecheck.report import pdf_page
from hingecheck.validation.clicked_angles import ENOUGH, ClickedAngle
from tests.helpers import pdf_text, saved_sets

HOSTILE = "<script>alert(1)</script> '; DROP TABLE reps; --"


@pytest.fixture
def history(tmp_path: Path) -> Iterator[History]:
    with open_history(tmp_path / "data", "") as opened:
        yield opened


@pytest.fixture
def saved(history: History) -> SavedSet:
    person = people.add(history, HOSTILE)
    images = {number: saved_sets.KEY_IMAGE for number in range(1, 6)}
    report = saved_sets.report(unseen=4, video=f"{HOSTILE}.mp4")
    set_id = sets.save(history, NewSet(report, saved_sets.EXERCISE, saved_sets.track(), images), person.id)
    remarks.relabel(history, set_id, 3, "neutral", HOSTILE, "Ana")
    remarks.answer(history, set_id, 6, ["lower_back"])
    remarks.add_note(history, person.id, f"a note {HOSTILE}", set_id=set_id)
    return sets.load(history, set_id)


def test_the_page_has_relabels_answers_and_notes_as_text(history: History, saved: SavedSet) -> None:
    page = saving.saved_report_page(history, saved)
    assert "<script" not in page
    assert "Rep 3: Ana says &#39;Neutral&#39;, judged &#39;Rounded&#39;. &lt;script&gt;" in page
    assert "me: a note &lt;script&gt;" in page
    assert "pain 6 of 10" in page
    assert "see a professional" in page


def test_the_original_report_stays_as_it_was(saved: SavedSet) -> None:
    assert saved.report.reps[2].verdict == "rounded"
    assert saved.report.answers is None
    answers = saving.with_later_answers(saved).answers
    assert answers is not None
    assert (answers.pain, answers.felt) == (6, ("lower_back",))


def test_the_pdf_begins_with_a_summary_of_one_page(history: History, saved: SavedSet) -> None:
    summary, *others = pdf_text.pages(saving.saved_report_pdf(history, saved))
    text = " ".join(summary.split())
    assert "2 of 4 reps neutral, 1 not seen" in text
    assert "pain 6 of 10" in text
    assert "3 \u2715 Rounded 64 \u00b1 4\u00b0 42 \u00b1 6\u00b0 Back keeps its curve" in text
    assert "1 \u2713 Neutral 72 \u00b1 4\u00b0 8 \u00b1 6\u00b0 nothing" in text
    assert "not medical advice" in text
    assert "B, D" not in text
    assert " ".join(others).count("B, D") == 1


@pytest.mark.parametrize("reps", [1, 5, 40])
def test_the_summary_is_one_page_for_any_number_of_reps(history: History, reps: int) -> None:
    person = people.add(history, "Ana")
    kinds = ("NR" * reps)[:reps]
    images = {1: saved_sets.KEY_IMAGE}
    new = NewSet(saved_sets.report(kinds), saved_sets.EXERCISE, saved_sets.track(kinds), images)
    saved = sets.load(history, sets.save(history, new, person.id))
    pages = [" ".join(text.split()) for text in pdf_text.pages(saving.saved_report_pdf(history, saved))]
    assert "not medical advice" in pages[0]
    assert "Rep 1: " in pages[1]
    assert ("more on the following pages" in pages[0]) == (reps == 40)


def test_the_pdf_has_its_curves_and_one_image_per_rep(history: History, saved: SavedSet) -> None:
    pdf = saving.saved_report_pdf(history, saved)
    assert pdf.startswith(b"%PDF-")
    assert pdf.rstrip().endswith(b"%%EOF")
    # On the summary two images and a curve, then two curves. The five key images are equal, so the file has one, and
    # each rep draws it.
    assert len(re.findall(rb"/I\d+ Do", b"".join(_streams(pdf)))) == 2 + 1 + 2 + 5


def test_a_name_from_right_to_left_is_joined_and_in_order() -> None:
    """Seen, lam, alef, meem: from the left, the last letter comes first, and lam with alef is one glyph."""
    page = pdf_page.Page()
    page.paragraph("\N{ARABIC LETTER SEEN}\N{ARABIC LETTER LAM}\N{ARABIC LETTER ALEF}\N{ARABIC LETTER MEEM}")
    # The font numbers its glyphs in the order in which they are written.
    glyphs = sorted((number, glyph.glyph_name) for glyph, number in page.fonts["dejavu"].subset.items())
    initial_seen, final_lam_with_alef = "uniFEB3", "uniFEFC"
    assert [name for number, name in glyphs if 0 < number < 32] == ["uni0645", final_lam_with_alef, initial_seen]


def test_the_pdf_says_that_it_cannot_print_some_characters(history: History) -> None:
    lengths = []
    for name in ("Zoé Анна", "Zoé 李小龙 🧘"):
        person = people.add(history, name)
        set_id = sets.save(history, NewSet(saved_sets.report(), saved_sets.EXERCISE), person.id)
        lengths.append(len(_text_lines(saving.saved_report_pdf(history, sets.load(history, set_id)))))
    assert lengths[1] > lengths[0]


def _text_lines(pdf: bytes) -> list[bytes]:
    """Return every line of text; its letters are glyph numbers of the font."""
    return [line for stream in _streams(pdf) for line in re.findall(rb"BT (.*?) ET", stream, re.DOTALL)]


def _streams(pdf: bytes) -> list[bytes]:
    """Return the decompressed streams."""
    return [zlib.decompress(packed) for packed in re.findall(rb"stream\n(x.*?)\nendstream", pdf, re.DOTALL)]


def test_scripts_that_the_font_does_not_know_do_no_harm(history: History, saved: SavedSet) -> None:
    remarks.add_note(history, saved.person.id, "漢字 \N{PERSON IN LOTUS POSITION} " + "x" * 500, set_id=saved.line.id)
    assert saving.saved_report_pdf(history, sets.load(history, saved.line.id)).startswith(b"%PDF-")


def _clicked(history: History, saved: SavedSet, count: int, error_deg: float) -> None:
    """Save hip angles that were clicked on the deep frames of a set, each so much less than ours."""
    track = saved_sets.track()
    deep = np.flatnonzero(track.columns["hip_flexion_deg"] > 20)[::9][:count]
    assert len(deep) == count
    for row in deep:
        bent = math.radians(180 - (track.columns["hip_flexion_deg"][row] - error_deg))
        points = ((300.0 + 90 * math.cos(bent), 200.0 + 90 * math.sin(bent)), (300.0, 200.0), (380.0, 200.0))
        hand_angles.add(history, saved.line.id, ClickedAngle(
            quantity="hip_flexion_deg", time_s=float(track.time_s[row]), points_px=points, author="Ana"))


def test_ten_clicked_angles_give_the_agreement_of_a_table_by_hand(history: History, saved: SavedSet) -> None:
    _clicked(history, saved, ENOUGH - 1, 3.0)
    assert saving.with_hand_angles(history, saved, saved.report) == (saved.report, {})
    assert "agreement with hand" not in saving.saved_report_page(history, saved)
    _clicked(history, saved, ENOUGH, 3.0)
    report, plots = saving.with_hand_angles(history, saved, saving.with_later_answers(saved))
    (agreement,) = report.agreement
    assert (agreement.quantity, agreement.n, agreement.unmatched) == ("hip_flexion_deg", ENOUGH, 0)
    assert agreement.bias_deg == pytest.approx(3.0, abs=0.01)
    assert agreement.sd_deg == pytest.approx(0.0, abs=0.01)
    assert report.answers is not None
    assert set(plots) == {"hip_flexion_deg"}
    assert str(plots["hip_flexion_deg"]).count("moment-dot") == ENOUGH
    page = saving.saved_report_page(history, saved)
    assert "10 moments: bias +3.0°" in page
    assert str(plots["hip_flexion_deg"]) in page


def test_the_agreement_with_a_table_stays_beside_that_of_clicks(history: History, saved: SavedSet) -> None:
    of_table = tuple(Agreement(quantity=quantity, n=4, unmatched=0, bias_deg=9.0, sd_deg=1.0, limits_deg=(7.0, 11.0),
                               mean_absolute_error_deg=9.0) for quantity in ("spine_flexion_deg", "hip_flexion_deg"))
    _clicked(history, saved, ENOUGH, 3.0)
    report, _ = saving.with_hand_angles(history, saved, saved.report.model_copy(update={"agreement": of_table}))
    assert [(line.quantity, line.n) for line in report.agreement] == [
        ("spine_flexion_deg", 4), ("hip_flexion_deg", ENOUGH)]


def test_angles_of_what_was_not_measured_say_so(history: History, saved: SavedSet) -> None:
    for number in range(ENOUGH):
        hand_angles.add(history, saved.line.id, ClickedAngle(
            quantity="leg_raise_deg", time_s=1.0 + number, points_px=((0, 0), (0, 50), (50, 50)), author="Ana"))
    report, plots = saving.with_hand_angles(history, saved, saved.report)
    assert (report.agreement, plots) == ((), {})
    assert "No comparison of the leg raise with the clicked angles: 0 of 10 times" in " ".join(report.reasons)
