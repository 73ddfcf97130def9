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
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from hingecheck.analysis.pipeline import Options
    from hingecheck.api import Result, analyse, exercises, load_exercise

    __version__: str

__all__ = ["Options", "Result", "__version__", "analyse", "exercises", "load_exercise"]

_HOMES = {"Options": "hingecheck.analysis.pipeline"}


def __getattr__(name: str) -> Any:
    if name == "__version__":
        return _version()
    if name in __all__:
        return getattr(import_module(_HOMES.get(name, "hingecheck.api")), name)
    raise AttributeError(f"module 'hingecheck' has no attribute {name!r}")


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version  # some hundredths of a second for every command

    try:
        return version("hingecheck")
    except PackageNotFoundError:  # a checkout that was never installed
        return "unknown"


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
