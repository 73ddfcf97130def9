"""Profiles, remarks, prescriptions and goals, and hostile texts in all of them."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta, timezone
from threading import Barrier
from uuid import uuid4

import pytest

from exercises.report_parts import FullBend
from exercises.safety import AnswersWithAdvice
from hingecheck.history import goals, people, queries, remarks, sets
from hingecheck.history.records import AmbiguousPersonError, HistoryError, NewSet
from hingecheck.history.store import open_history
from hingecheck.jobs import saving
from language.current import use
from tests.helpers import saved_sets
from tests.helpers.new_sets import NOON

HOSTILE = ("<script>alert(1)</script>", "'; DROP TABLE people; --", "Robert\"); DELETE FROM sets;",
           "%s %(x)s {0} :id ?",
           "../../etc/passwd", "\u202eevil\u202c", "\U0001f9d8 \u00c5sa \u5f20\u4f1f", " spaces ", "NULL", "\\'\\\\")


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_is_a_name(history, name):
    person = people.add(history, name, notes=name)
    assert (people.get(history, person.id).name, people.get(history, person.id).notes) == (name, name)
    assert people.find(history, name) == person
    assert [profile.name for profile in people.everyone(history)] == [name]


@pytest.mark.parametrize("text", [*HOSTILE, "line one\nline two\r\n\ttabbed", "n" * 10_000])
def test_hostile_texts_come_back_unchanged_everywhere(history, text):
    person = people.add(history, "Ana")
    report = saved_sets.report(video=text).model_copy(update={"summary": (text,)})
    set_id = sets.save(history, NewSet(report, saved_sets.EXERCISE), person.id)
    short = " ".join(text.split())[:100]
    remarks.relabel(history, set_id, 1, short, text, short)
    remarks.answer(history, set_id, 0, [short])
    remarks.add_note(history, person.id, text, set_id=set_id)
    sets.note_session(history, queries.sessions(history)[0].id, text)
    goals.prescribe(history, person.id, "hip_hinge", text)
    back = sets.load(history, set_id)
    assert (back.report, back.line.video, back.session.note) == (report, text, text)
    assert [(relabel.verdict, relabel.note, relabel.author) for relabel in back.relabels] == [(short, text, short)]
    assert back.answers.felt == (short,)
    assert [note.text for note in back.notes] == [text]
    assert goals.prescriptions(history, person.id)[0].text == text
    assert "<script>alert" not in saving.saved_report_page(history, back)


@pytest.mark.parametrize(("name", "message"), [
    ("", "empty"), (" \t\u2003", "empty"),
    ("a\nb", "several lines"), ("x" * 201, "at most 200"), ("a\x00b", "invalid character"), ("a\x1b[2J", "control"),
    ("a\ud800", "invalid character")])
def test_an_invalid_name_is_refused_with_the_reason(history, name, message):
    with pytest.raises(HistoryError, match=message):
        people.add(history, name)
    ana = people.add(history, "Ana")
    with pytest.raises(HistoryError, match=message):
        people.change(history, ana.id, name=name)
    assert people.everyone(history) == (ana,)


def test_two_profiles_do_not_share_a_name(history):
    ana, ben = people.add(history, "\u00c5sa"), people.add(history, "Ben")
    with pytest.raises(HistoryError, match="in the history already"):
        people.add(history, "\u00e5SA")
    with pytest.raises(HistoryError, match="in the history already"):
        people.change(history, ben.id, name="\u00e5sa")
    assert people.change(history, ana.id, name="\u00e5sa").name == "\u00e5sa"
    assert people.get(history, ben.id).name == "Ben"


def test_archiving_hides_a_profile_and_deletes_nothing(history):
    ana = people.add(history, "Ana")
    sets.save(history, NewSet(saved_sets.report(), saved_sets.EXERCISE), ana.id)
    assert people.archive(history, ana.id).archived_at is not None
    assert people.everyone(history) == ()
    assert [profile.name for profile in people.everyone(history, archived=True)] == ["Ana"]
    assert (people.find(history, "ana").id, queries.count(history, ana.id)) == (ana.id, 1)
    people.archive(history, ana.id, archived=False)
    assert people.everyone(history) == (ana,)


def test_who_is_first_and_gives_no_name_gets_one_in_their_language(history):
    with use("fr"):
        assert people.default(history).name == "Mon profil"
    assert people.default(history).name == "Mon profil", "it is kept, whoever looks later"


def test_a_person_is_found_by_name_or_id_or_added(history):
    assert people.default(history).name == "Me"
    me = people.default(history)
    assert people.find(history, str(me.id)[:8]) == me
    assert people.find_or_add(history, "me") == (me, False)
    ben, new = people.find_or_add(history, "Ben")
    assert (ben.name, new) == ("Ben", True)
    with pytest.raises(AmbiguousPersonError, match=r"Ben, Me\)\. Choose"):
        people.default(history)
    with pytest.raises(HistoryError, match="nobody is called"):
        people.find(history, "Be")
    for call in (lambda: people.get(history, uuid4()), lambda: people.delete(history, uuid4()),
                 lambda: people.archive(history, uuid4())):
        with pytest.raises(HistoryError, match="any more"):
            call()


def test_the_newest_verdict_and_answers_count_and_the_original_stays(history):
    person = people.add(history, "Ana")
    set_id = sets.save(history, NewSet(saved_sets.report(), saved_sets.EXERCISE, made_at=NOON), person.id)
    remarks.relabel(history, set_id, 3, "neutral", "fine")
    remarks.relabel(history, set_id, 3, "rounded", "no, it was not", "Dr. K")
    remarks.answer(history, set_id, 5, ["lower_back"])
    remarks.answer(history, set_id, 2)
    back = sets.load(history, set_id)
    assert [(relabel.verdict, relabel.original, relabel.author) for relabel in back.relabels] == [
        ("neutral", "rounded", "me"), ("rounded", "rounded", "Dr. K")]
    assert [(rep.verdict, rep.relabel) for rep in queries.reps(history, person.id)][2:4] == [
        ("rounded", "rounded"), ("neutral", None)]
    assert back.report == saved_sets.report()
    (answers,) = queries.answers(history, person.id)
    assert (answers.pain, answers.felt, answers.made_at) == (2, (), NOON)
    assert back.answers.pain == 2
    assert queries.lines(history)[0].has_answers


def test_answers_in_the_report_are_the_set_s_answers(history):
    person = people.add(history, "Ana")
    report = saved_sets.report().model_copy(update={"answers": AnswersWithAdvice(pain=4, felt=("lower_back",))})
    set_id = sets.save(history, NewSet(report, saved_sets.EXERCISE, made_at=NOON), person.id)
    assert (sets.load(history, set_id).answers.pain, sets.load(history, set_id).answers.felt) == (4, ("lower_back",))
    assert [answers.pain for answers in queries.answers(history, person.id)] == [4]
    remarks.answer(history, set_id, 1)
    assert sets.load(history, set_id).answers.pain == 1


def test_wrong_remarks_are_refused(history):
    person, other = people.add(history, "Ana"), people.add(history, "Ben")
    set_id = sets.save(history, NewSet(saved_sets.report(), saved_sets.EXERCISE), person.id)
    for wrong in (11, -1, 2.5, True):
        with pytest.raises(HistoryError, match="0 to 10"):
            remarks.answer(history, set_id, wrong)
    with pytest.raises(HistoryError, match="no rep 9"):
        remarks.relabel(history, set_id, 9, "neutral")
    with pytest.raises(HistoryError, match="verdict is empty"):
        remarks.relabel(history, set_id, 1, " ")
    with pytest.raises(HistoryError, match="note is empty"):
        remarks.add_note(history, person.id, " \n")
    with pytest.raises(HistoryError, match="not in this person's history"):
        remarks.add_note(history, other.id, "tired", set_id=set_id)
    assert (sets.load(history, set_id).answers, remarks.notes(history, person.id)) == (None, ())
    note = remarks.add_note(history, person.id, "tired")
    assert remarks.notes(history, person.id) == (note,)
    remarks.delete_note(history, note.id)
    assert remarks.notes(history, person.id) == ()


def test_a_prescription_is_valid_from_its_day_on(history):
    person = people.add(history, "Ana")
    first = goals.prescribe(history, person.id, "hip_hinge", "reps = 5", NOON)
    later = goals.prescribe(history, person.id, "hip_hinge", "reps = 8", NOON + timedelta(days=7))
    goals.prescribe(history, person.id, "squat_lift", "reps = 3", NOON)
    valid = {day: goals.prescription_at(history, person.id, "hip_hinge", NOON + timedelta(days=day))
             for day in (-1, 0, 6, 7)}
    assert valid == {-1: None, 0: first, 6: first, 7: later}
    goals.delete_prescription(history, later.id)
    assert goals.prescription_at(history, person.id, "hip_hinge") == first
    with pytest.raises(HistoryError, match="is empty"):
        goals.prescribe(history, person.id, "hip_hinge", "")


def test_a_goal_replaces_the_one_before(history):
    person = people.add(history, "Ana")
    doorway = "doorway_hamstring_stretch"
    goals.set_goal(history, person.id, doorway, "leg_raise_deg", 80, "left")
    goals.set_goal(history, person.id, doorway, "leg_raise_deg", 90, "left")
    both = goals.set_goal(history, person.id, doorway, "leg_raise_deg", 85)
    assert sorted((goal.at, goal.side) for goal in goals.goals(history, person.id) if goal.side) == [(90, "left")]
    assert len(goals.goals(history, person.id)) == 2
    goals.delete_goal(history, both.id)
    assert [goal.at for goal in goals.goals(history, person.id)] == [90]
    for measure, at in (("shoe_size", 43.0), ("leg_raise_deg", float("nan"))):
        with pytest.raises(HistoryError, match="a goal is a number"):
            goals.set_goal(history, person.id, doorway, measure, at)


def test_the_newest_full_bend_is_the_person_s_own_and_is_deleted_with_its_set(history):
    person = people.add(history, "Ana")
    assert goals.full_bend(history, person.id) is None
    entered = goals.set_full_bend(history, person.id, FullBend(spine_flexion_deg=62.0))
    measured = FullBend(spine_flexion_deg=71.5, uncertainty_deg=6.25, hip_flexion_deg=64.0, hip_uncertainty_deg=5.0,
                        rep=2)
    report = saved_sets.report().model_copy(update={"full_bend": measured})
    set_id = sets.save(history, NewSet(report, saved_sets.EXERCISE, made_at=datetime.now(timezone.utc)), person.id)
    own = goals.full_bend(history, person.id)
    assert (own.full_bend, own.set_id) == (measured, set_id)
    sets.delete(history, set_id)
    assert goals.full_bend(history, person.id) == entered


def test_the_example_person_is_in_no_list_and_nobodys_default(history):
    example = people.example(history)
    assert people.example(history) == example
    assert people.everyone(history) == ()
    me = people.default(history)
    assert (me.name, me.id != example.id) == ("Me", True)
    assert people.default(history) == me


def test_one_name_at_once_is_one_person(url, tmp_path):
    """Everybody who saves for a new name at the same moment gets the same profile."""
    home = tmp_path / "home"
    open_history(home, url).close()
    for number in range(5):
        start = Barrier(6)

        def add(name, start=start):
            with open_history(home, url) as history:
                start.wait(30)
                return people.find_or_add(history, name)[0].id

        with ThreadPoolExecutor(6) as threads:
            ids = list(threads.map(add, [f"ana {number}", f"Ana {number}"] * 3))
        assert len(set(ids)) == 1
    with open_history(home, url) as history:
        assert len(people.everyone(history)) == 5
