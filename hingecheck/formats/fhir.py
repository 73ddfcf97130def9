"""Measured set -> a FHIR R4 Bundle of Observations: one for the set, one per rep, one for the pain that was answered.

Codes are only those that were looked up: UCUM's for units, LOINC 72514-3 "Pain severity - 0-10 verbal numeric rating
[Score] - Reported" (HL7 Belgium's Patient Monitoring guide names it), HL7's own for category and missing values. No
published code means the angle at the bottom of a rep from the person's own neutral, so those are named in words.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import datetime, timezone
from typing import Any
from uuid import UUID, uuid5

from exercises.results import Rep, Verdict
from hingecheck.formats.measured_set import MeasuredSet
from hingecheck.report import verdict_words, wording
from pose.quantity import QUANTITIES

Resource = dict[str, Any]

_UCUM = "http://unitsofmeasure.org"
#: Our unit -> UCUM's code and how it is written.
_UNITS = {"deg": ("deg", "°"), "s": ("s", "s"), "count": ("1", "1"), "score": ("{score}", "{score}")}
_CATEGORIES = "http://terminology.hl7.org/CodeSystem/observation-category"
_ABSENT = "http://terminology.hl7.org/CodeSystem/data-absent-reason"
_PAIN = {"system": "http://loinc.org", "code": "72514-3",
         "display": "Pain severity - 0-10 verbal numeric rating [Score] - Reported"}
_METHOD = "One ordinary camera and the MediaPipe pose model; angles from the person's own neutral in the same clip"


def bundle(measured: MeasuredSet, version: str = "") -> str:
    """Return the set as a Bundle (JSON).

    Parameters
    ----------
    measured : MeasuredSet
    version : str
        Of this program; "" to leave it out.
    """
    program = f"HingeCheck {version}".strip()
    reps = [_rep(measured, rep, program) for rep in measured.report.reps]
    resources = [_set(measured, reps, program), *reps, *_pain(measured, program)]
    entries = [{"fullUrl": f"urn:uuid:{resource['id']}", "resource": resource} for resource in resources]
    stamp = (measured.made_at or datetime.now(timezone.utc)).isoformat(timespec="seconds")
    whole = {"resourceType": "Bundle", "id": str(measured.id), "type": "collection", "timestamp": stamp,
             "entry": entries}
    return json.dumps(whole, ensure_ascii=False, allow_nan=False, indent=1) + "\n"


def _set(measured: MeasuredSet, reps: Sequence[Resource], program: str) -> Resource:
    """The whole set: how many reps, how many good, and the sentences about it."""
    report = measured.report
    judged = [rep for rep in report.reps if rep.verdict != "unseen"]
    parts = [_component("Repetitions", len(report.reps), "count"),
             _component("Repetitions that could be judged", len(judged), "count")]
    if report.rounding_onset_deg is not None:
        parts.append(_component("Hip flexion from which the back bends more than the hips", report.rounding_onset_deg,
                                "deg"))
    one = _observation(measured, "set", {"text": f"{_name(measured)}: one set"}, "activity", program)
    one |= {"component": parts, "hasMember": [{"reference": f"urn:uuid:{rep['id']}"} for rep in reps]}
    if not reps:
        del one["hasMember"]
    return _with_note(one, (*report.summary, *report.reasons))


def _rep(measured: MeasuredSet, rep: Rep, program: str) -> Resource:
    parts = [_component("Number of the repetition in the set", rep.index, "count"),
             _component("Start of the repetition in the clip", rep.start_s, "s"),
             _component("End of the repetition in the clip", rep.end_s, "s")]
    if rep.hold_s is not None:
        parts.append(_component("Hold at the bottom", rep.hold_s, "s"))
    parts += [part for name in wording.ANGLES for part in _angle(measured, rep, name)]
    code = {"text": f"{_name(measured)}: one repetition"}
    one = _observation(measured, f"rep {rep.index}", code, "activity", program)
    one |= {"valueCodeableConcept": {"text": verdict_words.look_of(rep).word}, "component": parts}
    if rep.side is not None:
        one["bodySite"] = {"text": f"{rep.side} side"}
    return _with_note(one, (rep.sentence,))


def _angle(measured: MeasuredSet, rep: Rep, name: str) -> Iterator[Resource]:
    """An angle at the bottom of a rep and its band; why it is missing, where other reps of the set have it."""
    words = f"{QUANTITIES[name].label[:1].upper()}{QUANTITIES[name].label[1:]} at the bottom of the repetition"
    value = getattr(rep, name)
    if value is not None:
        yield _component(words, value, "deg")
        band = getattr(rep.uncertainty_deg, name)
        if band is not None:
            yield _component(f"{words}: half-width of the 90 % band", band, "deg")
    elif any(getattr(other, name) is not None for other in measured.report.reps):
        yield {"code": {"text": words}, "dataAbsentReason": {
            "coding": [{"system": _ABSENT, "code": "unknown", "display": "Unknown"}], "text": _why(rep)}}


def _why(rep: Rep) -> str:
    reasons = (finding.reason for finding in rep.findings if finding.verdict is Verdict.UNSEEN and finding.reason)
    return next(reasons, "not measured")


def _pain(measured: MeasuredSet, program: str) -> Iterator[Resource]:
    answers = measured.report.answers
    if answers is None or answers.pain is None:
        return
    code = {"coding": [_PAIN], "text": "Pain after the set"}
    one = _observation(measured, "pain", code, "survey", program)
    one["valueQuantity"] = _quantity(answers.pain, "score")
    yield _with_note(one, (f"Felt: {', '.join(answers.felt)}.",) if answers.felt else ())


def _observation(measured: MeasuredSet, part: str, code: Resource, category: str, program: str) -> Resource:
    one: Resource = {"resourceType": "Observation", "id": str(_id(measured.id, part)), "status": "final", "category": [
        {"coding": [{"system": _CATEGORIES, "code": category, "display": category.capitalize()}]}], "code": code}
    if measured.person:
        one["subject"] = {"display": measured.person}
    if measured.made_at is not None:
        one["effectiveDateTime"] = measured.made_at.isoformat(timespec="seconds")
    return one | {"method": {"text": _METHOD}, "device": {"display": program}}


def _id(set_id: UUID, part: str) -> UUID:
    """The same id for the same part of a set, so that a second export is recognised."""
    return uuid5(set_id, part)


def _name(measured: MeasuredSet) -> str:
    return measured.exercise or measured.report.exercise or "Exercise"


def _component(words: str, value: float, unit: str) -> Resource:
    return {"code": {"text": words}, "valueQuantity": _quantity(value, unit)}


def _quantity(value: float, unit: str) -> Resource:
    code, written = _UNITS[unit]
    return {"value": round(value, 3), "unit": written, "system": _UCUM, "code": code}


def _with_note(resource: Resource, sentences: Sequence[str]) -> Resource:
    text = " ".join(filter(None, sentences))
    return resource | {"note": [{"text": text}]} if text else resource
