"""Serve the pages: Streamlit's own application with guard and door around it, and what is printed when it starts."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any

import streamlit
from starlette.middleware import Middleware
from starlette.routing import Route
from streamlit import cli_util, config
from streamlit.runtime import Runtime
from streamlit.starlette import App

from hingecheck.pages import open_windows, openid, state, visitors
from hingecheck.pages.window_messages import WindowMessages
from hingecheck.serving.door import Door
from hingecheck.serving.guard import Guard, Policy
from hingecheck.serving.headers import script_hashes
from hingecheck.serving.login_routes import LoginRoutes
from hingecheck.serving.logins import Logins
from hingecheck.serving.shared_server import SharedServer
from language.translate import _

#: The file that Streamlit runs for every page; inside the package, so that an installed wheel has it too.
MAIN = Path(__file__).with_name("page_script.py")


def page_scripts() -> tuple[str, ...]:
    """Return the CSP sources of the scripts in Streamlit's own page."""
    return script_hashes((Path(streamlit.__file__).parent / "static" / "index.html").read_bytes())


def middleware() -> list[Middleware]:
    """Return what stands between the network and Streamlit at home."""
    return [Middleware(Guard, policy=Policy(scripts=page_scripts())), Middleware(WindowMessages)]


@asynccontextmanager
async def announce(_app: App) -> AsyncIterator[None]:
    """Print the address, and open it in the browser where that is wanted; the server's port is open already."""
    address = f"http://{config.get_option('server.address')}:{config.get_option('server.port')}"
    print(_("HingeCheck is open at {address}. Ctrl-C stops it.").format(address=address), flush=True)
    _open_browser(address)
    async with open_windows.freed():
        yield


def _open_browser(address: str) -> None:
    if not config.get_option("server.headless"):
        cli_util.open_browser(address)


def serve(port: int, headless: bool) -> None:
    """Serve the pages to the person at this computer until the server is stopped."""
    _run(App(MAIN, middleware=middleware(), lifespan=announce),
         {"server.port": port, "server.address": "127.0.0.1", "server.headless": headless})


def _run(app: App, settings: dict[str, Any]) -> None:
    # Streamlit reads the settings beside the file that it takes for the one that was started.
    sys.argv = [str(MAIN)]
    app.run(config=settings)


class Windows:
    """What Streamlit's runtime holds for each window; closes one from any thread."""

    def __init__(self) -> None:
        self.loop: asyncio.AbstractEventLoop | None = None

    def close(self, window: str) -> None:
        """Close a window for good: its state, uploads, images and videos."""
        if self.loop is not None and not self.loop.is_closed():
            self.loop.call_soon_threadsafe(lambda: Runtime.instance().close_session(window))

    def media_of(self, windows: Iterable[str]) -> set[str]:
        """Return the ids of the images and videos that windows show; none where Streamlit keeps them elsewhere."""
        if not Runtime.exists():
            return set()
        # Streamlit serves every image to everybody who knows its address; only this private table says whose it is.
        files: Any = getattr(Runtime.instance().media_file_mgr, "_files_by_session_and_coord", {})
        return {file for window in windows for file in list(files.get(window, {}).values())}


def share(server: SharedServer, windows: Windows, address: str, headless: bool, openid_file: Path | None) -> None:
    """Serve the pages to other computers, behind a login, until the server is stopped.

    Parameters
    ----------
    server : SharedServer
    windows : Windows
        Its logins close these.
    address : str
        Of the network interface to listen on.
    headless : bool
        Do not open the browser.
    openid_file : Path or None
        Settings of an OpenID provider (`openid.settings`).
    """
    visitors.share(server)
    secrets = None if openid_file is None else openid.settings(openid_file, server.address)
    routes = LoginRoutes(state.whole_history, server.logins, server.certificates, has_openid=secrets is not None)
    own_routes = routes.routes() + ([] if secrets is None else [Route("/openid", openid.redirect)])
    log_in = None if secrets is None else openid.LogIn(state.whole_history, server.logins)
    app = App(MAIN, secrets=secrets, routes=own_routes, lifespan=_announced(server, windows), middleware=[
        Middleware(Guard, policy=server.policy(page_scripts())),
        Middleware(Door, logins=server.logins, media_of=windows.media_of, log_in_elsewhere=log_in),
        Middleware(WindowMessages)])
    _run(app, {"server.port": server.port, "server.address": address, "server.headless": headless,
               "server.sslCertFile": str(server.certificates.certificate),
               "server.sslKeyFile": str(server.certificates.key)})


def new_logins() -> tuple[Logins, Windows]:
    """Return the logins of a server and the windows that end with them."""
    windows = Windows()
    return Logins(windows.close), windows


def _announced(server: SharedServer, windows: Windows) -> Callable[[App], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def announced(_: App) -> AsyncIterator[None]:
        windows.loop = asyncio.get_running_loop()
        print(server.announcement(sys.stdout.encoding), flush=True)
        _open_browser(server.address)
        async with open_windows.freed():
            yield

    return announced
