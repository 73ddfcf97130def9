"""Measured set -> OpenSim's .trc (landmarks) and .mot (angles).

The layouts are those of OpenSim's own documentation ("Marker (.trc) Files", "Motion (.mot) Files") and are read back
with OpenSim itself in the tests.
"""

from __future__ import annotations

import math

import numpy as np

from hingecheck.formats.measured_set import FormatError, MeasuredSet
from language.numbers import localised
from language.translate import _
from pose.arrays import FloatArray
from pose.landmarks import NAMES
from pose.quantity import QUANTITIES
from pose.track import Track

#: From ankle to ear, as a share of the body's height: ankle at 0.039, eyes and ears at 0.936 of it (Drillis and Contini
#: 1966, in Winter DA, Biomechanics and Motor Control of Human Movement, 4th edition, figure 4.1).
_ANKLE_TO_EAR = 0.936 - 0.039
#: The person stands tallest where the body is longest in the frame: the frames above this share of all.
_TALLEST = 95


def trc(measured: MeasuredSet, height_m: float | None = None) -> str:
    """Return the landmarks as a .trc file.

    Axes are OpenSim's: x to the right of the frame, y up from its lower edge, z = 0, because one camera sees no depth.
    Landmarks of frames without a person are "nan": OpenSim refuses a line whose last cell is empty.

    Parameters
    ----------
    measured : MeasuredSet
    height_m : float, optional
        The person's height in metres: then the unit is "m", from the tallest stand in the clip. Without it, "px".

    Raises
    ------
    FormatError
        There are no landmarks, or the height cannot be used.
    """
    track, landmarks = measured.landmarks()
    metres = None if height_m is None else _metres_per_px(track, height_m, measured.report.video)
    points = landmarks.points_px.astype(float) * (metres or 1.0)
    points[..., 1] = landmarks.size_px[1] * (metres or 1.0) - points[..., 1]
    rate = f"{measured.fps:.6g}"
    count = str(len(track))
    lines = [f"PathFileType\t4\t(X/Y/Z)\t{measured.stem}.trc",
             "DataRate\tCameraRate\tNumFrames\tNumMarkers\tUnits\tOrigDataRate\tOrigDataStartFrame\tOrigNumFrames",
             "\t".join((rate, rate, count, str(len(NAMES)), "px" if metres is None else "m", rate, "1", count)),
             "Frame#\tTime\t" + "\t\t\t".join(NAMES) + "\t\t",
             "\t\t" + "\t".join(f"{axis}{number}" for number in range(1, len(NAMES) + 1) for axis in "XYZ"),
             ""]
    for number, time_s in enumerate(track.time_s):
        cells = (cell for x, y in points[number] for cell in _point(x, y))
        lines.append("\t".join((str(number + 1), f"{time_s:.6f}", *cells)))
    return "\n".join(lines) + "\n"


def mot(measured: MeasuredSet) -> str:
    """Return the angles over time as a .mot file, in degrees; "nan" where unmeasured.

    A quantity that was never measured in the clip has no column.

    Raises
    ------
    FormatError
        No angle was measured.
    """
    track = measured.numbers()
    names = [name for name, values in track.columns.items()
             if QUANTITIES[name].unit == "deg" and np.isfinite(values).any()]
    if not names:
        raise FormatError(_("{video}: no angle was measured in this set, so there is none to write.").format(
                              video=measured.report.video))
    lines = [measured.stem, "version=1", f"nRows={len(track)}", f"nColumns={len(names) + 1}", "inDegrees=yes",
             "endheader", "\t".join(("time", *names))]
    for number, time_s in enumerate(track.time_s):
        values = (track.columns[name][number] for name in names)
        lines.append("\t".join((f"{time_s:.6f}", *(f"{value:.4f}" if math.isfinite(value) else "nan"
                                                   for value in values))))
    return "\n".join(lines) + "\n"


def _point(x: float, y: float) -> tuple[str, str, str]:
    return (f"{x:.5f}", f"{y:.5f}", f"{0:.5f}") if math.isfinite(x) and math.isfinite(y) else ("nan",) * 3


def _metres_per_px(track: Track, height_m: float, video: str) -> float:
    """Return the scale of the frames, from the body's length in it."""
    if not 0.5 <= height_m <= 2.6:
        raise FormatError(_("a person's height is given in metres, as 1.75; got {height}").format(
                              height=localised(f"{height_m:g}")))
    length_px: FloatArray = track.columns["person_height_px"]
    if not np.isfinite(length_px).any():
        raise FormatError(_("{video}: the body's length was never seen, so pixels cannot be turned into metres. Export "
                            "without a height.").format(video=video))
    return height_m * _ANKLE_TO_EAR / float(np.nanpercentile(length_px, _TALLEST))
