"""Frames done, frames in all, frames per second -> how long it still takes, in words."""

from __future__ import annotations

from language.translate import _

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
        return _("a few seconds left")
    if seconds < 90:
        return _("about {seconds} s left").format(seconds=5 * round(seconds / 5))
    return _("about {minutes} min left").format(minutes=round(seconds / 60))
