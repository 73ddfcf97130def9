"""Home: what HingeCheck is, the ways to begin, and the exercises."""

from __future__ import annotations

import streamlit as st

from exercises.library import load_library
from hingecheck.pages import elements, state, tiles
from language.translate import _, mark
from pose.quantity import Position

_WHAT = mark("HingeCheck watches you hinge, squat or stretch through one ordinary camera. It measures your hips and "
              "the curve of your back, and says rep by rep what was done well, what to change, and what could not be "
              "seen.")
_ALTERNATIVE = mark("Two people bending forward: on the left the back keeps its curve, on the right it rounds and is "
                    "marked in orange")
_FIRST = "hip_hinge"
#: What a button is called, the page that it opens, and with what.
_WAYS: tuple[tuple[str, str, dict[str, str]], ...] = (
    (mark("Try a sample"), "samples", {}), (mark("Analyse a video"), "analyse", {}),
    (mark("Record with this camera"), "analyse", {"from": "camera"}), (mark("Start live"), "live", {}))
_PLACES = {mark("Standing"): (Position.STANDING,), mark("Lying on your back"): (Position.SUPINE,),
           mark("Face down, kneeling"): (Position.PRONE, Position.KNEELING),
           mark("Sitting"): (Position.SITTING, Position.LONG_SITTING)}


def page() -> None:
    """Draw the page."""
    left, right = st.columns([3, 4], gap="large", vertical_alignment="center")
    with left:
        st.title("HingeCheck", anchor=False)
        elements.sentences([_(_WHAT)])
        _draw_ways()
    with right:
        first = tiles.picture("what_it_sees")
        if first is not None:
            elements.image(first, _(_ALTERNATIVE))
    st.header(_("Exercises"), anchor=False)
    _draw_exercises()


def _draw_ways() -> None:
    """Draw the ways to begin, the shortest first."""
    with st.container(key="ways"):
        for number, (label, name, query) in enumerate(_WAYS):
            if st.button(_(label), type="secondary" if number else "primary", width="stretch", key=f"way-{number}"):
                state.go(name, **query)


def _draw_exercises() -> None:
    known = sorted((entry.exercise for entry in load_library().entries()),
                   key=lambda one: (one.id != _FIRST, one.recognise.only_named, one.name))
    for heading, positions in _PLACES.items():
        group = [one for one in known if one.position in positions]
        if group:
            st.subheader(_(heading), anchor=False)
            _open(tiles.choose([tiles.of_exercise(one) for one in group], f"exercises-{positions[0].value}"))


def _open(name: str | None) -> None:
    if name is not None:
        state.go("learn", exercise=name)
