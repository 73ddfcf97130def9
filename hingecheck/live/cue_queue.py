"""What could be said -> what is said: one thing at a time, the urgent first, cues never closer than a few seconds."""

from __future__ import annotations

from hingecheck.live.events import Kind, Said, Sound

#: A person in the middle of a movement can act on one cue in so many seconds.
CUE_GAP_S = 3.0
#: The same fault is not named again before, in a hold or a posture that goes on.
SAME_CUE_S = 10.0
#: What must be changed before the set can begin is repeated this often.
REPEAT_S = 5.0
#: Spoken English takes about 0.35 s a word.
_WORD_S, _BREATH_S = 0.35, 0.3
#: Which may cut short which: larger first.
_RANK: dict[Kind, int] = {"praise": 0, "setup": 1, "trouble": 2, "cue": 3, "count": 4}
#: After which kinds a kind keeps the gap: praise may wait, a cue waits for cues only.
_SPACED: dict[Kind, tuple[Kind, ...]] = {"cue": ("cue",), "praise": ("cue", "praise")}


class Voice:
    """Decides what is said; one for each session. Times are those of the frames, never of a clock."""

    def __init__(self) -> None:
        self._next_id = 1
        self._busy_until_s = -1e9
        self._speaking: Kind = "praise"
        self._last_s: dict[Kind, float] = {}
        self._said_s: dict[str, float] = {}

    def say(self, text: str, kind: Kind, at_s: float, sound: Sound = "", rule: str = "") -> Said | None:
        """Return what is to be said, or None where something else goes before; whoever asks may ask again."""
        if not self._free(text, kind, at_s):
            return None
        self._busy_until_s = at_s + _BREATH_S + _WORD_S * len(text.split())
        self._speaking = kind
        self._said_s[text] = at_s
        self._last_s[kind] = at_s
        return self._numbered(text, kind, at_s, sound, rule)

    def sound(self, sound: Sound, kind: Kind, at_s: float) -> Said:
        """Return a sound alone: it never waits and stops no words."""
        return self._numbered("", kind, at_s, sound, "")

    def _numbered(self, text: str, kind: Kind, at_s: float, sound: Sound, rule: str) -> Said:
        said = Said(self._next_id, text, sound, kind, rule, at_s)
        self._next_id += 1
        return said

    def _free(self, text: str, kind: Kind, at_s: float) -> bool:
        if at_s < self._busy_until_s and _RANK[kind] <= _RANK[self._speaking]:
            return False
        if any(at_s < self._last_s.get(other, -1e9) + CUE_GAP_S for other in _SPACED.get(kind, ())):
            return False
        again_s = {"setup": REPEAT_S, "trouble": REPEAT_S, "cue": CUE_GAP_S}.get(kind, 0.0)
        return at_s >= self._said_s.get(text, -1e9) + again_s
