"""Each page draws a saved set, without a browser, and its forms write to the history."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import pytest
from streamlit.testing.v1 import AppTest

from exercises.load import catalogue, load
from hingecheck.analysis import rejudge
from hingecheck.analysis.pipeline import Options, conclude
from hingecheck.history import files, hand_angles, people, remarks, sets
from hingecheck.history.records import NewSet
from hingecheck.history.store import open_history
from hingecheck.jobs.messages import AnalysisRequest
from hingecheck.validation.clicked_angles import ClickedAngle
from pose.frame.measure import Measurer
from tests.helpers import saved_sets
from tests.helpers.fixture_types import SightingsOf


def _script(module: str) -> None:
    """Draw one page; Streamlit runs this function's text by itself."""
    import importlib

    importlib.import_module(f"hingecheck.pages.{module}").page()


@pytest.fixture
def set_id(data: Path) -> UUID:
    """The set of Ana: five reps, the third and the fifth rounded, with one key picture."""
    with open_history(data, "") as history:
        ana = people.add(history, "Ana")
        key_images = {3: saved_sets.KEY_IMAGE}
        return sets.save(history, NewSet(saved_sets.report(), saved_sets.EXERCISE, saved_sets.track(), key_images),
                         ana.id)


@pytest.fixture
def draw(set_id: UUID) -> Callable[[str], AppTest]:
    def page(module: str) -> AppTest:
        test = AppTest.from_function(_script, kwargs={"module": module}, default_timeout=120)
        test.query_params["set"] = str(set_id)
        test.run()
        assert not test.exception
        return test
    return page


def _html(page: AppTest) -> str:
    return " ".join(element.proto.body for element in page.get("html"))


def _press(page: AppTest, label: str) -> AppTest:
    page = next(button for button in page.button if button.label == label).click().run()
    assert not page.exception
    return page


def _query(page: AppTest, name: str) -> str:
    value = page.query_params[name]
    return value if isinstance(value, str) else value[0]


def _fill(page: AppTest, label: str, text: str) -> None:
    next(field for field in (*page.text_input, *page.text_area) if field.label == label).input(text)


@pytest.mark.parametrize(("module", "title", "text"), [
    ("home_page", "HingeCheck", "Exercises"), ("analyse_page", "Analyse a video", "Hip hinge"),
    ("samples_page", "Try a sample", "Press one."), ("learn_page", "Learn", "Hip hinge"),
    ("setup_check_page", "Set-up check", "One picture shows whether the camera is placed well.")])
def test_a_page_without_a_set_is_drawn(draw: Callable[[str], AppTest], module: str, title: str, text: str) -> None:
    page = draw(module)
    assert page.title[0].value == title
    options = [option for box in page.selectbox for option in box.options]
    assert any(text in part for part in [*options, *(element.value for element in (*page.markdown, *page.header))])


def test_the_review_has_one_card_per_rep(draw: Callable[[str], AppTest]) -> None:
    page = draw("review_page")
    assert page.title[0].value == "3 of 5 reps neutral"
    html = _html(page)
    for index in range(1, 6):
        assert html.count(f'<h3 id="rep-{index}">') == 1
    assert [int(met) for met in re.findall(r"<summary>(\d) of 3 rules met", html)] == [3, 3, 2, 3, 2]
    assert "The video of this set is not kept, or its 14 days are over." in page.info[0].value


def test_a_relabel_stands_beside_the_original_verdict(
        draw: Callable[[str], AppTest], data: Path, set_id: UUID) -> None:
    page = draw("review_page")
    form = f"relabel-{set_id}-3"
    next(box for box in page.selectbox if box.form_id == form).select("neutral")
    for field in page.text_input:
        if field.form_id == form:
            field.input("Ana" if field.label == "Your name" else "the shirt moved")
    next(button for button in page.button if button.form_id == form).click().run()
    assert not page.exception
    html = _html(page)
    assert html.count("Relabelled by Ana: Neutral") == 1
    assert html.index('id="rep-3"') < html.index("Relabelled by Ana: Neutral") < html.index('id="rep-4"')
    assert "Original verdict: Rounded \u00b7 the shirt moved" in html
    with open_history(data, "") as history:
        (relabel,) = sets.load(history, set_id).relabels
    assert (relabel.rep, relabel.verdict, relabel.original, relabel.author, relabel.note) == (
        3, "neutral", "rounded", "Ana", "the shirt moved")


def test_angles_by_hand_stand_beside_ours_and_ten_of_them_give_the_agreement(
        draw: Callable[[str], AppTest], data: Path, set_id: UUID) -> None:
    track = saved_sets.track()

    def click(row: int) -> None:
        points = ((300.0, 100.0), (300.0, 200.0), (400.0, 200.0))
        with open_history(data, "") as history:
            hand_angles.add(history, set_id, ClickedAngle(
                quantity="hip_flexion_deg", time_s=float(track.time_s[row]), points_px=points, author="<b>Ana</b>"))

    for row in range(120, 129):
        click(row)
    page = draw("review_page")
    html = _html(page)
    ours = track.columns["hip_flexion_deg"][120]
    for cell in ("4.00 s", "90.0\u00b0", f"{ours:.1f} \u00b1 4.5\u00b0", f"{ours - 90:+.1f}\u00b0",
                 "&lt;b&gt;Ana&lt;/b&gt;"):
        assert f"<td>{cell}</td>" in html
    assert html.count("<tr><td>Hip flexion</td>") == 9
    assert "Hip flexion: 9 of 10 moments." in " ".join(caption.value for caption in page.caption)
    assert any("no video of this set here" in info.value for info in page.info)
    click(129)
    page = draw("review_page")
    assert _html(page).count("<tr><td>Hip flexion</td>") == 10
    assert "of 10 moments" not in " ".join(caption.value for caption in page.caption)
    plots = [part.proto.json for part in page.get("bidi_component") if "agreement with hand" in part.proto.json]
    assert len(plots) == 1
    assert "Hip flexion against hand, 10 moments: bias" in plots[0]


def test_answers_get_their_advice(draw: Callable[[str], AppTest], data: Path, set_id: UUID) -> None:
    page = draw("review_page")
    page.select_slider[0].set_value(5)
    page = _press(page, "Save answers")
    assert "pain 5 of 10" in _html(page)
    assert "see a professional before you go on" in page.error[0].value
    with open_history(data, "") as history:
        answers = sets.load(history, set_id).answers
    assert answers is not None
    assert (answers.pain, answers.felt) == (5, ())


def test_a_note_is_saved(draw: Callable[[str], AppTest], data: Path, set_id: UUID) -> None:
    page = draw("review_page")
    _fill(page, "Note", "a new shoe")
    _press(page, "Save note")
    with open_history(data, "") as history:
        assert [note.text for note in sets.load(history, set_id).notes] == ["a new shoe"]


def test_the_video_is_kept_only_with_a_tick(draw: Callable[[str], AppTest], data: Path, set_id: UUID) -> None:
    video = data.parent / "drawn.mp4"
    video.write_bytes(b"video")
    with open_history(data, "") as history:
        files.save_video(history, set_id, video)
    page = draw("review_page")
    box = next(box for box in page.checkbox if box.label == "Keep this video")
    assert box.value is True
    page = box.uncheck().run()
    assert not page.exception
    with open_history(data, "") as history:
        assert files.video_path(history, set_id) is None
    page = next(box for box in page.checkbox if box.label == "Keep this video").check().run()
    assert not page.exception
    with open_history(data, "") as history:
        saved = files.video_path(history, set_id)
    assert saved is not None
    assert saved.read_bytes() == b"video"


def test_progress_has_numbers_and_relabels(draw: Callable[[str], AppTest], data: Path, set_id: UUID) -> None:
    with open_history(data, "") as history:
        remarks.relabel(history, set_id, 3, "neutral")
        ana = people.find(history, "Ana").id
        one_unmeasured = NewSet(saved_sets.report("NNR", unseen=2), saved_sets.EXERCISE, saved_sets.track("NNR", 2))
        sets.save(history, one_unmeasured, ana)
    html = _html(draw("progress_page"))
    # 3 of 5 reps are good in one set; in the other 1 of 3, one of them unmeasured.
    assert "<dt>Good reps</dt><dd class=\"\">57 % of 7</dd>" in html
    assert "1 rep is relabelled. The shares count the original verdicts." in html
    assert "One week so far." in html


def test_a_person_is_added_archived_and_restored(draw: Callable[[str], AppTest], data: Path) -> None:
    page = draw("people_page")
    form = next(field for field in page.text_input if field.form_id == "add")
    form.input("Zo\u00e9")
    page = _press(page, "Add")
    assert page.success[0].value == "Zo\u00e9 was added\\."
    page = _press(page, "Archive Zo\u00e9 (nothing is deleted)")
    with open_history(data, "") as history:
        assert [person.name for person in people.everyone(history)] == ["Ana"]
    page = _press(page, "Restore Zo\u00e9")
    with open_history(data, "") as history:
        assert [person.name for person in people.everyone(history)] == ["Ana", "Zo\u00e9"]


def test_a_person_is_deleted_only_after_a_tick(draw: Callable[[str], AppTest], data: Path) -> None:
    page = draw("people_page")
    button = next(button for button in page.button if button.label == "Delete for good")
    assert button.disabled
    page = next(box for box in page.checkbox if box.label == "Yes, delete all of it").check().run()
    page = _press(page, "Delete for good")
    assert page.success[0].value == "Ana and all their data are deleted\\."
    with open_history(data, "") as history:
        assert people.everyone(history, archived=True) == ()


def _judge_as(exercise: str, page: AppTest, set_id: UUID, folder: Path, recorded: SightingsOf) -> AppTest:
    """Judge a set, whose video was analysed in this window, as another exercise."""
    measurer = Measurer()
    rows = [measurer(sighting) for sighting in recorded("hinge_squatted")]
    rejudge.keep(folder, folder / "video.mp4", Options(None), conclude(rows, load("hip_hinge"), "squatted.mp4"))
    page.session_state["requests"] = {set_id: AnalysisRequest(
        video=folder / "video.mp4", name="squatted.mp4", folder=folder, exercise=None, known=catalogue(),
        person=set_id)}
    page = page.run()
    page = next(box for box in page.selectbox if box.label == "Another exercise").select(exercise).run()
    return _press(page, "Judge")


def test_a_set_is_judged_as_another_exercise_from_its_measurements(
        draw: Callable[[str], AppTest], data: Path, set_id: UUID, tmp_path: Path,
        recorded: SightingsOf) -> None:
    page = draw("review_page")
    assert "choose the exercise there" in " ".join(text.value for text in page.markdown)
    assert "Judge" not in [button.label for button in page.button]
    page = _judge_as("squat_lift", page, set_id, tmp_path, recorded)
    new_id = UUID(_query(page, "set"))
    assert new_id != set_id
    with open_history(data, "") as history:
        old, new = sets.load(history, set_id), sets.load(history, new_id)
    assert (old.exercise.id, new.exercise.id) == ("hip_hinge", "squat_lift")
    assert [rep.verdict for rep in new.report.reps] == ["neutral"] * 3
    assert new.person.id == old.person.id


def test_a_set_that_cannot_be_judged_so_says_why(
        draw: Callable[[str], AppTest], data: Path, set_id: UUID, tmp_path: Path,
        recorded: SightingsOf) -> None:
    page = draw("review_page")
    page = _judge_as("prone_press_up", page, set_id, tmp_path, recorded)
    assert "you were seen standing" in _html(page)
    assert _query(page, "set") == str(set_id)
