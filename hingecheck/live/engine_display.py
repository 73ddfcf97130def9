"""The set and the programme as they are -> what stands on the frame: counter, headline, and how far the set is."""

from __future__ import annotations

from collections.abc import Sequence

from hingecheck.live.events import Phase, Utterance
from hingecheck.live.live_overlay import Headline, counter_text
from hingecheck.live.live_set import LiveSet
from hingecheck.live.programme_lead import ProgrammeLead, Stage
from hingecheck.live.side_plan import Tally, tally

#: An utterance stands on the frame for so long.
_HEADLINE_S = 3.0
_TONES = {"cue": "fault", "trouble": "watch", "setup": "watch"}


def tally_of(live: LiveSet) -> Tally | None:
    """Return how far the set is; None outside a set."""
    if live.phase not in (Phase.READY, Phase.GOING):
        return None
    return tally(live.plan, live.reps, None if live.hold is None else live.hold.side)


def counter(live: LiveSet, lead: ProgrammeLead | None) -> str:
    """Return the large text: the set's count, or what the programme counts between its sets."""
    return counter_text(live) if lead is None or lead.stage is Stage.SET else lead.counter


def headline(live: LiveSet, lead: ProgrammeLead | None, utterances: Sequence[Utterance], now_s: float) -> Headline:
    """Return the text at the foot of the frame: the programme's, what is wrong, or the last message."""
    if lead is not None and lead.stage is not Stage.SET:
        return Headline(lead.headline)
    if live.trouble or live.prompt:
        return Headline(live.trouble or live.prompt, "watch")
    last = next((utterance for utterance in reversed(utterances) if utterance.text), None)
    if last is None or now_s - last.at_s > _HEADLINE_S:
        return Headline()
    return Headline(last.text, _TONES.get(last.kind, "good"))
