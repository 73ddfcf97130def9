"""Clips of real people and what a person saw in them -> a Section: counts, verdicts, the spine at the bottom.

No angles are known for these, only labels; so the figures are verdict tallies and the order of matched pairs (the same
person in the same room, once neutral and once rounded).
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from bench.exercise_table import told_words
from bench.judged import judge
from bench.tables import Section, Table, number, signed, table
from exercises.exercise_model import Exercise
from exercises.load import catalogue
from exercises.recognise import recognise
from exercises.results import Recognised, SetReport

#: The same person in the same room: (neutral, rounded).
MATCHED = (("kettlebell_hinge_neutral", "kettlebell_hinge_rounded"), ("barbell_up_neutral", "barbell_up_rounded"))


@dataclass(frozen=True)
class RealClip:
    """A clip of a real person: what a person says of it, and what came of it."""

    name: str
    label: str
    view: str
    true_reps: int
    report: SetReport
    told: Recognised = field(default_factory=lambda: Recognised(exercise=None))

    @property
    def spines(self) -> list[float]:
        """Spine flexion at the bottom of each rep in which it was measured."""
        return [rep.spine_flexion_deg for rep in self.report.reps if rep.spine_flexion_deg is not None]

    @property
    def most(self) -> list[float]:
        """What the rule on rounding judged in each rep: the most that was held, wherever in the rep."""
        return [finding.value for rep in self.report.reps for finding in rep.findings
                if finding.rule == "rounding" and finding.value is not None]

    @property
    def wrong_and_sure(self) -> int:
        """Reps called otherwise than the label without a word of doubt, as far as it speaks of the back."""
        if self.label.startswith("rounded"):
            right = {"rounded", "unseen"}
        elif self.label.startswith("neutral"):
            right = {"neutral", "good", "squatted", "shallow", "fault", "unseen"}
        elif self.label.startswith("cannot be judged"):
            right = {"unseen"}
        else:
            return 0
        return sum(rep.verdict not in right and not rep.borderline for rep in self.report.reps)


def read_labels(path: Path) -> list[Mapping[str, Any]]:
    """Read a list of labels: file, exercise, reps, label, view and usable_s (spans of seconds, or null) each."""
    return list(json.loads(path.read_text(encoding="utf-8")))


def judge_real(label: Mapping[str, Any], exercise: Exercise, folder: Path, cache: Path) -> RealClip:
    """Judge one clip by an exercise's rules; `cache` is the folder of kept poses."""
    span = label.get("usable_s")
    within = (float(span[0][0]), float(span[-1][1])) if span else None
    judgement = judge(folder / label["file"], exercise, cache, within)
    return RealClip(Path(label["file"]).stem, label["label"], label["view"], int(label["reps"]), judgement.report,
                    recognise(judgement.track, catalogue().values()))


def real_section(title: str, clips: Sequence[RealClip], left_out: Sequence[str]) -> Section:
    """Put the section together."""
    lines = [f"{len(clips)} clips; labels by eye, no angles known. In no part of any fit."]
    if left_out:
        lines.append(f"Left out, since the catalogue has no such exercise: {', '.join(left_out)}.")
    return Section(title, tuple(lines), (_clips(clips), _matched(clips)))


def _clips(clips: Sequence[RealClip]) -> Table:
    rows = []
    for clip in clips:
        spines = clip.spines
        word = re.split("[;:(]", clip.label)[0].strip()
        rows.append((clip.name, word, clip.view, told_words(clip.told),
                     f"{len(clip.report.reps)}/{clip.true_reps}", _tally(clip),
                     str(clip.wrong_and_sure), number(_median(spines), 0),
                     f"{min(spines):.0f} … {max(spines):.0f}" if spines else "–"))
    return table("Clips", ("clip", "label", "view", "told by itself", "reps", "verdicts", "wrong and sure",
                           "spine, median", "spine, range"), rows,
                 "Spine flexion at the bottom, degrees; ? = said to be unsure. Wrong and sure: against the label, as "
                 "far as it speaks of the back.")


def _tally(clip: RealClip) -> str:
    counted = Counter(rep.verdict + ("?" if rep.borderline else "") for rep in clip.report.reps)
    said = ", ".join(f"{count} {verdict}" for verdict, count in counted.most_common())
    return said or clip.report.status


def matched_difference(clips: Sequence[RealClip]) -> dict[str, float]:
    """How far the rounded clip of each matched pair lies above the neutral one, as judged, degrees."""
    named = {clip.name: clip for clip in clips}
    return {f"{neutral} / {rounded}": _median(named[rounded].most) - _median(named[neutral].most)
            for neutral, rounded in MATCHED if neutral in named and rounded in named}


def _matched(clips: Sequence[RealClip]) -> Table:
    named = {clip.name: clip for clip in clips}
    rows = []
    for neutral, rounded in MATCHED:
        if neutral not in named or rounded not in named:
            continue
        for what, low, high in (("at the bottom", named[neutral].spines, named[rounded].spines),
                                ("as judged", named[neutral].most, named[rounded].most)):
            more = _median(high) - _median(low)
            order = "not measured" if np.isnan(more) else "right" if more > 0 else "wrong"
            rows.append((f"{neutral} / {rounded}, {what}", number(_median(low), 0), number(_median(high), 0),
                         signed(more, 0), order))
    return table("Matched pairs", ("neutral / rounded", "neutral", "rounded", "difference", "order"), rows,
                 "Median spine flexion, degrees: at the bottom of the reps, and the most that was held anywhere in "
                 "each rep, which is what the rule on rounding judges.")


def _median(values: Sequence[float]) -> float:
    return float(np.median(values)) if values else np.nan
