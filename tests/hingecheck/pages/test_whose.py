"""Whose page it is: nothing is asked of one person, several are asked once, and the answer stays in the window."""

from __future__ import annotations

from pathlib import Path

from streamlit.testing.v1 import AppTest

from hingecheck.history import people
from hingecheck.history.store import open_history


def _page() -> None:
    """Ask, or draw whose page it is."""
    import streamlit

    from hingecheck.pages import whose

    if whose.is_asked():
        whose.ask()
    else:
        person = whose.draw()
        streamlit.text(person.name if person is not None else "nobody")


def _drawn(data: Path, *names: str) -> AppTest:
    with open_history(data, "") as history:
        for name in names:
            people.add(history, name)
        people.example(history)
    page = AppTest.from_function(_page, default_timeout=60).run()
    assert not page.exception
    return page


def test_nobody_and_one_person_are_not_asked(data: Path) -> None:
    assert [text.value for text in _drawn(data).text] == ["nobody"]
    page = _drawn(data, "Ana")
    assert [text.value for text in page.text] == ["Ana"]
    assert not page.button


def test_several_people_are_asked_once(data: Path) -> None:
    page = _drawn(data, "Ana", "Ben")
    assert page.title[0].value == "Who is this for?"
    assert [button.label for button in page.button] == ["Ana", "Ben"]
    page = page.button[1].click().run()
    assert [text.value for text in page.text] == ["Ben"]
    assert [button.label for button in page.button] == ["Ana"], "the way to change"
    page = page.button[0].click().run()
    assert [text.value for text in page.text] == ["Ana"]
