"""On PYTHONPATH: every Python process logs each attempt to reach another computer, and refuses it.

The file that HINGECHECK_ATTEMPTS names gets a line `watched` for each process, then one for each attempt.
"""

import ipaddress
import os
import socket
import sys

_FILE = os.environ.get("HINGECHECK_ATTEMPTS", "")
_STAY_HERE = {socket.AF_UNIX} | ({socket.AF_NETLINK} if hasattr(socket, "AF_NETLINK") else set())
#: Index of the address in the arguments of each event.
_SENDING = {"socket.connect": 1, "socket.sendto": 1, "socket.sendmsg": 1}
_LOOK_UPS = {"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"}
_LOCAL_NAMES = {"", "localhost", "ip6-localhost"}


def _is_here(host):
    """Return whether the name or address of a host is this computer's own, without resolving it."""
    name = host.decode("idna", "replace") if isinstance(host, bytes) else str(host or "")
    if name in _LOCAL_NAMES:
        return True
    try:
        address = ipaddress.ip_address(name.partition("%")[0])
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified


def _outside(event, arguments):
    """Return the address outside that this event would reach; None = none."""
    if event in _LOOK_UPS:
        return None if _is_here(arguments[0]) else arguments[0]
    if event == "socket.getnameinfo":
        return None if _is_here(arguments[0][0]) else arguments[0]
    sock, address = arguments[0], arguments[_SENDING[event]]
    if address is None or sock.family in _STAY_HERE:  # None: on a connection that was checked when it was opened
        return None
    inet = sock.family in (socket.AF_INET, socket.AF_INET6)
    return None if inet and _is_here(address[0]) else address


def _write(line):
    handle = os.open(_FILE, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    os.write(handle, f"{line}\n".encode())
    os.close(handle)


def _watch(event, arguments):
    if event not in _SENDING and event not in _LOOK_UPS and event != "socket.getnameinfo":
        return
    outside = _outside(event, arguments)
    if outside is not None:
        _write(f"{event} {outside!r}")
        raise ConnectionRefusedError(f"{event} {outside!r}: forbidden in this test")


if _FILE:
    _write(f"watched {os.getpid()}")
    sys.addaudithook(_watch)
