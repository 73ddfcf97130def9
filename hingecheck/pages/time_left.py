"""Frames done, frames in all, frames per second -> how long it still takes, in words."""

from __future__ import annotations

#: Before so many frames the rate still swings.
_SETTLED_FRAMES = 15


def words(done: int, total: int | None, fps: float) -> str:
    """Return the time that is left, rounded as a person would; "" where nothing can be said.

    Examples
    --------
    >>> words(120, 720, 25.0), words(30, 9000, 20.0), words(700, 720, 25.0), words(700, None, 25.0)
    ('about 25 s left', 'about 7 min left', 'a few seconds left', '')
    """
    if total is None or fps <= 0 or done < _SETTLED_FRAMES:
        return ""
    seconds = max(total - done, 0) / fps
    if seconds < 5:
        return "a few seconds left"
    if seconds < 90:
        return f"about {5 * round(seconds / 5)} s left"
    return f"about {round(seconds / 60)} min left"
