"""Wait until the transactions that write files' rows have ended, also those of programs that are dead.

A program that is killed while it commits leaves its last message to the server, which carries it out a moment later.
Whoever looks before that sees rows that are about to change.
"""

from __future__ import annotations

from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from hingecheck.history.connection import History, translated_errors

#: A COMMIT takes milliseconds; another program's import may hold the rows for minutes.
_LONGEST_S = 10
#: PostgreSQL's `lock_not_available`.
_TIMED_OUT = "55P03"


def writers_are_done(history: History) -> bool:
    """Wait until whatever writes rows of files at this moment has ended; False where that takes too long.

    Raises
    ------
    HistoryError
        The database cannot be asked.
    """
    if history.engine.dialect.name != "postgresql":  # SQLite commits in the program itself
        return True
    with translated_errors(history), history.engine.begin() as connection:
        try:
            connection.execute(text(f"SET LOCAL lock_timeout = '{_LONGEST_S}s'"))
            connection.execute(text("LOCK TABLE files IN SHARE MODE"))
        except OperationalError as error:
            if getattr(error.orig, "sqlstate", None) != _TIMED_OUT:
                raise
            connection.rollback()
            return False
    return True
