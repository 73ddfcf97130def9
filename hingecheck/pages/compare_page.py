"""Compare: a rep of one set beside a rep of another, weeks apart, in step; and what differs beyond the measurement."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any
from uuid import UUID

import streamlit as st

from exercises.results import Rep
from hingecheck.history import files, queries, sets
from hingecheck.history.connection import History
from hingecheck.history.records import HistoryError, SavedSet, SetLine
from hingecheck.pages import elements, page_words, set_video, state
from hingecheck.pages.browser_part import browser_part
from hingecheck.report import display, verdict_words, wording
from language.translate import _

_KEYS = ("left", "right")


def draw_link(history: History, saved: SavedSet) -> None:
    """Draw the choice of another set of the exercise, and the way to both beside each other."""
    others = {line.id: line for line in queries.lines(history, saved.person.id, saved.line.exercise, limit=200)
              if line.id != saved.line.id}
    if not others or not saved.report.reps:
        return
    with st.expander(_("Compare with another set")):
        chosen = st.selectbox(_("The other set"), list(others), index=None, placeholder=_("Choose a set"),
                              format_func=lambda one: _title(others[one]), key=f"compare-{saved.line.id}")
        if chosen is not None:
            earlier, later = sorted((saved.line, others[chosen]), key=lambda line: line.made_at)
            state.link("compare", _("Show both beside each other"),
                       **{"set": str(earlier.id), "with": str(later.id)})


def page() -> None:
    """Draw the page: two sets that the address names, the earlier one at the left."""
    st.title(_("Compare"), anchor=False)
    history = state.history()
    pair = [_load(history, name) for name in ("set", "with")]
    first, second = pair
    if first is None or second is None or not (first.report.reps and second.report.reps):
        st.info(_("Choose a set on the page Review, and there Compare with another set."))
        state.link("review", _("Review"))
        return
    reps: list[Rep] = []
    films: list[dict[str, Any]] = []
    with st.container(key="compare-pair"):
        columns = st.columns(2)
    for column, key, saved in zip(columns, _KEYS, (first, second), strict=True):
        with column:
            rep = _choose_rep(saved, key)
            reps.append(rep)
            films.append(_draw_rep(history, saved, rep, key))
    if all(films):
        _draw_player(films)
    else:
        st.caption(_("The videos play in step where both were kept. Keep a video on the page Review, below it."))
    _draw_differences(first, second, reps)


def _load(history: History, name: str) -> SavedSet | None:
    with suppress(ValueError, HistoryError):
        return sets.load(history, UUID(st.query_params.get(name, "")))
    return None


def _title(line: SetLine) -> str:
    return f"{page_words.day_and_time(line.made_at)}, {line.video}"


def _choose_rep(saved: SavedSet, key: str) -> Rep:
    st.subheader(elements.plain(page_words.day_and_time(saved.line.made_at)), anchor=False)
    elements.piece("kicker", texts=[_(saved.exercise.name), saved.person.name, saved.line.video])
    reps = {rep.index: rep for rep in saved.report.reps}
    index = st.selectbox(_("Rep"), list(reps), key=f"compare-rep-{key}-{saved.line.id}",
                         format_func=lambda one: f"{one} {verdict_words.look_of(reps[one]).word}")
    return reps[index]


def _draw_rep(history: History, saved: SavedSet, rep: Rep, key: str) -> dict[str, Any]:
    """Draw the video of a set, or the key image of the rep; return the rep's times in the video, {} without one."""
    video, track = set_video.find(history, saved.line.id), files.load_track(history, saved.line.id)
    elements.pills([("", verdict_words.look_of(rep), rep.borderline)])
    if video is None:
        _draw_key_image(files.key_image_paths(history, saved.line.id).get(rep.index), rep)
        return {}
    begin_s = 0.0 if track is None or not len(track) else float(track.time_s[0])
    with st.container(key=f"compare-{key}"):
        st.video(str(video), muted=True)
    times = [max(0.0, time_s - begin_s) for time_s in (rep.start_s, rep.bottom_s, rep.leave_s, rep.end_s)]
    return {"video": f".st-key-compare-{key} video", "times": times}


def _draw_key_image(key_image: Path | None, rep: Rep) -> None:
    if key_image is not None:
        elements.image(key_image.read_bytes(), _("Rep {number}, bottom: {verdict}").format(
            number=rep.index, verdict=verdict_words.look_of(rep).word.lower()))


def _draw_player(films: list[dict[str, Any]]) -> None:
    words = {"play": _("Play both in step"), "pause": _("Pause both"), "moment": _("Moment of the rep"),
             "marks": [_("start"), _("bottom"), _("up again"), _("end")]}
    browser_part("compare_player", '<div class="both"></div>', style="compare_player")(
        data={"films": films, "words": words}, key="compare_player")


def _draw_differences(first: SavedSet, second: SavedSet, reps: list[Rep]) -> None:
    """Draw each number of both reps, and whether they differ by more than the measurement scatters."""
    st.header(_("What differs"), anchor=False)
    before, after = reps
    rows = []
    for number in display.numbers(second.report, second.exercise):
        a, a_band = display.value_of(before, number.quantity, first.report.signal)
        b, b_band = display.value_of(after, number.quantity, second.report.signal)
        rows.append((number.label, wording.amount(a, a_band, number.unit), wording.amount(b, b_band, number.unit),
                     _difference(a, a_band, b, b_band, number.unit)))
    if before.held is not None and after.held is not None:
        rows.append((_("Time held"), wording.amount(before.held.seconds, unit="s"),
                     wording.amount(after.held.seconds, unit="s"), ""))
    elements.piece("differences", rows=rows, heads=[page_words.day_and_time(one.line.made_at)
                                                    for one in (first, second)])


def _difference(a: float | None, a_band: float | None, b: float | None, b_band: float | None, unit: str) -> str:
    if a is None or b is None:
        return _("not comparable")
    # As shown: the difference of the two rounded numbers, so that a reader can check it.
    by = round(b) - round(a)
    if abs(b - a) <= ((a_band or 0.0) ** 2 + (b_band or 0.0) ** 2) ** 0.5:
        return _("no clear difference")
    amount = wording.amount(abs(by), unit=unit)
    return _("{amount} more").format(amount=amount) if by > 0 else _("{amount} less").format(amount=amount)
