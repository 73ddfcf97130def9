"""The Progress page shows the week against a programme, and gives its days as a calendar file."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone
from pathlib import Path
from uuid import UUID

import pytest
from streamlit.testing.v1 import AppTest

from exercises.load import load
from exercises.results import SetReport
from hingecheck.history import goals, people, sets
from hingecheck.history.records import NewSet
from hingecheck.history.store import open_history
from language.numbers import day
from tests.helpers import saved_sets

_PRESCRIPTION = 'exercise = "hip_hinge"\nsets = 5\nper_week = 2\n'


def _script() -> None:
    from hingecheck.pages import progress_page

    progress_page.page()


@pytest.fixture
def ana(data: Path) -> UUID:
    with open_history(data, "") as history:
        return people.add(history, "Ana").id


def _draw() -> AppTest:
    page = AppTest.from_function(_script, default_timeout=120).run()
    assert not page.exception
    return page


def _html(page: AppTest) -> str:
    return " ".join(element.proto.body for element in page.get("html"))


def _save(data: Path, person: UUID, report: SetReport) -> None:
    with open_history(data, "") as history:
        sets.save(history, NewSet(report, load("hip_hinge"), made_at=datetime.now(timezone.utc)), person)


def _prescribe(data: Path, person: UUID) -> None:
    with open_history(data, "") as history:
        goals.prescribe(history, person, "hip_hinge", _PRESCRIPTION, datetime.now(timezone.utc) - timedelta(days=1))


@pytest.mark.parametrize(("kinds", "word", "sentence"), [
    ("NNRNR", "done", "This week: 1 of 2 sessions."), ("NN", "partly", "On 1 day you did part of it.")])
def test_today_is_done_or_partly_done(data: Path, ana: UUID, kinds: str, word: str, sentence: str) -> None:
    _prescribe(data, ana)
    _save(data, ana, saved_sets.report(kinds))
    html = _html(_draw())
    assert f"{day(datetime.now(), 'full')}: {word}</span>" in html
    assert html.count("hc-week-day") == 7
    assert sentence in html
    assert f"Hip hinge: {len(kinds)} of 5" in html


def test_the_programme_practised_is_shown_first(data: Path, ana: UUID) -> None:
    _save(data, ana, saved_sets.report())
    box = next(box for box in _draw().selectbox if box.label == "Programme")
    # The first of the three that come with the program is the desk break; both it and the ten minutes have a hinge.
    assert box.value in {"desk_break", "ten_minutes"}


def test_own_days_are_planned(data: Path, ana: UUID) -> None:
    _prescribe(data, ana)
    _save(data, ana, saved_sets.report("NN"))
    page = _draw()
    assert next(box for box in page.selectbox if box.label == "Programme").options[0] == "Today's programme"
    assert ": planned" not in _html(page)
    tomorrow = (datetime.now().weekday() + 1) % 7
    (pills,) = [group for group in page.button_group if group.label == "Your days"]
    page = pills.set_value([tomorrow]).run()
    assert not page.exception
    word = "missed" if tomorrow == 0 else "planned"
    assert _html(page).count(f": {word}</span>") == 1


@pytest.mark.parametrize("code", ["en", "de", "es", "fr"])
def test_the_days_of_the_calendar_end_with_one_full_stop(data: Path, ana: UUID, code: str,
                                                         monkeypatch: pytest.MonkeyPatch) -> None:
    _prescribe(data, ana)
    _save(data, ana, saved_sets.report("NN"))
    monkeypatch.setenv("HINGECHECK_LANG", code)
    lines = [element.value for element in _draw().markdown]
    (sentence,) = [text for text in lines if re.search(r"\d+ minut", text, re.IGNORECASE)]
    assert re.search(r"[^.]\.$", sentence), sentence
