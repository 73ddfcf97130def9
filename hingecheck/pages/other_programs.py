"""Draw the choice of another program's format and its download button; the file is made when it is chosen."""

from __future__ import annotations

import streamlit as st

from hingecheck.formats import export
from hingecheck.formats.measured_set import FormatError
from hingecheck.history.connection import History
from hingecheck.history.records import SavedSet
from hingecheck.jobs import set_export
from language.translate import _


def draw(history: History, saved: SavedSet, stem: str) -> None:
    """Draw the choice and, once a format is chosen, its button."""
    chosen = st.selectbox(_("For another program"), list(export.FORMATS), index=None, placeholder=_("Choose a format"),
                          format_func=lambda name: export.FORMATS[name].label, key=f"format-{saved.line.id}")
    if chosen is None:
        return
    form = export.FORMATS[chosen]
    try:
        content = export.download(chosen, set_export.of_saved(history, saved))
    except FormatError as error:
        st.info(str(error))
        return
    name = f"{stem}{form.suffix}.zip" if form.is_folder else f"{stem}{form.suffix}"
    st.download_button(_("Download {label}").format(label=form.label), content, name, form.mime, key="export-other",
                       on_click="ignore")
