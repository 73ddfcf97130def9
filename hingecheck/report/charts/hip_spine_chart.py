"""Track + reps -> spine against hip on the way down: where a rep's line climbs, the back rounds."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from exercises.exercise_model import Exercise
from exercises.measures import label_of
from exercises.results import Rep, SetReport, Verdict
from hingecheck.report import display, verdict_words, wording
from hingecheck.report.charts.angle_chart import Limit, limit_lines, limit_words, limits_of, measured, span_of, thin
from hingecheck.report.charts.svg import Axes, picture, tag
from language.translate import _
from pose.track import Track


def _beside(x: float, y: float, dots: list[tuple[float, float]]) -> float:
    """Where a dot goes so that it covers none of the others: further left, step by step."""
    while any(abs(x - a) < 20 and abs(y - b) < 20 for a, b in dots):
        x -= 22
    dots.append((x, y))
    return x


def _trail(axes: Axes, track: Track, rep: Rep, driver: str, signal: str,
           dots: list[tuple[float, float]]) -> list[Markup]:
    """One rep's way down through (hip, spine), with a dot and its number at the bottom."""
    rows = track.between(rep.start_s, rep.leave_s)
    across, up = track.columns[driver][rows], track.columns["spine_flexion_deg"][rows]
    look = verdict_words.look_of(rep)
    parts = [tag("path", class_=f"trail {look.tone}", d=axes.path(thin(across, 7 * len(across)),
                                                                 thin(up, 7 * len(up))))]
    hip, spine = display.value_of(rep, driver, signal)[0], rep.spine_flexion_deg
    if hip is not None and spine is not None:
        y = axes.y(min(spine, axes.y_high))
        x = _beside(axes.x(hip), y, dots)
        parts.append(tag("g", tag("title", f"Rep {rep.index}: {look.word}"),
                         tag("circle", class_=f"dot {look.tone}", cx=x, cy=y, r=11.0),
                         tag("text", str(rep.index), class_="dot-number mid", x=x, y=y + 4)))
    return parts


def of_set(track: Track, report: SetReport, exercise: Exercise | None) -> Markup:
    """Return the chart of a set; "" where the exercise does not judge the back, or nothing else grows in it."""
    driver = display.driver_of(exercise)
    falls = exercise is not None and exercise.signal.falls
    if falls or not display.judges_back(exercise) or report.posture or driver == display.BACK:
        return Markup("")
    return split(track, report.reps, driver, limits_of(exercise, display.BACK), report.signal)


def split(track: Track, reps: Sequence[Rep], driver: str, limits: Sequence[Limit], signal: str = "") -> Markup:
    """Return spine flexion against hip flexion on the way down, one line per rep: where it rises, the back rounds."""
    seen = [rep for rep in reps if rep.verdict != Verdict.UNSEEN.value]
    if not (seen and measured(track, driver) and measured(track, "spine_flexion_deg")):
        return Markup("")
    rows = [track.between(rep.start_s, rep.leave_s) for rep in seen]
    low, high = span_of([track.columns["spine_flexion_deg"][row] for row in rows], limits)
    left, right = span_of([track.columns[driver][row] for row in rows], [])
    axes = Axes(40, 24, 370, 262, max(left, -10), right, low, high)
    parts = [axes.grid("\u00b0", "\u00b0", 6, 6, f"{label_of(driver)} \u2192"), limit_lines(axes, limits),
             limit_words(axes, limits),
             tag("text", _("↑ spinal curve"), class_="tick", x=0, y=13)]
    dots: list[tuple[float, float]] = []
    # Reps with the most rounding last, on top.
    for rep in sorted(seen, key=lambda rep: rep.spine_flexion_deg or 0):
        parts += _trail(axes, track, rep, driver, signal, dots)
    about = "; ".join(_("rep {number}: {quantity} {angle}, spine {spine}").format(
        number=rep.index, quantity=display.short(driver),
        angle=wording.amount(display.value_of(rep, driver, signal)[0]),
        spine=wording.amount(display.back_of(rep)[0])) for rep in seen)
    return picture(420, 326, _("Spinal curve against {driver}").format(driver=label_of(driver)), about,
                   parts, "chart split", axes)
