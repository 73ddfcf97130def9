"""Only what is needed of MediaPipe is loaded, and MediaPipe itself is left as it is."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]


def printed(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_neither_matplotlib_nor_sound_is_loaded() -> None:
    code = ("import sys\nfrom pose.model.estimator import Estimator\nEstimator().close()\n"
            "print([name for name in ('matplotlib', 'sounddevice', 'mediapipe') if name in sys.modules])")
    assert printed(code) == "[]"


def test_mediapipe_can_be_imported_before_and_after() -> None:
    mine = "from pose.model import mediapipe_parts"
    whole = ("import mediapipe\nfrom mediapipe.tasks.python import vision, text, audio\n"
             "print(mediapipe.__version__, vision.PoseLandmarker.__name__, mediapipe_parts.PoseLandmarker.__name__)")
    assert printed(f"{mine}\n{whole}").endswith("PoseLandmarker PoseLandmarker")
    same = "print(vision.PoseLandmarker is mediapipe_parts.PoseLandmarker)"
    assert printed(f"import mediapipe\n{mine}\n{whole}\n{same}").endswith("True")
