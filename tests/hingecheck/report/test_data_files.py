import csv
import io
import json
import os

import numpy as np
import pytest
from rich.console import Console

from exercises.results import SetReport
from hingecheck.jobs import summary
from hingecheck.report import data_files, set_sentences, terminal, wording
from tests.helpers import saved_sets


def rows_of(text):
    return list(csv.DictReader(io.StringIO(text)))


def test_reps_csv_gives_back_every_number():
    made = saved_sets.report(unseen=4, borderline=2)
    rows = rows_of(data_files.reps_csv(made))
    assert [row["verdict"] for row in rows] == ["neutral", "neutral", "rounded", "unseen", "rounded"]
    assert [row["borderline"] for row in rows] == ["false", "true", "false", "false", "false"]
    assert [row["spine_flexion_deg"] for row in rows] == ["8.00", "27.00", "42.00", "", "42.00"]
    assert [float(row["hip_flexion_deg"]) for row in rows] == [72, 72, 64, 72, 64]
    assert {row["leg_raise_deg"] for row in rows} == {""}
    third = rows[2]
    assert float(third["start_s"]) == 11.0
    assert (float(third["down_s"]), float(third["hold_s"]), float(third["up_s"])) == (1.5, 0.8, 1.5)
    assert float(third["spine_flexion_uncertainty_deg"]) == 6.0
    assert third["rules_broken"] == "rounding"
    assert rows[3]["rules_unseen"] == "rounding"


def test_series_csv_is_the_track_with_empty_gaps():
    track = saved_sets.track(unseen=4)
    rows = rows_of(data_files.series_csv(track))
    assert list(rows[0]) == ["time_s", "hip_flexion_deg", "spine_flexion_deg", "knee_flexion_deg", "hips_back_ratio"]
    assert len(rows) == len(track)
    for name in track.columns:
        back = np.array([float(row[name]) if row[name] else np.nan for row in rows])
        np.testing.assert_allclose(back, track.columns[name], atol=0.0006)
    empty = [float(row["time_s"]) for row in rows if not row["spine_flexion_deg"]]
    assert min(empty) == pytest.approx(15.2, abs=0.05)
    assert max(empty) == pytest.approx(19.4, abs=0.05)


def test_json_reads_back_as_the_same_report(tmp_path):
    made = saved_sets.report(unseen=4, borderline=2)
    files = data_files.write_data(tmp_path / "new" / "folder", made, saved_sets.track())
    text = files["json"].read_text(encoding="utf-8")
    assert SetReport.model_validate_json(text) == made
    assert json.loads(text)["schema_version"] == 1
    assert "turned about 38\u00b0" in text
    assert sorted(path.name for path in files["json"].parent.iterdir()) == ["report.json", "reps.csv", "series.csv"]


def test_a_refused_clip_takes_away_the_series_of_an_earlier_run(tmp_path):
    data_files.write_data(tmp_path, saved_sets.report(), saved_sets.track())
    files = data_files.write_data(tmp_path, saved_sets.refused())
    assert sorted(path.name for path in tmp_path.iterdir()) == ["report.json", "reps.csv"]
    assert rows_of(files["reps"].read_text(encoding="utf-8")) == []


def test_failed_write_leaves_the_old_file_and_nothing_else(tmp_path):
    target = data_files.write_text(tmp_path / "a.txt", "old")

    def interrupted():
        with data_files.in_place_of(target) as part:
            part.write_text("half")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert target.read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]


def test_unwritable_folder_is_said_clearly(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(data_files.ReportError, match=r"cannot write .*report\.json.*--out"):
        data_files.write_data(tmp_path / "file" / "sub", saved_sets.report())


@pytest.mark.skipif(os.name == "nt", reason="no umask")
def test_files_have_the_usual_permissions(tmp_path):
    old = os.umask(0o022)
    try:
        assert data_files.write_text(tmp_path / "a.txt", "x").stat().st_mode & 0o777 == 0o644
    finally:
        os.umask(old)


def test_table_fits_a_terminal_and_names_every_verdict():
    console = Console(width=80, record=True, file=io.StringIO())
    console.print(terminal.table(saved_sets.report(unseen=4, borderline=2)))
    lines = console.export_text().rstrip().splitlines()
    assert len(lines) == 6
    assert "42 \u00b1 6\u00b0" in lines[3]
    assert "Rounded" in lines[3]
    assert "borderline" in lines[2]
    assert "not seen" in lines[4]


@pytest.mark.parametrize(("changes", "line"), [
    ({}, "3 of 5 reps neutral"),
    ({"unseen": 4}, "2 of 4 reps neutral, 1 not seen"),
    ({"kinds": "R"}, "0 of 1 rep neutral"),
    ({"kinds": "N", "unseen": 1}, "1 rep, none could be judged"),
    ({"kinds": ""}, "No reps found"),
])
def test_headline_counts_judged_reps_only(changes, line):
    assert set_sentences.headline(saved_sets.report(**changes)) == line


def test_a_headline_is_no_surer_than_its_reps() -> None:
    report = saved_sets.report("RRR")
    unsure = tuple(rep.model_copy(update={"borderline": True}) for rep in report.reps)
    close = report.model_copy(update={"reps": unsure})
    assert set_sentences.headline(close) == "3 reps too close to call"
    first = report.model_copy(update={"reps": (close.reps[0], *report.reps[1:])})
    assert set_sentences.headline(first) == "0 of 3 reps neutral"



def test_amounts_carry_unit_and_uncertainty():
    assert wording.amount(38.2, 6.4) == "38 \u00b1 6\u00b0"
    assert wording.amount(-0.2) == "0\u00b0"
    assert wording.amount(None, 6) == "not seen"
    assert wording.amount(0.75, 0.1, "s") == "0.8 \u00b1 0.1 s"
    assert wording.borderline(saved_sets.rep(1, "N", borderline=True)).endswith("27 \u00b1 6\u00b0, limit 30\u00b0")


@pytest.mark.parametrize("text", ['=HYPERLINK("http://x")', "+1+1", "-2+3", "@SUM(A1)", " =1", "\t=1", "＝1"])
def test_no_text_in_a_table_is_a_formula(text):
    table = data_files.to_csv(["sentence", "angle"], [[text, "-12.50"], ["Neutral.", ""]])
    assert list(csv.reader(io.StringIO(table)))[1:] == [[f"'{text}", "-12.50"], ["Neutral.", ""]]
    summary_rows = list(csv.reader(io.StringIO(summary.to_csv([(text, "-3")]))))
    assert summary_rows[1] == [f"'{text}", "-3"]
