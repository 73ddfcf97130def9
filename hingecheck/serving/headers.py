"""Response headers -> what a browser may load, run and embed of the pages.

The pages load nothing from elsewhere, so a browser is told to load nothing from elsewhere: a script that got in all
the same could neither run nor send anything out.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable

_INLINE_SCRIPT = re.compile(rb"<script>(.*?)</script>", re.DOTALL)

#: The same on every response. Streamlit's own pages embed its components, so frames of the same origin stay allowed.
FIXED: tuple[tuple[bytes, bytes], ...] = (
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"SAMEORIGIN"),
    # Without a referrer at all a browser names the origin of a form as "null".
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(self), microphone=(), geolocation=(), display-capture=(), usb=(), payment=()"),
)


def script_hashes(html: bytes) -> tuple[str, ...]:
    """Return the CSP sources that allow the inline scripts of a page, and no other.

    Examples
    --------
    >>> script_hashes(b"<script>a = 1</script><script src='x.js'></script>")
    ("'sha256-tbwf/ZCRL7GL7259gJCRksemSSiWMgFW1n+68QTGVEo='",)
    """
    return tuple(f"'sha256-{base64.b64encode(hashlib.sha256(script).digest()).decode()}'"
                 for script in _INLINE_SCRIPT.findall(html))


def content_security_policy(host: str, is_https: bool, scripts: Iterable[str] = ()) -> bytes:
    """Return the policy of a page.

    Parameters
    ----------
    host : str
        Name and port that the browser used, checked before; Safari does not take 'self' for a WebSocket.
    is_https : bool
    scripts : iterable of str
        Further sources of scripts, from `script_hashes`.
    """
    socket = f"{'wss' if is_https else 'ws'}://{host}"
    # Streamlit loads the scripts of components as blobs. A script that runs can run another from a blob, so that
    # eval gives it nothing more; programs that drive a browser wait with it.
    own_scripts = " ".join(("'self'", "blob:", "'unsafe-eval'", *scripts))
    return "; ".join((
        "default-src 'self'",
        f"script-src {own_scripts}",
        # Streamlit and Vega write their styles into the page.
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:", "media-src 'self' data: blob:", "font-src 'self' data:",
        f"connect-src 'self' data: blob: {socket}", "worker-src 'self' blob:", "frame-src 'self'",
        "object-src 'none'", "base-uri 'none'", "form-action 'self'", "frame-ancestors 'self'")).encode("latin-1")
