"""Fixtures of several folders: an empty data folder for pages, and a clip of one rep."""

from __future__ import annotations

from pathlib import Path

import pytest

from pose.io.video import VideoReader, VideoWriter


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty data folder of pages that are drawn without a browser."""
    import streamlit as st

    monkeypatch.setenv("HINGECHECK_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("HINGECHECK_EXERCISES_DIR", str(tmp_path / "none"))
    monkeypatch.setenv("HINGECHECK_DATABASE_URL", "")
    st.cache_resource.clear()
    return tmp_path / "data"


@pytest.fixture(scope="session")
def one_squat(samples: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The first squat of a sample, at ten frames a second."""
    target = tmp_path_factory.mktemp("clip") / "squat.mp4"
    with VideoReader(samples / "hinge_squatted.mp4", end_s=5.6) as reader, VideoWriter(target, 10) as writer:
        for frame in reader:
            if frame.index % 3 == 0:
                writer.write(frame.image, frame.time_s)
    return target
