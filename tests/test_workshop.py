"""What a contributor is told to run and touch is there."""

from __future__ import annotations

import re
import sys
from pathlib import Path

from packaging.requirements import Requirement

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

ROOT = Path(__file__).resolve().parents[1]
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
CHANGELOG = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
KINDS = ["Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"]


def test_paths_in_contributing_exist() -> None:
    paths = set(re.findall(r"\b((?:tests|docs|pose|exercises|hingecheck|samples)/[\w/.]*\w)", CONTRIBUTING))
    assert len(paths) > 15
    missing = {path for path in paths if not (ROOT / path).exists()}
    assert missing == {"pose/positions/my_position.py"}, "the one that the reader is to write"


def test_the_one_test_in_contributing_exists() -> None:
    path, name = re.findall(r"`pytest ([\w/]+\.py)::(\w+)`", CONTRIBUTING)[0]
    assert f"def {name}(" in (ROOT / path).read_text(encoding="utf-8")


def test_checks_before_a_commit_use_the_versions_of_the_test_extra() -> None:
    hooks = (ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8")
    pinned = {Requirement(line).name: Requirement(line) for line in PROJECT["project"]["optional-dependencies"]["test"]}
    entries = re.findall(r"entry: (\w+)", hooks)
    assert entries == ["ruff", "mypy", "codespell"]
    assert hooks.count("language: system") == len(entries)
    assert all(str(pinned[name].specifier).startswith("==") for name in entries)


def test_hosted_ci_runs_what_a_person_can_run() -> None:
    workflow = (ROOT / ".github" / "workflows" / "ci.yml").read_text(encoding="utf-8")
    assert re.findall(r"run: .*?(\S+)$", workflow, flags=re.MULTILINE) == [".ci/run"]


def test_ci_fails_beyond_the_size_that_the_documents_name() -> None:
    limit_mb = re.findall(r"^most_mb=(\d+)$", (ROOT / ".ci" / "run").read_text(encoding="utf-8"), flags=re.MULTILINE)
    sizes = re.findall(r"over (\d+) MB", (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8"))
    assert limit_mb == sizes


def test_the_changelog_keeps_its_form() -> None:
    releases = re.split(r"^## ", CHANGELOG, flags=re.MULTILINE)[1:]
    assert releases[0].startswith("[Unreleased]")
    for release in releases:
        assert re.match(r"\[(Unreleased|\d+\.\d+\.\d+\] - \d{4}-\d\d-\d\d)", release)
        kinds = re.findall(r"^### (.*)$", release, flags=re.MULTILINE)
        assert kinds
        assert set(kinds) <= set(KINDS)
        assert len(kinds) == len(set(kinds))
