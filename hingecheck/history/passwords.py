"""Passwords -> argon2id hashes; what a password must have."""

from __future__ import annotations

import secrets

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from hingecheck.history.records import HistoryError
from hingecheck.history.text_checks import check_text
from language.translate import _, mark

#: NIST SP 800-63B-4 asks for length and forbids rules about kinds of characters. 12: a few short words.
SHORTEST, LONGEST = 12, 200
#: Without letters that are taken for each other: 0 and o, 1 and l and i.
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
#: RFC 9106's second choice: 64 MiB and three passes.
_hasher = PasswordHasher()


def check(password: str, name: str) -> str:
    """Return a password, if it is good enough for an account of this name.

    Raises
    ------
    HistoryError
        It is too short or too long, or is the name, or one character again and again.
    """
    check_text(password, mark("the password"), LONGEST)
    if len(password) < SHORTEST:
        raise HistoryError(_("the password has {count} characters. Use at least {shortest}: a few words, for "
                             "example.").format(count=len(password), shortest=SHORTEST))
    if password.casefold().strip() == name.casefold() or len(set(password)) < 4:
        raise HistoryError(_("this password is easily guessed. Choose another one."))
    return password


def make() -> str:
    """Return a new password that can be read out and typed: 4 times 4 characters, 79 bits."""
    return "-".join("".join(secrets.choice(_ALPHABET) for _ in range(4)) for _ in range(4))


def to_hash(password: str) -> str:
    """Return the hash of a password, with its salt and cost in it."""
    return _hasher.hash(password)


def fits(stored: str, password: str) -> bool:
    """Return whether a password belongs to a hash."""
    try:
        return _hasher.verify(stored, password)
    except (VerificationError, InvalidHashError, UnicodeEncodeError):
        return False


def is_outdated(stored: str) -> bool:
    """Return whether a hash was made at another cost than today's."""
    return _hasher.check_needs_rehash(stored)
