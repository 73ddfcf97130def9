"""The names and addresses under which other computers of the same network find this one."""

from __future__ import annotations

import ipaddress
import socket

import ifaddr

#: Interfaces of virtual machines and containers: no phone is there.
_VIRTUAL = ("docker", "br-", "veth", "virbr", "vmnet", "vboxnet", "vethernet", "utun", "lo")


def addresses() -> tuple[str, ...]:
    """Return this computer's IPv4 addresses in its networks; the one that a phone most likely reaches first."""
    ranked: list[tuple[int, str]] = []
    for adapter in ifaddr.get_adapters():
        is_virtual = adapter.nice_name.casefold().startswith(_VIRTUAL)
        for ip in adapter.ips:
            if ip.is_IPv4 and not (address := ipaddress.ip_address(str(ip.ip))).is_loopback:
                ranked.append((2 * is_virtual + address.is_link_local, str(address)))
    # A stable sort: the system's own order stands where nothing else decides.
    return tuple(address for _, address in sorted(ranked, key=lambda pair: pair[0]))


def host_names() -> tuple[str, ...]:
    """Return this computer's own name, plain and as its network announces it (mDNS), lower case."""
    name = socket.gethostname().split(".")[0].casefold()
    is_usable = bool(name) and name.isascii() and name.replace("-", "").isalnum()
    return (name, f"{name}.local") if is_usable else ()


def is_address(host: str) -> bool:
    """Whether this is an IP address rather than a name."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
