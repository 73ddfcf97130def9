"""Stop Streamlit's server from requesting this computer's address from the internet.

Streamlit 1.67 sends an HTTP request to checkip.amazonaws.com and points a UDP socket at 8.8.8.8 in two cases: when a
headless server on all addresses prints its own, and when a page of another origin tries to open a session, which any
web site in the person's browser can do. The only setting that turns the second off would let those pages in.
"""

from __future__ import annotations

from streamlit import net_util

#: Values of `--address` that mean every network of this computer.
ALL_NETWORKS = ("0.0.0.0", "::")


def block_address_lookup(address: str) -> None:
    """Replace both look-ups by functions that open no socket.

    Parameters
    ----------
    address : str
        The address the server listens on. On every network the look-up of the local address stays, because a phone
        needs the printed address; its UDP socket sends no packet.
    """
    net_util.get_external_ip = _no_address
    if address not in ALL_NETWORKS:
        net_util.get_internal_ip = _no_address


def _no_address() -> None:
    return None
