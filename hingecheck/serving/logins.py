"""Who is logged in: a token for each login, and when it ends. Kept in memory, so that a restart ends all."""

from __future__ import annotations

import hashlib
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from uuid import UUID

#: A login ends after this time without a request of a page, and in any case after a long day.
IDLE_S, LONGEST_S = 30 * 60.0, 12 * 3600.0
_TOKEN_BYTES = 32


@dataclass
class Login:
    """One login of an account in one browser.

    Attributes
    ----------
    account_id : UUID
    name : str
    stamp : str
        Of the account's password, as it was.
    must_choose : bool
        Whether the account has to choose its own password before anything else.
    began_s, seen_s : float
        When it began and was last used, on the clock of `Logins`.
    windows : set of str
        Ids of the pages' sessions that this login opened.
    """

    account_id: UUID
    name: str
    stamp: str
    must_choose: bool
    began_s: float
    seen_s: float
    windows: set[str] = field(default_factory=set)


class Logins:
    """The logins of one server; safe to share between threads.

    Parameters
    ----------
    close_window : callable
        Ends a session of the pages; called with its id when its login ends.
    clock : callable
        Seconds that never go back.
    """

    def __init__(self, close_window: Callable[[str], None] = lambda _: None,
                 clock: Callable[[], float] = time.monotonic) -> None:
        self._close_window, self._clock = close_window, clock
        self._logins: dict[bytes, Login] = {}
        self._lock = threading.RLock()

    def begin(self, account_id: UUID, name: str, stamp: str = "", must_choose: bool = False) -> str:
        """Begin a login and return its token."""
        token = secrets.token_urlsafe(_TOKEN_BYTES)
        now_s = self._clock()
        with self._lock:
            for key in [key for key, login in self._logins.items() if self._is_over(login)]:
                self._end(key)
            self._logins[_key(token)] = Login(account_id, name, stamp, must_choose, now_s, now_s)
        return token

    def find(self, token: str, is_used: bool = False) -> Login | None:
        """Return the login of a token; None where it has ended or never was.

        Parameters
        ----------
        token : str
        is_used : bool
            A page asks, so that the login stays for another while.
        """
        key = _key(token)
        with self._lock:
            login = self._logins.get(key)
            if login is None:
                return None
            if self._is_over(login):
                self._end(key)
                return None
            if is_used:
                login.seen_s = self._clock()
            return login

    def end(self, token: str) -> None:
        """End a login."""
        with self._lock:
            self._end(_key(token))

    def end_all(self, account_id: UUID) -> None:
        """End every login of an account."""
        with self._lock:
            for key in [key for key, login in self._logins.items() if login.account_id == account_id]:
                self._end(key)

    def _is_over(self, login: Login) -> bool:
        now_s = self._clock()
        return now_s - login.seen_s > IDLE_S or now_s - login.began_s > LONGEST_S

    def _end(self, key: bytes) -> None:
        login = self._logins.pop(key, None)
        for window in () if login is None else login.windows:
            self._close_window(window)


def _key(token: str) -> bytes:
    # What is kept opens nothing.
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()
