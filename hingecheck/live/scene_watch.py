"""Measured frames and scenes during a set -> the current trouble, and whether the camera was moved."""

from __future__ import annotations

from hingecheck.live.phrases import GoingWords
from hingecheck.live.scene import Scene
from pose.frame.measure import Row
from pose.reason import ReasonKind, is_kind

#: A shorter absence is a gap of the model, or an arm across the frame.
_MIN_DURATION_S = 1.5


class _Persistence:
    """Whether a condition has been true for long enough."""

    def __init__(self) -> None:
        self._since_s: float | None = None

    def __call__(self, is_true: bool, now_s: float) -> bool:
        if not is_true:
            self._since_s = None
            return False
        self._since_s = now_s if self._since_s is None else self._since_s
        return now_s - self._since_s >= _MIN_DURATION_S


class SceneWatch:
    """Watches the scene during one set."""

    def __init__(self, words: GoingWords) -> None:
        self._words = words
        self._absence, self._other_people, self._camera_moved = _Persistence(), _Persistence(), _Persistence()
        self._reference: Scene | None = None

    def set_reference(self, scene: Scene | None) -> None:
        """Take the surroundings at the set's beginning as the reference."""
        self._reference = scene

    def trouble(self, row: Row) -> str:
        """Return the sentence about a person who left, or another who came; "" for nothing."""
        is_away = self._absence(row.landmarks_px is None, row.time_s)
        has_company = self._other_people(is_kind(row.view.doubt, ReasonKind.OTHER_PEOPLE), row.time_s)
        return self._words.away if is_away else self._words.people if has_company else ""

    def is_moved(self, now_s: float, scene: Scene | None) -> bool:
        """Return whether the background differs, for longer than a passer-by would cause."""
        if scene is None or self._reference is None:
            return False
        return self._camera_moved(scene.differs_from(self._reference), now_s)
