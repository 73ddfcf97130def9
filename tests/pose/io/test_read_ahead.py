"""Working ahead in a thread: the same items, errors where they belong, and no thread left behind."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator

import pytest

from language import current
from pose.io.read_ahead import read_ahead


def counted(most: int, made: list[int]) -> Iterator[int]:
    for number in range(most):
        made.append(number)
        yield number


def threads() -> int:
    return sum(thread.name == "hingecheck-ahead" for thread in threading.enumerate())


def test_items_come_in_order_and_only_a_few_ahead() -> None:
    made: list[int] = []
    ahead = read_ahead(counted(50, made), most=3)
    assert [next(ahead) for _ in range(5)] == [0, 1, 2, 3, 4]
    time.sleep(0.1)
    assert len(made) <= 5 + 3 + 1
    assert list(ahead) == list(range(5, 50))
    assert threads() == 0


def test_an_error_comes_where_its_item_would_have() -> None:
    def breaking() -> Iterator[int]:
        yield 1
        yield 2
        raise ValueError("third")

    ahead = read_ahead(breaking())
    assert [next(ahead), next(ahead)] == [1, 2]
    with pytest.raises(ValueError, match="third"):
        next(ahead)
    assert threads() == 0


def test_leaving_early_ends_the_thread() -> None:
    made: list[int] = []
    ahead = read_ahead(counted(1_000_000, made), most=2)
    assert next(ahead) == 0
    ahead.close()
    assert threads() == 0
    assert len(made) < 100


def test_the_thread_works_in_the_language_of_its_caller() -> None:
    def languages() -> Iterator[str]:
        yield current.current()

    with current.use("fr"):
        assert list(read_ahead(languages())) == ["fr"]
