"""Stops on a Python that MediaPipe has no wheel for, before pip looks for one; all else stands in pyproject.toml.

Without this, pip only says that it finds no mediapipe 0.10.21. Kept to what any Python 3 can read.
"""

import sys

from setuptools import setup

LOWEST, FIRST_TOO_NEW = (3, 10), (3, 13)

if not LOWEST <= sys.version_info[:2] < FIRST_TOO_NEW:
    raise SystemExit(
        "HingeCheck needs Python 3.10, 3.11 or 3.12; this is Python {}.{}.\n"
        "Why: it finds the body with mediapipe 0.10.21, which has wheels up to Python 3.12 only.\n"
        "What to do: install one of those beside this one, and begin with a virtual environment of it:\n"
        "    python3.12 -m venv .venv\n"
        "    .venv/bin/python -m pip install -e .        (Windows: .venv\\Scripts\\python)"
        .format(*sys.version_info[:2])
    )

setup()
