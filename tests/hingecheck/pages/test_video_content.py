"""What a person says a video shows: one exercise, several of any kind, or those of a programme."""

from __future__ import annotations

from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest


def _choice(chosen):
    """Draw the choice and say what it comes to; Streamlit runs this function's text by itself."""
    import streamlit

    from exercises.load import catalogue
    from hingecheck.pages import video_content

    streamlit.query_params["exercise"] = chosen
    content = video_content.choose(catalogue(), None)
    exercise = None if content.exercise is None else content.exercise.id
    programme = None if content.programme is None else content.programme.id
    streamlit.text(f"{exercise} {content.parts} {programme} {len(content.known)}")


@pytest.mark.parametrize(("chosen", "expected"), [
    ("auto", "None False None 16"), ("hip_hinge", "hip_hinge False None 16"), ("several:", "None True None 16"),
    ("programme:doorway", "None True doorway 1"), ("programme:nothing", "None False None 16")])
def test_the_choice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, chosen: str, expected: str) -> None:
    monkeypatch.setenv("HINGECHECK_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("HINGECHECK_EXERCISES_DIR", str(tmp_path / "exercises"))
    st.cache_resource.clear()
    page = AppTest.from_function(_choice, kwargs={"chosen": chosen}, default_timeout=120).run()
    assert not page.exception
    assert page.text[0].value == expected
    assert page.selectbox[0].options[:2] == ["Detect automatically", "Several exercises in one video"]
    assert "Programme: Doorway stretch, both sides" in page.selectbox[0].options[2:6]
