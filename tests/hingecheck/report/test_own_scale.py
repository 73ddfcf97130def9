"""Where the back gives, the hips' share and the own range in CSV, table and page."""

from __future__ import annotations

import csv
import io

import pytest
from rich.console import Console

from exercises.results import SetReport
from hingecheck.report import data_files, html_report, terminal
from hingecheck.report.charts import split_bar
from tests.helpers import saved_sets

REP = saved_sets.rep(1, "R").model_copy(update={
    "rounding_onset_deg": 58.2, "rounding_onset_uncertainty_deg": 16.4, "hip_share": 0.604,
    "spine_share_of_full_bend": 0.677, "borderline": True})
SET = saved_sets.report("R").model_copy(update={"reps": (REP,)})


def printed(of: SetReport, width: int) -> list[str]:
    out = io.StringIO()
    Console(width=width, file=out).print(terminal.table(of, width))
    return out.getvalue().splitlines()


def test_csv_has_them() -> None:
    (row,) = csv.DictReader(io.StringIO(data_files.reps_csv(SET)))
    assert (row["rounding_onset_deg"], row["rounding_onset_uncertainty_deg"]) == ("58.20", "16.40")
    assert (row["hip_share"], row["spine_share_of_full_bend"]) == ("0.604", "0.677")
    plain = next(iter(csv.DictReader(io.StringIO(data_files.reps_csv(saved_sets.report("N"))))))
    assert (plain["rounding_onset_deg"], plain["hip_share"]) == ("", "")


def test_table_fits_and_wide_ones_show_all() -> None:
    head, row = printed(SET, 120)
    assert all(word in head for word in ("by hips", "of own", "onset"))
    assert all(word in row for word in ("60 %", "68 %", "58 \u00b1 16\u00b0", "borderline"))
    for width in (100, 80):
        _head, row, note = lines = printed(SET, width)
        assert "borderline" in row, "nothing is wrapped"
        assert note.startswith("A wider window also shows: by hips")
        assert max(map(len, lines)) <= width
    assert "onset" in printed(SET, 100)[0]
    assert "onset" not in printed(saved_sets.report("N"), 120)[0]


def test_bar_is_as_long_as_the_share() -> None:
    text = str(split_bar.bar(REP))
    hips, back = (float(part.split('width="')[1].split('"')[0]) for part in text.split('class="part ')[1:])
    assert hips / (hips + back) == pytest.approx(0.604, abs=0.002)
    assert "hips 64\u00b0" in text
    assert "back 42\u00b0" in text
    assert split_bar.bar(REP.model_copy(update={"hip_share": None})) == ""


def test_page_has_them() -> None:
    page = html_report.render(SET, None, saved_sets.EXERCISE)
    assert "58 \u00b1 16\u00b0" in page
    assert "68 %" in page
    assert 'class="part hips"' in page
    assert 'class="part hips"' not in html_report.render(saved_sets.report("N"), None, saved_sets.EXERCISE)
