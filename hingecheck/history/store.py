"""Open the history that the environment names: connect, upgrade its schema, settle leftover files."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

from sqlalchemy import select

from hingecheck.history.connection import FILE_NAME, URL_VARIABLE, History, connect, data_folder, read_transaction
from hingecheck.history.file_changes import settle_leftovers
from hingecheck.history.tables import AboutRow
from hingecheck.history.upgrade import upgrade
from language.translate import _
from pose.temporary_files import delete_leftovers


def open_history(folder: Path | None = None, url: str | None = None) -> History:
    """Open the history; create it or upgrade its schema where necessary.

    Parameters
    ----------
    folder : Path, optional
        Folder of the files and the SQLite database; default `HINGECHECK_DATA_DIR`, or the system's data folder.
    url : str, optional
        Address of a PostgreSQL; default `HINGECHECK_DATABASE_URL`; "" = SQLite in any case.

    Returns
    -------
    History
        Close it, or use it in a `with`.

    Raises
    ------
    HistoryError
        The database cannot be reached or written, is too new, or belongs to another program.
    """
    address = os.environ.get(URL_VARIABLE, "") if url is None else url
    connected = connect(data_folder() if folder is None else folder, address)
    try:
        upgrade(connected)
        with read_transaction(connected) as session:
            database_id = session.scalars(select(AboutRow.value).where(AboutRow.key == "database_id")).one()
        history = replace(connected, database_id=database_id)
        settle_leftovers(history)
        delete_leftovers()
    except BaseException:
        connected.close()
        raise
    return history


def location() -> str:
    """Return the place of the history after opening it; this does not create one.

    Raises
    ------
    HistoryError
        The history exists and cannot be opened.
    """
    file = data_folder() / FILE_NAME
    if not os.environ.get(URL_VARIABLE) and not file.exists():
        return _("none yet; it will be {file}").format(file=file)
    with open_history() as history:
        return history.place
