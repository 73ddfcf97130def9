"""Tags that a phone wrote into a video -> how fast it plays, and when it was filmed."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import datetime, timedelta, timezone

#: Android: frames that the camera took per second. Where the file plays fewer, it plays in slow motion.
_CAPTURE_FPS = "com.android.capture.fps"
#: Android and Apple write slow motion to play at this rate, whatever frames a later program left out.
_PLAYED_FPS = 30.0
#: Under this rate, frames were left out after filming: no phone plays slow motion at so few.
_LEFT_OUT_FPS = 20.0
#: A camera's rate is met within so much; the file then plays in real time, as Apple's originals and many of Android do.
_SAME = 0.9
#: With its time zone on Apple's phones; in UTC in every other file.
_DATES = ("com.apple.quicktime.creationdate", "creation_time", "date")
#: Clocks that were never set begin in 1904, 1970 or 1980.
_OLDEST = datetime(1995, 1, 1, tzinfo=timezone.utc)
_CLOCK_AHEAD = timedelta(days=1)


def playback_speed(tags: Mapping[str, str], fps: float) -> float:
    """Return how fast a video plays against what was filmed: 1 in real time, 0.25 for 120 frames played at 30.

    Parameters
    ----------
    tags : mapping of str to str
        Of the file and its video stream.
    fps : float
        Frames per second as the file plays.

    Examples
    --------
    >>> playback_speed({"com.android.capture.fps": "120.000000"}, 29.97)
    0.25
    >>> playback_speed({"com.android.capture.fps": "240"}, 239.8)
    1.0
    """
    captured = _number(tags.get(_CAPTURE_FPS, ""))
    if captured is None or captured <= 0 or fps >= _SAME * captured:
        return 1.0
    played = _PLAYED_FPS if fps < _LEFT_OUT_FPS else fps
    # Rates are near whole fractions of the camera's: 29.97 of 120 is a quarter.
    return 1.0 if captured <= played / _SAME else 1 / round(captured / played)


def recorded_at(tags: Mapping[str, str], now: datetime | None = None) -> datetime | None:
    """Return when a video was filmed, with its time zone; None where it does not say, or its clock was never set.

    Parameters
    ----------
    tags : mapping of str to str
    now : datetime, optional
        Later times are a wrong clock's; default: this computer's time.
    """
    latest = (now or datetime.now(timezone.utc)) + _CLOCK_AHEAD
    for name in _DATES:
        time = _parsed_time(tags.get(name, ""))
        if time is not None and _OLDEST <= time <= latest:
            return time
    return None


def _number(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def _parsed_time(text: str) -> datetime | None:
    for form in ("%Y-%m-%dT%H:%M:%S%z", "%Y-%m-%dT%H:%M:%S.%f%z", "%Y-%m-%d %H:%M:%S%z"):
        try:
            return datetime.strptime(text.strip(), form)
        except ValueError:
            continue
    return None
