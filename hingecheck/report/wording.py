"""Numbers, limits and times of a rep -> the words a person reads; the same in every output."""

from __future__ import annotations

from exercises.measures import with_unit
from exercises.results import Finding, Rep, SetReport, Verdict
from exercises.rule_model import Rule
from hingecheck.report.verdict_words import rule_name
from language.numbers import compact, localised
from language.translate import _, mark

ANGLES: dict[str, str] = {
    "hip_flexion_deg": mark("Hip flexion"), "spine_flexion_deg": mark("Spine flexion"),
    "knee_flexion_deg": mark("Knee flexion"), "leg_raise_deg": mark("Leg raise"),
}


def angle_name(quantity: str) -> str:
    """Return what an angle of the tables is called."""
    return _(ANGLES[quantity])


def amount(value: float | None, uncertainty: float | None = None, unit: str = "deg") -> str:
    """Return a number with its uncertainty and unit, "38 \u00b1 6\u00b0", or "not seen"."""
    if value is None:
        return _("not seen")
    digits, scale = 1 if unit == "s" else 0, 100 if unit == "ratio" else 1
    band = "" if uncertainty is None else f" \u00b1 {scale * uncertainty:.{digits}f}"
    # Adding zero turns -0 into 0.
    return with_unit(localised(f"{round(scale * value, digits) + 0:.{digits}f}{band}"), unit)


def exact(value: float, unit: str = "deg") -> str:
    """Return a limit or a goal with its unit: what was set has no band and no digits of its own."""
    return with_unit(compact(100 * value if unit == "ratio" else value), unit)


def limit(finding: Finding, rule: Rule | None) -> str:
    """Return a finding's limit with its side, "at most 30\u00b0"; "" where none is known."""
    bound = finding.limit
    if rule is not None and bound is None:
        bound = rule.bound.at_most if rule.bound.at_most is not None else rule.bound.at_least
    if bound is None:
        return ""
    if rule is not None:
        above = rule.bound.at_most is not None
    elif finding.margin is not None and finding.value is not None:
        above = (bound - finding.value) * finding.margin >= 0
    else:
        return exact(bound, finding.unit)
    return (_("at most {limit}") if above else _("at least {limit}")).format(limit=exact(bound, finding.unit))


def tempo(rep: Rep) -> tuple[float, float, float]:
    """Return the seconds down, at the bottom and up."""
    return rep.bottom_s - rep.start_s, rep.leave_s - rep.bottom_s, rep.end_s - rep.leave_s


def goes_down(signal: str) -> bool:
    """Return whether a rep of this signal goes down and up; a heel, a chest or a turning trunk does not."""
    return signal in {"", "bend_deg", "hip_flexion_deg"}


def tempo_words(rep: Rep, signal: str = "") -> tuple[str, str, str]:
    """Return what the three times of `tempo` are called: only a rep that is not held goes down and up."""
    if rep.held is None and goes_down(signal):
        return _("down"), _("held"), _("up")
    return _("to get there"), _("there"), _("back")


def one_of_many(report: SetReport) -> str:
    """Return what one entry of `reps` is called: a posture is left some times, which are no repetitions."""
    return _("rep") if report.posture is None else _("time")


def borderline(rep: Rep) -> str:
    """Return what makes a rep borderline, with the number; "" where it is not."""
    if not rep.borderline:
        return ""
    for finding in rep.findings:
        if finding.borderline and finding.value is not None:
            text = f"{rule_name(finding.rule)}: {amount(finding.value, finding.uncertainty, finding.unit)}"
            if finding.limit is None:
                return text
            return _("{text}, limit {limit}").format(text=text, limit=exact(finding.limit, finding.unit))
    return _("too near to a limit to be sure")


def unseen_reason(rep: Rep) -> str:
    """Return why a rep was not judged; "" where nothing is known."""
    if rep.outside:
        return _("may not be part of the set: {why}").format(why=rep.outside)
    reasons = [finding.reason for finding in rep.findings if finding.verdict is Verdict.UNSEEN and finding.reason]
    return reasons[0] if reasons else ""
