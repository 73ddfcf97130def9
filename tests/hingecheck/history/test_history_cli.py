import json
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from exercises.report_parts import FullBend
from hingecheck.analysis.pipeline import SetAnalysis
from hingecheck.cli import set_owner
from hingecheck.cli.main import app
from hingecheck.history import files, goals, people, personal_exercises, queries, remarks, sets
from hingecheck.history.records import NewSet
from hingecheck.history.store import open_history
from hingecheck.jobs import saving
from hingecheck.jobs.video_job import VideoResult
from tests.helpers import saved_sets

ROOT = Path(__file__).resolve().parents[3]
PRESCRIPTION = 'exercise = "hip_hinge"\n[rules.too_shallow]\nat_least = 33\n'


@pytest.fixture
def data_folder(tmp_path, monkeypatch):
    """The data folder of the command line."""
    monkeypatch.setenv("HINGECHECK_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.delenv("HINGECHECK_DATABASE_URL", raising=False)
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.chdir(tmp_path)
    return tmp_path / "data"


@pytest.fixture
def two_sets(data_folder):
    """Save a judged set of Ana with a key image and remarks, and a refused one in the same session."""
    with open_history() as history:
        ana = people.add(history, "Ana <i>")
        images = {1: saved_sets.KEY_IMAGE}
        judged = sets.save(history, NewSet(saved_sets.report(), saved_sets.EXERCISE, saved_sets.track(), images),
                           ana.id)
        refused = sets.save(history, NewSet(saved_sets.refused(), saved_sets.EXERCISE), ana.id)
        remarks.relabel(history, judged, 3, "neutral", "this was \x1b[2Jfine", "Dr. K")
        remarks.answer(history, judged, 2, ["lower_back"])
    return str(judged), str(refused)


def invoke(*arguments, **options):
    return CliRunner().invoke(app, [str(argument) for argument in arguments], **options)


def test_an_empty_history_says_how_to_save_a_set(data_folder):
    result = invoke("history", "list")
    assert (result.exit_code, "analyse VIDEO --save" in result.output) == (0, True)
    assert invoke("history", "show", "last").exit_code == 1


def test_list_shows_each_set_with_its_person_and_result(two_sets):
    lines = invoke("history", "list").output.splitlines()
    assert [line.split()[0] for line in lines] == ["set", two_sets[1][:8], two_sets[0][:8]]
    assert "Ana <i>" in lines[2]
    assert "3 of 5 reps neutral" in lines[2]
    assert "1 older: --limit 2" in invoke("history", "list", "--limit", "1").output
    assert "Nothing" in invoke("history", "list", "--exercise", "squat_lift").output
    assert "nobody is called 'Bob'; known: Ana <i>" in invoke("history", "list", "--person", "Bob").output


def test_show_prints_the_reps_and_remarks(two_sets):
    output = invoke("history", "show", two_sets[0][:6]).output
    assert "3 of 5 reps neutral" in output
    assert "Rep 3: Dr. K says 'neutral' (judged 'rounded'). this was [2Jfine" in output
    assert "Pain: 2 of 10. Felt: lower_back." in output
    assert "no set or session" in invoke("history", "show", "ffffffff-").output


def test_report_writes_the_same_files_again(two_sets, data_folder):
    result = invoke("report", two_sets[0])
    folder = data_folder.parent / "hingecheck-out" / f"hinge-{two_sets[0][:8]}"
    assert Path(result.output.strip()) == folder.relative_to(data_folder.parent) / "report.html"
    assert sorted(path.name for path in folder.iterdir()) == ["report.html", "report.json", "reps.csv", "series.csv"]
    page = (folder / "report.html").read_text(encoding="utf-8")
    assert page.count("data:image/jpeg") >= 1
    assert "<svg" in page
    assert (folder / "report.json").read_text(encoding="utf-8") == saved_sets.report().model_dump_json(indent=2) + "\n"


def test_report_of_a_session_has_one_folder_per_set(two_sets, data_folder, tmp_path):
    with open_history() as history:
        session = queries.sessions(history)[0].id
    assert invoke("report", session, "--out", tmp_path / "again").exit_code == 0
    assert sorted(path.name for path in (tmp_path / "again").iterdir()) == sorted(
        [f"hinge-{two_sets[0][:8]}", f"turned-{two_sets[1][:8]}"])
    (tmp_path / "file").write_text("")
    result = invoke("report", two_sets[0], "--out", tmp_path / "file" / "sub")
    assert (result.exit_code, "cannot write" in result.output) == (1, True)


def test_delete_asks_and_no_deletes_nothing(two_sets):
    result = invoke("history", "delete", two_sets[0], input="n\n")
    assert (result.exit_code, "Nothing was deleted" in result.output) == (1, True)
    assert invoke("history", "delete", two_sets[0], input="").exit_code == 1
    with open_history() as history:
        assert queries.count(history) == 2
    assert invoke("history", "delete", two_sets[0], input="y\n").exit_code == 0
    with open_history() as history:
        assert [str(line.id) for line in queries.lines(history)] == [two_sets[1]]
        assert not list(history.folder.rglob("*.jpg"))


def test_delete_checks_every_id_before_it_deletes_anything(two_sets):
    assert invoke("history", "delete", two_sets[0], "ffffffff", "--yes").exit_code == 1
    with open_history() as history:
        assert queries.count(history) == 2
    assert invoke("history", "delete").exit_code == 2
    assert invoke("history", "delete", two_sets[0], "--person", "Ana <i>").exit_code == 2
    result = invoke("history", "delete", "--person", "ana <i>", "--yes")
    assert "Ana <i> with 2 sets" in result.output
    with open_history() as history:
        assert people.everyone(history, archived=True) == ()


def test_export_and_import_carry_it_to_another_folder(two_sets, tmp_path, monkeypatch):
    assert "1 people, 1 sessions, 2 sets, 2 files" in invoke("history", "export", tmp_path / "a.zip").output
    monkeypatch.setenv("HINGECHECK_DATA_DIR", str(tmp_path / "new"))
    assert "New: 1 people, 1 sessions, 2 sets. 0 sets were here" in invoke(
        "history", "import", tmp_path / "a.zip").output
    assert "2 sets were here" in invoke("history", "import", tmp_path / "a.zip").output
    (tmp_path / "a.zip").write_bytes(b"no")
    result = invoke("history", "import", tmp_path / "a.zip")
    assert (result.exit_code, "Nothing was changed" in result.output, "Traceback" in result.output) == (1, True, False)


def test_a_result_is_saved_with_its_video_only_on_request(data_folder, tmp_path):
    video = tmp_path / "annotated.mp4"
    video.write_bytes(b"film")
    analysis = SetAnalysis(saved_sets.report(), saved_sets.track(), None, (), saved_sets.EXERCISE)
    result = VideoResult(analysis, {"video": video}, key_images={1: saved_sets.KEY_IMAGE})
    with open_history() as history:
        person = people.add(history, "Ana")
        without = saving.save_set(history, result, saved_sets.EXERCISE, person.id)
        with_video = saving.save_set(history, result, saved_sets.EXERCISE, person.id, video=True)
        assert files.video_path(history, without) is None
        assert files.video_path(history, with_video).read_bytes() == b"film"
        assert list(files.key_image_paths(history, with_video)) == [1]
        assert len(files.load_track(history, with_video)) == len(saved_sets.track())


@pytest.mark.parametrize("arguments", [["--person", "Ana"], ["--keep-video"]])
def test_options_of_save_need_save(data_folder, arguments):
    result = invoke("analyse", "a.mp4", *arguments)
    assert (result.exit_code, "needs --save" in result.output) == (2, True)


def test_save_among_several_people_needs_a_name(data_folder):
    with open_history() as history:
        people.add(history, "Ana")
        people.add(history, "Ben")
    result = invoke("analyse", "a.mp4", "--save")
    assert (result.exit_code, "(Ana, Ben). Choose whose set this is. Add --person NAME." in result.output) == (1, True)


def test_the_hint_to_name_a_person_is_for_several_people_without_a_name(data_folder):
    with open_history() as history:
        people.add(history, "Ana")
    assert set_owner.hint(None) == ""
    with open_history() as history:
        people.add(history, "Ben")
    assert (set_owner.hint(None), set_owner.hint("Ana")) == ("Add --person NAME.", "")


def test_an_unusable_history_is_reported_before_the_analysis(data_folder, monkeypatch):
    data_folder.write_text("a file where the folder should be")
    result = invoke("analyse", "a.mp4", "--save")
    assert (result.exit_code, "HINGECHECK_DATA_DIR" in result.output) == (1, True)
    data_folder.unlink()
    monkeypatch.setenv("HINGECHECK_DATABASE_URL", "mysql://x/y")
    assert "expected something like postgresql://" in invoke("history", "list").output


def test_analyse_saves_what_it_judged(data_folder, samples, tmp_path):
    """A real clip is judged by its person's prescription and full bend, saved, and its report written again."""
    with open_history() as history:
        ana = people.add(history, "Ana")
        goals.set_full_bend(history, ana.id, FullBend(spine_flexion_deg=100.0))
        goals.prescribe(history, ana.id, "hip_hinge", PRESCRIPTION)
    short = ["--from", "0", "--to", "6", "--quiet", "--json", "--keep-video"]
    result = invoke("analyse", samples / "hinge_mixed.mp4", "--out", tmp_path / "out", "--save", "--person", "Ana",
                    *short)
    assert result.exit_code == 0, result.output
    printed = json.loads(next(line for line in result.output.splitlines() if line.startswith("{")))
    with open_history() as history:
        (line,) = queries.lines(history)
        saved = sets.load(history, line.id)
        assert line.person_id == ana.id
        assert saved.exercise == personal_exercises.for_person(history, ana.id)[0]["hip_hinge"]
        assert saved.exercise.rule("too_shallow").bound.at_least == 33
        assert saved.report.judged_by_full_bend == FullBend(spine_flexion_deg=100.0)
        other_keys = {"files", "address"}
        assert saved.report.model_dump(mode="json") == {key: printed[key] for key in printed if key not in other_keys}
        assert files.video_path(history, line.id).read_bytes() == (tmp_path / "out" / "annotated.mp4").read_bytes()
        assert list(files.key_image_paths(history, line.id)) == [rep.index for rep in saved.report.reps]
    assert invoke("report", "last", "--out", tmp_path / "again").exit_code == 0
    for name in ("report.json", "reps.csv", "series.csv"):
        assert (tmp_path / "again" / name).read_bytes() == (tmp_path / "out" / name).read_bytes(), name


def test_help_loads_no_database():
    code = ("import sys\nsys.argv = ['hingecheck', 'history', '--help']\nfrom hingecheck.cli.main import main\n"
            "try:\n    main()\nexcept SystemExit:\n    pass\n"
            "print('LOADED', [name for name in ('sqlalchemy', 'alembic', 'numpy', 'cv2') if name in sys.modules])")
    process = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=240, check=True,
                             cwd=ROOT)
    assert process.stdout.rstrip().endswith("LOADED []")
