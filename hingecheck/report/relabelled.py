"""A report and the verdicts that people gave its reps -> the report with those verdicts in place of its own."""

from __future__ import annotations

from collections.abc import Mapping

from exercises.results import Rep, SetReport


def relabelled(report: SetReport, verdicts: Mapping[int, str]) -> SetReport:
    """Return the report with a person's verdicts; its numbers and findings stay as they were measured.

    Parameters
    ----------
    report : SetReport
    verdicts : mapping of int to str
        Index of a rep -> the verdict that a person gave it. A person is not borderline.
    """
    if not verdicts:
        return report
    return report.model_copy(update={"reps": tuple(_judged(rep, verdicts.get(rep.index)) for rep in report.reps)})


def _judged(rep: Rep, verdict: str | None) -> Rep:
    if verdict is None:
        return rep
    return rep.model_copy(update={"verdict": verdict, "word": "", "borderline": False, "outside": ""})
