"""Every language says everything that English says, with the same fields."""

from __future__ import annotations

import re
from string import Formatter

import pytest

from language import make_catalogues
from language.current import LANGUAGES, SOURCE

OTHERS = [code for code in LANGUAGES if code != SOURCE]
TEMPLATE = make_catalogues.collected()


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def test_the_catalogues_are_up_to_date() -> None:
    assert make_catalogues.main(["--check"]) == 0


@pytest.mark.parametrize("code", OTHERS)
def test_the_fields_of_a_sentence_stay(code: str) -> None:
    for message in make_catalogues.brought_up_to_date(code, TEMPLATE):
        if not message.id or not message.string:
            continue
        plural = isinstance(message.id, tuple)
        source, given = (message.id, message.string) if plural else ((message.id,), (message.string,))
        wanted = [fields(one) for one in source]
        for form in given:
            assert not form or fields(form) in wanted, f"{message.id!r}: {form!r}"


@pytest.mark.parametrize("code", OTHERS)
def test_a_catalogue_says_how_many_plural_forms_it_has(code: str) -> None:
    catalogue = make_catalogues.brought_up_to_date(code, TEMPLATE)
    assert f"nplurals={catalogue.num_plurals}".encode() in make_catalogues.as_mo(catalogue)


@pytest.mark.parametrize("code", OTHERS)
def test_every_sentence_is_translated(code: str) -> None:
    assert make_catalogues.missing(code) == []


def test_french_sets_a_narrow_space_that_does_not_break_before_its_double_signs() -> None:
    plain = re.compile(r"\S (?=[;!?:](?:\s|$|\)))")
    for message in make_catalogues.brought_up_to_date("fr", TEMPLATE):
        forms = message.string if isinstance(message.string, (tuple, list)) else (message.string,)
        assert not message.id or not any(map(plain.search, forms)), message.string
