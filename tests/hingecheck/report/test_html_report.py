import base64
import re
from html.parser import HTMLParser

import numpy as np
import pytest

from hingecheck.report import html_report
from hingecheck.report.charts import angle_chart, hip_spine_chart
from hingecheck.report.charts.svg import Axes, ticks
from hingecheck.report.comparison import compared
from pose.io.image_codec import encode_jpeg
from tests.helpers import saved_sets

VOID = {"meta", "img", "br", "link", "input", "hr"}


class Page(HTMLParser):
    """Checks that tags nest and keeps what the tests look at."""

    def __init__(self, text):
        super().__init__()
        self.open, self.all, self.words = [], [], []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.all.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.all.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop() == tag

    def handle_data(self, data):
        if "style" not in self.open:
            self.words.append(data)

    @property
    def text(self):
        return re.sub(r"\s+", " ", " ".join(self.words))

    def every(self, tag, **wanted):
        return [attrs for name, attrs in self.all if name == tag
                and all(value in attrs.get(key, "").split() for key, value in wanted.items())]


def images(*indexes):
    return {index: encode_jpeg(np.full((90, 80, 3), 40 * index, dtype=np.uint8)) for index in indexes}


@pytest.fixture(scope="module")
def page():
    return Page(html_report.render(saved_sets.report(unseen=4, borderline=2), saved_sets.track(unseen=4),
                                   saved_sets.EXERCISE,
                            images(1, 2, 3, 4, 5)))


def test_page_is_whole_and_asks_nothing_of_the_network(page):
    assert page.open == []
    outside = [value for _, attrs in page.all for key, value in attrs.items()
               if key in {"src", "href", "xlink:href", "action", "data", "srcset"}
               and not value.startswith(("#", "data:image/jpeg;base64,"))]
    assert outside == []
    assert page.every("script") == page.every("link") == []


def test_stylesheet_loads_nothing():
    css = str(html_report._css())
    assert "@import" not in css
    assert "url(" not in css.replace("url(#", "")
    assert "prefers-color-scheme: dark" in css
    assert "@media print" in css


def test_every_rep_has_its_card_with_verdict_and_numbers(page):
    assert [attrs["id"] for attrs in page.every("article", **{"class": "rep"})] == [f"rep-{n}" for n in range(1, 6)]
    cards = page.text.split("Rep by rep")[1].split("How this is measured")[0].split(" s Rule ")
    text = page.text.split("Rep by rep")[1]
    assert len(re.findall(r"Rep \d ", text)) >= 5, cards
    assert "42 \u00b1 6\u00b0" in text
    assert "Borderline: Back keeps its curve: 27 \u00b1 6\u00b0, limit 30\u00b0." in text
    assert f"Not judged: {saved_sets.LATE}." in text
    # What to change stands in the rep's own sentence, and is not said twice.
    assert "Back keeps its curve Broken 42 \u00b1 6\u00b0 at most 30\u00b0 The other 2 met" in text
    assert "Back keeps its curve Not seen at most 30\u00b0" in text
    assert "at least 45\u00b0" in text
    assert "1.5 s down, 0.8 s held, 1.5 s up" in text


def test_rules_and_sources_stand_once(page):
    reps, rules = page.text.split("Rep by rep")[1].split("The rules of this set")
    assert "B, D" not in reps
    assert "Back keeps its curve at most 30\u00b0 2 of 4, 1 not seen The back should keep its own curve. B, D" in rules
    assert "Deep enough at least 45\u00b0 5 of 5 Short reps train little. B" in rules
    assert "Hips travel back at least 8 % 5 of 5" in rules
    assert "Sources B: an article Other 2015: another" in rules


def test_head_and_foot_say_what_they_must(page):
    assert "2 of 4 reps neutral, 1 not seen" in page.text
    assert "Your back kept its curve in three hinges" in page.text
    assert "nobody in the picture" in page.text
    assert "not medical advice" in page.text
    assert "pain or numbness, or after surgery" in page.text


def test_pictures_are_jpegs_with_words_beside_them(page):
    figures = page.every("img")
    assert len(figures) == 5 + 2
    for attrs in figures:
        assert base64.b64decode(attrs["src"].split(",")[1]).startswith(b"\xff\xd8\xff")
        assert attrs["alt"]
    for attrs in page.every("svg", **{"class": "chart"}):
        assert attrs["role"] == "img"
        assert attrs["aria-label"]
        assert attrs["viewbox"]


def test_unseen_part_is_hatched_and_named(page):
    # One in the legend, two in the clip's curve (wide and narrow), one in the rep's own.
    assert len(page.every("rect", **{"class": "hole"})) == 4
    assert f"Not seen: {saved_sets.LATE}" in page.text
    assert "not seen" in page.text


def test_best_and_most_rounded_stand_side_by_side():
    made = saved_sets.report("NNRNR", unseen=4, borderline=2)
    pair = compared(made.reps)
    assert (pair.best.index, pair.worst.index) == (1, 3)
    assert (pair.title, pair.worst_title) == ("Neutral against rounding", "Most rounded")
    pair = compared(saved_sets.report("N").reps)
    assert (pair.best.index, pair.worst) == (1, None)
    pair = compared(saved_sets.report("R").reps)
    assert (pair.best, pair.worst.index) == (None, 1)
    pair = compared(saved_sets.report("N", unseen=1).reps)
    assert (pair.best, pair.worst) == (None, None)


def test_a_name_cannot_become_markup():
    evil = "<script>alert(1)</script>\"'.mp4"
    page = Page(html_report.render(saved_sets.report(video=evil)))
    assert page.every("script") == []
    assert evil in page.text


@pytest.mark.parametrize(("made", "says"), [
    (saved_sets.refused(), "turned about 44\u00b0 from side-on"),
    (saved_sets.report(""), "No reps found"),
])
def test_a_clip_without_reps_says_why_and_what_to_change(made, says):
    page = Page(html_report.render(made, None, saved_sets.EXERCISE))
    assert page.open == []
    assert says in page.text
    assert "What to change" in page.text
    assert "Stand side-on to the camera." in page.text


def test_page_works_without_track_pictures_and_exercise():
    page = Page(html_report.render(saved_sets.report(unseen=4)))
    assert page.open == []
    assert len(page.every("article")) == 5
    assert page.every("img") == []


def test_curve_is_drawn_where_the_numbers_are():
    track = saved_sets.track("N")
    limits = angle_chart.limits_of(saved_sets.EXERCISE, "hip_flexion_deg")
    chart = str(angle_chart.over_time(track, "hip_flexion_deg", (saved_sets.rep(1, "N"),), limits, angle_chart.WIDE))
    path = re.search(r'class="curve main" d="M([^"]+)"', chart).group(1)
    points = np.array([[float(part) for part in point.split(",")] for point in path.split(" L")])
    low, high = angle_chart.span_of([track.columns["hip_flexion_deg"]], limits)
    axes = Axes(44, 30, angle_chart.WIDE.width - 54, angle_chart.WIDE.height - 62, 0, float(track.time_s[-1]), low,
                high)
    top = points[points[:, 1].argmin()]
    assert top[1] == pytest.approx(axes.y(track.columns["hip_flexion_deg"].max()), abs=0.2)
    assert axes.x(3.5) - 1 <= top[0] <= axes.x(4.3) + 1
    assert f'y1="{axes.y(45):.1f}"'.replace(".0", "") in chart


def test_dots_of_like_reps_do_not_cover_each_other():
    chart = str(hip_spine_chart.split(saved_sets.track("NNNRR"), saved_sets.report("NNNRR").reps, "hip_flexion_deg",
                                      []))
    dots = [(float(x), float(y)) for x, y in re.findall(r'class="dot [a-z]+" cx="([\d.]+)" cy="([\d.]+)"', chart)]
    assert len(dots) == 5
    assert all(np.hypot(a[0] - b[0], a[1] - b[1]) >= 20 for a in dots for b in dots if a is not b)


def test_holes_are_found_with_their_reason():
    (start, end, reason), = angle_chart.holes(saved_sets.track(unseen=4), "spine_flexion_deg")
    assert (start, end) == (pytest.approx(15.2, abs=0.07), pytest.approx(19.4, abs=0.07))
    assert reason == saved_sets.LATE


def test_curve_breaks_where_nothing_was_measured():
    axes = Axes(0, 0, 100, 100, 0, 5, 0, 10)
    path = axes.path(np.arange(6.0), np.array([1, 2, np.nan, np.nan, 5, 6]))
    assert path == "M0,90 L20,80 M80,50 L100,40"


def test_ticks_are_round():
    assert ticks(-10, 80, 5) == [0, 20, 40, 60, 80]
    assert ticks(2.1, 5.9, 4) == [3, 4, 5]
