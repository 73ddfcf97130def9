"""Candidate utterances -> the one to speak now: one at a time, urgent ones first, cues never closer than 3 s."""

from __future__ import annotations

from hingecheck.live.events import Sound, Utterance, UtteranceKind

#: A person in the middle of a movement can act on one cue in so many seconds.
CUE_GAP_S = 3.0
#: In a hold or a posture that goes on, the same fault is not named again sooner.
SAME_CUE_S = 10.0
#: What must be changed before the set can begin is repeated this often.
REPEAT_S = 5.0
#: Spoken English takes about 0.35 s per word.
_WORD_S, _BREATH_S = 0.35, 0.3
#: Which kind may interrupt which: the larger number takes precedence.
_RANK: dict[UtteranceKind, int] = {"praise": 0, "setup": 1, "trouble": 2, "cue": 3, "count": 4}
#: A kind -> the kinds it keeps `CUE_GAP_S` from: praise waits for cues and praise, a cue for cues only.
_SPACED: dict[UtteranceKind, tuple[UtteranceKind, ...]] = {"cue": ("cue",), "praise": ("cue", "praise")}


class CueQueue:
    """Decides what is spoken; one for each session. Times are those of the frames, never of a clock."""

    def __init__(self) -> None:
        self._next_id = 1
        self._busy_until_s = -1e9
        self._speaking: UtteranceKind = "praise"
        self._last_of_kind_s: dict[UtteranceKind, float] = {}
        self._last_of_text_s: dict[str, float] = {}

    def offer(self, text: str, kind: UtteranceKind, at_s: float, sound: Sound = "", rule: str = "") -> Utterance | None:
        """Return the utterance to speak, or None where another takes precedence; the caller may offer it again."""
        if not self._is_free(text, kind, at_s):
            return None
        self._busy_until_s = at_s + _BREATH_S + _WORD_S * len(text.split())
        self._speaking = kind
        self._last_of_text_s[text] = at_s
        self._last_of_kind_s[kind] = at_s
        return self._numbered(text, kind, at_s, sound, rule)

    def sound(self, sound: Sound, kind: UtteranceKind, at_s: float) -> Utterance:
        """Return a sound alone: it never waits and interrupts no words."""
        return self._numbered("", kind, at_s, sound, "")

    def _numbered(self, text: str, kind: UtteranceKind, at_s: float, sound: Sound, rule: str) -> Utterance:
        utterance = Utterance(self._next_id, text, sound, kind, rule, at_s)
        self._next_id += 1
        return utterance

    def _is_free(self, text: str, kind: UtteranceKind, at_s: float) -> bool:
        if at_s < self._busy_until_s and _RANK[kind] <= _RANK[self._speaking]:
            return False
        if any(at_s < self._last_of_kind_s.get(other, -1e9) + CUE_GAP_S for other in _SPACED.get(kind, ())):
            return False
        repeat_s = {"setup": REPEAT_S, "trouble": REPEAT_S, "cue": CUE_GAP_S}.get(kind, 0.0)
        return at_s >= self._last_of_text_s.get(text, -1e9) + repeat_s
