"""A live session's snapshot -> counter and cue beside the video: reps of the goal, or a ring with the seconds left."""

from __future__ import annotations

import html

import streamlit as st

from hingecheck.live.counter_drawing import hold_share, hold_text
from hingecheck.live.hold_clock import HoldState
from hingecheck.live.snapshot import Snapshot
from language.translate import _

#: A counter with longer figures than "59" gets smaller ones.
_MAX_LARGE_CHARS = 3
STYLE = """
.hc-live { display: flex; flex-direction: column; gap: 12px; }
.hc-live-count { min-height: 1em; font-size: clamp(7rem, min(15vw, 24vh), 14rem); font-weight: 750; line-height: 1;
  letter-spacing: -0.03em; font-variant-numeric: tabular-nums; white-space: nowrap; }
.hc-live-count.long { font-size: clamp(6rem, min(10vw, 16vh), 10rem); }
.hc-live-count small { font-size: 0.36em; font-weight: 650; letter-spacing: 0; margin-left: 0.3em; }
.hc-live-part { font-size: clamp(1.5rem, min(2.4vw, 4vh), 2.2rem); font-weight: 650; line-height: 1.15; }
.hc-live-ring { --size: clamp(11rem, min(20vw, 34vh), 18rem); width: var(--size); height: var(--size);
  border-radius: 50%; display: flex; flex-direction: column; align-items: center; justify-content: center;
  background: radial-gradient(closest-side, var(--hc-paper) 81%, transparent 82%),
    conic-gradient(var(--hc-good) calc(var(--share) * 1turn), var(--hc-line) 0); }
.hc-live-ring .hc-live-count { font-size: calc(var(--size) * 0.42); min-height: 0; }
.hc-live-ring .hc-live-unit { font-size: max(1rem, calc(var(--size) * 0.085)); font-weight: 600; }
.hc-live-cue { min-height: 2.3em; font-size: clamp(2.3rem, min(3.4vw, 5.4vh), 3.4rem); font-weight: 650;
  line-height: 1.15; }
.hc-live[data-phase="over"] .hc-live-cue:empty { display: none; }
.hc-live-cue.fault, .hc-live-cue.watch { border-left: 0.4rem solid var(--tone); padding-left: 0.8rem; }
@media (max-width: 640px) { .hc-live-count, .hc-live-count.long { font-size: 8.5rem; } }
"""


def draw(now: Snapshot) -> None:
    """Draw the counter and the cue of a snapshot."""
    st.html(counter_html(now))


def counter_html(now: Snapshot) -> str:
    """Return the counter, whose turn it is, and the cue, as HTML."""
    hold = now.hold
    part = "" if now.tally is None else now.tally.part
    held = "" if hold is None else f' data-held="{hold.seconds:.1f}"'
    tone = html.escape(now.headline.tone) if now.headline.text else ""
    return (f'<div class="hc-live" data-phase="{now.phase.value}" data-reps="{len(now.reps)}"{held}>'
            + (_count(now.counter) if hold is None else _ring(hold))
            + (f'<span class="hc-live-part">{html.escape(part)}</span>' if part else "")
            + f'<span class="hc-live-cue {tone}">{html.escape(now.headline.text)}</span></div>')


def _count(counter: str) -> str:
    number, _, rest = counter.partition(" ")
    long = " long" if len(number) > _MAX_LARGE_CHARS else ""
    small = f" <small>{html.escape(rest)}</small>" if rest else ""
    return f'<span class="hc-live-count{long}">{html.escape(number)}{small}</span>'


def _ring(hold: HoldState) -> str:
    number = hold_text(hold).removesuffix(" s")
    is_reached = hold.seconds >= hold.goal_s
    unit = _("seconds held") if is_reached else _("seconds left")
    label = (_("{number} seconds held of {goal}") if is_reached else _("{number} seconds left of {goal}")).format(
        number=number, goal=f"{hold.goal_s:.0f}")
    return (f'<div class="hc-live-ring" role="img" aria-label="{html.escape(label)}" '
            f'style="--share: {hold_share(hold):.3f}"><span class="hc-live-count">{number}</span>'
            f'<span class="hc-live-unit">{html.escape(unit)}</span></div>')
