"""Clips of real people and what a person saw in them -> RealClip: verdicts, automatic detection, stands, scatter.

    python -m bench.real FOLDER --cache POSES --out page.md    # or --docs docs, for the pages of this project

FOLDER holds clips and their `labels.json`. No angles are known for these, only labels; what needs no label is that an
upright back reads 0, that reps of one set are alike, and that a mirrored, smaller or thinned-out clip reads the same.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from pose.arrays import FloatArray

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # run as a file, Python looks for modules beside it

from bench.labels import JUDGEABLE, Label, read_labels
from bench.measured import CHANGES, rows_of
from bench.stands import Uprights, against_other_stands, by_part_of_stands, uprights
from exercises.exercise_model import Exercise
from exercises.load import catalogue
from exercises.results import Recognition, Rep, SetReport
from hingecheck.analysis.pipeline import SetAnalysis, conclude
from pose.frame.measure import Row
from pose.quantity import Position

#: The same person in the same room: (neutral, rounded).
MATCHED = (("kettlebell_hinge_neutral", "kettlebell_hinge_rounded"), ("barbell_up_neutral", "barbell_up_rounded"))
#: What automatic detection may come to.
RIGHT, ASKS, REFUSED, UNSURE, WRONG = "right", "asks", "refused", "wrong, not sure", "wrong and sure"
#: A camera sees no difference between these two, and their rules are the same: either answer gives the same verdicts.
SHARE_RULES = {"doorway_hamstring_stretch", "towel_hamstring_stretch"}


@dataclass(frozen=True)
class RealClip:
    """A clip of a real person: what a person says of it, and what came of it.

    Attributes
    ----------
    label : Label
    report : SetReport
        Judged with the exercise named.
    detected : str
        What automatic detection came to: right, asks, refused, wrong and sure; "" where the catalogue has no answer.
    recognition : Recognition
    standing : bool
        Whether its exercise is done standing.
    upright : Uprights
    changes : mapping of str to ndarray
        Change of the clip -> how much the spine at each rep's bottom changes with it, degrees.
    verdicts_changed : int
        Reps that a change of the clip makes another verdict of without a word of doubt.
    """

    label: Label
    report: SetReport
    detected: str = ""
    recognition: Recognition = field(default_factory=lambda: Recognition(exercise=None))
    standing: bool = True
    upright: Uprights = field(default_factory=lambda: Uprights(np.nan, np.nan))
    changes: dict[str, FloatArray] = field(default_factory=dict)
    verdicts_changed: int = 0

    @property
    def name(self) -> str:
        """Name of the clip."""
        return self.label.name

    @property
    def counts(self) -> bool:
        """Whether a verdict can be held against the label."""
        return self.label.back in JUDGEABLE and self.standing

    @property
    def judged(self) -> list[Rep]:
        """Reps with a verdict."""
        return [rep for rep in self.report.reps if rep.verdict != "unseen"] if not self.refused else []

    @property
    def refused(self) -> str:
        """Why the whole clip was refused, or ""."""
        return " ".join(self.report.reasons[:1]) if self.report.status == "refused" else ""

    @property
    def unseen(self) -> int:
        """Reps without a verdict."""
        return 0 if self.refused else len(self.report.reps) - len(self.judged)

    def is_right(self, rep: Rep) -> bool:
        """Whether a verdict agrees with the label, as far as that speaks of the back."""
        return (rep.verdict == "rounded") == (self.label.back == "rounded")

    @property
    def right(self) -> int:
        """Judged reps that agree with the label."""
        return sum(map(self.is_right, self.judged)) if self.counts else 0

    @property
    def borderline(self) -> int:
        """Judged reps that are said to be borderline."""
        return sum(rep.borderline for rep in self.judged) if self.counts else 0

    @property
    def wrong_and_sure(self) -> int:
        """Judged reps against the label and without a word of doubt."""
        return sum(not self.is_right(rep) and not rep.borderline for rep in self.judged) if self.counts else 0

    @property
    def most(self) -> list[float]:
        """What the rule on rounding judged in each rep: the most that was held, wherever in the rep."""
        return [finding.value for rep in self.report.reps for finding in rep.findings
                if finding.rule == "rounding" and finding.value is not None]

    @property
    def spines(self) -> list[float]:
        """Spine flexion at the bottom of each rep in which it was measured."""
        return [rep.spine_flexion_deg for rep in self.report.reps if rep.spine_flexion_deg is not None]


def judge_real(label: Label, exercise: Exercise | None, cache: Path, otherwise: bool = True) -> RealClip:
    """Judge one clip by an exercise's rules.

    Parameters
    ----------
    label : Label
    exercise : Exercise or None
        None where the catalogue has none: then only automatic detection is asked.
    cache : Path
        Folder of kept poses.
    otherwise : bool
        Whether to judge it mirrored, smaller and thinned out as well.
    """
    rows = _usable(label, rows_of(label.clip, cache))
    named = conclude(rows, exercise, label.name)
    # What the default command answers: it also asks where a frame may lie on its side, and says where it is not sure.
    recognition = conclude(rows, None, label.name).report.recognised or Recognition(exercise=None)
    detected = detection(label, recognition)
    if exercise is None:
        return RealClip(label, named.report, detected, recognition, standing=False)
    standing = exercise.position is Position.STANDING
    at_s = [(rep.bottom_s + rep.leave_s) / 2 for rep in named.report.reps]
    changes, flips = _changed(label, exercise, named, cache) if otherwise and at_s else ({}, 0)
    if standing and otherwise and at_s:
        changes["first or last second of standing"] = by_part_of_stands(rows, at_s)
        changes["another stand's spine"] = against_other_stands(rows)
    return RealClip(label, named.report, detected, recognition, standing,
                    uprights(rows, named.track) if standing else Uprights(np.nan, np.nan), changes, flips)


def detection(label: Label, recognition: Recognition) -> str:
    """What automatic detection came to."""
    if recognition.exercise is None:
        return ASKS if recognition.candidates else REFUSED
    exercise = recognition.exercise
    if exercise in label.may_be or any({exercise, name} == SHARE_RULES for name in label.may_be):
        return RIGHT
    return WRONG if recognition.sure else UNSURE


def matched_difference(clips: Sequence[RealClip]) -> dict[str, float]:
    """How far the rounded clip of each matched pair lies above the neutral one, as judged, degrees."""
    named = {clip.name: clip for clip in clips}
    return {f"{neutral} / {rounded}": float(np.median(named[rounded].most or [np.nan])
                                            - np.median(named[neutral].most or [np.nan]))
            for neutral, rounded in MATCHED if neutral in named and rounded in named}


def _usable(label: Label, rows: Sequence[Row]) -> list[Row]:
    return [row for row in rows if label.within(row.time_s)]


def _changed(label: Label, exercise: Exercise, named: SetAnalysis, cache: Path) -> tuple[dict[str, FloatArray], int]:
    """Spine at the bottoms under each change of the clip, less that of the clip itself; verdicts that flipped."""
    differences: dict[str, FloatArray] = {}
    flips = 0
    for change in CHANGES[1:]:
        report = conclude(_usable(label, rows_of(label.clip, cache, change)), exercise, label.name).report
        differences[change] = np.array([])
        for rep in named.report.reps:
            same = min(report.reps, key=lambda other: abs(other.bottom_s - rep.bottom_s), default=None)
            if same is None or abs(same.bottom_s - rep.bottom_s) > 1.0:
                continue
            if same.spine_flexion_deg is not None and rep.spine_flexion_deg is not None:
                differences[change] = np.append(differences[change], same.spine_flexion_deg - rep.spine_flexion_deg)
            flips += same.verdict != rep.verdict and not (same.borderline or rep.borderline or "unseen" in
                                                         (same.verdict, rep.verdict))
    return differences, flips


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the bench and write its section."""
    from rich.console import Console

    from bench import accuracy_pages
    from bench.real_tables import must_show, real_section
    from bench.tables import markdown, show
    from pose.cache import cache_dir

    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("folder", type=Path, help="clips and their labels.json")
    parser.add_argument("--labels", type=Path, help="another file of labels")
    parser.add_argument("--cache", type=Path, default=cache_dir() / "bench", help="where poses are kept (%(default)s)")
    parser.add_argument("--out", type=Path, help="write the section to this file")
    parser.add_argument("--docs", type=Path, help="folder of the documents, whose pages on real people are rewritten")
    parser.add_argument("--quick", action="store_true", help="only as filmed")
    options = parser.parse_args(arguments)
    known = catalogue()
    labels = read_labels(options.labels or options.folder / "labels.json", options.folder)
    clips = [judge_real(label, known.get(label.exercise), options.cache, not options.quick) for label in labels]
    section = real_section("Real people", clips)
    show(section, Console(width=220))
    if options.out:
        options.out.write_text(markdown(section), encoding="utf-8")
    if options.docs:
        accuracy_pages.write_real(section, must_show(clips), options.docs / "accuracy.md", options.docs / "accuracy")
    return 0


if __name__ == "__main__":
    sys.exit(main())
