"""What a killed process had said, as the bench of kills reads it."""

from __future__ import annotations

from uuid import UUID

from bench.kills import checks

FIRST, SECOND = UUID(int=1), UUID(int=2)


def test_what_was_said_last_counts() -> None:
    claims = checks.read_claims([f"saved {FIRST}", f"saved {SECOND}", f"deleting {FIRST}", f"deleted {FIRST}",
                                 "file a.zip"])
    assert (claims.saved, claims.deleted, claims.files) == ({SECOND}, {FIRST}, {"a.zip"})


def test_a_set_whose_deletion_has_begun_may_be_there_or_not() -> None:
    claims = checks.read_claims([f"saved {FIRST}", f"deleting {FIRST}"])
    assert (claims.saved, claims.deleted) == (set(), set())


def test_an_import_may_bring_back_what_was_deleted() -> None:
    claims = checks.read_claims([f"saved {FIRST}", f"deleting {FIRST}", f"deleted {FIRST}", "pass", "importing"])
    assert (claims.saved, claims.deleted) == (set(), set())
