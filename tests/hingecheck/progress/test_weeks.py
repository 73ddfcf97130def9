"""Some weeks of a person on one page: prescribed and done, values with bands, changes, pain; by command and as PDF."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from uuid import UUID

import pytest
from typer.testing import CliRunner

from exercises.exercise_model import Exercise
from exercises.load import load
from hingecheck.cli.main import app
from hingecheck.history import goals, people, remarks, sets
from hingecheck.history.connection import History
from hingecheck.history.records import NewSet, Person
from hingecheck.history.store import open_history
from hingecheck.progress import weeks_pdf, weeks_summary
from hingecheck.progress.weeks_summary import WeeksSummary
from tests.helpers import pdf_text, saved_sets

NOW = datetime(2026, 11, 27, 12, tzinfo=timezone.utc)
MANY = ("doorway_hamstring_stretch", "towel_hamstring_stretch", "wall_hamstring_stretch", "chair_hamstring_stretch",
        "standing_hamstring_stretch", "hip_hinge", "squat_lift", "calf_raise", "prone_press_up")


@pytest.fixture
def history(tmp_path: Path) -> Iterator[History]:
    with open_history(tmp_path / "data", "") as opened:
        yield opened


@pytest.fixture
def ana(history: History) -> Person:
    return people.add(history, "Ana Keller")


def save(history: History, person: Person, days_ago: float, hip_deg: float = 72.0, exercise: Exercise | None = None,
         kinds: str = "NN") -> UUID:
    """Save a set in which every rep reaches this hip flexion."""
    report = saved_sets.report(kinds)
    used = exercise or load("hip_hinge")
    reps = tuple(rep.model_copy(update={"hip_flexion_deg": hip_deg}) for rep in report.reps)
    return sets.save(history, NewSet(report.model_copy(update={"reps": reps, "exercise": used.id}), used,
                                     made_at=NOW - timedelta(days=days_ago)), person.id)


def summary(history: History, person: Person, weeks: int = 12, find: Callable[[str], Exercise] = load) -> WeeksSummary:
    return weeks_summary.summarise(history, person, weeks, NOW, find)


@pytest.mark.parametrize(("after", "change"), [(80.0, "+20\u00b0, beyond the scatter of 6\u00b0"),
                                               (63.0, "no clear change: +3\u00b0 is within the scatter of 6\u00b0")])
def test_values_have_bands_and_only_a_real_change_is_one(history: History, ana: Person, after: float,
                                                         change: str) -> None:
    save(history, ana, 21, 60.0)
    save(history, ana, 1, after)
    (text,) = pdf_text.pages(weeks_pdf.render(summary(history, ana), weeks_pdf.Head()))
    text = " ".join(text.split())
    assert "60 \u00b1 4\u00b0" in text
    assert f"{max(after, 60):.0f} \u00b1 4\u00b0" in text
    assert change in text


def test_what_was_prescribed_stands_beside_what_was_done(history: History, ana: Person) -> None:
    goals.prescribe(history, ana.id, "hip_hinge", 'exercise = "hip_hinge"\nsets = 4\nper_week = 1\n',
                    NOW - timedelta(days=40))
    goals.prescribe(history, ana.id, "calf_raise", 'exercise = "calf_raise"\nsets = 10\n', NOW - timedelta(days=40))
    for days_ago in (8, 8.001, 2):
        save(history, ana, days_ago)
    hinge, calf = summary(history, ana).done
    assert (hinge.name, hinge.prescription) == ("Hip hinge", "4 reps, 1 time a week")
    # Four reps on the day in last week, two this week; eight days are 1.1 weeks.
    assert hinge.done == "3 sets, 6 reps, on 2 days (1.8 a week); as prescribed in 1 of the last 2 weeks"
    assert (calf.prescription, calf.done) == ("10 reps", "nothing")


def test_pain_is_counted(history: History, ana: Person) -> None:
    assert summary(history, ana).pain == ("The questions after a set were not answered in this time.",)
    for days_ago, pain in ((9, 0), (6, 2), (3, 5)):
        remarks.answer(history, save(history, ana, days_ago), pain, ("lower_back",) if pain == 5 else ())
    first, felt, stop = summary(history, ana).pain
    assert first == ("Pain: none after 1 set, 1 to 3 of 10 after 1 set, 4 or more after 1 set, at most 5 (on "
                     "24 November 2026).")
    assert felt.startswith("Felt: ")
    assert felt.endswith(" 1 time.")
    assert stop.startswith("After 1 set the advice was to stop")


def test_older_weeks_and_copies_do_not_count(history: History, ana: Person) -> None:
    save(history, ana, 30)
    save(history, ana, 3)
    assert summary(history, ana, 2).done[0].done.startswith("1 set, 2 reps, on 1 day ")
    assert summary(history, ana, 2).first == date(2026, 11, 24)


def test_an_exercise_that_is_gone_is_named_by_its_id(history: History, ana: Person) -> None:
    save(history, ana, 3, exercise=load("hip_hinge").model_copy(update={"id": "my_own_hinge"}))
    assert summary(history, ana).done[0].name == "My own hinge"


def test_it_stays_one_page(history: History, ana: Person) -> None:
    for name in MANY:
        goals.prescribe(history, ana.id, name, f'exercise = "{name}"\nsets = 3\nper_week = 4\n',
                        NOW - timedelta(days=70))
        for days_ago in (60, 40, 20, 1):
            remarks.answer(history, save(history, ana, days_ago, exercise=load(name)), 6, ("lower_back", "tingling"))
    (text,) = pdf_text.pages(weeks_pdf.render(summary(history, ana), weeks_pdf.Head(date(1980, 5, 3), "M. Roth")))
    text = " ".join(text.split())
    assert "born 3 May 1980" in text
    assert "by M. Roth" in text
    assert "Not on this page: " in text
    assert "nothing was sent anywhere" in text


def test_a_person_without_sets_gets_a_page(history: History, ana: Person) -> None:
    (text,) = pdf_text.pages(weeks_pdf.render(summary(history, ana), weeks_pdf.Head()))
    assert "No set was saved in this time, and nothing is prescribed." in " ".join(text.split())


def test_the_command_writes_the_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HINGECHECK_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("HINGECHECK_DATABASE_URL", "")
    with open_history(tmp_path / "data", "") as history:
        people.add(history, "Ana Keller")
    out = tmp_path / "weeks.pdf"
    done = CliRunner().invoke(app, ["history", "progress", "--born", "1980-05-03", "--out", str(out)])
    assert (done.exit_code, done.stdout.strip()) == (0, str(out))
    assert "born 3 May 1980" in " ".join(pdf_text.pages(out.read_bytes())[0].split())
    for born in ("1980-5-3", "2999-01-01"):
        assert CliRunner().invoke(app, ["history", "progress", "--born", born, "--out", str(out)]).exit_code == 2
    assert CliRunner().invoke(app, ["history", "progress", "--person", "Zed", "--out", str(out)]).exit_code == 1
