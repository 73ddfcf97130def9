"""Which language is used, in which thread."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from language import current
from language.translate import gettext, in_context, plural


def test_the_variable_goes_before_the_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    assert current.choose(["es-MX", "de"]) == "es"
    monkeypatch.setenv("HINGECHECK_LANG", "fr_FR.UTF-8")
    assert current.choose(["es-MX", "de"]) == current.current() == "fr"
    monkeypatch.setenv("HINGECHECK_LANG", "xx")
    assert current.choose(["es-MX", "de"]) == "es"


def test_a_thread_has_its_own_language() -> None:
    with current.use("de"), ThreadPoolExecutor(1) as other:
        assert other.submit(current.current).result() == "en"
        assert current.current() == "de"
    assert current.current() == "en"


def test_an_unknown_language_is_named() -> None:
    with pytest.raises(ValueError, match="'it'; known are en, de, es, fr"):
        current.set_current("it")


def test_what_no_catalogue_has_stays_english() -> None:
    with current.use("es"):
        assert gettext("no such sentence") == in_context("nothing", "no such sentence") == "no such sentence"
        assert plural("{n} foo", "{n} foos", 2) == "{n} foos"
        assert gettext("") == ""
