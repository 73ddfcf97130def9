"""Each export is read back by somebody else's reader, with the same numbers to 0.01."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import replace
from datetime import datetime, timezone

import numpy as np
import pytest

from exercises.aftercare import check_answers, with_answers
from exercises.load import load
from hingecheck.formats import export
from hingecheck.formats.keypoints import COCO_NAMES
from hingecheck.formats.measured_set import FormatError, MeasuredSet
from pose.landmarks import INDEX, NAMES
from pose.quantity import QUANTITIES
from tests.helpers import saved_sets
from tests.helpers.replay import judged

MADE_AT = datetime(2026, 3, 2, 12, tzinfo=timezone.utc)
NO_OPENSIM = "OpenSim's own reader is not installed: its wheel is 72 MB and there is none for every Python here"


@pytest.fixture(scope="module")
def measured(recorded):
    """A mixed set, in which nobody is seen in two frames."""
    seen = list(recorded("hinge_mixed"))
    for number in (3, 4):
        seen[number] = replace(seen[number], pose=None)
    analysis = judged(seen, "hinge mixed.mp4")
    report = with_answers(analysis.report, load("hip_hinge"), check_answers(3, ("middle",)))
    return MeasuredSet(report, analysis.track, "Hip hinge", MADE_AT, "Anna")


def the_points(measured):
    """Landmarks with y up, in pixels."""
    points = measured.track.landmarks.points_px.astype(float).copy()
    points[..., 1] = 480 - points[..., 1]
    return points


# --- OpenSim ---

def test_trc_reads_back(measured, tmp_path):
    from trc import TRCData

    table = TRCData()
    table.load(str(export.write("trc", measured, tmp_path)))
    assert (table["Units"], table["NumMarkers"], table["NumFrames"]) == ("px", 33, len(measured.track))
    assert table["Markers"] == list(NAMES)
    read = np.array([np.array(table[number][1], dtype=float) for number in table["Frame#"]])
    np.testing.assert_allclose(read[..., :2], the_points(measured), atol=0.01)
    assert (read[5, :, 2] == 0).all()
    times = np.array([table[number][0] for number in table["Frame#"]])
    np.testing.assert_allclose(times, measured.track.time_s, atol=1e-5)
    assert (np.diff(times) > 0).all()


def test_trc_in_metres_has_the_height_that_was_given(measured, tmp_path):
    lines = export.write("trc", measured, tmp_path, height_m=1.8).read_text().splitlines()
    assert lines[2].split("\t")[4] == "m"
    cells = np.array(lines[6].split("\t")[2:], dtype=float).reshape(33, 3)
    ear_over_ankle = cells[[INDEX["left_ear"], INDEX["right_ear"]], 1].mean() \
        - cells[[INDEX["left_ankle"], INDEX["right_ankle"]], 1].mean()
    assert ear_over_ankle == pytest.approx(1.8 * 0.897, abs=0.03), "eyes and ears are at 0.936 of it, ankles at 0.039"


@pytest.mark.parametrize("height_m", [0.0, 175.0, float("nan")])
def test_a_height_that_is_none_is_refused(measured, tmp_path, height_m):
    with pytest.raises(FormatError, match=r"in metres, as 1\.75"):
        export.write("trc", measured, tmp_path, height_m)


def test_mot_keeps_the_rules_of_its_header(measured, tmp_path):
    lines = export.write("mot", measured, tmp_path).read_text().splitlines()
    end = lines.index("endheader")
    header = dict(line.split("=") for line in lines[1:end])
    names = lines[end + 1].split("\t")
    table = np.array([line.split("\t") for line in lines[end + 2:]], dtype=float)
    assert header == {"version": "1", "nRows": str(len(table)), "nColumns": str(len(names)), "inDegrees": "yes"}
    assert names[:3] == ["time", "hip_flexion_deg", "spine_flexion_deg"]
    assert all(QUANTITIES[name].unit == "deg" for name in names[1:])
    assert (np.diff(table[:, 0]) > 0).all()
    for place, name in enumerate(names[1:], 1):
        np.testing.assert_allclose(table[:, place], measured.track.columns[name], atol=0.01)
    assert np.isfinite(table).any(axis=0).all(), "a quantity that was never measured has no column"


def test_opensim_opens_both(measured, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)  # it writes its log where it is started
    opensim = pytest.importorskip("opensim", reason=NO_OPENSIM)
    markers = opensim.TimeSeriesTableVec3(str(export.write("trc", measured, tmp_path)))
    rows = [markers.getRowAtIndex(row) for row in range(markers.getNumRows())]
    read = np.array([[(row[number][0], row[number][1]) for number in range(33)] for row in rows])
    np.testing.assert_allclose(read, the_points(measured), atol=0.01)
    assert markers.getTableMetaDataString("Units") == "px"
    in_metres = opensim.MarkerData(str(export.write("trc", measured, tmp_path / "m", 1.8)))
    assert in_metres.getUnits().getLabel() == "meters"
    angles = opensim.TimeSeriesTable(str(export.write("mot", measured, tmp_path)))
    hip = angles.getDependentColumn("hip_flexion_deg").to_numpy()
    np.testing.assert_allclose(hip, measured.track.columns["hip_flexion_deg"], atol=0.01)
    assert opensim.Storage(str(export.write("mot", measured, tmp_path))).isInDegrees()


# --- keypoints ---

def test_coco_reads_back(measured, tmp_path, capsys):
    from pycocotools.coco import COCO

    data = COCO(str(export.write("coco", measured, tmp_path)))
    assert data.loadCats([1])[0]["keypoints"] == list(COCO_NAMES)
    assert len(data.getImgIds()) == len(measured.track)
    assert data.loadImgs([0])[0] | {"width": 640, "height": 480} == data.loadImgs([0])[0]
    annotations = data.loadAnns(data.getAnnIds())
    assert {3, 4}.isdisjoint(one["image_id"] for one in annotations), "nobody was seen there"
    assert len(annotations) == len(measured.track) - 2
    for one in annotations[::20]:
        points = measured.track.landmarks.points_px[one["image_id"]][[INDEX[name] for name in COCO_NAMES]]
        np.testing.assert_allclose(np.reshape(one["keypoints"], (17, 3))[:, :2], points, atol=0.01)
        left, top, width, height = one["bbox"]
        np.testing.assert_allclose([left, top, left + width, top + height], [*points.min(0), *points.max(0)], atol=0.01)


def test_openpose_has_a_file_for_each_frame(measured, tmp_path):
    folder = export.write("openpose", measured, tmp_path)
    files = sorted(folder.iterdir())
    assert [path.name for path in files[:2]] == ["hinge mixed_000000000000_keypoints.json",
                                                 "hinge mixed_000000000001_keypoints.json"]
    assert len(files) == len(measured.track)
    assert json.loads(files[3].read_text())["people"] == []
    (person,) = json.loads(files[40].read_text())["people"]
    body = np.reshape(person["pose_keypoints_2d"], (25, 3))
    points = measured.track.landmarks.points_px[40]
    np.testing.assert_allclose(body[10, :2], points[INDEX["right_knee"]], atol=0.01)
    np.testing.assert_allclose(body[14, :2], points[INDEX["left_ankle"]], atol=0.01)
    middle = points[[INDEX["left_hip"], INDEX["right_hip"]]].mean(0)
    np.testing.assert_allclose(body[8, :2], middle, atol=0.01)
    assert not body[20].any(), "the small toe is not found, which OpenPose writes as zeros"


def test_kinovea_gets_the_frames_of_the_reps(measured, tmp_path):
    """Its importer takes the number before _keypoints.json as the frame of the video."""
    folder = export.write("kinovea", measured, tmp_path)
    frames = sorted(int(path.name.split("_")[-2]) for path in folder.iterdir())
    bottoms = [round(rep.bottom_s * measured.report.fps) for rep in measured.report.reps]
    assert len(frames) == 4 * len(measured.report.reps)
    assert set(bottoms) <= set(frames)


def test_a_second_export_leaves_no_frame_of_the_first(measured, tmp_path):
    export.write("openpose", measured, tmp_path)
    shorter = replace(measured, track=first_frames(measured, 10))
    assert len(list(export.write("openpose", shorter, tmp_path).iterdir())) == 10


def first_frames(measured, count):
    track = measured.track
    marks = track.landmarks
    return replace(track, time_s=track.time_s[:count],
                   columns={name: values[:count] for name, values in track.columns.items()},
                   landmarks=replace(marks, points_px=marks.points_px[:count], visibility=marks.visibility[:count]))


# --- FHIR ---

def test_fhir_is_a_valid_bundle_of_observations(measured, tmp_path):
    from fhirclient.models.bundle import Bundle

    bundle = Bundle(json.loads(export.write("fhir", measured, tmp_path).read_text(encoding="utf-8")), strict=True)
    bundle.as_json()
    whole, *reps, pain = [entry.resource for entry in bundle.entry]
    assert all(one.resource_type == "Observation" and one.status == "final" for one in (whole, *reps, pain))
    assert [one.reference for one in whole.hasMember] == [f"urn:uuid:{rep.id}" for rep in reps]
    for observation, rep in zip(reps, measured.report.reps, strict=True):
        values = {part.code.text: part.valueQuantity for part in observation.component}
        hip = values["Hip flexion at the bottom of the repetition"]
        assert hip.value == pytest.approx(rep.hip_flexion_deg, abs=0.01)
        assert (hip.system, hip.code) == ("http://unitsofmeasure.org", "deg")
        assert values["Hold at the bottom"].value == pytest.approx(rep.hold_s, abs=0.01)
        assert values["Hold at the bottom"].code == "s"
    assert pain.code.coding[0].code == "72514-3"
    assert pain.valueQuantity.value == 3
    assert pain.effectiveDateTime.isostring == MADE_AT.isoformat()


def test_fhir_has_no_code_that_was_not_looked_up(measured):
    """Every coding is one of those that docs/formats.md names with its source; everything else is in words."""
    text = json.loads(export.download("fhir", measured))
    codings = {(coding["system"], coding["code"]) for coding in find(text, "coding") for coding in coding}
    assert codings == {("http://terminology.hl7.org/CodeSystem/observation-category", "activity"),
                       ("http://terminology.hl7.org/CodeSystem/observation-category", "survey"),
                       ("http://loinc.org", "72514-3")}


def find(content, key):
    """Every value of a key, at any depth."""
    if isinstance(content, dict):
        yield from (content[name] for name in content if name == key)
    for below in content.values() if isinstance(content, dict) else content if isinstance(content, list) else ():
        yield from find(below, key)


def test_an_unmeasured_angle_is_absent_with_its_reason():
    one = MeasuredSet(saved_sets.report(unseen=2), None, "Hip hinge")
    entries = json.loads(export.download("fhir", one))["entry"]
    absent = [part for part in entries[2]["resource"]["component"] if "dataAbsentReason" in part]
    assert [part["code"]["text"] for part in absent] == ["Spinal curve at the bottom of the repetition"]
    assert absent[0]["dataAbsentReason"]["text"] == saved_sets.LATE
    assert "valueQuantity" not in absent[0]


def test_the_same_set_has_the_same_ids(measured):
    assert export.download("fhir", measured) == export.download("fhir", measured)
    assert b"Anna" not in export.download("fhir", replace(measured, person=""))


# --- netCDF ---

def test_netcdf_reads_back(measured, tmp_path):
    import xarray

    data = xarray.load_dataset(export.write("netcdf", measured, tmp_path))
    np.testing.assert_allclose(data.position.sel(keypoint="left_hip", individual="id_0", space="y"),
                               measured.track.landmarks.points_px[:, INDEX["left_hip"], 1], atol=0.01)
    np.testing.assert_allclose(data.quantities.sel(quantity="hip_flexion_deg"),
                               measured.track.columns["hip_flexion_deg"], atol=0.01)
    np.testing.assert_allclose(data.time, measured.track.time_s)
    assert (data.attrs["ds_type"], data.attrs["time_unit"]) == ("poses", "seconds")
    assert "Anna" not in str(data)


def test_movement_takes_the_dataset(measured, tmp_path):
    datasets = pytest.importorskip("movement.validators.datasets", reason="movement is not installed: it brings some "
                                   "hundred packages, and needs Python 3.12")
    import xarray

    datasets.ValidPosesInputs.validate(xarray.load_dataset(export.write("netcdf", measured, tmp_path)))


# --- all of them ---

@pytest.mark.parametrize("name", [name for name in export.FORMATS if name not in ("mot", "fhir")])
def test_a_set_without_landmarks_says_so(measured, tmp_path, name):
    with pytest.raises(FormatError, match="without landmarks"):
        export.write(name, replace(measured, track=replace(measured.track, landmarks=None)), tmp_path)
    with pytest.raises(FormatError, match="no numbers over time"):
        export.write(name, replace(measured, track=None), tmp_path)


def test_an_unknown_format_is_named(measured, tmp_path):
    with pytest.raises(FormatError, match=r"no format 'c3d'\. Choose one of trc, mot,"):
        export.write("c3d", measured, tmp_path)


@pytest.mark.parametrize("name", ["openpose", "kinovea"])
def test_many_files_are_one_archive_for_a_browser(measured, tmp_path, name):
    folder = export.write(name, measured, tmp_path)
    with zipfile.ZipFile(io.BytesIO(export.download(name, measured))) as archive:
        assert {one: archive.read(one) for one in archive.namelist()} == {
            path.name: path.read_bytes() for path in folder.iterdir()}


def test_every_system_can_unpack_the_files_of_a_video_with_any_name(measured):
    named = replace(measured, report=measured.report.model_copy(update={"video": '../28 Nov 10:30 a\\b\t"?*<|>.mp4'}))
    with zipfile.ZipFile(io.BytesIO(export.download("openpose", named))) as packed:
        stems = {name[:-len("_000000000000_keypoints.json")] for name in packed.namelist()}
    assert stems == {"28 Nov 10_30 a_b_______"}
    assert len(export.download("trc", named).splitlines()[0].split(b"\t")) == 4
