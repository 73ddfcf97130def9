"""Verdicts and rules -> the word, tone and sign by which a person is shown them; the same in every output."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from exercises.results import Finding, Rep, Verdict
from hingecheck.analysis.setup_check import TickState
from language.translate import _, mark

Tone = Literal["good", "watch", "fault", "unseen"]


@dataclass(frozen=True)
class Look:
    """How a verdict is shown: a word, a tone (colour and pattern) and a sign of one character for the terminal."""

    word: str
    tone: Tone
    sign: str


#: Of the set-up check.
_TICKS = {
    TickState.GOOD: Look(mark("good"), "good", "\u2713"),
    TickState.CHANGE: Look(mark("change this"), "fault", "\u2715"),
    TickState.UNSEEN: Look(mark("not seen"), "unseen", "?"),
}
_OUTSIDE = Look(mark("Not part of the set?"), "unseen", "\u2013")
_FINDINGS = {
    "unseen": Look(mark("Not seen"), "unseen", "?"), "watched": Look(mark("Watch"), "watch", "!"),
    "fault": Look(mark("Broken"), "fault", "\u2715"), "broken": Look(mark("Broken"), "watch", "\u2715"),
    "met": Look(mark("Met"), "good", "\u2713"),
}
_VERDICTS: dict[str, Look] = {
    "neutral": Look(mark("Neutral"), "good", "\u2713"),
    "good": Look(mark("Good"), "good", "\u2713"),
    "rounded": Look(mark("Rounded"), "fault", "\u2715"),
    "squatted": Look(mark("Squatted"), "watch", "!"),
    "shallow": Look(mark("Too shallow"), "watch", "!"),
    "slumped": Look(mark("Slumped"), "fault", "\u2715"),
    "stooped": Look(mark("Stooped"), "fault", "\u2715"),
    "fault": Look(mark("To correct"), "fault", "\u2715"),
    "unseen": Look(mark("Not judged"), "unseen", "?"),
}
_RULES: dict[str, str] = {
    "rounding": mark("Back keeps its curve"),
    "bend_small": mark("A full bend"),
    "knees_bent": mark("Knees hardly bent"),
    "knee_bent": mark("Knee straight"),
    "knee_short": mark("Knee nearly straight"),
    "other_leg_lifted": mark("Other leg stays down"),
    "hold_short": mark("Held long enough"),
    "slump": mark("Sitting tall"),
    "stoop": mark("Standing tall"),
    "too_shallow": mark("Deep enough"),
    "bouncing": mark("No bouncing"),
    "pulsing": mark("Held still"),
    "locked_knees": mark("Knees not locked"),
    "too_fast": mark("Slow on the way down"),
    "heels_up": mark("Heels stay down"),
    "hips_not_back": mark("Hips travel back"),
    "pelvis_lifted": mark("Pelvis stays down"),
    "seat_lifted": mark("Seat stays on the heels"),
    "seat_off_wall": mark("Seat close to the wall"),
    "leaning": mark("A turn, not a lean"),
    "side_skipped": mark("Both sides done"),
    "trunk_moved": mark("Trunk stays still"),
    "trunk_back": mark("No leaning back"),
    "head_forward": mark("Head over the shoulders"),
    "head_up": mark("Head not thrown up"),
    "head_dropped": mark("Head not dropped"),
}
#: What a rep is called that breaks a rule, where the verdict itself says only that there is something to correct.
_FAULTS: dict[str, str] = {
    "rounding": mark("Back rounded"),
    "bend_small": mark("Not a full bend"),
    "knees_bent": mark("Knees bent"),
    "knee_bent": mark("Knee bent"),
    "knee_short": mark("Knee bent"),
    "other_leg_lifted": mark("Other leg lifted"),
    "hold_short": mark("Held too briefly"),
    "slump": mark("Slumped"),
    "stoop": mark("Stooped"),
    "too_shallow": mark("Too shallow"),
    "bouncing": mark("Bounced"),
    "pulsing": mark("Not held still"),
    "locked_knees": mark("Knees locked"),
    "too_fast": mark("Too fast"),
    "heels_up": mark("Heels lifted"),
    "hips_not_back": mark("Hips not back"),
    "pelvis_lifted": mark("Pelvis lifted"),
    "seat_lifted": mark("Seat lifted"),
    "seat_off_wall": mark("Seat off the wall"),
    "leaning": mark("Leaned"),
    "side_skipped": mark("One side left out"),
    "trunk_moved": mark("Trunk moved"),
    "trunk_back": mark("Leaned back"),
    "head_forward": mark("Head forward"),
    "head_up": mark("Head thrown up"),
    "head_dropped": mark("Head dropped"),
}


def look(verdict: str) -> Look:
    """Return how a rep's verdict is shown; a word of an exercise's own is shown as it stands, as a fault."""
    known = _VERDICTS.get(verdict) or Look(verdict.replace("_", " ").capitalize(), "fault", "\u2715")
    return _translated(known)


def tick_look(state: TickState) -> Look:
    """Return how a tick of the set-up check is shown."""
    return _translated(_TICKS[state])


def _translated(known: Look) -> Look:
    return replace(known, word=_(known.word))


def look_of(rep: Rep) -> Look:
    """Return how a rep is shown: as its verdict, in the exercise's own word where it has one."""
    if rep.outside:
        return _translated(_OUTSIDE)
    of_verdict = look(rep.verdict)
    word = _(rep.word).capitalize() or (_fault_name(rep) if rep.verdict == "fault" else "")
    return replace(of_verdict, word=word) if word else of_verdict


def _fault_name(rep: Rep) -> str:
    """Return what was wrong in a rep, by the gravest rule that it breaks; "" where that has no name."""
    broken = [finding for finding in rep.findings if finding.verdict is Verdict.BROKEN]
    gravest = sorted(broken, key=lambda finding: finding.severity != "fault")
    return _(_FAULTS.get(gravest[0].rule, "")) if gravest else ""


def finding_look(finding: Finding) -> Look:
    """Return how a rule's verdict is shown."""
    if finding.verdict is Verdict.UNSEEN:
        kind = "unseen"
    elif finding.verdict is Verdict.BROKEN:
        kind = "fault" if finding.severity == "fault" else "broken"
    else:
        kind = "watched" if finding.watched else "met"
    return _translated(_FINDINGS[kind])


def rule_name(rule_id: str) -> str:
    """Return a rule's name as what good looks like."""
    return _(_RULES.get(rule_id) or rule_id.replace("_", " ").capitalize())
