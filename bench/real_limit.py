"""Real clips with labels -> the rounding limit that parts neutral from rounded, and how it does on sources left out.

    python -m bench.real_limit FOLDER --cache POSES

The limit is the middle of those with the fewest errors, every source and label counting the same. Each source is then
judged with the limit taken from all others: one person can neither make the limit nor hide in it.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # run as a file, Python looks for modules beside it

from bench.labels import read_labels
from bench.real import RealClip, judge_real
from exercises.load import catalogue

#: (source, label) -> what the rule on rounding judged in each rep, degrees.
Values = Mapping[tuple[str, str], Sequence[float]]
LIMITS_DEG = range(20, 71)


def values_of(clips: Iterable[RealClip]) -> dict[tuple[str, str], list[float]]:
    """Collect the values of side-on standing clips with a label."""
    values: dict[tuple[str, str], list[float]] = defaultdict(list)
    for clip in clips:
        if clip.counts and clip.label.side_on and clip.most:
            values[clip.label.source, clip.label.back] += clip.most
    return dict(values)


def best_limit(values: Values) -> tuple[float, int, int]:
    """Return the limit with the fewest errors and the range over which there are no more of them."""
    errors = {limit: sum(float(np.mean([(value > limit) != (back == "rounded") for value in own]))
                         for (_, back), own in values.items()) for limit in LIMITS_DEG}
    best = [limit for limit, error in errors.items() if error <= min(errors.values()) + 1e-9]
    return float(np.mean(best)), min(best), max(best)


def left_out(values: Values) -> list[tuple[str, float, int, int]]:
    """For each source: the limit from the others, its own right reps, its reps."""
    rows = []
    for source in sorted({source for source, _ in values}):
        limit, _, _ = best_limit({key: own for key, own in values.items() if key[0] != source})
        judged = [(value > limit) == (back == "rounded") for (one, back), own in values.items() if one == source
                  for value in own]
        rows.append((source, limit, sum(judged), len(judged)))
    return rows


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the limit and what each source left out makes of it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("folder", type=Path, help="clips and their labels.json")
    parser.add_argument("--cache", type=Path, required=True, help="where poses are kept")
    options = parser.parse_args(arguments)
    known = catalogue()
    labels = read_labels(options.folder / "labels.json", options.folder)
    values = values_of(judge_real(label, known[label.exercise], options.cache, otherwise=False)
                       for label in labels if label.exercise in known and label.side_on)
    limit, low, high = best_limit(values)
    print(f"limit from all {len({source for source, _ in values})} sources: {limit:.1f} ({low} to {high})")
    rows = left_out(values)
    for source, from_others, right, reps in rows:
        print(f"  without {source.split('/')[-1]:40s} {from_others:5.1f}; it is right in {right} of {reps}")
    print(f"left out one by one: {sum(row[2] for row in rows)} of {sum(row[3] for row in rows)} right")
    return 0


if __name__ == "__main__":
    sys.exit(main())
