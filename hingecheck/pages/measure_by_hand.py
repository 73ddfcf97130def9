"""Measure angles by hand in the review: three clicks on a frame, saved with the set, shown beside ours."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import numpy as np
import streamlit as st
from pydantic import ValidationError

from exercises.measures import label_of
from hingecheck.analysis.frame_at import frame_at
from hingecheck.history import hand_angles, remarks
from hingecheck.history.records import HandAngle, SavedSet
from hingecheck.pages import elements, hand_agreement, hand_angle_table, language_choice, set_video, state
from hingecheck.pages.browser_part import browser_part
from hingecheck.validation.clicked_angles import CORNERS, Clicks, angle_of
from language.numbers import localised
from language.translate import _, all_of, mark
from language.words import large_start
from pose.io.image_codec import encode_jpeg
from pose.io.video import VideoError
from pose.track import Track

#: A frame is shown no larger: of a 4K video, half of the pixels in each direction.
_LONG_SIDE_PX = 1920
_QUALITY = 90
_WORDS = {
    "take": mark("Take the frame of the video"), "back": "\u25c2 1", "back_label": mark("Frame before"),
    "on": "1 \u25b8", "on_label": mark("Frame after"), "nearer": mark("Zoom in"), "farther": mark("Zoom out"),
    "undo": mark("Undo"), "save": mark("Save angle"), "moment": mark("At {time_s} s."),
    "none": mark("Stop the video above at a moment, then take its frame."), "click": mark("Click the {corner}."),
    "complete": mark("All three points are set. Drag one to correct it, or save the angle."),
    "frame": mark("The frame. A click sets a point, a drag moves one. With keys: arrows move a cross, with Shift "
                  "finely; Enter sets a point, Backspace undoes, plus and minus zoom.")}


@dataclass(frozen=True)
class Film:
    """The video whose frames are clicked.

    Attributes
    ----------
    path : Path
    begin_s : float
        The time of its first frame in the set's track.
    page_begin_s : float
        The same of the annotated video, on which the moment is chosen.
    turn_deg : int
        Clockwise turn that brings its frames upright.
    speed : float
        How fast it plays against what was filmed.
    is_own : bool
        The person's own video, without anything drawn on it.
    """

    path: Path
    begin_s: float
    page_begin_s: float
    turn_deg: int = 0
    speed: float = 1.0
    is_own: bool = False


@dataclass
class _Work:
    """What one window does with one set: the frame that is shown, and what came from the browser."""

    row: int | None = None
    frame: dict[str, Any] | None = None
    frame_request: object = None
    clicked: object = None
    answers: int = 0
    deleted: HandAngle | None = None


def film_of(saved: SavedSet, video: Path | None, begin_s: float) -> Film | None:
    """Return the video to click on: the own one while this window has it, else the annotated one.

    None where the page has no video on which a moment could be chosen.
    """
    if video is None:
        return None
    request = state.requests().get(saved.line.id)
    if request is not None and request.video.is_file():
        return Film(request.video, 0.0, begin_s, saved.report.picture_turn_deg, saved.report.playback_speed, True)
    return Film(video, begin_s, begin_s)


def draw(saved: SavedSet, track: Track | None, film: Film | None) -> None:
    """Draw the part of the page; nothing where the set has no angle that three clicks could give."""
    known = () if track is None else tuple(name for name in CORNERS if _is_measured(track, name))
    angles = hand_angles.of_set(state.history(), saved.line.id)
    if not known and not angles:
        return
    with st.expander(_("Measure an angle by hand"), expanded=bool(angles)):
        _draw(saved, track, film, known)


@language_choice.fragment
def _draw(saved: SavedSet, track: Track | None, film: Film | None, known: tuple[str, ...]) -> None:
    set_id = saved.line.id
    work: _Work = st.session_state.setdefault(f"by-hand-{set_id}", _Work())
    st.write(_("Three clicks on a frame give an angle. It is saved with the set and stands beside HingeCheck's own."))
    if film is None or track is None or not known:
        st.info(_("There is no video of this set here whose frames could be clicked."))
    else:
        _draw_clicks(set_id, track, film, known, work)
    with state.report_errors():
        angles = hand_angles.of_set(state.history(), set_id)
        hand_angle_table.draw(angles, track)
        _draw_deletion(set_id, angles, work)
        hand_agreement.draw(state.history(), saved, angles)


def _draw_clicks(set_id: UUID, track: Track, film: Film, known: tuple[str, ...], work: _Work) -> None:
    if not film.is_own:
        st.caption(_("The lines that are drawn on this video can lead your eye. Right after the analysis, while its "
                     "window is open, the frames come from your own video."))
    with st.container(horizontal=True):
        quantity = st.selectbox(_("Angle"), known, format_func=lambda name: large_start(label_of(name)),
                                key=f"by-hand-angle-{set_id}")
        author = state.author() or st.text_input(_("Your name"), value=_(remarks.SELF), max_chars=100,
                                                 key=f"by-hand-author-{set_id}")
    with state.report_errors():
        _receive(set_id, track, film, quantity, author.strip() or remarks.SELF, work)
    key = f"by-hand-clicks-{set_id}"
    count = len(hand_angles.of_set(state.history(), set_id))
    component = browser_part("measure_by_hand", '<div class="hand"></div>', style="measure_by_hand")
    component(data={"id": str(set_id), "frame": work.frame, "words": {**all_of(_WORDS), "decimal": localised(".")},
                             "corners": [_(corner) for corner in CORNERS[quantity]],
                    "video": set_video.SELECTOR, "answer": work.answers, "saved": count}, key=key,
              on_moment_change=lambda: _note(work, "frame_request", st.session_state[key].get("moment")),
              on_angle_change=lambda: _note(work, "clicked", st.session_state[key].get("angle")))


def _note(work: _Work, name: str, value: object) -> None:
    setattr(work, name, value)
    work.answers += 1


def _receive(set_id: UUID, track: Track, film: Film, quantity: str, author: str, work: _Work) -> None:
    """Do what was pressed in the browser: show another frame, or save the angle."""
    frame_request, clicked, work.frame_request, work.clicked = work.frame_request, work.clicked, None, None
    if isinstance(frame_request, dict):
        row = _row_of(frame_request, track, film, work.row)
        try:
            work.frame, work.row = _frame(film, float(track.time_s[row])), row
        except VideoError as error:
            st.warning(elements.plain(str(error)))
    if isinstance(clicked, dict) and work.frame is not None and clicked.get("time_s") == work.frame["time_s"]:
        try:
            clicks = Clicks(tuple((float(x), float(y)) for x, y in clicked["points"]))
            angle = angle_of(clicks, quantity, work.frame["time_s"], author)
        except (ValueError, TypeError, KeyError, ValidationError) as error:
            st.warning(elements.plain(str(error)))
        else:
            hand_angles.add(state.history(), set_id, angle)


def _row_of(request: dict[str, Any], track: Track, film: Film, row: int | None) -> int:
    """Return the row of the track whose frame is wanted: the one that the video shows, or one beside the last."""
    step = request.get("step")
    if step in (-1, 1) and row is not None:
        wanted = row + step
    else:
        at_s = request.get("at_s")
        at_s = film.page_begin_s + (float(at_s) if isinstance(at_s, (int, float)) and math.isfinite(at_s) else 0.0)
        wanted = int(np.searchsorted(track.time_s, at_s + 1e-3, side="right")) - 1
    return min(max(wanted, 0), len(track) - 1)


def _frame(film: Film, time_s: float) -> dict[str, Any]:
    frame = frame_at(film.path, time_s - film.begin_s, film.turn_deg, film.speed)
    width, height = frame.size_px
    return {"source": elements.source(encode_jpeg(frame.reduced(_LONG_SIDE_PX), _QUALITY)), "width": width,
            "height": height, "time_s": time_s}


def _draw_deletion(set_id: UUID, angles: tuple[HandAngle, ...], work: _Work) -> None:
    """Draw the choice of an angle to delete, and the way back."""
    if work.deleted is not None and st.button(_("Undo the deletion"), key=f"by-hand-undo-{set_id}"):
        hand_angles.add(state.history(), set_id, work.deleted.angle)
        work.deleted = None
        st.rerun(scope="fragment")
    if not angles:
        return
    chosen = st.selectbox(_("Delete an angle"), range(len(angles)), index=None, placeholder=_("Choose an angle"),
                          format_func=lambda place: hand_angle_table.name_of(angles[place].angle),
                          key=f"by-hand-delete-{set_id}-{len(angles)}")
    if chosen is not None and st.button(_("Delete this angle"), key=f"by-hand-deletes-{set_id}"):
        hand_angles.delete(state.history(), angles[chosen].id)
        work.deleted = angles[chosen]
        st.rerun(scope="fragment")


def _is_measured(track: Track, name: str) -> bool:
    return name in track.columns and bool(np.isfinite(track.columns[name]).any())
