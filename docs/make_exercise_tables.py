"""The tables in docs/exercises.md, from the catalogue, the models and the care data: run it again after a change.

    python docs/make_exercise_tables.py            # rewrite the tables in docs/exercises.md
    python docs/make_exercise_tables.py --check    # only say whether they are up to date (exit code 1 if not)
"""

from __future__ import annotations

import ast
import inspect
from collections.abc import Callable
from enum import Enum
from pathlib import Path
from typing import Any, get_origin

from make_tables import main, table
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from exercises.aftercare import care, dose_of
from exercises.exercise_model import Exercise
from exercises.load import catalogue
from exercises.measures import MEASURES, label_of, range_of, unit_of
from exercises.prescription import Prescription
from exercises.toml_errors import describe_type, model_in
from hingecheck.report.exercise_text import limit, number
from pose.quantity import QUANTITIES

PAGE = Path(__file__).with_name("exercises.md")
_UNITS = {"_s": "seconds", "_deg": "degrees", "_min": "minutes"}
#: What only the program fills in.
NOT_IN_FILES = {"prescribed", "full_bend"}


def exercises() -> str:
    """Return the catalogue: what each exercise is, how it is filmed, what drives it."""
    rows = []
    for name, one in catalogue().items():
        dose = dose_of(one)
        held = "" if dose.hold_s is None else _range(dose.hold_s)
        goal = "" if one.target is None else number(one.target.at, unit_of(one.target.measure))
        rows.append([f"`{name}`", one.name, one.position.value.replace("_", " "), one.camera,
                     label_of(one.signal.quantity), held, "each" if one.sides is not None else "", goal,
                     f"`{one.easier}`" if one.easier else ""])
    return _left(["id", "name", "position", "camera", "driven by", "held, s", "side", "goal", "easier form"], rows)


def rules() -> str:
    """Return every rule of the catalogue in words, with its source."""
    rows = []
    for name, one in catalogue().items():
        rows += [[f"`{name}`" if not place else "", f"`{rule.id}`", limit(rule),
                  "fault" if rule.severity == "fault" else "mentioned", rule.source]
                 for place, rule in enumerate(one.rules)]
    return _left(["exercise", "rule", "asks for", "", "source"], rows)


def measures() -> str:
    """Return everything that a rule may judge."""
    rows = []
    for name in MEASURES:
        lowest, highest = range_of(name)
        meaning = QUANTITIES[name].meaning if name in QUANTITIES else label_of(name).capitalize() + "."
        rows.append([f"`{name}`", unit_of(name), f"{lowest:g} to {highest:g}", meaning])
    return _left(["measure", "unit", "plausible", "meaning"], rows)


def exercise_keys() -> str:
    """Return every key of an exercise file, a table for each of its tables."""
    return _keys(Exercise, "The file itself")


def prescription_keys() -> str:
    """Return every key of a prescription file."""
    return _keys(Prescription, "The prescription itself")


def questions() -> str:
    """Return what is asked after a set."""
    rows = [[f"`--{question.id}`", question.ask,
             ", ".join(f"`{choice.id}` ({choice.label})" for choice in question.choices) or "0 to 10", question.source]
            for question in care().questions]
    return _left(["option", "question", "answers", "source"], rows)


def follows() -> str:
    """Return what follows from the answers."""
    rows = []
    for one in care().follows:
        when = [f"pain {one.when.pain_at_least} or more"] if one.when.pain_at_least is not None else []
        when += [f"felt: `{one.when.felt}`"] if one.when.felt else []
        when += [f"position {', '.join(one.when.positions)}"] if one.when.positions else []
        when += [f"position other than {', '.join(one.when.not_positions)}"] if one.when.not_positions else []
        rows.append([", ".join(when), one.weight.value, one.say, one.source])
    return _left(["when", "", "what is said", "source"], rows)


def dose() -> str:
    """Return the general advice on how much, and the limits of a hold."""
    general, limits = care().dose, care().limits
    return _left(["what", "how much", "source"], [
        ["repeats a side", _range(general.repeats), general.source],
        ["one hold", f"{_range(general.hold_s)} s", ""],
        ["sessions a week", _range(general.per_week), ""],
        ["warm-up before, cool-down after", f"about {general.warm_up_min:g} minutes", ""],
        ["stretch for one muscle side in a session", f"about {general.session_min:g} minutes", ""],
        ["the same in a week", f"about {general.week_min:g} minutes", ""],
        ["swing within a hold, there and back", f"at most {limits.swing_deg:g} deg", limits.source],
        ["speed within a hold", f"at most {limits.speed_deg_per_s:g} deg/s", ""]])


def meanings(model: type[BaseModel]) -> dict[str, str]:
    """Return what the `#:` lines above each key of a model say; "" where there are none."""
    source = inspect.getsource(model).splitlines()
    found = {}
    for node in ast.parse("\n".join(source)).body[0].body:  # type: ignore[attr-defined]
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            line, said = node.lineno - 2, list[str]()
            while source[line].strip().startswith("#:"):
                said.insert(0, source[line].strip().removeprefix("#:").strip())
                line -= 1
            found[node.target.id] = " ".join(said)
    return found


def _keys(root: type[BaseModel], title: str) -> str:
    """Tables of keys of a model and of the models inside it, in the order in which they are met."""
    parts = []
    waiting = [(title, root)]
    for heading, model in waiting:
        said, rows = meanings(model), []
        for name, field in model.model_fields.items():
            if name in NOT_IN_FILES:
                continue
            rows.append([f"`{name}`", _kind(name, field), _default(field), said.get(name, "")])
            inner = model_in(field.annotation)
            if inner is not None and inner not in (model for _, model in waiting):
                waiting.append((_heading(name, field), inner))
        parts.append(f"### {heading}\n\n" + _left(["key", "holds", "default", "meaning"], rows))
    return "\n" + "\n".join(parts)


def _heading(name: str, field: FieldInfo) -> str:
    if get_origin(field.annotation) is dict:
        return f"`[{name}.ID]`"
    if get_origin(field.annotation) is tuple:
        return "`[[rules]]`" if name == "rules" else f"An entry of `{name}`"
    return f"`[{name}]`" if name != "bound" else "`bound`, in a rule"


def _kind(name: str, field: FieldInfo) -> str:
    """What a key holds, with its unit, where its name has one, and its range."""
    words = describe_type(field.annotation)
    words = words.split(" without quotes")[0] if words.startswith("a number") else words
    words = "two numbers, [from, to]" if _is_pair(field) else words
    marks = {"gt": "above", "ge": "from", "lt": "below", "le": "up to"}
    ends = [f"{word} {getattr(one, mark):g}" for one in field.metadata for mark, word in marks.items()
            if getattr(one, mark, None) is not None]
    unit = next((word for suffix, word in _UNITS.items() if name.endswith(suffix)), "")
    return ", ".join(filter(None, [words, unit, *ends]))


def _is_pair(field: FieldInfo) -> bool:
    return any(get_origin(part) is tuple and ... not in part.__args__
               for part in (field.annotation, *getattr(field.annotation, "__args__", ())))


def _default(field: FieldInfo) -> str:
    if field.is_required():
        return "must be given"
    value: Any = field.get_default(call_default_factory=True)
    if value is None or value == "" or isinstance(value, BaseModel) or value in ((), {}):
        return ""
    value = value.value if isinstance(value, Enum) else value
    return f"`{str(value).lower()}`" if isinstance(value, bool) else f"`{value:g}`" if isinstance(value, float) else \
        f'`"{value}"`'


def _left(head: list[str], rows: list[list[str]]) -> str:
    """A table of words: all columns left."""
    return table(head, [[cell.replace("|", "\\|") for cell in row] for row in rows]).replace("---:", "---")


def _range(pair: tuple[float, float]) -> str:
    return f"{pair[0]:g}" if pair[0] == pair[1] else f"{pair[0]:g} to {pair[1]:g}"


TABLES: dict[str, Callable[[], str]] = {
    "exercises": exercises, "rules": rules, "measures": measures, "exercise_keys": exercise_keys,
    "prescription_keys": prescription_keys, "questions": questions, "follows": follows, "dose": dose}

if __name__ == "__main__":
    main(PAGE, TABLES, __doc__)
