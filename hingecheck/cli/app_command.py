"""`hingecheck app`: run the server of the web pages in this process and open the browser."""

from __future__ import annotations

import socket
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer

from hingecheck.cli import accounts_command
from language.translate import _

_FAILED = 1
_EVERYWHERE = "0.0.0.0"


def serve(
    port: Annotated[int, typer.Option(
        "--port", min=1, max=65535, help=_("Port of the server on this computer."))] = 8501,
    no_browser: Annotated[bool, typer.Option("--no-browser", help=_("Do not open the browser."))] = False,
    share: Annotated[bool, typer.Option(
        "--share", help=_("Serve phones and computers of the same network too, over https and behind a "
                          "login."))] = False,
    address: Annotated[str | None, typer.Option(
        "--address", metavar="IP", help=_("With --share: listen on this address of this computer "
                                          "alone."), show_default=False)] = None,
    name: Annotated[list[str] | None, typer.Option(
        "--name", metavar="HOST", help=_("With --share: a further name under which this computer is found. May be "
                                         "repeated."), show_default=False)] = None,
    cert: Annotated[Path | None, typer.Option(
        "--cert", exists=True, dir_okay=False, help=_("With --share: your own certificate (PEM), with "
                                                      "--key."), show_default=False)] = None,
    key: Annotated[Path | None, typer.Option(
        "--key", exists=True, dir_okay=False, help=_("With --share: the key of --cert (PEM, without a "
                                                     "password)."), show_default=False)] = None,
    openid: Annotated[Path | None, typer.Option(
        "--openid", exists=True, dir_okay=False, help=_("With --share: settings of an OpenID provider "
                                                        "(TOML)."), show_default=False)] = None,
) -> None:
    """Open the web pages: analyse videos, review every rep, see the progress of weeks. Ctrl-C stops the server."""
    if find_spec("streamlit") is None:
        typer.echo(_("Error: the web pages need streamlit. Run: pip install -e . (in the project's folder)"), err=True)
        raise typer.Exit(_FAILED)
    given = [option for option, value in (("--address", address), ("--name", name), ("--cert", cert), ("--key", key),
                                          ("--openid", openid)) if value]
    if given and not share:
        raise typer.BadParameter(_("needs --share"), param_hint=given[0])
    if (cert is None) != (key is None):
        raise typer.BadParameter(_("--cert and --key go together"), param_hint="--cert" if key is None else "--key")
    from pose.model.freed_memory import limit_stores

    limit_stores()  # before the server's libraries start threads
    from hingecheck.pages import server

    if share:
        _share(port, no_browser, address or _EVERYWHERE, name or [], cert, key, openid)
    else:
        _require_free(port)
        server.serve(port, headless=no_browser)


def _require_free(port: int) -> None:
    """End with the next free port named where another program has this one."""
    if _is_free(port):
        return
    other = next((number for number in range(port + 1, min(port + 100, 65536)) if _is_free(number)), None)
    remedy = _("Choose another with --port.") if other is None else _("--port {port} is free.").format(port=other)
    typer.echo(_("Port {port} is in use, perhaps by another HingeCheck. {remedy}").format(port=port, remedy=remedy),
               err=True)
    raise typer.Exit(_FAILED)


def _is_free(port: int) -> bool:
    with socket.socket() as one:
        if sys.platform != "win32":  # a port that was just closed counts as free; on Windows this would share it
            one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            one.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def _share(port: int, headless: bool, address: str, names: list[str], cert: Path | None, key: Path | None,
           openid_file: Path | None) -> None:
    from hingecheck.history.connection import data_folder
    from hingecheck.pages import server
    from hingecheck.pages.openid import OpenIdError
    from hingecheck.serving.certificates import CertificateError
    from hingecheck.serving.shared_server import SharedServer, certificates_of, names_of

    accounts_command.require_an_owner()
    all_names = names_of(address, names)
    logins, windows = server.new_logins()
    try:
        certificates = certificates_of(data_folder(), all_names, cert, key)
        shared = SharedServer(all_names, port, certificates, logins)
        server.share(shared, windows, address, headless, openid_file)
    except (CertificateError, OpenIdError) as error:
        typer.echo(_("Error: {error}").format(error=error), err=True)
        raise typer.Exit(_FAILED) from None
