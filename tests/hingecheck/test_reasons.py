"""Every reason says what is the matter and what to do, in every place; kinds and values survive every file."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from exercises.load import catalogue, load
from exercises.reason_words import clause
from exercises.results import Recognition, SetReport
from hingecheck import reasons
from hingecheck.analysis import set_report
from hingecheck.history import track_file
from hingecheck.live import phrases
from hingecheck.reasons import VERBATIM_KINDS, WORDS, Place, sentence
from hingecheck.report import html_report
from language.current import use
from pose.frame import rows_file
from pose.frame.measure import Row
from pose.frame.view import View
from pose.reason import Reason, ReasonKind, reason_from_json, reason_to_json
from pose.track import Track

K = ReasonKind
TEXT = "The file was damaged."
#: Values of the kinds that have any.
VALUES: dict[ReasonKind, dict[str, object]] = {
    K.CUT_OFF: {"parts": ("hips", "feet")}, K.OTHER_PEOPLE: {"people": 2}, K.TOO_SMALL: {"height_px": 64},
    K.TURNED: {"turned_deg": 55}, K.NOT_LEVEL: {"looking_down_deg": 40}, K.OTHER_POSITION: {"position": "supine"},
    K.NEVER_IN_POSITION: {"position": "kneeling"}, K.IMPLAUSIBLE: {"quantity": "hip_flexion_deg"},
    K.NOT_MEASURABLE: {"quantity": "heel_lift_deg"}, K.NO_COLUMN: {"quantity": "turn_deg"},
    K.TOO_FEW_FRAMES: {"quantity": "spine_flexion_deg"},
    K.ODD_REP: {"quantity": "knee_flexion_deg", "value": 44, "usual": 13, "other_quantity": "bend_deg",
                "other_value": 139, "other_usual": 76},
    K.NO_REP: {"exercise": "Hip hinge"},
    K.WRONG_POSITION: {"position": "supine", "exercise": "Hip hinge", "wanted": "standing"},
    K.CAMERA_AT_SIDE: {"exercise": "Lumbar rotation"}, K.NO_EXERCISE_FITS: {"position": "sitting"},
    K.EXERCISE_UNSURE: {"exercises": ("Hip hinge", "Squat lift"), "ids": ("hip_hinge", "squat_lift")},
    K.SEVERAL_EXERCISES: {"exercises": ("Hip hinge", "Calf raise"), "ids": ("hip_hinge", "calf_raise")},
    K.TURN_UNSURE: {"turn_deg": 90}, K.FRAMES_TURNED: {"turn_deg": 270}, K.UNREADABLE: {"text": TEXT},
    K.SLOW_MOTION: {"times": 4.0}, K.SLOW_MOTION_ASKED: {"down_s": 12, "up_s": 8},
    K.NOT_USABLE: {"text": TEXT}, K.OTHER_MEASUREMENTS: {"what": "another video", "file": "out/measurements.npz"},
    K.NEVER_FLAT: {"position": "prone"}, K.VIDEO_BREAKS_OFF: {"length_s": 12.5, "last_s": 8.2},
    K.VIDEO_ENDS_BEFORE: {"length_s": 24.0, "end_s": 60.0}, K.FRAMES_DAMAGED: {"count": 3},
    K.FRAMES_REPEATED: {"count": 2}, K.FRAMES_UNTIMED: {"count": 30}, K.PROGRAM_FAILED: {"text": TEXT},
    K.NOTE: {"text": TEXT},
    K.OTHER: {"text": "the lens was dirty"},
}
EVERY = [Reason(kind, tuple(VALUES.get(kind, {}).items())) for kind in ReasonKind]  # type: ignore[arg-type]
#: There is nothing to do about a note.
WITH_REMEDY = [reason for reason in EVERY if reason.kind is not K.NOTE]
ROOT = Path(__file__).resolve().parents[2]
FLAG = re.compile(r"(?<![\w-])--\w")


def kind_of(reason: Reason) -> str:
    return reason.kind.value


@pytest.mark.parametrize("place", Place)
@pytest.mark.parametrize("reason", WITH_REMEDY, ids=kind_of)
def test_every_kind_has_a_remedy_and_words_in_every_place(reason: Reason, place: Place) -> None:
    remedy, words = reasons.remedy(reason, place), sentence(reason, place)
    assert re.fullmatch(r"[A-Z].{15,}\.", remedy), "a sentence"
    assert re.fullmatch(r"[A-Z].{15,}\.", words)
    assert ".." not in words
    assert not re.search(r"[{}]| deg\b", words)
    if reason.kind not in VERBATIM_KINDS:
        assert words.endswith(remedy)
        assert clause(reason)[1:] in words or place is Place.COMMAND_LINE
    if place is not Place.COMMAND_LINE:
        assert not FLAG.search(words)


def test_a_command_names_the_exercises_in_the_language_of_the_rest() -> None:
    reason = Reason.of(K.EXERCISE_UNSURE, exercises=("Hip hinge", "Calf raise"), ids=("hip_hinge", "calf_raise"))
    with use("de"):
        line = sentence(reason, Place.COMMAND_LINE)
    assert "Hüftbeuge (Hip Hinge) (--exercise hip_hinge)" in line
    assert "Wadenheben (--exercise calf_raise)" in line


#: The words of each remedy that make it fit its reason.
ADVICE = {
    K.NO_PERSON: "Film one person, whole body", K.CUT_OFF: "back until your whole body", K.OTHER_PEOPLE: "alone",
    K.TOO_SMALL: "closer", K.TURNED: "exactly to your side", K.NOT_LEVEL: "level, at the height of your hips",
    K.OTHER_POSITION: "in the position that the exercise shows", K.NEVER_IN_POSITION: "side-on to a camera",
    K.NOT_IN_FRONT: "in front of you", K.LEG_UNCLEAR: "nearer to the camera", K.BACK_HIDDEN: "off your back",
    K.BACK_UNLIKE: "off your back", K.IMPLAUSIBLE: "from the side", K.NOT_MEASURABLE: "from the side",
    K.NO_COLUMN: "from the side", K.TOO_FEW_FRAMES: "from the side", K.REP_INCOMPLETE: "before the first rep",
    K.BOTTOM_MISSING: "before the first rep", K.HOLD_UNMEASURED: "Hold longer",
    K.NO_ROUNDING_ONSET: "nothing to change", K.DESCENT_UNMEASURED: "from the side",
    K.POORLY_VISIBLE: "from the side", K.ODD_REP: "out of the recording",
    K.TOO_SHORT: "at least one whole rep", K.LITTLE_VISIBLE: "from the side", K.NO_REP: "the whole movement",
    K.WRONG_POSITION: "choose the exercise that was done", K.CAMERA_AT_SIDE: "choose the exercise that was done",
    K.NO_EXERCISE_FITS: "Choose the exercise", K.EXERCISE_UNSURE: "by the right rules",
    K.SEVERAL_EXERCISES: "Cut it into its parts",
    K.NO_PARTS: "more than four seconds",
    K.OTHER_MEASUREMENTS: "once more", K.TURN_UNSURE: "upright", K.FRAMES_TURNED: "upright yourself",
    K.NEVER_UPRIGHT: "standing tall for two seconds", K.NEVER_FLAT: "lying flat for two seconds",
    K.VIDEO_BREAKS_OFF: "copy it again", K.VIDEO_ENDS_BEFORE: "another end", K.FRAMES_DAMAGED: "copy the file again",
    K.FRAMES_REPEATED: "nothing to change", K.FRAMES_UNTIMED: "original file", K.SET_BROKE_OFF: "are saved",
    K.SLOW_MOTION: "how fast it plays", K.SLOW_MOTION_ASKED: "how fast it plays",
    K.UNREADABLE: "original file", K.NOT_USABLE: "Repair or replace", K.PROGRAM_FAILED: "report this",
    K.OTHER: "from the side",
}


def test_every_remedy_fits_its_reason() -> None:
    assert set(ADVICE) == {reason.kind for reason in WITH_REMEDY}
    assert [kind for kind, advice in ADVICE.items() if advice not in WORDS[kind].remedy] == []


def test_what_is_said_aloud_exists_in_every_language() -> None:
    spoken = {kind for kind in ReasonKind if WORDS[kind].voice}
    assert spoken >= {K.NO_PERSON, K.OTHER_PEOPLE, K.CUT_OFF, K.TOO_SMALL, K.NOT_LEVEL, K.NOT_IN_FRONT}
    for language in phrases.languages():
        words = phrases.load_words(language).setup
        assert all(getattr(words, reasons.voice(kind)) for kind in spoken)
    with pytest.raises(KeyError):
        reasons.voice(K.TOO_SHORT)


def test_a_rotation_filmed_from_the_side_gets_advice() -> None:
    """The signal's own reason is the clip's: "the camera was not in front of the person" had no advice before."""
    why = np.full(90, None, dtype=object)
    why[:] = Reason(K.NOT_IN_FRONT)
    exercise = load("lumbar_rotation")
    track = Track(np.arange(90) / 30, {exercise.signal.quantity: np.full(90, np.nan),
                                       "person_height_px": np.full(90, 300.0)}, {}, {exercise.signal.quantity: why})
    report = set_report.report(exercise, "a.mp4", track, (), ())
    assert report.status == "refused"
    assert report.reasons == ("This could not be judged: the camera was not in front of the person. "
                              "Place the camera in front of you, at the height of your chest.",)
    assert report.reason_kinds == ("not_in_front",)


@pytest.mark.parametrize("candidates", [(), ("hip_hinge", "squat_lift")])
def test_only_the_command_line_names_an_option(candidates: tuple[str, ...]) -> None:
    names = {name: exercise.name for name, exercise in catalogue().items()}
    columns = {"person_height_px": np.full(90, 300.0), "left_knee_flexion_deg": np.zeros(90)}
    track = Track(np.arange(90) / 30, columns, {})
    report = set_report.unrecognised("x.mp4", track, Recognition(exercise=None, candidates=candidates), names, ())
    assert "--exercise" in report.reasons[0]
    for place in (Place.PAGE, Place.FILE):
        (line,) = reasons.sentences(report, place)
        assert not FLAG.search(line)
        assert all(names[name] in line for name in candidates)
        assert "Choose" in line
    assert "--exercise" not in html_report.render(report, track)


def report_of(*every: Reason) -> SetReport:
    return SetReport(video="a.mp4", exercise="", status="refused", **reasons.report_fields(every))


@pytest.mark.parametrize("reason", EVERY, ids=kind_of)
def test_a_report_gives_its_reasons_back(reason: Reason) -> None:
    written = report_of(reason).model_dump_json()
    assert reasons.of_report(SetReport.model_validate_json(written)) == (reason,)
    assert json.loads(written)["reason_kinds"] == [reason.kind.value]


def test_a_report_of_an_older_version_keeps_its_sentences() -> None:
    old = SetReport(video="a.mp4", exercise="", status="refused", reasons=("Turned about 50 deg.", TEXT))
    assert reasons.sentences(old, Place.PAGE) == ("Turned about 50 deg.", TEXT)
    more = reasons.with_reasons(old, [Reason(K.TOO_SHORT)])
    assert more.reasons == ("Turned about 50 deg.", TEXT, sentence(Reason(K.TOO_SHORT)))
    assert more.reason_kinds == ("note", "note", "too_short")


@pytest.mark.parametrize("reason", EVERY, ids=kind_of)
def test_text_in_a_file_is_the_same_reason_again(reason: Reason) -> None:
    assert reason_from_json(reason_to_json(reason)) == reason


def test_a_kind_of_a_later_version_is_another_reason() -> None:
    later = reason_from_json('{"kind": "of_tomorrow", "values": {}}')
    assert later is not None
    assert later.kind is K.OTHER


def test_measurements_keep_reasons_and_read_sentences(tmp_path: Path) -> None:
    rows = [Row(0, 0.0, 0, View(problem=EVERY[1])), Row(1, 0.1, 0, View(doubt=EVERY[2]))]
    path = tmp_path / "m.npz"
    rows_file.save(path, rows, {})
    assert [row.view for row in rows_file.load(path)[0]] == [
        replace(row.view, turned_deg=pytest.approx(np.nan, nan_ok=True),
                looking_down_deg=pytest.approx(np.nan, nan_ok=True), height_px=pytest.approx(np.nan, nan_ok=True))
        for row in rows]
    with np.load(path) as file:
        arrays = dict(file)
    head = json.loads(arrays["head"].tobytes()) | {"version": 1}
    arrays |= {"head": np.frombuffer(json.dumps(head).encode(), dtype=np.uint8),
               "view.problem": np.array(["no person was seen", ""]), "view.doubt": np.array(["", ""])}
    np.savez(path, **arrays)
    old = rows_file.load(path)[0]
    assert [row.view.problem for row in old] == [Reason.of(K.OTHER, text="no person was seen"), None]


def test_saved_series_of_an_older_version_keep_their_sentences() -> None:
    import io

    why = np.array([None, EVERY[0], EVERY[1]], dtype=object)
    track = Track(np.arange(3.0), {"hip_flexion_deg": np.zeros(3)}, {}, {"hip_flexion_deg": why})
    data = track_file.pack(track)
    assert list(track_file.unpack(data).reasons["hip_flexion_deg"]) == list(why)
    with np.load(io.BytesIO(data)) as file:
        arrays = dict(file)
    arrays |= {"format": np.array(1), "texts:hip_flexion_deg": np.array(["", "no person was seen", "turned"])}
    arrays["reasons:hip_flexion_deg"] = np.array([0, 1, 2], dtype=np.uint16)
    out = io.BytesIO()
    np.savez(out, **arrays)
    back = track_file.unpack(out.getvalue()).reasons["hip_flexion_deg"]
    assert list(back) == [None, Reason.of(K.OTHER, text="no person was seen"), Reason.of(K.OTHER, text="turned")]


def test_saved_notes_are_the_same_reasons_again_and_older_ones_their_sentences() -> None:
    import io

    track = Track(np.arange(3.0), {}, notes=(Reason(K.NEVER_UPRIGHT), Reason.of(K.NEVER_FLAT, position="prone")))
    data = track_file.pack(track)
    assert track_file.unpack(data).notes == track.notes
    with np.load(io.BytesIO(data)) as file:
        arrays = dict(file) | {"notes": np.array([TEXT])}
    out = io.BytesIO()
    np.savez(out, **arrays)
    assert track_file.unpack(out.getvalue()).notes == (Reason.of(K.NOTE, text=TEXT),)


def test_every_kind_is_documented_with_its_values() -> None:
    page = (ROOT / "docs" / "report.md").read_text(encoding="utf-8").split("## Kinds of reasons")[1].split("\n## ")[0]
    documented = {cells[1].strip(" `"): re.findall(r"`(\w+)`", cells[2])
                  for cells in (line.split("|") for line in page.splitlines() if line.startswith("| `"))}
    stored = {reason.kind.value: list(report_of(reason).reason_values[0]) for reason in EVERY}
    assert documented == stored
