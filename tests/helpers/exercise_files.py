"""Exercise and prescription files as a person would write them, and changed ones."""

from __future__ import annotations

from pathlib import Path

#: A small valid exercise.
HINGE = """\
id = "my_hinge"
name = "My hinge"
position = "standing"
summary = "Bend from the hips."
setup = ["Stand side-on."]
good = "good"
praise = "Well done."
tally = "were good"
unseen = "Stand side-on."

[signal]
quantity = "bend_deg"
enter = 25

[[rules]]
id = "too_shallow"
measure = "hip_flexion_deg"
bound = { at_least = 45, watch = 60 }
cue = "Hips further back"
broken = "Your hips bent {value}."
tally = "the hips bent too little"
advice = "Go further back."
why = "It helps."
source = "me"
"""

#: Target 75°, 4 x 30 s.
PRESCRIPTION = """\
exercise = "doorway_hamstring_stretch"
sets = 4
per_week = 4
[target]
at = 75
[hold]
at_least_s = 30
[rules.knee_bent]
at_most = 20
"""


def write(path: Path, text: str | bytes) -> Path:
    """Write a file, bytes as they are."""
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return path


def changed(text: str, old: str, new: str) -> str:
    """Return the text with one replacement; `old` must be in it."""
    assert old in text
    return text.replace(old, new, 1)
