"""What a person gave as their own full bend (degrees, or a forward bend's report) -> FullBend, or what is wrong."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from exercises.report_parts import FullBend
from language.translate import _

#: The largest report is a few hundred kilobytes.
_LARGEST_BYTES = 50_000_000


class FullBendError(ValueError):
    """No full bend could be read; the message says why and what to do."""


def read(given: str) -> FullBend:
    """Read a full bend.

    Parameters
    ----------
    given : str
        Degrees of spine flexion, as "62", or the path of a `report.json` of an exercise that records it.

    Raises
    ------
    FullBendError
        It is neither, the report has none, or the value is not plausible.

    Examples
    --------
    >>> read("62").spine_flexion_deg
    62.0
    """
    try:
        degrees = float(given.removesuffix("deg").strip())
    except ValueError:
        return _of_report(Path(given))
    return _checked({"spine_flexion_deg": degrees}, given)


def _of_report(path: Path) -> FullBend:
    report = _json(path)
    if not isinstance(report, dict) or "exercise" not in report or "reps" not in report:
        raise FullBendError(_("{path}: expected degrees, as 62, or a report.json of the exercise forward_bend; this "
                              "is another file").format(path=path))
    if report.get("full_bend") is None:
        raise FullBendError(_why_none(report, path))
    return _checked(report["full_bend"], str(path))


def _json(path: Path) -> Any:
    try:
        if path.stat().st_size > _LARGEST_BYTES:
            raise FullBendError(_("{path}: too large for a report.json").format(path=path))
        return json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise FullBendError(_("{path}: expected degrees, as 62, or a report.json that can be read ({problem})").format(
            path=path, problem=error.strerror or error)) from None
    except (ValueError, RecursionError):  # no UTF-8, no JSON, numbers or brackets without end
        raise FullBendError(_("{path}: expected degrees, as 62, or a report.json; this file is not JSON").format(
            path=path)) from None


def _why_none(report: dict[str, Any], path: Path) -> str:
    exercise, status = report["exercise"], report.get("status")
    if exercise != "forward_bend":
        return (_("{path}: this is a report of {exercise!r}, which measures no full bend; film one and analyse it "
                  "with --exercise forward_bend").format(path=path, exercise=exercise))
    lines = report.get("summary") if status == "judged" else report.get("reasons")
    sentences = lines if isinstance(lines, list) else ()
    return " ".join([_("{path}: no full bend was measured in it.").format(path=path), *map(str, sentences)])


def _checked(values: dict[str, Any], where: str) -> FullBend:
    try:
        return FullBend.model_validate(values)
    except ValidationError as error:
        problem = error.errors()[0]
        key = ".".join(str(part) for part in problem["loc"])
        raise FullBendError(f"{where}: {key}: {problem['msg'].removeprefix('Value error, ')}") from None
