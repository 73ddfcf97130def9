"""`unshare -n python alone.py COUNTER COMMAND...`: run a command with loopback only, count packets without a route."""

from __future__ import annotations

import fcntl
import os
import socket
import struct
import subprocess
import sys
from pathlib import Path

_SIOCGIFFLAGS, _SIOCSIFFLAGS, _IFF_UP = 0x8913, 0x8914, 0x1  # linux/sockios.h, linux/if.h


def _raise_loopback() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        request = struct.pack("16sh14x", b"lo", 0)
        flags = struct.unpack("16sh14x", fcntl.ioctl(any_socket, _SIOCGIFFLAGS, request))[1]
        fcntl.ioctl(any_socket, _SIOCSIFFLAGS, struct.pack("16sh14x", b"lo", flags | _IFF_UP))


def _without_route() -> int:
    """Return the number of packets without a route in this namespace, IPv4 and IPv6."""
    names, numbers = (line.split() for line in Path("/proc/net/snmp").read_text().splitlines()
                      if line.startswith("Ip:"))
    count = int(dict(zip(names, numbers, strict=True))["OutNoRoutes"])
    six = Path("/proc/net/snmp6")
    lines = six.read_text().splitlines() if six.exists() else []
    return count + sum(int(line.split()[1]) for line in lines if line.startswith("Ip6OutNoRoutes"))


if __name__ == "__main__":
    _raise_loopback()
    before = _without_route()
    result = subprocess.run(sys.argv[2:], check=False, env=dict(os.environ))
    Path(sys.argv[1]).write_text(str(_without_route() - before))
    sys.exit(result.returncode)
