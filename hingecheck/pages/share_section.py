"""Draw who is logged in, the way out, and how a phone opens these pages, on every page of a shared server."""

from __future__ import annotations

import streamlit as st

from hingecheck.pages import elements, state, visitors
from hingecheck.pages.browser_part import browser_part
from hingecheck.serving import qr

_LOGOUT = ('<form method="post" action="/logout" target="_self"><button class="hc-logout">Log out</button> '
           '<a href="/password" target="_self">Change password</a></form>')


def draw() -> None:
    """Draw the section; nothing at home."""
    server = visitors.shared_server()
    if server is None:
        return
    name = state.author() or ""
    elements.piece("kicker", texts=[f"Logged in as {name}"])
    st.html(_LOGOUT)
    with st.expander("Open on a phone"):
        st.write("In the same network, point the phone's camera here:")
        elements.piece("image", source=elements.source(qr.drawing(server.address).encode(), "svg+xml"),
                       alt=f"The address {server.address} as a QR code", width="240px")
        st.text(server.address)
        if server.certificates.fingerprint:
            st.write("If the phone warns of the page, let it trust this server once. Before you install the "
                     "certificate, compare its fingerprint (SHA-256) with this one:")
            st.code(server.certificates.fingerprint, language=None, wrap_lines=True)
            st.html(f'<a href="{server.address}/trust" target="_self">How a phone trusts this server</a>')
    browser_part("session_watch")(key="session_watch")
