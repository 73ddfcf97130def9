"""`hingecheck programmes`: list, show, check, the week of a person, the calendar."""

from __future__ import annotations

from datetime import datetime, timezone
from pathlib import Path

import icalendar
import pytest
from typer.testing import CliRunner

from exercises.library import FOLDER_VARIABLE
from hingecheck.cli.main import app
from hingecheck.history import goals, people, sets
from hingecheck.history.store import open_history
from language.current import use
from tests.helpers import new_sets

OWN = '''id = "hinges"
name = "Hinges"
summary = "Five hinges."
per_week = 3
[[steps]]
exercise = "hip_hinge"
reps = 5
source = "me"
'''


def programmes(*arguments: object) -> tuple[int, str]:
    answer = CliRunner().invoke(app, ["programmes", *map(str, arguments)])
    return answer.exit_code, answer.output


@pytest.fixture(autouse=True)
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path))
    monkeypatch.setenv("HINGECHECK_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "programmes" / "hinges.toml"
    path.parent.mkdir()
    path.write_text(OWN, encoding="utf-8")
    return path


def test_list_names_all_and_what_is_wrong(own: Path) -> None:
    (own.parent / "wrong.toml").write_text(OWN.replace("hip_hinge", "hip_hing"), encoding="utf-8")
    code, text = programmes("list")
    assert code == 0
    assert all(name in text for name in ("desk_break", "doorway", "ten_minutes", "hinges", "hinges.toml"))
    assert "wrong.toml: steps.1.exercise: no such exercise (did you mean 'hip_hinge'?)" in text


def test_square_brackets_in_a_name_are_no_markup(own: Path) -> None:
    own.write_text(OWN.replace('"Hinges"', '"[/x] [bold]Mine"'), encoding="utf-8")
    code, text = programmes("list")
    assert code == 0
    assert "[/x] [bold]Mine" in text


def test_show_has_amounts_and_sources() -> None:
    code, text = programmes("show", "doorway")
    assert code == 0
    assert "1. Doorway hamstring stretch: 2 sets, 45 s, left and right, 15 s rest" in text
    assert "E: Long Island Spine Specialists" in text
    assert "Warm-up, 120 s" in programmes("show", "ten_minutes")[1]
    assert programmes("show", "dorway") == (1, "dorway: no such programme (did you mean 'doorway'?); known: "
                                            "desk_break, doorway, ten_minutes, hinges\n")


def test_without_sources_there_is_no_heading_for_them() -> None:
    code, text = programmes("show", "hinges")
    assert code == 0
    assert text.endswith("1. Hip hinge: 5 reps\n  me\n")


def test_check(own: Path, tmp_path: Path) -> None:
    assert programmes("check", own) == (0, f"{own}: programme hinges of hip_hinge\n")
    code, text = programmes("check", own, tmp_path / "none.toml")
    assert code == 1
    assert "none.toml: cannot be read: No such file" in text


def test_the_week_of_a_person(own: Path) -> None:
    with open_history() as history:
        person = people.add(history, "Anna")
        sets.save(history, new_sets.new_set(datetime.now(timezone.utc)), person.id)
    code, text = programmes("week", own, "--days", "mon,sun")
    assert programmes("week", own, "--days", "Monday, sun.") == (code, text)
    with use("de"):
        german = programmes("week", own, "--days", "Mo,Sonntag")
        assert german == programmes("week", own, "--days", "mon,sun")
        assert german[0] == 0
    assert code == 0, text
    assert "done    Hip hinge: 5 of 5" in text
    assert "This week: 1 of 3 sessions." in text
    assert "expected days as mon,wed,fri, got 'some'" in " ".join(programmes("week", own, "--days", "some")[1].split())


@pytest.mark.parametrize(("language", "line"), [
    ("fr", "en partie Charnière de hanche : 5 sur 9"), ("es", "en parte Bisagra de cadera: 5 de 9")])
def test_a_long_word_of_the_week_keeps_its_distance(own: Path, language: str, line: str) -> None:
    with open_history() as history:
        sets.save(history, new_sets.new_set(datetime.now(timezone.utc)), people.add(history, "Anna").id)
    own.write_text(OWN.replace("reps = 5", "reps = 9"), encoding="utf-8")
    with use(language):
        assert line in " ".join(programmes("week", own)[1].split())


def test_what_is_prescribed_is_a_programme() -> None:
    def prescription(exercise: str, changes: str) -> str:
        return f'exercise = "{exercise}"\n{changes}\n'

    with open_history() as history:
        ana, ben = people.add(history, "Ana"), people.add(history, "Ben")
        day = datetime(2026, 3, 2, tzinfo=timezone.utc)
        for number, (exercise, changes) in enumerate([
                ("doorway_hamstring_stretch", "sets = 3\nhold = { at_least_s = 20 }"), ("hip_hinge", "sets = 4"),
                ("doorway_hamstring_stretch", 'sets = 2\nsides = "left"\nper_week = 5')]):
            goals.prescribe(history, ana.id, exercise, prescription(exercise, changes), day.replace(day=1 + number))
        sets.save(history, new_sets.new_set(datetime.now(timezone.utc)), ana.id)
    code, text = programmes("show", "prescribed", "-p", "Ana")
    assert code == 0, text
    assert "5 times a week" in text
    assert "1. Doorway hamstring stretch: 2 x 30 s, left, 15 s rest" in text
    assert "2. Hip hinge: 4 reps" in text
    assert "Hip hinge: 5 of 4" in programmes("week", "prescribed", "--person", "Ana")[1]
    assert programmes("show", "prescribed", "--person", ben.name) == (
        1, "Nothing is prescribed for Ben. A prescription is saved on the page People.\n")


def test_the_calendar(own: Path, tmp_path: Path) -> None:
    assert programmes("calendar", own, "--at", "07:15", "--weeks", 2, "--days", "tue,thu") == (0, "hinges.ics\n")
    (event,) = icalendar.Calendar.from_ical((tmp_path / "hinges.ics").read_bytes()).walk("VEVENT")
    assert event["rrule"] == {"FREQ": ["WEEKLY"], "BYDAY": ["TU", "TH"], "COUNT": [4]}
    assert f"{event.decoded('dtstart'):%H:%M}" == "07:15"
    assert programmes("calendar", own, "--at", "noon")[0] == 2
