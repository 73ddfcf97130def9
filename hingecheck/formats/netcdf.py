"""Measured set -> netCDF in the layout of `movement` datasets: position, confidence, and our angles beside them.

The dimensions are those of movement 0.17: time, space, keypoint, individual. `movement` reads such a file with
`xarray.load_dataset`; what it does not know (`quantities`) it leaves as it is.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from hingecheck.formats.measured_set import FormatError, MeasuredSet
from language.translate import _
from pose.landmarks import NAMES
from pose.quantity import QUANTITIES

if TYPE_CHECKING:
    import xarray as xr

#: As in movement's own datasets; the person's name stays out of a file that is passed on.
_INDIVIDUAL = "id_0"


def write(measured: MeasuredSet, path: Path, version: str = "") -> None:
    """Write the set to a file.

    Parameters
    ----------
    measured : MeasuredSet
    path : Path
    version : str
        Of this program; "" to leave it out.

    Raises
    ------
    FormatError
        There are no landmarks, or xarray and h5netcdf are not installed.
    """
    try:
        import h5netcdf  # noqa: F401 (xarray's engine for what is written here)
        import xarray  # noqa: F401
    except ImportError:
        raise FormatError(_("netCDF files need two more packages. Install them: pip install \"hingecheck[netcdf]\"")) \
            from None
    dataset(measured, version).to_netcdf(path, engine="h5netcdf")


def dataset(measured: MeasuredSet, version: str = "") -> xr.Dataset:
    """Return the set as a `movement` poses dataset.

    Raises
    ------
    FormatError
        There are no landmarks.
    """
    import xarray as xr

    track, landmarks = measured.landmarks()
    names = [name for name, values in track.columns.items() if np.isfinite(values).any()]
    quantities = np.array([track.columns[name] for name in names]).T
    return xr.Dataset(
        {"position": (("time", "space", "keypoint", "individual"),
                      landmarks.points_px.transpose(0, 2, 1)[..., np.newaxis], {"units": "px"}),
         "confidence": (("time", "keypoint", "individual"), landmarks.visibility[..., np.newaxis]),
         "quantities": (("time", "quantity"), quantities.reshape(len(track), len(names)))},
        coords={"time": track.time_s, "space": ["x", "y"], "keypoint": list(NAMES), "individual": [_INDIVIDUAL],
                "quantity": names, "unit": ("quantity", [QUANTITIES[name].unit for name in names])},
        attrs={"source_software": f"HingeCheck {version}".strip(), "source_file": measured.report.video,
               "ds_type": "poses", "fps": measured.fps, "time_unit": "seconds"})
