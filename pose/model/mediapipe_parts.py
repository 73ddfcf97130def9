"""The parts of MediaPipe that are used here, without the others: `import mediapipe` loads Matplotlib and sound, too.

That takes 0.60 s of processor time in place of 0.16, and 147 MB in place of 45. Nothing of MediaPipe is changed: the
`__init__` modules of its packages are left out while its parts are imported.
"""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import ModuleType

from pose.model import freed_memory

#: Packages whose `__init__` imports what is not needed, outermost first.
_PACKAGES = ("mediapipe", "mediapipe.tasks", "mediapipe.tasks.python", "mediapipe.tasks.python.vision",
             "mediapipe.tasks.python.components", "mediapipe.tasks.python.components.containers")


@contextmanager
def _bare_packages() -> Iterator[None]:
    """Let those packages be nothing but the place of their parts; what is imported of MediaPipe later is its own."""
    before = {name: module for name, module in sys.modules.items() if _is_mediapipe(name)}
    try:
        for name in () if before else _PACKAGES:
            spec = importlib.util.find_spec(name)
            if spec is not None and spec.submodule_search_locations is not None:
                module = sys.modules[name] = ModuleType(name)
                module.__path__, module.__spec__ = list(spec.submodule_search_locations), spec
        yield
    finally:
        for name in [name for name in sys.modules if _is_mediapipe(name) and name not in before]:
            del sys.modules[name]


def _is_mediapipe(name: str) -> bool:
    return name.partition(".")[0] == "mediapipe"


# Before anything of it has threads.
freed_memory.limit_stores()
with _bare_packages():
    from mediapipe.tasks.python.core.base_options import BaseOptions
    from mediapipe.tasks.python.core.mediapipe_c_bindings import load_raw_library
    from mediapipe.tasks.python.vision.core.image import Image, ImageFormat
    from mediapipe.tasks.python.vision.core.vision_task_running_mode import VisionTaskRunningMode as RunningMode
    from mediapipe.tasks.python.vision.pose_landmarker import (
        PoseLandmarker,
        PoseLandmarkerOptions,
        PoseLandmarkerResultC,
    )

    # Found by its package's name; what the system lacks is reported when the first model is made.
    with suppress(OSError):
        load_raw_library()

__all__ = ["BaseOptions", "Image", "ImageFormat", "PoseLandmarker", "PoseLandmarkerOptions", "PoseLandmarkerResultC",
           "RunningMode"]
