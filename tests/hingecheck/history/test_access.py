"""Nobody reaches what belongs to another: every function of the history, by every kind of account."""

from __future__ import annotations

import importlib
import inspect
import pkgutil

import pytest

import hingecheck.history
from hingecheck.history.access import AccessError, Role
from hingecheck.history.records import HistoryError
from tests.helpers.history_calls import CALLS, INNER, NOT_A_THERAPISTS, OF_THE_SERVER
from tests.helpers.shared_home import Home, all_files, all_rows


def test_every_function_of_the_history_is_called() -> None:
    names = set()
    for module in pkgutil.iter_modules(hingecheck.history.__path__):
        if module.name == "migrations":
            continue
        loaded = importlib.import_module(f"hingecheck.history.{module.name}")
        names |= {f"{module.name}.{name}" for name, function in inspect.getmembers(loaded, inspect.isfunction)
                  if function.__module__ == loaded.__name__ and not name.startswith("_")
                  and "history" in inspect.signature(function).parameters}
    assert names - OF_THE_SERVER - INNER == set(CALLS)


@pytest.mark.parametrize("name", CALLS)
def test_nobody_else_reaches_it(shut: Home, name: str) -> None:
    before = all_rows(shut.history), all_files(shut.history)
    call, expected = CALLS[name]
    for role, person_id in ((Role.PERSON, shut.ben), (Role.PERSON, None), (Role.THERAPIST, shut.ben)):
        of = shut.seen_by(role, person_id)
        if expected == "error" or (name == "people.default" and person_id is None):
            with pytest.raises(HistoryError):
                call(shut, of)
        else:
            assert not call(shut, of)
    assert (all_rows(shut.history), all_files(shut.history)) == before
    assert not shut.video.with_name("stolen.zip").exists()


@pytest.mark.parametrize("name", sorted(NOT_A_THERAPISTS))
def test_an_agreed_therapist_deletes_nothing(shut: Home, name: str) -> None:
    before = all_rows(shut.history), all_files(shut.history)
    with pytest.raises(AccessError):
        CALLS[name][0](shut, shut.seen_by(Role.THERAPIST, None, shut.ana))
    assert (all_rows(shut.history), all_files(shut.history)) == before
