"""Hard videos with known truth: python -m bench.hard_videos [--only light] [--table FILE]

Two samples are changed in over a hundred ways (bench/hard/kinds.py) and analysed, once with the exercise named and
once without. Right is: each rep judged as it was made, or said to be unsure or unseen; or a reason why the clip is not
judged; or one sentence about the file. Ends with exit code 1 after anything wrong and sure, uncaught, or without a
reason. A row a kind; rows of "clear" kinds, whose reps a person could judge, also count what was refused.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bench.hard import files
from bench.hard import kinds as hard_kinds
from bench.hard.kinds import Kind
from bench.hard.shots import Shot, read_shots, source_at
from bench.truth import NEITHER, TrueRep, Truth, read_truth
from exercises.exercise_model import Exercise
from exercises.load import catalogue
from exercises.results import Rep, SetReport
from hingecheck.analysis.pipeline import Options, analyse, conclude

_ROOT = Path(__file__).resolve().parents[1]
_SLOW_S = 120.0

RIGHT, UNSURE, UNSEEN, MISSED, WRONG = "right", "unsure", "unseen", "missed", "wrong and sure"
REFUSED, SENTENCE, NO_REASON, UNCAUGHT = "refused with the reason", "one sentence", "no reason", "uncaught"
BAD = (WRONG, NO_REASON, UNCAUGHT)


@dataclass
class Result:
    """What became of a hard video, with the exercise named or not."""

    kind: Kind
    named: bool
    counts: Counter[str] = field(default_factory=Counter)
    detail: str = ""
    #: Of all processors together.
    seconds: float = 0.0

    @property
    def bad(self) -> bool:
        """Whether something happened that must not."""
        return any(self.counts[name] for name in BAD)


def tally(report: SetReport, exercises: Sequence[str], times_s: Sequence[tuple[float, float]],
          truth: Truth) -> tuple[Counter[str], str]:
    """Hold a report against what was made.

    Parameters
    ----------
    report : SetReport
    exercises : sequence of str
        Ids that the clip may be judged by.
    times_s : sequence of (float, float)
        Of each frame its time in the clip and in the sample, seconds.
    truth : Truth
        Of the sample.

    Returns
    -------
    (Counter of str, str)
        How often each outcome, and what was wrong.
    """
    if report.status != "judged":
        result = SENTENCE if report.status == "error" else REFUSED
        reason = " ".join(report.reasons or report.summary)
        return Counter([result if reason else NO_REASON]), reason[:90]
    sure_of_exercise = report.recognised is None or report.recognised.sure
    counts: Counter[str] = Counter()
    wrong: list[str] = []
    met: set[int] = set()
    for rep in report.reps:
        made = _made(rep, times_s, truth)
        if made is not None:
            met.add(truth.reps.index(made))
        result = _of_rep(rep, made, sure_of_exercise and report.exercise in exercises)
        if report.exercise not in exercises and result != UNSEEN:
            result = WRONG if sure_of_exercise and not rep.borderline else UNSURE
        counts[result] += 1
        if result == WRONG:
            wrong.append(f"rep {rep.index} at {rep.bottom_s:.1f} s {rep.verdict}, made "
                         f"{'nothing' if made is None else made.expected} ({report.exercise})")
    visible = {number for number, rep in enumerate(truth.reps)
               if any(rep.bottom_s <= source_s <= rep.leave_s for _, source_s in times_s)}
    counts[MISSED] += len(visible - met)
    return counts, "; ".join(wrong)


def _made(rep: Rep, times_s: Sequence[tuple[float, float]], truth: Truth) -> TrueRep | None:
    source_s = source_at(times_s, (rep.bottom_s + rep.leave_s) / 2)
    return next((made for made in truth.reps if made.start_s <= source_s <= made.end_s), None)


def _of_rep(rep: Rep, made: TrueRep | None, known: bool) -> str:
    if rep.verdict == "unseen":
        return UNSEEN
    if made is not None and made.expected in (rep.verdict, NEITHER):
        return RIGHT if known else UNSURE
    return UNSURE if rep.borderline or rep.outside else WRONG


def tried(kind: Kind, shots: Sequence[Shot], truth: Truth, folder: Path) -> list[Result]:
    """Make one hard video and analyse it, with the exercise named and without."""
    exercise = catalogue()[truth.exercise]
    begin_s = _processor_s()
    path = folder / f"hard{kind.file.suffix}"
    results = []
    times_s = files.write(path, kind.change(shots), kind.file)
    try:
        analysis = analyse(path, Options(exercise))
        reports = [analysis.report]
        if kind.automatic and analysis.report.status != "error":
            reports.append(conclude(analysis.rows, None, path.name, analysis.notes).report)
        for named, report in zip((True, False), reports, strict=False):
            counts, detail = tally(report, _alike(exercise), times_s, truth)
            results.append(Result(kind, named, counts, detail, _processor_s() - begin_s))
    except Exception as error:  # what this bench is for: it is counted, told and makes the bench fail
        results.append(Result(kind, True, Counter([UNCAUGHT]), f"{type(error).__name__}: {error}"))
    path.unlink(missing_ok=True)
    return results


def _processor_s() -> float:
    """Return the time of all processors so far, with that of the processes that measured stretches and have ended."""
    return sum(os.times()[:4])


def _alike(exercise: Exercise) -> tuple[str, ...]:
    return (exercise.id, *exercise.recognise.alike)


def _row(result: Result) -> str:
    counts = result.counts
    cells = [result.kind.group, result.kind.name, "yes" if result.kind.clear else "", "named" if result.named else
             "automatic", *(str(counts[name] or "") for name in (RIGHT, UNSURE, UNSEEN, MISSED, WRONG)),
             next((name for name in (REFUSED, SENTENCE, NO_REASON, UNCAUGHT) if counts[name]), "")]
    return f"| {' | '.join(cells)} |"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the bench; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--only", help="one group, as in --only light, or a kind by its name")
    parser.add_argument("--table", type=Path, help="write the rows into this file")
    options = parser.parse_args(arguments)
    samples = _ROOT / "samples"
    hinge, other = read_shots(samples / "hinge_mixed.mp4", 14.5), read_shots(samples / "hinge_squatted.mp4", 6.0)
    doorway = read_shots(samples / "doorway_70_bent_knee.mp4", 12.0)
    sitting = read_shots(samples / "seated_extension_good.mp4", 12.0)
    sets = ((hard_kinds.hinge_kinds(other, doorway), hinge, read_truth(samples / "hinge_mixed.mp4")),
            (hard_kinds.sitting_kinds(hinge), sitting, read_truth(samples / "seated_extension_good.mp4")))
    head = ["| group | kind | clear | exercise | right | unsure | unseen | missed | wrong and sure | not judged |",
            "|---|---|---|---|---:|---:|---:|---:|---:|---|"]
    rows, totals, bad, lost = list(head), Counter[str](), 0, 0
    with tempfile.TemporaryDirectory() as name:
        for kinds, shots, truth in sets:
            for kind in kinds:
                if options.only not in (None, kind.group, kind.name):
                    continue
                for result in tried(kind, shots, truth, Path(name)):
                    totals.update(result.counts)
                    bad += result.bad or result.seconds > _SLOW_S
                    lost += result.named and kind.clear and not result.counts[RIGHT]
                    rows.append(_row(result))
                    print(rows[-1], result.detail, flush=True)
    summary = f"{(len(rows) - len(head))} runs: {dict(totals)}; {bad} bad; {lost} clear ones without a right rep"
    print(summary)
    if options.table:
        options.table.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
