"""Charts as SVG and PNG: the same each time, in the reader's theme, legible, and without a trace in Matplotlib."""

from __future__ import annotations

import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from itertools import pairwise

import pytest

from hingecheck.report import palette
from hingecheck.report.charts import angle_chart, rep_chart, week_charts
from hingecheck.report.charts.chart import NARROW, WIDE, Chart, Size
from hingecheck.report.charts.hip_spine_chart import SIZE, hip_spine_chart
from hingecheck.report.charts.render import png, svg
from hingecheck.report.charts.week_charts import GoalLine, PainChart, WeekAngles, WeekBars, WeekLine, WeekValue
from tests.helpers import saved_sets, svg_parts

TRACK, REPORT = saved_sets.track(unseen=4), saved_sets.report(unseen=4, borderline=2)
HIP, SPINE = angle_chart.angle_charts(TRACK, REPORT, saved_sets.EXERCISE)
MONDAYS = [date(2025, 12, 15), date(2025, 12, 22), date(2025, 12, 29), date(2026, 1, 5)]
TYPICAL = WeekLine("typical", tuple(WeekValue(day, 60.0 + 3 * n, 6.0) for n, day in enumerate(MONDAYS)))
BEST = WeekLine("best", tuple(WeekValue(day, 61.0 + 3 * n, 5.0) for n, day in enumerate(MONDAYS)))
ANGLES = WeekAngles("Leg raise by week", (TYPICAL, BEST), (GoalLine(90, "goal 90\u00b0"),))
SHARES = WeekBars("Good reps", tuple(WeekValue(day, 25.0 * n) for n, day in enumerate(MONDAYS)), 100, "\u2009%")
PAIN = PainChart("Pain", tuple((datetime(day.year, day.month, day.day, 12), n) for n, day in enumerate(MONDAYS)))


def drawn_charts() -> list[tuple[Chart, Size]]:
    rep = rep_chart.rep_chart(TRACK, REPORT.reps[2], saved_sets.EXERCISE)
    split = hip_spine_chart(TRACK, REPORT, saved_sets.EXERCISE)
    assert rep is not None
    assert split is not None
    return [(chart, size) for chart in (HIP, SPINE, ANGLES, SHARES, PAIN) for size in (WIDE, NARROW)] + [
        (rep, rep_chart.SIZE), (split, SIZE)]


@pytest.mark.parametrize(("chart", "size"), drawn_charts())
def test_every_colour_follows_the_readers_theme(chart: Chart, size: Size) -> None:
    text = svg(chart, size).svg
    bare = re.sub(r"var\(--hc-[a-z-]+, #[0-9a-f]{6}\)", "", text)
    assert re.findall(r"#[0-9a-f]{6}\b", bare) == []
    assert set(re.findall(r"var\(--hc-([a-z-]+),", text)) <= set(palette.SHADES)


@pytest.mark.parametrize(("chart", "size"), drawn_charts())
def test_words_are_text_in_letters_of_the_given_height(chart: Chart, size: Size) -> None:
    drawn = svg(chart, size)
    heights = {float(height) for height in re.findall(r"font-size: ([\d.]+)px", drawn.svg)}
    assert heights == {size.font_px}
    assert len(svg_parts.words(drawn)) > 3
    assert drawn.svg.count("<text") == len(svg_parts.words(drawn))


@pytest.mark.parametrize(("size", "narrowest_px"), [(WIDE, 824), (NARROW, 350), (rep_chart.SIZE, 318), (SIZE, 318)])
def test_letters_are_13_px_in_the_narrowest_column(size: Size, narrowest_px: float) -> None:
    """Columns of the report: 880 - 56 px is the narrowest for wide charts; 390 px is a phone, 36 px are margins."""
    assert size.font_px * narrowest_px / size.width_px >= 13


def test_the_same_chart_gives_the_same_bytes_also_in_threads() -> None:
    with ThreadPoolExecutor(4) as pool:
        texts = list(pool.map(lambda _: svg(SPINE, WIDE).svg, range(8)))
    assert len(set(texts)) == 1
    assert png(SPINE, WIDE) == png(SPINE, WIDE)
    other = "from tests.hingecheck.report.test_chart_render import *\nprint(svg(SPINE, WIDE).svg)"
    text = subprocess.run([sys.executable, "-c", other], capture_output=True, text=True, check=True).stdout
    assert text.rstrip("\n") == str(texts[0])


def test_two_charts_of_one_page_share_no_name() -> None:
    names = [set(re.findall(r'\bid="([^"]+)"', svg(SPINE, size).svg)) for size in (WIDE, NARROW)]
    assert names[0]
    assert not names[0] & names[1]


def test_a_persons_own_settings_neither_change_nor_count() -> None:
    import matplotlib

    before = svg(SPINE, WIDE).svg
    with matplotlib.rc_context({"font.size": 30, "axes.grid": False, "lines.color": "red", "svg.fonttype": "path"}):
        assert svg(SPINE, WIDE).svg == before
        assert matplotlib.rcParams["font.size"] == 30
        assert matplotlib.rcParams["svg.fonttype"] == "path"


@pytest.mark.parametrize("code", ["import hingecheck.report.html_report", "import hingecheck.report.pdf_report"])
def test_matplotlib_is_loaded_by_drawing_only(code: str) -> None:
    script = f"{code}\nimport sys\nprint('matplotlib' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], capture_output=True, text=True,
                          check=True).stdout.strip() == "False"


def test_dates_carry_their_year_at_the_first_and_after_each_turn_of_the_year() -> None:
    words = svg_parts.words(svg(ANGLES, WIDE))
    dates = [word for word in words if re.fullmatch(r"\d+ [A-Z][a-z]{2}|20\d\d", word)]
    assert [word for word in dates if word.startswith("20")] == ["2025", "2026"]
    assert {"15 Dec", "5 Jan"} <= set(dates)


def test_lines_are_named_at_their_ends_without_covering_each_other() -> None:
    for size in (WIDE, NARROW):
        words = svg_parts.places(svg(ANGLES, size))
        assert {"typical 69\u00b0", "best 70\u00b0", "goal 90\u00b0"} <= set(words)
        heights = sorted(words[word][1] for word in ("typical 69\u00b0", "best 70\u00b0", "goal 90\u00b0"))
        assert all(below - above >= size.font_px for above, below in pairwise(heights))


def test_a_weeks_value_and_band_are_in_its_tooltip() -> None:
    assert "Week of 15 December 2025: 60 \u00b1 6\u00b0" in svg_parts.tooltips(svg(ANGLES, WIDE))
    assert week_charts.WeekAngles("x", (TYPICAL,)).description.endswith("2026-01-05 69\u00b0")


def test_bars_are_as_high_as_their_values() -> None:
    words = svg_parts.places(svg(SHARES, WIDE))
    assert words["75"][1] - words["50"][1] == pytest.approx(words["50"][1] - words["25"][1], abs=0.2)
    scale = words["100\u2009%"][1] - words["50\u2009%"][1] if "50\u2009%" in words else None
    if scale is None:
        scale = (words["100\u2009%"][1] - words["80\u2009%"][1]) * 2.5
    assert words["75"][1] - words["25"][1] == pytest.approx(scale, abs=0.5)
