"""Tables of angles measured by hand, as Kinovea and spreadsheets write them, read to the same numbers."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from hingecheck.validation.hand_measurements import read
from hingecheck.validation.time_column import HandFileError

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
