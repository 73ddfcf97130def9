"""`hingecheck app`: run the server of the web pages in this process and open the browser."""

from __future__ import annotations

from importlib.util import find_spec
from typing import Annotated

import typer

_FAILED = 1


def serve(
    port: Annotated[int, typer.Option("--port", min=1, max=65535, help="Port of the server on this computer.")] = 8501,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Do not open the browser.")] = False,
) -> None:
    """Open the web pages: analyse videos, review every rep, see the progress of weeks. Ctrl-C stops the server."""
    if find_spec("streamlit") is None:
        typer.echo("Error: the web pages need streamlit. Run: pip install -e . (in the project's folder)", err=True)
        raise typer.Exit(_FAILED)
    from hingecheck.pages import server

    server.serve(port, "127.0.0.1", headless=no_browser)
