"""Log in through an OpenID provider, with what Streamlit's `st.login` is made of.

Streamlit sends the browser to the provider, checks what comes back and puts it into a cookie of its own. That cookie
never leaves this server: whoever it names gets a login of an account here, if there is one.
"""

from __future__ import annotations

import json
import secrets
import sys
from collections.abc import Callable
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from streamlit.auth_util import encode_provider_token, get_cookie_with_chunks, is_authlib_installed
from streamlit.web.server.server_util import get_cookie_secret
from streamlit.web.server.starlette.starlette_app_utils import decode_signed_value
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

from hingecheck.history import accounts
from hingecheck.history.connection import History
from hingecheck.serving.door import CALLBACK
from hingecheck.serving.logins import Logins
from language.translate import _

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib  # type: ignore[import-not-found, unused-ignore]

_NEEDED = ("client_id", "client_secret", "server_metadata_url")
_SECRET_BYTES = 32


class OpenIdError(Exception):
    """The settings cannot be used; the message says what to do."""


def settings(file: Path, address: str) -> dict[str, Any]:
    """Return the settings of `st.login` from a file with an `[auth]` table, as Streamlit's documents describe it.

    Parameters
    ----------
    file : Path
        TOML; `redirect_uri` and `cookie_secret` may be left out.
    address : str
        Of this server.

    Raises
    ------
    OpenIdError
        The file cannot be read, or lacks something.
    """
    if not is_authlib_installed():
        raise OpenIdError(_("logging in through OpenID needs Authlib. Run: pip install -e \".[openid]\" (in the "
                            "project's folder)"))
    try:
        auth = tomllib.loads(file.read_text(encoding="utf-8")).get("auth", {})
    except (OSError, ValueError) as error:
        raise OpenIdError(_("{file} cannot be read as TOML ({error}).").format(file=file, error=error)) from None
    missing = [key for key in _NEEDED if not isinstance(auth, dict) or not isinstance(auth.get(key), str)]
    if missing:
        raise OpenIdError(_("{file} lacks {join} in its table [auth]. See docs/sharing.md.").format(
            file=file, join=', '.join(missing)))
    return {"auth": {"redirect_uri": f"{address}{CALLBACK}", "cookie_secret": secrets.token_hex(_SECRET_BYTES),
                     **{key: value for key, value in auth.items() if isinstance(value, (str, dict))}}}


async def redirect(_: Request) -> Response:
    """Send the browser to Streamlit's login, as `st.login` does."""
    return RedirectResponse(f"/auth/login?provider={encode_provider_token('default')}", 303)


class LogIn:
    """Streamlit's cookies -> a login here.

    Parameters
    ----------
    history : callable
        Returns the history, as nobody in particular.
    logins : Logins
    """

    def __init__(self, history: Callable[[], History], logins: Logins) -> None:
        self._history, self._logins = history, logins

    def __call__(self, set_cookies: list[str]) -> str | None:
        """Return the token of a new login; None where the cookies name nobody who has an account."""
        account = accounts.of_openid(self._history(), identities(_claims(set_cookies)))
        return None if account is None else self._logins.begin(account.id, account.name, account.stamp)


def _claims(set_cookies: list[str]) -> dict[str, Any]:
    """Return what the provider says of somebody; nothing where Streamlit set no cookie."""
    cookies: SimpleCookie = SimpleCookie()
    for text in set_cookies:
        cookies.load(text)

    def signed(name: str) -> bytes | None:
        cookie = cookies.get(name)
        return None if cookie is None else decode_signed_value(get_cookie_secret(), name, cookie.value)

    value = get_cookie_with_chunks(signed, USER_COOKIE_NAME)
    claims = {} if value is None else json.loads(value)
    return claims if isinstance(claims, dict) and claims.get("is_logged_in") is True else {}


def identities(claims: dict[str, Any]) -> tuple[str, ...]:
    """Return the names under which an account may know somebody: the subject, and a confirmed e-mail address.

    Examples
    --------
    >>> identities({"sub": "a1", "email": "ana@example.org", "email_verified": True})
    ('a1', 'ana@example.org')
    >>> identities({"sub": "a1", "email": "ana@example.org"})
    ('a1',)
    """
    names = [claims.get("sub"), claims.get("email") if claims.get("email_verified") is True else None]
    return tuple(str(one) for one in names if isinstance(one, str) and one)
