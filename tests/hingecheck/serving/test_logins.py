"""Logins end when they should, and tries of passwords are slowed down and locked out."""

from __future__ import annotations

from uuid import uuid4

import pytest

from hingecheck.serving.attempts import FREE, LOCKED_FROM, LOCKED_S, Attempts
from hingecheck.serving.logins import IDLE_S, LONGEST_S, Logins


class Clock:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.now_s = 1000.0

    def __call__(self) -> float:
        return self.now_s


def test_a_login_lasts_while_it_is_used_and_no_longer_than_a_day() -> None:
    clock = Clock()
    logins = Logins(clock=clock)
    token = logins.begin(uuid4(), "Ana")
    began_s = clock.now_s
    while clock.now_s < began_s + LONGEST_S:
        assert logins.find(token, is_used=True) is not None
        clock.now_s += IDLE_S
    clock.now_s = began_s + LONGEST_S + 1
    assert logins.find(token, is_used=True) is None
    clock.now_s = began_s
    assert logins.find(token) is None


@pytest.mark.parametrize("is_used", [True, False])
def test_a_login_ends_when_nobody_uses_it(is_used: bool) -> None:
    clock = Clock()
    closed: list[str] = []
    logins = Logins(closed.append, clock)
    token = logins.begin(uuid4(), "Ana")
    clock.now_s += IDLE_S / 2
    login = logins.find(token, is_used)
    assert login is not None
    login.windows |= {"a", "b"}
    clock.now_s += IDLE_S * 0.75
    assert (logins.find(token) is not None) == is_used
    assert sorted(closed) == ([] if is_used else ["a", "b"])


def test_every_login_of_an_account_ends_at_once_and_no_other() -> None:
    logins = Logins()
    ana, ben = uuid4(), uuid4()
    tokens = [logins.begin(ana, "Ana"), logins.begin(ana, "Ana"), logins.begin(ben, "Ben")]
    assert len({*tokens}) == 3
    logins.end_all(ana)
    assert [logins.find(token) is not None for token in tokens] == [False, False, True]
    logins.end(tokens[2])
    assert logins.find(tokens[2]) is None


@pytest.mark.parametrize("token", ["", "x", "\udcff", "a" * 100_000])
def test_a_made_up_token_is_no_login(token: str) -> None:
    logins = Logins()
    logins.begin(uuid4(), "Ana")
    assert logins.find(token) is None


def test_each_wrong_password_costs_more_until_the_name_is_locked() -> None:
    clock = Clock()
    attempts = Attempts(clock)
    waits = []
    for number in range(LOCKED_FROM):
        assert attempts.begin("Ana", f"address {number}") == 0.0
        waits.append(attempts.begin("ANA ", "another address"))
        clock.now_s += waits[-1]
    # The second of each pair is counted too where it is let through: the third in all costs the first second.
    assert waits[:FREE] == [0.0, 1.0, 2.0]
    assert waits[-1] == LOCKED_S
    assert waits == sorted(waits)


def test_a_locked_name_is_free_again_after_a_while() -> None:
    clock = Clock()
    attempts = Attempts(clock)
    for _ in range(LOCKED_FROM):
        clock.now_s += attempts.begin("Ana", "here") + 60
    assert attempts.begin("Ana", "here") > 60
    assert attempts.begin("Ben", "here") == 0.0
    clock.now_s += LOCKED_S + 1
    assert attempts.begin("Ana", "here") == 0.0


def test_a_thousand_tries_at_once_are_not_all_checked() -> None:
    attempts = Attempts(Clock())
    checked = sum(attempts.begin("Ana", f"address {number}") == 0.0 for number in range(1000))
    assert checked == FREE


def test_one_address_cannot_try_every_name() -> None:
    attempts = Attempts(Clock())
    checked = sum(attempts.begin(f"name {number}", "here") == 0.0 for number in range(1000))
    assert checked < 20
    assert attempts.begin("name", "elsewhere") == 0.0


def test_a_right_password_clears_the_name() -> None:
    attempts = Attempts(Clock())
    for _ in range(100):
        assert attempts.begin("Ana", "here") == 0.0
        attempts.succeeded("Ana", "here")


def test_an_account_of_ones_own_buys_no_tries_of_others() -> None:
    attempts = Attempts(Clock())
    checked = 0
    for number in range(200):
        if attempts.begin("Ana", "here") == 0.0:
            attempts.succeeded("Ana", "here")
        checked += attempts.begin(f"other {number}", "here") == 0.0
    assert checked < 20


def test_names_that_are_tried_do_not_fill_the_memory() -> None:
    attempts = Attempts(Clock())
    for number in range(30_000):
        attempts.begin(f"name {number}", f"address {number}")
    assert len(attempts._counts) <= 10_000
