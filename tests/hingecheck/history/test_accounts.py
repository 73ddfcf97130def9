"""Accounts of a shared server: who logs in, what each sees, and that there is always an owner."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hingecheck.history import accounts, consents, passwords, people
from hingecheck.history.access import AccessError, Role
from hingecheck.history.connection import History, read_transaction
from hingecheck.history.records import HistoryError
from hingecheck.history.tables import AccountRow

PASSWORD = "four words and more"


def test_only_the_right_password_logs_in(history: History) -> None:
    added = accounts.add(history, "Ana", Role.PERSON, PASSWORD)
    for name in ("Ana", "ANA", " ana ", "\uff21na"):
        account = accounts.log_in(history, name, PASSWORD)
        assert account is not None
        assert (account.id, account.stamp) == (added.id, added.stamp)
    for name, password in (("Ana", ""), ("Ana", PASSWORD + " "), ("Ana", PASSWORD.upper()), ("Ben", PASSWORD),
                           ("", PASSWORD), ("Ana", "\udcff"), ("Ana\x00", PASSWORD)):
        assert accounts.log_in(history, name, password) is None


def test_the_database_holds_a_salted_hash_and_no_password(history: History) -> None:
    for name in ("Ana", "Ben"):
        accounts.add(history, name, Role.PERSON, PASSWORD)
    with read_transaction(history) as session:
        stored = [row.password for row in session.query(AccountRow)]
    assert all(one.startswith("$argon2id$v=19$m=65536,t=3,p=4$") for one in stored)
    assert stored[0] != stored[1]
    assert PASSWORD not in "".join(stored)


@pytest.mark.parametrize(("password", "problem"), [
    ("short", "at least 12"), ("", "at least 12"), ("a" * 12, "easily guessed"), ("anas computer", "easily guessed"),
    ("x" * 201, "200"), ("twelve chars\x00", "invalid character")])
def test_a_weak_password_is_refused(history: History, password: str, problem: str) -> None:
    with pytest.raises(HistoryError, match=problem):
        accounts.add(history, "Anas computer", Role.PERSON, password)
    assert accounts.everyone(history) == ()


def test_two_accounts_share_neither_name_nor_openid(history: History) -> None:
    accounts.add(history, "Ana", Role.PERSON, PASSWORD, openid="ana@example.org")
    with pytest.raises(HistoryError, match="name or OpenID already"):
        accounts.add(history, "aNA", Role.PERSON, PASSWORD)
    with pytest.raises(HistoryError, match="name or OpenID already"):
        accounts.add(history, "Ben", Role.PERSON, PASSWORD, openid="ANA@example.org ")
    with pytest.raises(HistoryError, match="needs a password or an OpenID"):
        accounts.add(history, "Ben", Role.PERSON)


def test_an_openid_is_one_account_or_none(history: History) -> None:
    ana = accounts.add(history, "Ana", Role.PERSON, openid="ana@example.org")
    accounts.add(history, "Ben", Role.PERSON, openid="b1")
    accounts.add(history, "Eve", Role.PERSON, PASSWORD)
    assert accounts.of_openid(history, ("x", "Ana@Example.org")) == ana
    for identities in ((), ("",), ("x",), ("b1", "ana@example.org"), ("Ana",)):
        assert accounts.of_openid(history, identities) is None
    assert accounts.log_in(history, "Ana", "") is None


def test_the_last_owner_stays(history: History) -> None:
    olga = accounts.add(history, "Olga", Role.OWNER, PASSWORD)
    for change in (lambda: accounts.delete(history, olga.id),
                   lambda: accounts.change(history, olga.id, Role.PERSON, None)):
        with pytest.raises(HistoryError, match="last owner"):
            change()
    assert accounts.has_owner(history)
    accounts.add(history, "Otto", Role.OWNER, PASSWORD)
    accounts.delete(history, olga.id)
    assert [account.name for account in accounts.everyone(history)] == ["Otto"]


def test_a_new_password_changes_the_stamp_and_a_deleted_account_sees_nothing(history: History) -> None:
    ana = accounts.add(history, "Ana", Role.PERSON, PASSWORD)
    accounts.add(history, "Olga", Role.OWNER, PASSWORD)
    assert accounts.viewer(history, ana.id, ana.stamp) is not None
    changed = accounts.set_password(history, ana.id, "another password", is_temporary=True)
    assert accounts.viewer(history, ana.id, ana.stamp) is None
    assert accounts.viewer(history, ana.id, changed.stamp) is not None
    assert changed.is_temporary
    accounts.delete(history, ana.id)
    assert accounts.viewer(history, ana.id, changed.stamp) is None


def test_a_therapist_sees_those_who_agreed_and_for_as_long(history: History) -> None:
    ana, ben = people.add(history, "Ana"), people.add(history, "Ben")
    thea = accounts.add(history, "Thea", Role.THERAPIST, PASSWORD)

    def sees() -> frozenset[object]:
        viewer = accounts.viewer(history, thea.id, thea.stamp)
        assert viewer is not None
        return viewer.sees

    assert sees() == frozenset()
    consents.agree(history, ana.id, thea.id)
    consents.agree(history, ana.id, thea.id)
    assert sees() == {ana.id}
    assert [(one.name, one.has_agreed) for one in consents.therapists(history, ana.id)] == [("Thea", True)]
    assert [one.has_agreed for one in consents.therapists(history, ben.id)] == [False]
    consents.agree(history, ana.id, thea.id, agreed=False)
    assert sees() == frozenset()
    consents.agree(history, ana.id, thea.id)
    accounts.change(history, thea.id, Role.PERSON, ben.id)
    assert sees() == {ben.id}
    accounts.change(history, thea.id, Role.THERAPIST, None)
    assert sees() == frozenset()


def test_consent_goes_to_therapists_and_with_the_person(history: History) -> None:
    ana = people.add(history, "Ana")
    ben = accounts.add(history, "Ben", Role.PERSON, PASSWORD)
    with pytest.raises(HistoryError, match="no account of a therapist"):
        consents.agree(history, ana.id, ben.id)
    thea = accounts.add(history, "Thea", Role.THERAPIST, PASSWORD)
    consents.agree(history, ana.id, thea.id)
    people.delete(history, ana.id)
    viewer = accounts.viewer(history, thea.id, thea.stamp)
    assert viewer is not None
    assert viewer.sees == frozenset()


def test_nobody_gives_consent_for_another_or_themself_a_role(history: History) -> None:
    ana = people.add(history, "Ana")
    thea = accounts.add(history, "Thea", Role.THERAPIST, PASSWORD)
    viewer = accounts.viewer(history, thea.id, thea.stamp)
    own = replace(history, viewer=viewer)
    with pytest.raises(AccessError):
        consents.agree(own, ana.id, thea.id)
    with pytest.raises(AccessError):
        accounts.change(own, thea.id, Role.OWNER, ana.id)
    assert accounts.set_password(own, thea.id, "a password of my own").role is Role.THERAPIST


def test_made_passwords_are_good_and_differ() -> None:
    made = {passwords.make() for _ in range(100)}
    assert len(made) == 100
    for password in made:
        assert passwords.check(password, "Ana") == password
