"""What processes that are started by these tests begin with."""

import sys
from types import ModuleType

import pytest


@pytest.fixture(autouse=True)
def plain_main_module(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave no page of Streamlit's AppTest behind as `__main__`, which a process that is spawned would run first."""
    monkeypatch.setitem(sys.modules, "__main__", ModuleType("__main__"))
