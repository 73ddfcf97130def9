"""`hingecheck app`: run the server of the web pages in this process and open the browser."""

from __future__ import annotations

import runpy
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer

_FAILED = 1


def main_file() -> Path:
    """Return the file that Streamlit runs; it is inside the package, so that an installed wheel has it too."""
    return Path(__file__).resolve().parents[1] / "pages" / "main.py"


def serve(
    port: Annotated[int, typer.Option("--port", min=1, max=65535, help="Port of the server on this computer.")] = 8501,
    address: Annotated[str, typer.Option("--address", metavar="IP", help="127.0.0.1: this computer only. 0.0.0.0: "
                                         "also phones and computers in the same network; everybody in it can see and "
                                         "change everything.")] = "127.0.0.1",
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Do not open the browser.")] = False,
) -> None:
    """Open the web pages: analyse videos, review every rep, see the progress of weeks. Ctrl-C stops the server."""
    if find_spec("streamlit") is None:
        typer.echo("Error: the web pages need streamlit. Run: pip install -e . (in the project's folder)", err=True)
        raise typer.Exit(_FAILED)
    sys.argv = ["streamlit", "run", str(main_file()), "--server.port", str(port), "--server.address", address,
                "--server.headless", str(no_browser).lower(), "--server.showEmailPrompt", "false",
                "--browser.gatherUsageStats", "false"]
    from hingecheck.pages import origin_guard

    origin_guard.block_address_lookup(address)
    # As `python -m streamlit` does: in one process, so that stopping this command stops the server.
    runpy.run_module("streamlit", run_name="__main__", alter_sys=True)
