"""Tables of angles measured by hand, as Kinovea and spreadsheets write them, read to the same numbers."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from hingecheck.validation.hand_measurements import read
from hingecheck.validation.number_format import HandFileError

TIMES = [0.0, 0.033, 0.067, 0.5]
DEGREES = [1.5, 2.25, 40.0, 71.0]

KINOVEA_POINT = '"Time (ms)","Hip"\n"0","1.5"\n"33","2.25"\n"67","40"\n"500","71"\n'
KINOVEA_COMMA = '"Temps (ms)";"Hip"\r\n"0";"1,5"\r\n"33";"2,25"\r\n"67";"40"\r\n"500";"71"\r\n'
TIMECODE = "Time\tHip angle\n0:00:00:00\t1.5\n0:00:00:033\t2.25\n0:00:00:067\t40\n0:00:00:50\t71\n"
CLOCK = "time;hip flexion\n00:00.000;1,5\n00:00.033;2,25\n00:00.067;40\n00:00.500;71\n"
OWN = "time_s,hip_flexion_deg\n0,1.5\n0.033,2.25\n0.067,40\n0.5,71\n"
SPACES = "# measured by hand\n\ntime_s hip_flexion_deg\n0 1.5\n0.033 2.25\n0.067 40\n0.5 71\n"
DEGREE_SIGNS = "t [s];Hip [\u00b0]\n0,0;1,5\u00b0\n0,033;2,25\u00b0\n0,067;40\u00b0\n0,5;71\u00b0\n"


def write_table(folder: Path, text: str, coding: str = "utf-8") -> Path:
    file = folder / "hand.csv"
    file.write_bytes(text.encode(coding))
    return file


@pytest.mark.parametrize("text", [KINOVEA_POINT, KINOVEA_COMMA, TIMECODE, CLOCK, OWN, SPACES, DEGREE_SIGNS])
@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_every_format_gives_the_same_numbers(tmp_path: Path, text: str, coding: str) -> None:
    table = read(write_table(tmp_path, text, coding))
    assert list(table.columns) == ["hip_flexion_deg"]
    np.testing.assert_allclose(table.times.seconds(None), TIMES, atol=1e-9)
    np.testing.assert_allclose(table.columns["hip_flexion_deg"], DEGREES)
    assert table.source == "hand.csv"


def test_without_column_names_the_quantity_must_be_given(tmp_path: Path) -> None:
    file = write_table(tmp_path, "0;1,5\n33;2,25\n67;40\n500;71\n")
    with pytest.raises(HandFileError, match=r"hand\.csv: the columns' names do not say .* --truth-quantity"):
        read(file)
    table = read(file, "knee_flexion_deg")
    np.testing.assert_allclose(table.columns["knee_flexion_deg"], DEGREES)
    np.testing.assert_allclose(table.times.seconds(None), TIMES, atol=1e-9)


def test_inner_angles_become_flexions(tmp_path: Path) -> None:
    table = read(write_table(tmp_path, KINOVEA_POINT), inner=True)
    np.testing.assert_allclose(table.columns["hip_flexion_deg"], 180 - np.array(DEGREES))
    assert table.inner


def test_frames_are_converted_with_the_frame_rate(tmp_path: Path) -> None:
    table = read(write_table(tmp_path, "Frame,Hip\n0,1\n15,2\n45,3\n"))
    np.testing.assert_allclose(table.times.seconds(30.0), [0, 0.5, 1.5])


def test_a_negative_angle_and_an_empty_cell(tmp_path: Path) -> None:
    table = read(write_table(tmp_path, "time_s,spine_flexion_deg,knee\n0,-3.5,5\n0.1,,6\n0.2,4,\n"))
    np.testing.assert_allclose(table.columns["spine_flexion_deg"], [-3.5, np.nan, 4])
    np.testing.assert_allclose(table.columns["knee_flexion_deg"], [5, 6, np.nan])


def test_columns_without_a_quantity_are_listed(tmp_path: Path) -> None:
    table = read(write_table(tmp_path, "time_s,Hip,Ankle,Left knee\n0,1,2,3\n1,1,2,3\n2,1,2,3\n"))
    assert set(table.columns) == {"hip_flexion_deg", "left_knee_flexion_deg"}
    assert table.ignored_columns == ("Ankle",)


@pytest.mark.parametrize(("text", "quantity", "expected"), [
    ("", None, "expected lines of a time and degrees, got none"),
    ("hello\nworld\n", None, "line 1: expected a time and at least one angle"),
    (OWN.replace("40", "forty"), None, "line 4: expected a number of degrees, got 'forty'"),
    (OWN.replace("0.067", "later"), None, "line 4: expected a time, got 'later'"),
    (OWN.replace("0.067,", ","), None, "line 4: expected a time, got an empty cell"),
    ("time,hip\n0,0,1,5\n0,1,2,5\n0,2,3,5\n", None, "line 2: expected 2 columns .* got 4; with decimal commas"),
    ("time,hip\n0,1\n1,2\n", None, "expected at least 3 lines of a time and degrees, got 2"),
    ("time_s,Angle 1\n0,1\n1,2\n2,3\n", None, "got 'Angle 1'.*--truth-quantity"),
    ("time_s,hip,Hip angle\n0,1,1\n1,2,1\n2,3,1\n", None, "two columns mean hip_flexion_deg: 'hip' and 'Hip angle'"),
    ("time_s,a,b\n0,1,1\n1,2,1\n2,3,1\n", "hip_flexion_deg", "expected one column beside the time"),
    (OWN, "hip_flexon_deg", "did you mean 'hip_flexion_deg'"),
    (OWN, "hips_back_ratio", "not a measured angle"),
    ("Time (normalized),Hip\n0,1\n0.5,2\n1,3\n", None, "normalised"),
    ("Time\tHip\n0:00:00:00\t1\n0:00:01:00\t1\nx\t2\n", None, "line 4: expected a timecode like the others"),
    ("Time\tHip\n0:00:00\t1\n0:00:78\t1\n0:01:11\t2\n", None, "line 3: expected a timecode as h:mm:ss:cc"),
    ("time_s,hip\n0,1\n1,inf\n2,3\n", None, "line 3: expected a number of degrees, got 'inf'"),
    ("PK\0\0,1\n", None, "binary"),
])
def test_an_error_is_reported_with_its_line(tmp_path: Path, text: str, quantity: str | None, expected: str) -> None:
    with pytest.raises(HandFileError, match=expected):
        read(write_table(tmp_path, text), quantity)


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(HandFileError, match="cannot be read: No such file"):
        read(tmp_path / "none.csv")
    with pytest.raises(HandFileError, match="cannot be read"):
        read(tmp_path)


def test_a_normalised_time_without_a_unit_is_refused(tmp_path: Path) -> None:
    rows = "".join(f"{time:.4f},{40 * time:.1f}\n" for time in np.linspace(0, 1, 400))
    with pytest.raises(HandFileError, match="normalised"):
        read(write_table(tmp_path, "Time,Hip\n" + rows))


SECONDS = np.array([0.0, 0.5, 1.033, 12.5, 1033.25])


def table_of(times: list[str], name: str = "Time", separator: str = ";", degrees: str = "12,5") -> str:
    return f"{name}{separator}hip\n" + "".join(f"{time}{separator}{degrees}\n" for time in times)


@pytest.mark.parametrize(("name", "per_second"), [
    ("Time (ms)", 1e3), ("Time (\u00b5s)", 1e6), ("Time (\u03bcs)", 1e6), ("time_us", 1e6), ("t/s", 1), ("t [s]", 1),
    ("Time (min/100)", 1 / 0.6), ("Time (hour/10000)", 1 / 0.36), ("time in min", 1 / 60), ("Zeit in Sekunden", 1),
    ("timestamp_ms", 1e3), ("Time stamp", 1), ("Tiempo (milisegundos)", 1e3), ("ns", 1e9)])
def test_every_unit_gives_the_same_seconds(tmp_path: Path, name: str, per_second: float) -> None:
    table = read(write_table(tmp_path, table_of([f"{time * per_second:.9f}" for time in SECONDS], name)))
    np.testing.assert_allclose(table.times.seconds(None), SECONDS, atol=1e-6)


@pytest.mark.parametrize("name", ["Time (F)", "Frame number", "Frame#", "Bild", "time_frames"])
def test_frames_by_every_name(tmp_path: Path, name: str) -> None:
    assert read(write_table(tmp_path, table_of(["0", "15", "45"], name))).times.in_frames


@pytest.mark.parametrize(("name", "unit"), [("Time (fortnights)", "fortnights"), ("Time [cs]", "cs"), ("time_cs", "cs"),
                                            ("Zeit in Takten", "takten")])
def test_an_unknown_unit_is_refused_by_name(tmp_path: Path, name: str, unit: str) -> None:
    with pytest.raises(HandFileError, match=rf"hand\.csv: the unit of its time, '{unit}' in .*, is not known. Name"):
        read(write_table(tmp_path, table_of(["0", "1", "2"], name)))


@pytest.mark.parametrize(("times", "degrees", "separator"), [
    (["0", "967", "1.033", "1.000.500"], "12,5", ";"), (["0", "967", "1,033", "1,000,500"], "12.5", ";"),
    (["0", "967", "1'033", "1'000'500"], "12.5", ","), (["0", "967", "1 033", "1 000 500"], "12,5", ";"),
    (["0", "967", "1\u202f033", "1\u202f000\u202f500"], "12,5", "\t"), (["0", "967", "1.033", "1.000.500"], "12", ";"),
    (["0,00", "967,00", "1.033,00", "1.000.500,00"], "12", ";")])
def test_marks_between_thousands(tmp_path: Path, times: list[str], degrees: str, separator: str) -> None:
    table = read(write_table(tmp_path, table_of(times, "Time (ms)", separator, degrees)))
    np.testing.assert_allclose(table.times.seconds(None), [0, 0.967, 1.033, 1000.5])
    np.testing.assert_allclose(table.columns["hip_flexion_deg"], float(degrees.replace(",", ".")))


def test_thousands_are_told_by_the_clock_where_nothing_else_tells(tmp_path: Path) -> None:
    table = read(write_table(tmp_path, table_of(["933", "967", "1.000", "1.033"], "Zeit (ms)", ";", "12")))
    np.testing.assert_allclose(table.times.seconds(None), [0.933, 0.967, 1.0, 1.033])


def test_three_decimals_are_no_thousands(tmp_path: Path) -> None:
    table = read(write_table(tmp_path, "time_s,hip\n0.033,1.125\n1.033,2.250\n1.100,71.375\n"))
    np.testing.assert_allclose(table.times.seconds(None), [0.033, 1.033, 1.1])
    np.testing.assert_allclose(table.columns["hip_flexion_deg"], [1.125, 2.25, 71.375])


@pytest.mark.parametrize("line", ["sep=;", "SEP=;", '"sep=;"', "sep=; "])
def test_the_separator_that_a_spreadsheet_names(tmp_path: Path, line: str) -> None:
    table = read(write_table(tmp_path, f"{line}\r\n{KINOVEA_COMMA}"))
    np.testing.assert_allclose(table.times.seconds(None), TIMES)
    np.testing.assert_allclose(table.columns["hip_flexion_deg"], DEGREES)
    with pytest.raises(HandFileError, match="got none"):
        read(write_table(tmp_path, line))


@pytest.mark.parametrize(("text", "line"), [
    (table_of(["0", "1", "0,5", "2"], "Time (s)"), "line 4: the time runs backward, from 1 to 0,5"),
    (TIMECODE + "0:00:00:10\t3\n", "line 6: the time runs backward, from 0:00:00:50 to 0:00:00:10"),
    (table_of(["0", "9", "4"], "Frame"), "line 4: the time runs backward, from 9 to 4")])
def test_a_time_that_runs_backward_is_refused(tmp_path: Path, text: str, line: str) -> None:
    with pytest.raises(HandFileError, match=line):
        read(write_table(tmp_path, text))
