"""Rows and scenes during a set -> what is in the way now, and whether the camera was moved."""

from __future__ import annotations

from hingecheck.live.phrases import GoingWords
from hingecheck.live.scene import Scene
from pose.frame.measure import Row
from pose.reason import ReasonKind, is_kind

#: Shorter absences are blinks of the model, or an arm across the picture.
_LASTS_S = 1.5


class _Lasting:
    """Whether something has been so for long enough."""

    def __init__(self) -> None:
        self._since_s: float | None = None

    def __call__(self, is_so: bool, now_s: float) -> bool:
        if not is_so:
            self._since_s = None
            return False
        self._since_s = now_s if self._since_s is None else self._since_s
        return now_s - self._since_s >= _LASTS_S


class Watcher:
    """Watches one set."""

    def __init__(self, words: GoingWords) -> None:
        self._words = words
        self._away, self._others, self._elsewhere = _Lasting(), _Lasting(), _Lasting()
        self._reference: Scene | None = None

    def remember(self, scene: Scene | None) -> None:
        """Take the surroundings at the set's beginning as those of its camera."""
        self._reference = scene

    def trouble(self, row: Row) -> str:
        """Return what to say about a person who left, or another who came; "" for nothing."""
        away = self._away(row.landmarks_px is None, row.time_s)
        others = self._others(is_kind(row.view.doubt, ReasonKind.OTHER_PEOPLE), row.time_s)
        return self._words.away if away else self._words.people if others else ""

    def is_moved(self, now_s: float, scene: Scene | None) -> bool:
        """Whether the camera looks elsewhere, for long enough to be no passer-by."""
        if scene is None or self._reference is None:
            return False
        return self._elsewhere(scene.is_elsewhere(self._reference), now_s)
