"""A person's reps -> the week against a programme, day by day, sentences on the weeks, and the days for a calendar."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta, timezone
from functools import partial

import streamlit as st

from exercises.programme import Programme
from exercises.programme_library import Programmes
from exercises.programme_plan import PRESCRIBED, duration_s
from hingecheck.history import copies, queries
from hingecheck.history.connection import History
from hingecheck.history.prescribed_programme import prescribed_programme
from hingecheck.history.records import Person, RepRecord
from hingecheck.pages import elements, language_choice, page_words, programme_list, state
from hingecheck.progress import adherence, calendar_file
from hingecheck.progress.adherence import Day, DayState, ProgrammeWeek
from language import numbers
from language.translate import _, mark

#: Sign, word and tone of a day; a missed one is a fact of the week and no fault.
_LOOKS = {DayState.DONE: ("\u2713", mark("done"), "good"), DayState.PARTLY: ("\u25d0", mark("partly"), "good"),
          DayState.MISSED: ("\u2013", mark("missed"), "unseen"),
          DayState.PLANNED: ("\u25cb", mark("planned"), "unseen"),
          DayState.FREE: ("", "", "free")}
_CALENDAR_WEEKS, _BEGINS = 8, time(18)
_WEEK = 7


def draw(history: History, person: Person) -> None:
    """Draw the section: the choice of programme and days, the week, sentences, and the calendar file."""
    st.header(_("Your programme"), anchor=False)
    programmes = programme_list.visible_programmes()
    own_programme, problems = prescribed_programme(history, person.id, programmes.exercises.exercise)
    for problem in problems:
        st.text(_("A prescription cannot be used. {problem}").format(problem=problem))
    known = {entry.programme.id: entry.programme for entry in programmes.entries.values()}
    if own_programme is not None:
        known = {PRESCRIBED: own_programme, **known}
    reps = _recent_reps(history, person)
    left, right = st.columns(2)
    asked = st.query_params.get("programme", "")
    first = list(known).index(asked) if asked in known else _likeliest(known, reps)
    name = left.selectbox(_("Programme"), list(known), format_func=lambda name: _(known[name].name), index=first,
                          key=f"programme-{person.id}")
    programme = known[name]
    with right:
        days = _days(programme)
    now = datetime.now(state.zone())
    past = adherence.weeks(programme, reps, programmes.exercises.exercise, now.date(), state.zone(), days)
    elements.piece("week", days=[_cell(day, day.date == now.date()) for day in past[-1].days])
    elements.sentences(adherence.sentences(past))
    _draw_parts(past[-1], programmes, now)
    _draw_calendar(programme, programmes, days, now)
    programme_list.draw_way(history, name)


def _recent_reps(history: History, person: Person) -> list[RepRecord]:
    """The reps of the weeks that are looked back on, those of a video that was saved twice once."""
    since = datetime.now(timezone.utc) - timedelta(weeks=adherence.PAST_WEEKS + 1)
    copied = copies.copied_sets(history, person.id)
    return [rep for rep in queries.reps(history, person.id, since=since) if rep.set_id not in copied]


def _likeliest(known: dict[str, Programme], reps: Sequence[RepRecord]) -> int:
    """Which programme is shown before one is chosen: what is prescribed, else the one most of which was practised."""
    if PRESCRIBED in known:
        return 0
    counts = [sum(rep.exercise in {step.exercise for step in one.steps} for rep in reps) for one in known.values()]
    return counts.index(max(counts))


def _days(programme: Programme) -> tuple[int, ...] | None:
    """Let the person say which days they plan; None as the programme has it."""
    planned = [day.number for day in programme.days]
    chosen = st.pills(_("Your days"), list(range(_WEEK)), selection_mode="multi", default=planned,
                      format_func=page_words.day_name, key=f"days-{programme.id}")
    return tuple(sorted(chosen)) or None


def _cell(day: Day, is_today: bool) -> dict[str, object]:
    sign, word, tone = _LOOKS[day.state]
    return {"name": numbers.weekday(day.date), "date": f"{day.date.day}", "sign": sign, "word": _(word), "tone": tone,
            "today": is_today, "full": numbers.day(day.date, "full")}


def _draw_parts(week: ProgrammeWeek, programmes: Programmes, now: datetime) -> None:
    """Say what is done of each exercise and side today."""
    today = week.days[now.weekday()]
    with st.expander(_("Today, exercise by exercise"), expanded=today.state is DayState.PARTLY):
        elements.piece("bullets", texts=[
            page_words.part_done(programmes.exercises.exercise(part.exercise).name, part.side, part.done, part.of)
            for part in today.parts])
        st.caption(_("A hold counts where it lasted as long as the programme asks. Reps count whatever their verdict."))


def _draw_calendar(programme: Programme, programmes: Programmes, days: tuple[int, ...] | None, now: datetime) -> None:
    """Offer the planned days as a file that every calendar imports."""
    with st.expander(_("Into your calendar")):
        left, right = st.columns(2)
        begins = left.time_input(_("Begins at"), _BEGINS, key=f"begins-{programme.id}")
        weeks = right.number_input(_("For how many weeks"), 1, 52, _CALENDAR_WEEKS, key=f"weeks-{programme.id}")
        planned = calendar_file.planned_days(programme) if days is None else days
        minutes = duration_s(programme, programmes.exercises.exercise) / 60
        text = _("About {minutes:.0f} minutes on {days}.").format(
            minutes=minutes, days=", ".join(map(page_words.day_name, planned)))
        st.write(f"{text.removesuffix('..')}." if text.endswith("..") else text)  # "Sa." ends the sentence as well
        make = partial(calendar_file.ics, programme, 60 * minutes, now.date(), begins, int(weeks), planned)
        st.download_button(_("Calendar (.ics)"), language_choice.deferred(make), f"{programme.id}.ics",
                           "text/calendar", on_click="ignore", key=f"calendar-{programme.id}")
        st.caption(_("Every calendar imports this file. A newer one of the same programme replaces it. Nothing is "
                     "sent anywhere."))
