"""Draw who is logged in, the way out, and how a phone opens these pages, on every page of a shared server."""

from __future__ import annotations

from html import escape

import streamlit as st

from hingecheck.pages import elements, state, visitors
from hingecheck.pages.browser_part import browser_part
from hingecheck.serving import qr
from language.translate import _

_LOGOUT = ('<form method="post" action="/logout" target="_self"><button class="hc-logout">{log_out}</button> '
           '<a href="/password" target="_self">{change}</a></form>')


def draw() -> None:
    """Draw the section; nothing at home."""
    server = visitors.shared_server()
    if server is None:
        return
    name = state.author() or ""
    elements.piece("kicker", texts=[_("Logged in as {name}").format(name=name)])
    st.html(_LOGOUT.format(log_out=escape(_("Log out")), change=escape(_("Change password"))))
    with st.expander(_("Open on a phone")):
        st.write(_("In the same network, point the phone's camera here:"))
        elements.piece("image", source=elements.source(qr.drawing(server.address).encode(), "svg+xml"),
                       alt=_("The address {address} as a QR code").format(address=server.address), width="240px")
        st.text(server.address)
        if server.certificates.fingerprint:
            st.write(_("If the phone warns of the page, let it trust this server once. Before you install the "
                       "certificate, compare its fingerprint (SHA-256) with this one:"))
            st.code(server.certificates.fingerprint, language=None, wrap_lines=True)
            how = escape(_("How a phone trusts this server"))
            st.html(f'<a href="{server.address}/trust" target="_self">{how}</a>')
    browser_part("session_watch")(key="session_watch")
