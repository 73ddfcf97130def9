"""The data folder and the environment -> an open, up-to-date, swept History."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from uuid import UUID

from sqlalchemy import select

from hingecheck.history.connection import FILE_NAME, URL_VARIABLE, History, connect, data_folder, reading
from hingecheck.history.files import sweep
from hingecheck.history.tables import AboutRow, SetRow
from hingecheck.history.upgrade import upgrade


def open_history(folder: Path | None = None, url: str | None = None) -> History:
    """Open the history; make it, or bring it to the newest schema, where need be.

    Parameters
    ----------
    folder : Path, optional
        Where files and the SQLite database lie; default `HINGECHECK_DATA_DIR`, or this system's place for such data.
    url : str, optional
        Address of a PostgreSQL; default `HINGECHECK_DATABASE_URL`; "" = SQLite whatever that says.

    Returns
    -------
    History
        Close it in the end, or use it in a `with`.

    Raises
    ------
    HistoryError
        Unreachable, unwritable, too new, or another program's.
    """
    address = os.environ.get(URL_VARIABLE, "") if url is None else url
    found = connect(data_folder() if folder is None else folder, address)
    try:
        upgrade(found)
        with reading(found) as session:
            own = session.scalars(select(AboutRow.value).where(AboutRow.key == "database_id")).one()
        history = replace(found, database_id=own)
        sweep(history, lambda ids: _present(history, ids))
    except BaseException:
        found.close()
        raise
    return history


def where() -> str:
    """Say where the history lies and that it can be opened; where there is none, looking makes none.

    Raises
    ------
    HistoryError
        There is one, and it cannot be opened.
    """
    file = data_folder() / FILE_NAME
    if not os.environ.get(URL_VARIABLE) and not file.exists():
        return f"none yet; it will be {file}"
    with open_history() as history:
        return history.place


def _present(history: History, ids: set[str]) -> set[str]:
    with reading(history) as session:
        return {str(one) for one in session.scalars(select(SetRow.id).where(SetRow.id.in_(map(UUID, ids))))}
