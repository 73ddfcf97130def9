"""Samples: clips to try the program on; a press on one analyses it at once."""

from __future__ import annotations

import streamlit as st

from exercises.library import load_library
from hingecheck.pages import elements, new_batch, state, tiles
from hingecheck.samples import Sample, samples
from language.translate import _


def page() -> None:
    """Draw the page."""
    st.title(_("Try a sample"), anchor=False)
    clips = samples()
    if not clips:
        st.write(_("The sample clips are not on this computer: only the project's own folder has them. Analyse a "
                   "video of your own."))
        state.link("analyse", _("Analyse a video"))
        return
    st.write(_("Press one. It is analysed as a video of yours would be, in about half a minute. Its set belongs to a "
               "person called Example and counts in nobody's progress."))
    wanted = st.query_params.get("exercise")
    chosen = _choose([clip for clip in clips if clip.exercise == wanted] or clips)
    if chosen is not None:
        new_batch.start_sample(chosen)
        state.go("analyse")


def _choose(clips: list[Sample] | tuple[Sample, ...]) -> Sample | None:
    known = {entry.exercise.id: entry.exercise for entry in load_library().entries()}
    pressed = tiles.choose(
        [tiles.Tile(clip.stem, _(known[clip.exercise].name), tiles.picture(clip.exercise), _(clip.words))
         for clip in clips if clip.exercise in known], "sample")
    elements.piece("kicker", texts=[_("The people in the samples are drawn by a computer.")])
    return next((clip for clip in clips if clip.stem == pressed), None)
