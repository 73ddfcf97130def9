"""Exercise -> the quantities of it that a person is shown, in order; and what a rep has of them."""

from __future__ import annotations

from dataclasses import dataclass

from exercises.exercise_model import Exercise
from exercises.measures import label_of
from exercises.results import Rep, SetReport
from hingecheck.report import wording
from language.translate import _, mark
from language.words import large_start
from pose.quantity import QUANTITIES

BACK = "spine_flexion_deg"
_HIP, _KNEE = "hip_flexion_deg", "knee_flexion_deg"
#: The whole bend is never shown as a number: it is hips and back, which are.
_BEND = "bend_deg"
#: Quantities that are the knee of a rep under another name: sitting the straighter one, lying the raised one.
_SAME = {"straighter_knee_flexion_deg": _KNEE, "raised_knee_flexion_deg": _KNEE}
#: More would not fit beside a key image.
_MOST = 3

#: One word for the head of a column or beside a line; other quantities are written out.
_SHORT = {_HIP: mark("hip"), BACK: mark("spine"), _KNEE: mark("knee"), "leg_raise_deg": mark("leg"),
          "trunk_raise_deg": mark("chest"), "heel_lift_deg": mark("heel"), "pelvis_lift_deg": mark("pelvis"),
          "head_forward_deg": mark("head")}


@dataclass(frozen=True)
class Number:
    """A quantity of a rep as it is shown: short for a column, its label for a card, and its unit."""

    quantity: str
    short: str
    label: str
    unit: str

    def text(self, rep: Rep, signal: str) -> str:
        """Value at the bottom of a rep with its uncertainty, or "not seen"."""
        value, band = value_of(rep, self.quantity, signal)
        return wording.amount(value, band, self.unit)

    def is_measured(self, rep: Rep, signal: str) -> bool:
        """Whether there is a value."""
        return value_of(rep, self.quantity, signal)[0] is not None


def _name(quantity: str) -> str:
    return wording.angle_name(quantity) if quantity in wording.ANGLES else large_start(label_of(quantity))


def short(quantity: str) -> str:
    """Return the word for a quantity at the head of a column or beside a line."""
    if quantity in _SHORT:
        return _(_SHORT[quantity])
    return label_of(quantity) if quantity in QUANTITIES else quantity


def report_quantity(quantity: str) -> str:
    """Return the quantity under which a judged one is shown: the raised knee is the knee of its rep."""
    return _SAME.get(quantity, quantity)


def driver_of(exercise: Exercise | None) -> str:
    """Return the angle whose rise and fall a person sees as the rep: the exercise's own, or the hip's."""
    quantity = exercise.signal.quantity if exercise else _BEND
    return _HIP if quantity == _BEND else report_quantity(quantity)


def judges_back(exercise: Exercise | None) -> bool:
    """Return whether the exercise asks anything of the back; so does one that is not known."""
    return exercise is None or BACK in (exercise.signal.quantity, *(rule.measure for rule in exercise.rules))


def quantities(exercise: Exercise | None) -> tuple[str, ...]:
    """Return the quantities to show of an exercise, the one that drives it first; at most three, all in degrees."""
    if exercise is None or exercise.signal.quantity == _BEND:
        return (_HIP, BACK, _KNEE)
    asked = [exercise.signal.quantity]
    for rule in exercise.rules:
        asked += [rule.measure, *(condition.measure for condition in rule.only_when)]
    known = (report_quantity(name) for name in asked if name in QUANTITIES and QUANTITIES[name].unit == "deg")
    return tuple(dict.fromkeys(known))[:_MOST]


def curves(exercise: Exercise | None) -> tuple[str, ...]:
    """Return the two quantities whose curves are drawn: what drives the rep, and the back or what is judged first."""
    driver = driver_of(exercise)
    second = BACK if judges_back(exercise) else next((name for name in quantities(exercise) if name != driver), driver)
    return tuple(dict.fromkeys((driver, second)))


def numbers(report: SetReport, exercise: Exercise | None = None) -> tuple[Number, ...]:
    """Return what to show of each rep: the exercise's quantities that its reps carry; without it, all that they do."""
    names = list(quantities(exercise)) if exercise is not None else [
        *([report.signal] if driver_is_own(report.signal) else []), *wording.ANGLES]
    return tuple(Number(name, short(name), _name(name), QUANTITIES[name].unit)
                 for name in names if any(value_of(rep, name, report.signal)[0] is not None for rep in report.reps))


def driver_is_own(signal: str) -> bool:
    """Return whether a signal is a number of its own beside the angles that every rep carries."""
    return signal in QUANTITIES and signal != _BEND and report_quantity(signal) not in wording.ANGLES


def value_of(rep: Rep, quantity: str, signal: str) -> tuple[float | None, float | None]:
    """Return a quantity of a rep and the half-width of its band, as people are shown it; None where there is none.

    What a rule judged is shown as it was judged. The back's rule takes the highest level that lasted, which may be a
    degree more than the median at the bottom: beside its rule's line the other number would look like a mistake.
    """
    if quantity not in wording.ANGLES and quantity != signal:
        return None, None
    for finding in rep.findings:
        if finding.measure == quantity and finding.value is not None:
            return finding.value, finding.uncertainty
    if quantity in wording.ANGLES:
        return getattr(rep, quantity), getattr(rep.uncertainty_deg, quantity)
    return rep.reached, rep.reached_uncertainty


def back_of(rep: Rep) -> tuple[float | None, float | None]:
    """Return the spine flexion of a rep and the half-width of its band, as people are shown it."""
    return value_of(rep, BACK, "")
