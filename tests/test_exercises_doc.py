"""docs/exercises.md says what the files, the models and the program say: tables, keys, examples, messages."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from exercises.aftercare import care
from exercises.exercise_model import Exercise
from exercises.library import is_prescription, load_library
from exercises.load import load_file
from exercises.measures import MEASURES
from exercises.prescribed_exercise import load_prescription
from exercises.prescription import Prescription
from exercises.toml_errors import model_in
from exercises.tomlfile import ExerciseError, read_toml
from tests.helpers.exercise_files import changed, write

DOCS = Path(__file__).resolve().parents[1] / "docs"
PAGE = (DOCS / "exercises.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```toml\n(.*?)```", PAGE, flags=re.DOTALL)
FILLED_IN = {"prescribed", "full_bend"}


def models(root: type, kinds: tuple[type, ...] = ()) -> tuple[type, ...]:
    """A model and every model inside it that a file may have."""
    kinds = (*kinds, root)
    for name, field in root.model_fields.items():  # type: ignore[attr-defined]
        inner = model_in(field.annotation)
        if inner is not None and inner not in kinds and name not in FILLED_IN:
            kinds = models(inner, kinds)
    return kinds


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, *arguments], capture_output=True, text=True, check=False, cwd=DOCS.parent,
                          env={**os.environ, "PYTHONPATH": os.pathsep.join(map(str, (DOCS.parent, DOCS)))})


def test_the_tables_are_what_the_program_has() -> None:
    process = run(str(DOCS / "make_exercise_tables.py"), "--check")
    assert process.returncode == 0, process.stderr


def test_a_table_that_is_out_of_date_is_noticed_and_made_anew() -> None:
    code = ("from make_exercise_tables import PAGE, TABLES; from make_tables import filled; "
            "text = PAGE.read_text(encoding='utf-8'); old = text.replace('| `enter` |', '| `entre` |'); "
            "print(old != text, filled(old, TABLES) == text)")
    process = run("-c", code)
    assert process.stdout.split() == ["True", "True"], process.stderr


@pytest.mark.parametrize("model", [*models(Exercise), *models(Prescription)], ids=lambda model: model.__name__)
def test_every_key_is_there_with_its_meaning(model: type) -> None:
    for name in model.model_fields.keys() - FILLED_IN:  # type: ignore[attr-defined]
        row = re.search(rf"^\| `{name}` \| ([^|]+)\|[^|]*\| ([^|]+)\|$", PAGE, flags=re.MULTILINE)
        assert row is not None, f"{model.__name__}.{name} has no #: line that says what it is"


def test_what_the_program_fills_in_is_not_offered() -> None:
    for name in FILLED_IN:
        assert f"| `{name}` |" not in PAGE


@pytest.mark.parametrize("name", MEASURES)
def test_every_measure_is_there(name: str) -> None:
    assert f"| `{name}` |" in PAGE


def test_links_within_the_page_lead_somewhere() -> None:
    heads = re.findall(r"^#+ (.*)$", PAGE, re.M)
    anchors = {re.sub(r"[^a-z0-9 -]", "", head.lower()).replace(" ", "-") for head in heads}
    links = set(re.findall(r"\]\(#([^)]+)\)", PAGE))
    assert links
    assert links <= anchors


@pytest.mark.parametrize("block", BLOCKS, ids=["whole", "based", "prescription"])
def test_the_examples_are_right(block: str, tmp_path: Path) -> None:
    path = write(tmp_path / "example.toml", block)
    if is_prescription(read_toml(path)):
        _, exercise = load_prescription(path, load_library(tmp_path / "none").exercise)
        assert exercise.prescribed is not None
        assert exercise.prescribed.sets == 4
    else:
        assert load_file(path).rules


def test_the_messages_are_the_programs(tmp_path: Path) -> None:
    whole, _, prescription = BLOCKS
    wrong = [write(tmp_path / f"{place}.toml", text) for place, text in enumerate([
        changed(whole, '"hip_flexion_deg"', '"hip_flexion"'),
        changed(whole, "{ at_least = 45 }", "{ at_least = 45, watch = 30 }"),
        changed(whole, '"My hinge"', '"My hinge')])]
    problems = []
    for path in wrong:
        with pytest.raises(ExerciseError) as caught:
            load_file(path)
        problems += caught.value.problems
    with pytest.raises(ExerciseError) as caught:
        load_prescription(write(tmp_path / "p12.toml", changed(prescription, "at_most = 20", "at_least = 20")),
                          load_library(tmp_path / "none").exercise)
    problems += caught.value.problems
    block = PAGE.split("## When something is wrong")[1].split("```")[1].strip().splitlines()
    for line, problem in zip(block, problems, strict=True):
        message = line.split(": ", 1)[1]
        assert problem.startswith(message.removesuffix("..."))
        assert problem == message or message.endswith("...")


def test_the_care_data_are_there() -> None:
    data = care()
    for rule in data.follows:
        assert rule.say in PAGE
    for question in data.questions:
        assert question.ask in PAGE
