"""Files, folders and addresses -> videos, each with a folder of its own for its results."""

from __future__ import annotations

from pathlib import Path

import pytest

from hingecheck.analysis.pipeline import Options
from hingecheck.jobs import done_record
from hingecheck.jobs.addresses import AddressError
from hingecheck.jobs.video_sources import VideoAddress, find, result_folders


def made(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"film")


def folders(given: list[str], out: str | None) -> list[str]:
    return result_folders(find(given), out)


def test_a_folder_gives_its_videos_and_theirs_below_but_no_results_and_nothing_hidden(tmp_path: Path) -> None:
    made(tmp_path, "b.mp4", "a/IMG_0001.MOV", "a/notes.txt", "c/IMG_0001.mov", ".trash/d.mp4", "a/.e.mp4",
         "out/annotated.mp4", "out/report.json", "annotated.mp4")
    videos = find([str(tmp_path)])
    assert [Path(source.address).relative_to(tmp_path).as_posix() for source in videos] == [
        "a/IMG_0001.MOV", "annotated.mp4", "b.mp4", "c/IMG_0001.mov"]
    assert result_folders(videos, "out") == ["out/a/IMG_0001", "out/annotated", "out/b", "out/c/IMG_0001"]


def test_a_folder_without_a_video_is_left_to_the_reader(tmp_path: Path) -> None:
    made(tmp_path, "notes.txt")
    assert find([str(tmp_path)]) == [VideoAddress(str(tmp_path), tmp_path.name)]


def test_one_video_takes_the_folder_itself_and_several_share_it() -> None:
    assert folders(["a/x.mp4"], "results") == ["results"]
    assert folders(["a/x.mp4", "b/y.mp4"], "results/") == ["results/x", "results/y"]
    assert folders(["a/x.mp4"], None) == ["hingecheck-out/x"]
    assert folders(["a/x.mp4", "b/X.mov", "a/x.mp4"], None) == [
        f"hingecheck-out/{name}" for name in ("x", "X-2", "x-3")]


def test_results_of_another_video_of_that_name_are_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    first, second = str(tmp_path / "a" / "IMG_0001.MOV"), str(tmp_path / "b" / "IMG_0001.MOV")
    (folder,) = folders([first], None)
    done_record.write(folder, done_record.of(first, "1", Options(None), ""))
    assert folders([first], None) == [folder], "the same video again"
    assert folders([second], None) == [f"{folder}-2"]
    done_record.write(f"{folder}-2", done_record.of(second, "2", Options(None), ""))
    assert folders([second, first], None) == [f"{folder}-2", folder], "in any order"


def test_addresses_are_listed_by_fsspec() -> None:
    fsspec = pytest.importorskip("fsspec")
    store = fsspec.filesystem("memory")
    for name in ("/films/monday/IMG_1.MOV", "/films/tuesday/IMG_1.MOV", "/films/readme.txt"):
        store.pipe_file(name, b"film")
    videos = find(["memory://films"])
    assert [source.place for source in videos] == ["monday/IMG_1", "tuesday/IMG_1"]
    assert videos[0].address.startswith("memory://")
    assert videos[0].address.endswith("films/monday/IMG_1.MOV")
    assert [source.place for source in find(["memory://films/*/IMG_1.MOV"])] == ["monday/IMG_1", "tuesday/IMG_1"]
    assert find(["memory://films/monday/IMG_1.MOV"]) == [VideoAddress("memory://films/monday/IMG_1.MOV", "IMG_1")]
    with pytest.raises(AddressError, match="cannot be read here"):
        find(["nosuch://films"])
