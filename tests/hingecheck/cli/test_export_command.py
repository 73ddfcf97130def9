"""`hingecheck export`: saved sets, sessions and folders of results; what cannot be written is one sentence."""

from __future__ import annotations

import json
import shutil

import pytest
from typer.testing import CliRunner

from hingecheck.analysis import pipeline, rejudge
from hingecheck.cli.main import app
from hingecheck.history import people, sets
from hingecheck.history.records import NewSet
from hingecheck.history.store import open_history
from hingecheck.jobs import set_export
from hingecheck.report import data_files
from tests.helpers import new_sets
from tests.helpers.replay import judged


def export(*arguments):
    return CliRunner().invoke(app, ["export", *map(str, arguments)])


@pytest.fixture(scope="module")
def analysis(recorded):
    return judged(recorded("hinge_mixed"), "hinge_mixed.mp4")


@pytest.fixture
def saved(analysis, tmp_path, monkeypatch):
    """Two sets of one session; the second has landmarks."""
    monkeypatch.setenv("HINGECHECK_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)
    with open_history() as history:
        person = people.add(history, "Anna")
        sets.save(history, new_sets.new_set(), person.id)
        set_id = sets.save(history, NewSet(analysis.report, analysis.exercise, analysis.track,
                                           made_at=new_sets.NOON), person.id)
    return str(set_id)


def test_a_saved_set_in_two_formats(saved, analysis, tmp_path):
    answer = export(saved[:8], "--to", "trc", "--to", "fhir")
    assert answer.exit_code == 0, answer.output
    folder = tmp_path / "hingecheck-out" / f"hinge_mixed-{saved[:8]}"
    assert sorted(path.name for path in folder.iterdir()) == ["hinge_mixed.fhir.json", "hinge_mixed.trc"]
    bundle = json.loads((folder / "hinge_mixed.fhir.json").read_text(encoding="utf-8"))
    assert bundle["id"] == saved
    assert bundle["entry"][1]["resource"]["subject"] == {"display": "Anna"}
    nose = [float(cell) for cell in (folder / "hinge_mixed.trc").read_text().splitlines()[6].split("\t")[2:4]]
    x, y = analysis.track.landmarks.points_px[0, 0]
    assert nose == pytest.approx([x, 480 - y], abs=0.01)


def test_anonymous_leaves_the_name_out(saved, tmp_path):
    assert export(saved, "-t", "fhir", "--anonymous", "-o", tmp_path / "out").exit_code == 0
    assert "Anna" not in (tmp_path / "out" / "hinge_mixed.fhir.json").read_text(encoding="utf-8")


def test_a_folder_of_results(analysis, tmp_path):
    folder = tmp_path / "hinge"
    data_files.write_data(folder, analysis.report, analysis.track)
    rejudge.keep(folder, tmp_path / "hinge_mixed.mp4", pipeline.Options(None), analysis)
    first = set_export.of_folder(folder)
    assert first.exercise == "Hip hinge"
    assert first.id == set_export.of_folder(folder).id
    assert export(folder, "--to", "mot").exit_code == 0
    hip = [line.split("\t")[1] for line in (folder / "hinge_mixed.mot").read_text().splitlines()[7:]]
    assert float(hip[40]) == pytest.approx(analysis.track.columns["hip_flexion_deg"][40], abs=0.01)


def test_what_cannot_be_exported_is_one_sentence(saved, analysis, tmp_path):
    (tmp_path / "empty").mkdir()
    assert "there is no report.json of HingeCheck" in export(tmp_path / "empty", "--to", "mot").output
    data_files.write_data(tmp_path / "no numbers", analysis.report)
    assert "no measurements" in export(tmp_path / "no numbers", "--to", "mot").output
    assert "no set" in export("ffffffff", "--to", "mot").output
    answer = export(saved, "--to", "trc", "--height", "175")
    assert "in metres, as 1.75; got 175" in answer.output
    assert answer.exit_code == 1
    assert "expected one of trc, mot" in " ".join(export(saved, "--to", "c3d").output.split())
    shutil.rmtree(tmp_path / "data" / "sets")
    assert "no numbers over time" in export(saved, "--to", "trc").output
