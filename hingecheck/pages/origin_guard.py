"""Keep Streamlit's server from asking the outside for this computer's address.

Streamlit 1.67 looks up checkip.amazonaws.com and asks it over HTTP, and points a UDP socket at 8.8.8.8, in two cases:
when a headless server on all addresses prints its own, and whenever a page of another origin tries to open a session,
which any web site in the person's browser can do. No setting turns the second off but one that lets those pages in.
"""

from __future__ import annotations

from streamlit import net_util

#: Where `--address` means every network of this computer.
EVERYWHERE = ("0.0.0.0", "::")


def shut(address: str) -> None:
    """Answer both questions without a socket.

    Parameters
    ----------
    address : str
        What the server listens on. On every network the printed address in the own one stays, for a phone: the UDP
        socket behind it sends no packet.
    """
    net_util.get_external_ip = _unknown
    if address not in EVERYWHERE:
        net_util.get_internal_ip = _unknown


def _unknown() -> None:
    return None
