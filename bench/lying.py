"""Reps of somebody lying, compared -> what only they have: seconds held, the side, faults put in on purpose."""

from __future__ import annotations

from collections.abc import Sequence

from bench.compare import Pair
from bench.figures import describe
from bench.tables import Table, number, percent, signed, table
from exercises.results import Finding, Verdict
from exercises.rule_model import Severity


def holds(pairs: Sequence[Pair]) -> Table | None:
    """Tell how well holds, sides and faults were seen; None where no rep has a side."""
    sided = [pair for pair in pairs if pair.true.side]
    if not sided:
        return None
    held = describe([pair.hold_error_s for pair in sided])
    made, caught, made_up = faults(sided)
    named = sum(pair.rep.side == pair.true.side for pair in sided)
    return table("Holds, sides, faults", ("what", "of", "figure", "bias", "largest error"), [
        ("seconds held, MAE", str(held.n), f"{number(held.mae, 2)} s", signed(held.bias, 2), number(held.largest, 2)),
        ("side named right", str(len(sided)), percent(named / len(sided)), "–", "–"),
        ("faults found", str(made), percent(caught / made) if made else "–", "–", "–"),
        ("faults made up", str(len(sided)), str(made_up), "–", "–"),
    ], _missed(sided))


def faults(pairs: Sequence[Pair]) -> tuple[int, int, int]:
    """How many faults were put in, how many of these were found, how many were found that were not put in."""
    made = caught = made_up = 0
    for pair in pairs:
        true, seen = set(pair.true.faults), broken(pair)
        made, caught, made_up = made + len(true), caught + len(true & seen), made_up + len(seen - true)
    return made, caught, made_up


def broken(pair: Pair) -> set[str]:
    """Ids of the faults that the program found in a rep."""
    return {finding.rule for finding in pair.rep.findings
            if finding.verdict is Verdict.BROKEN and finding.severity is Severity.FAULT}


def _missed(pairs: Sequence[Pair]) -> str:
    """Name the faults that were not found, with what was said of them."""
    lines = []
    for pair in pairs:
        for fault in sorted(set(pair.true.faults) - broken(pair)):
            finding = next((finding for finding in pair.rep.findings if finding.rule == fault), None)
            lines.append(f"{pair.clip} {fault}{_instead(finding)}")
    return f"Missed: {'; '.join(lines)}." if lines else ""


def _instead(finding: Finding | None) -> str:
    if finding is None or finding.value is None or finding.limit is None:
        return ""
    return f" {finding.value:.0f}, limit {finding.limit:.0f}{', said to be unsure' if finding.borderline else ''}"
