"""Serve the pages: Streamlit's own application with the guard around it, and what is printed when it starts."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import streamlit
from starlette.middleware import Middleware
from streamlit import cli_util, config
from streamlit.starlette import App

from hingecheck.serving.guard import Guard, Policy
from hingecheck.serving.headers import script_hashes

#: The file that Streamlit runs for every page; inside the package, so that an installed wheel has it too.
MAIN = Path(__file__).with_name("main.py")


def policy() -> Policy:
    """Return the policy of a server for the person at this computer."""
    return Policy(scripts=_page_scripts())


def _page_scripts() -> tuple[str, ...]:
    return script_hashes((Path(streamlit.__file__).parent / "static" / "index.html").read_bytes())


def middleware() -> list[Middleware]:
    """Return what stands between the network and Streamlit."""
    return [Middleware(Guard, policy=policy())]


@asynccontextmanager
async def announce(_: App) -> AsyncIterator[None]:
    """Print the address, and open it in the browser where that is wanted; the server's port is open already."""
    address = f"http://{config.get_option('server.address')}:{config.get_option('server.port')}"
    print(f"HingeCheck is open at {address}. Ctrl-C stops it.", flush=True)
    if not config.get_option("server.headless"):
        cli_util.open_browser(address)
    yield


def serve(port: int, address: str, headless: bool) -> None:
    """Serve the pages until the server is stopped.

    Parameters
    ----------
    port : int
    address : str
        Of a network interface of this computer.
    headless : bool
        Do not open the browser.
    """
    # Streamlit reads the settings beside the file that it takes for the one that was started.
    sys.argv = [str(MAIN)]
    App(MAIN, middleware=middleware(), lifespan=announce).run(config={
        "server.port": port, "server.address": address, "server.headless": headless})
