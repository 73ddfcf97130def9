"""HingeCheck from Python: a video in, a judged set with tables out.

>>> import hingecheck
>>> "hip_hinge" in hingecheck.exercises()
True
>>> result = hingecheck.analyse("my_video.mp4", exercise="hip_hinge")  # doctest: +SKIP
>>> result.reps[["verdict", "hip_flexion_deg", "spine_flexion_deg"]]   # doctest: +SKIP

Nothing heavy is loaded until a name is used: `import hingecheck` takes some hundredths of a second.
"""

from __future__ import annotations

from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from hingecheck.analysis.pipeline import Options
    from hingecheck.api import Result, analyse, exercises, load_exercise

__all__ = ["Options", "Result", "__version__", "analyse", "exercises", "load_exercise"]

try:
    __version__ = version("hingecheck")
except PackageNotFoundError:  # a checkout that was never installed
    __version__ = "unknown"

_HOMES = {"Options": "hingecheck.analysis.pipeline"}


def __getattr__(name: str) -> Any:
    if name in __all__:
        return getattr(import_module(_HOMES.get(name, "hingecheck.api")), name)
    raise AttributeError(f"module 'hingecheck' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
