"""The pages in front of the pages of a shared server: log in, choose a password, log out, trust the server."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from urllib.parse import parse_qs

import anyio
import jinja2
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from hingecheck.history import accounts, passwords
from hingecheck.history.connection import History
from hingecheck.history.records import HistoryError
from hingecheck.serving.attempts import Attempts
from hingecheck.serving.certificates import Certificates
from hingecheck.serving.door import cookie, token_of
from hingecheck.serving.logins import Login, Logins
from hingecheck.serving.request_language import in_language
from language.current import current
from language.translate import _, gettext, mark

#: A form of three fields; more is no form of ours.
_LONGEST_FORM = 10_000
#: Each check of a password takes 64 MiB and a core for some hundredths of a second.
_CHECKS_AT_ONCE = 2
_WRONG = mark("Name or password is wrong.")
_UNKNOWN = mark("You are known there, but have no account here. Ask the person who runs this server.")


class _FormError(Exception):
    """The form is too large, or no form."""


@dataclass(frozen=True)
class LoginRoutes:
    """The routes of one server.

    Parameters
    ----------
    history : callable
        Returns the history, as nobody in particular.
    logins : Logins
    certificates : Certificates
    has_openid : bool
        Whether an OpenID provider is set up.
    attempts : Attempts
    """

    history: Callable[[], History]
    logins: Logins
    certificates: Certificates
    has_openid: bool = False
    attempts: Attempts = field(default_factory=Attempts)
    _checks: anyio.CapacityLimiter = field(default_factory=lambda: anyio.CapacityLimiter(_CHECKS_AT_ONCE))

    def routes(self) -> list[Route]:
        """Return them for Starlette."""
        return [Route("/login", in_language(self._login_page), methods=["GET"]),
                Route("/login", in_language(self._log_in), methods=["POST"]),
                Route("/password", in_language(self._password_page), methods=["GET"]),
                Route("/password", in_language(self._change_password), methods=["POST"]),
                Route("/logout", in_language(self._logout_page), methods=["GET"]),
                Route("/logout", self._log_out, methods=["POST"]), Route("/session", self._session, methods=["GET"]),
                Route("/trust", in_language(self._trust_page), methods=["GET"]),
                Route("/authority.crt", in_language(self._authority), methods=["GET"])]

    async def _login_page(self, request: Request) -> Response:
        return self._login_form(_(_UNKNOWN) if "unknown" in request.query_params else "")

    def _login_form(self, problem: str = "", name: str = "", status: int = 200, wait_s: float = 0.0) -> Response:
        headers = {"Retry-After": str(math.ceil(wait_s))} if wait_s else {}
        return _page("login", _("Log in"), status, headers, problem=problem, name=name, has_openid=self.has_openid,
                     has_authority=bool(self.certificates.authority))

    async def _log_in(self, request: Request) -> Response:
        try:
            form = await _form(request)
        except _FormError:
            return self._login_form(_(_WRONG), status=400)
        name, password, address = form.get("name", ""), form.get("password", ""), _address(request)
        wait_s = self.attempts.begin(name, address)
        if wait_s:
            return self._login_form(_("Too many tries. Wait {duration}, then try again.").format(
                duration=_duration(wait_s)), name, 429, wait_s)
        try:
            account = await self._checked(accounts.log_in, name, password)
        except HistoryError:
            return self._login_form(_("The history cannot be opened now. Try again in a minute."), name, 503)
        if account is None:
            return self._login_form(_(_WRONG), name, 401)
        self.attempts.succeeded(name, address)
        # A browser that logs in anew ends the login it had.
        self.logins.end(token_of(request.scope))
        token = self.logins.begin(account.id, account.name, account.stamp, account.is_temporary)
        return _with_cookie(RedirectResponse("/password" if account.is_temporary else "/", 303), token)

    async def _checked(self, check: Callable[..., accounts.Account | None], name: str,
                       password: str) -> accounts.Account | None:
        """Check a password on a thread, few at a time."""
        return await anyio.to_thread.run_sync(check, self.history(), name, password, limiter=self._checks)

    async def _password_page(self, request: Request) -> Response:
        return self._password_form(self._login(request))

    def _password_form(self, login: Login, problem: str = "", status: int = 200) -> Response:
        return _page("password", _("Choose a password"), status, problem=problem, name=login.name,
                     shortest=passwords.SHORTEST)

    async def _change_password(self, request: Request) -> Response:
        login = self._login(request)
        try:
            form = await _form(request)
        except _FormError:
            return self._password_form(login, _("This could not be read. Try again."), 400)
        if form.get("new", "") != form.get("again", ""):
            return self._password_form(login, _("The two new passwords differ. Type them again."), 400)
        if form.get("new", "") == form.get("old", ""):
            return self._password_form(login, _("This is the old password. Choose another one."), 400)
        wait_s = self.attempts.begin(login.name, _address(request))
        if wait_s:
            return self._password_form(login, _("Too many tries. Wait {duration}, then try again.").format(
                duration=_duration(wait_s)), 429)
        account = await self._checked(accounts.log_in, login.name, form.get("old", ""))
        if account is None or account.id != login.account_id:
            return self._password_form(login, _("The old password is wrong."), 401)
        self.attempts.succeeded(login.name, _address(request))
        try:
            account = await anyio.to_thread.run_sync(accounts.set_password, self.history(), account.id,
                                                     form.get("new", ""))
        except HistoryError as error:
            text = str(error)
            return self._password_form(login, text[:1].upper() + text[1:], 400)
        # Whoever knew the old password is out.
        self.logins.end_all(account.id)
        return _with_cookie(RedirectResponse("/", 303), self.logins.begin(account.id, account.name, account.stamp))

    async def _logout_page(self, request: Request) -> Response:
        return _page("logout", _("Log out"), name=self._login(request).name)

    async def _log_out(self, request: Request) -> Response:
        self.logins.end(token_of(request.scope))
        return _with_cookie(RedirectResponse("/login", 303), "")

    async def _session(self, _request: Request) -> Response:
        return Response(status_code=204)  # the door answers for those who are not logged in

    async def _trust_page(self, _request: Request) -> Response:
        if not self.certificates.authority:
            return Response(_("There is nothing here.") + "\n", 404, media_type="text/plain")
        return _page("trust", _("Trust this server"), fingerprint=self.certificates.fingerprint)

    async def _authority(self, _request: Request) -> Response:
        if not self.certificates.authority:
            return Response(_("There is nothing here.") + "\n", 404, media_type="text/plain")
        return Response(self.certificates.authority, media_type="application/x-x509-ca-cert",
                        headers={"Content-Disposition": 'attachment; filename="hingecheck.crt"'})

    def _login(self, request: Request) -> Login:
        login = self.logins.find(token_of(request.scope))
        assert login is not None  # the door let nobody else in
        return login


@cache
def _template() -> jinja2.Template:
    environment = jinja2.Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True,
                                     undefined=jinja2.StrictUndefined)
    environment.globals["_"] = gettext
    return environment.from_string(resources.files("hingecheck.serving").joinpath("login.html").read_text("utf-8"))


def _page(page: str, title: str, status: int = 200, headers: dict[str, str] | None = None, problem: str = "",
          **values: object) -> Response:
    text = _template().render(page=page, title=title, problem=problem, language=current(), **values)
    return HTMLResponse(text, status, {"Cache-Control": "no-store", **(headers or {})})


def _with_cookie(response: Response, token: str) -> Response:
    response.headers.append("Set-Cookie", cookie(token))
    return response


async def _form(request: Request) -> dict[str, str]:
    """Return the fields of a form."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > _LONGEST_FORM:
            raise _FormError
    try:
        fields = parse_qs(body.decode("utf-8"), keep_blank_values=True, errors="strict", max_num_fields=10)
    except ValueError:
        raise _FormError from None
    return {name: values[0] for name, values in fields.items()}


def _address(request: Request) -> str:
    return request.client.host if request.client is not None else ""


def _duration(wait_s: float) -> str:
    minutes = math.ceil(wait_s / 60)
    if wait_s <= 90:
        return _("{seconds} seconds").format(seconds=math.ceil(wait_s))
    return _("{minutes} minutes").format(minutes=minutes)
