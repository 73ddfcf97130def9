"""What the documents say is what the program does: keys, options, commands, clips, links, numbers, versions."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

import pytest
from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.version import Version
from typer.main import get_command

from exercises.load import load
from exercises.results import SCHEMA_VERSION, SetReport
from hingecheck.cli.doctor import OLDEST_PYTHON
from hingecheck.cli.main import app
from pose.spine.fit import fit

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

ROOT = Path(__file__).resolve().parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), ROOT / "samples" / "README.md"])
README = (ROOT / "README.md").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
PYTHONS = ("3.10", "3.11", "3.12", "3.13", "3.14")


def rows(text: str) -> dict[str, list[str]]:
    """Rows of the tables in a text: what stands in backticks first -> the other cells."""
    cells = {}
    for line in text.splitlines():
        match = re.match(r"\| `([^`]+)`", line)
        if match:
            cells[match.group(1)] = [cell.strip() for cell in line.strip("|").split("|")][1:]
    return cells


# --- the report ---

SCHEMA: dict[str, Any] = SetReport.model_json_schema(mode="serialization")
MODELS: dict[str, dict[str, Any]] = {
    "SetReport": SCHEMA, **{name: part for name, part in SCHEMA["$defs"].items() if part["type"] == "object"}}


def type_of(field: dict[str, Any]) -> str:
    """The type of one field of the schema in the words of docs/report.md."""
    if "$ref" in field:
        name = field["$ref"].rsplit("/", 1)[1]
        part = SCHEMA["$defs"][name]
        return name if part["type"] == "object" else type_of(part)
    if "anyOf" in field:
        return either([type_of(one) for one in field["anyOf"]])
    if "enum" in field:
        return either([f'"{value}"' for value in field["enum"]])
    if "const" in field:
        return f'"{field["const"]}"'
    if field["type"] == "array":
        return f"list of {type_of(field['items'] if 'items' in field else field['prefixItems'][0])}"
    return str(field["type"])


def either(types: list[str]) -> str:
    parts = ", ".join(types).replace(" or ", ", ").split(", ")
    return " or ".join(filter(None, [", ".join(parts[:-1]), parts[-1]]))


def report_page() -> dict[str, dict[str, list[str]]]:
    """Heading -> rows, of docs/report.md."""
    sections = re.split(r"^## ", (ROOT / "docs" / "report.md").read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    return {section.splitlines()[0].strip(): rows(section) for section in sections}


@pytest.mark.parametrize("model", MODELS)
def test_every_key_of_the_report_is_documented_with_its_type(model: str) -> None:
    documented = report_page()[model]
    expected = {name: type_of(field) for name, field in MODELS[model]["properties"].items()}
    assert {name: cells[0] for name, cells in documented.items()} == expected


def test_the_schema_version_is_the_documented_one() -> None:
    assert f"`schema_version` is {SCHEMA_VERSION}." in (ROOT / "docs" / "report.md").read_text(encoding="utf-8")


# --- the command line ---

def options_of(command: Any) -> list[str]:
    """Options of a command and of those below it."""
    own = [option for one in command.params if one.param_type_name == "option" for option in one.opts]
    return own + [option for below in getattr(command, "commands", {}).values() for option in options_of(below)]


def test_every_command_and_option_is_documented() -> None:
    page = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
    for name, command in get_command(app).commands.items():
        assert f"## `hingecheck {name}" in page, f"hingecheck {name} has no heading in docs/cli.md"
        section = page.split(f"\n## `hingecheck {name}")[1].split("\n## ")[0]
        for below in getattr(command, "commands", {}):
            assert f"`hingecheck {name} {below}" in section, f"hingecheck {name} {below} is not in docs/cli.md"
        for option in options_of(command):
            assert f"`{option}`" in section or f"`{option} " in section, f"{name} {option} is not in docs/cli.md"
    assert "`hingecheck --version`" in page


def test_every_documented_option_exists() -> None:
    page = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
    options = {option for command in get_command(app).commands.values() for option in options_of(command)}
    named = set(re.findall(r"`(--?[a-z][a-z-]*)`", page))
    assert named <= options | {"--help", "--version"}


# --- pages ---

@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_and_pictures_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)[^)]*\)", page.read_text(encoding="utf-8")):
        if "://" not in target:
            assert (page.parent / target).exists(), target


def test_the_readme_begins_with_the_two_commands() -> None:
    commands = re.findall(r"```\n(.*?)\n```", README, flags=re.DOTALL)
    assert commands[:2] == ["pip install --no-compile -e . && hingecheck analyse samples/hinge_mixed.mp4",
                            'pip install -e ".[test]" && pytest']
    assert README.index(commands[1]) < 900, "at the top"


def test_modules_of_the_chain_exist() -> None:
    chain = README.split("## How it works")[1].split("```")[1]
    for line in chain.strip().splitlines():
        package, steps = line.split(":", 1)
        folder = ""
        for step in re.findall(r"[a-z_/]+", re.sub(r"\(.*?\)", "", steps)):
            # A folder that was named holds for the names after it: "frame/skeleton, view".
            folder, _, module = step.rpartition("/") if "/" in step else (folder, "", step)
            assert any((ROOT / package / where / name).exists() for where in (folder, "")
                       for name in (f"{module}.py", module)), f"{package}/{step}"


def test_the_limits_in_the_readme_are_the_exercises() -> None:
    rule = load("hip_hinge").rule("rounding")
    assert (f"beyond {rule.bound.at_most:g} degrees from your own neutral for {rule.for_s:g} s; "
            f"from {rule.bound.watch:g} you are warned") in " ".join(README.split())


def test_the_errors_in_the_readme_are_the_fits() -> None:
    error = fit().about["error_on_unseen_people_deg"]["whole formula"]["spine_flexion_deg"]
    text = " ".join(README.split())
    assert f"off by about {error['mae']:.0f} degrees on average and by more than {error['p95']:.0f} in one case" in text


def test_every_sample_is_listed_with_its_exercise_and_reps(samples: Path) -> None:
    listed = {name: cells for name, cells in rows((samples / "README.md").read_text(encoding="utf-8")).items()
              if name.endswith(".mp4")}
    assert sorted(listed) == sorted(path.name for path in samples.glob("*.mp4"))
    for name, cells in listed.items():
        truth = json.loads((samples / name).with_suffix("").with_suffix(".truth.json").read_text())
        assert cells[0] == f"`{truth['exercise']}`"
        assert cells[1] == f"{truth['frame_count'] / truth['fps']:.0f} s"
        assert cells[2] == str(len(truth["reps"]))


def test_every_key_of_the_truth_is_explained(samples: Path) -> None:
    page = (samples / "README.md").read_text(encoding="utf-8")
    for path in samples.glob("*.truth.json"):
        truth = json.loads(path.read_text())
        for key in [*truth, *truth["angles"], *(key for rep in truth["reps"] for key in rep)]:
            assert f"`{key}`" in page, f"{key} of {path.name}"


# --- versions ---

def locked(python: str) -> dict[str, Version]:
    """Package -> version that requirements.lock gives for a Python on Linux."""
    where = {"python_version": python, "python_full_version": f"{python}.1", "sys_platform": "linux",
             "platform_system": "Linux", "platform_machine": "x86_64", "platform_python_implementation": "CPython",
             "implementation_name": "cpython", "extra": ""}
    versions = {}
    for line in (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith((" ", "#")):
            requirement = Requirement(line)
            if requirement.marker is None or requirement.marker.evaluate(where):
                (pin,) = requirement.specifier
                assert pin.operator == "=="
                assert requirement.name not in versions, f"{requirement.name} twice for Python {python}"
                versions[requirement.name] = Version(pin.version)
    return versions


@pytest.mark.parametrize("python", PYTHONS)
def test_the_lock_holds_what_the_project_asks_for(python: str) -> None:
    pins = locked(python)
    for line in [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["test"],
                 *PROJECT["optional-dependencies"]["postgres"]]:
        asked = Requirement(line)
        if asked.marker is None or Marker(str(asked.marker)).evaluate({"python_version": python}):
            assert asked.name in pins, f"{asked.name} is not in requirements.lock"
            assert pins[asked.name] in asked.specifier, f"{asked} but {pins[asked.name]} in requirements.lock"


def test_the_lock_names_no_place_to_fetch_from() -> None:
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert not re.search(r"https?:|file:|--index|--extra-index|--find-links|^/", text, flags=re.MULTILINE)


def test_the_pythons_are_the_same_everywhere() -> None:
    asked = Requirement(f"x{PROJECT['requires-python']}").specifier
    assert [f"3.{minor}" for minor in range(8, 15) if f"3.{minor}" in asked] == list(PYTHONS)
    assert f"Python {PYTHONS[0]} or newer" in README
    assert tuple(map(int, PYTHONS[0].split("."))) == OLDEST_PYTHON
