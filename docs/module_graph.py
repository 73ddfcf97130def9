"""Imports of the source -> its folders, how many modules each has, and which uses which.

The order of the folders is the one that tests/test_architecture.py holds the imports to.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # run as a file, Python looks for modules beside it

from tests.test_architecture import ENTRIES, FLOORS, MODULES, PACKAGE_MAY_IMPORT, ROOT, imported, module_name

#: In the order of the data's way. `exercises` is flat.
PACKAGES = tuple(PACKAGE_MAY_IMPORT)


@dataclass(frozen=True)
class Folder:
    """A folder of modules.

    Attributes
    ----------
    package, name : str
        `name` is "" for the modules that stand loose in the package.
    modules : int
        Without `__init__`, those of folders inside it too.
    loose : tuple of str
        Names of the modules that stand in no folder; empty where `name` is not.
    meaning : str
        First line of its docstring, without the full stop.
    """

    package: str
    name: str
    modules: int
    loose: tuple[str, ...]
    meaning: str

    @property
    def path(self) -> str:
        """Where it is, as people write it."""
        return f"{self.package}/{self.name}/" if self.name else f"{self.package}/"


def folder_of(module: str) -> tuple[str, str]:
    """Package and folder of a module by its dotted name; "" for a loose module."""
    package, *rest = module.split(".")
    return package, rest[0] if rest and (ROOT / package / rest[0]).is_dir() else ""


def folders() -> list[Folder]:
    """Every folder, each package's in the order in which the data goes."""
    return [_folder(package, name) for package in PACKAGES
            for floor in FLOORS.get(package, (("",),)) for name in floor]


def _folder(package: str, name: str) -> Folder:
    here = ROOT / package / name
    docstring = ast.get_docstring(ast.parse((here / "__init__.py").read_text(encoding="utf-8"))) or ""
    modules = [path.stem for path in MODULES
               if folder_of(module_name(path)) == (package, name) and path.stem != "__init__"]
    meaning = docstring.split("\n\n")[0].replace("\n", " ").rstrip(".")
    return Folder(package, name, len(modules), () if name else tuple(modules), meaning)


def uses(package: str) -> dict[str, set[str]]:
    """Folder of a package -> those of the same package that it imports from; public entries do not count."""
    known = {module_name(path) for path in MODULES}
    graph: dict[str, set[str]] = {name: set() for floor in FLOORS[package] for name in floor}
    for path in MODULES:
        module = module_name(path)
        home, own = folder_of(module)
        if home == package and module not in ENTRIES:
            others = {folder_of(other)[1] for other in imported(path) & known
                      if folder_of(other)[0] == package and other not in PACKAGES}
            graph[own] |= others - {own}
    return graph


def without_implied(graph: Mapping[str, set[str]]) -> dict[str, set[str]]:
    """Leave out what is also reached through another folder: analysis -> overlay, where report lies between."""
    return {name: {other for other in below
                   if not any(other in _all_below(graph, third) for third in below - {other})}
            for name, below in graph.items()}


def level(graph: Mapping[str, set[str]], name: str) -> int:
    """The longest chain of folders below one."""
    return 1 + max((level(graph, other) for other in graph[name]), default=-1)


def _all_below(graph: Mapping[str, set[str]], name: str) -> set[str]:
    return graph[name].union(*(_all_below(graph, other) for other in graph[name]))
