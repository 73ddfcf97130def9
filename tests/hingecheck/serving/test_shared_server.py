"""What a shared server answers to, and what it prints: also where a terminal has no blocks to draw with."""

from __future__ import annotations

import ipaddress
from pathlib import Path

import cv2
import numpy as np
import pytest

from hingecheck.serving import qr
from hingecheck.serving.certificates import Certificates
from hingecheck.serving.logins import Logins
from hingecheck.serving.own_addresses import addresses, host_names
from hingecheck.serving.shared_server import SharedServer, names_of

ADDRESS = "https://192.168.178.20:8501"
_PIXEL = {" ": (0, 0), "\u2588": (255, 255), "\u2580": (255, 0), "\u2584": (0, 255)}


def _server(fingerprint: str = "AA:BB") -> SharedServer:
    certificates = Certificates(Path("a"), Path("b"), b"x" if fingerprint else b"", fingerprint)
    return SharedServer(("192.168.178.20", "clinic.local", "localhost"), 8501, certificates, Logins())


def test_the_code_on_the_terminal_reads_as_the_address() -> None:
    lines = qr.on_terminal(ADDRESS, "utf-8").splitlines()
    width = max(map(len, lines))
    rows = [[_PIXEL[letter][half] for letter in line.ljust(width)] for line in lines for half in (0, 1)]
    image = np.kron(np.array(rows, np.uint8), np.ones((8, 8), np.uint8))
    # Light on dark in a dark terminal: a quiet zone of the code's own lies around it.
    text, _, _ = cv2.QRCodeDetector().detectAndDecode(cv2.copyMakeBorder(image, 32, 32, 32, 32, cv2.BORDER_CONSTANT,
                                                                         value=255))
    assert text == ADDRESS


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "latin-1", None, "no such encoding"])
def test_a_terminal_without_blocks_gets_the_address_alone(encoding: str | None) -> None:
    text = _server().announcement(encoding)
    assert ADDRESS in text
    text.encode("ascii")


def test_what_is_printed_names_every_way_and_the_fingerprint() -> None:
    text = _server().announcement("utf-8")
    for part in (ADDRESS, "https://clinic.local:8501", f"{ADDRESS}/trust", "AA:BB"):
        assert part in text
    assert "localhost" not in text
    assert "/trust" not in _server(fingerprint="").announcement("utf-8")


def test_names_that_are_given_come_first_and_none_twice() -> None:
    names = names_of("0.0.0.0", ["Clinic.Example.org.", "clinic.example.org"])
    assert names[0] == "clinic.example.org"
    assert len(set(names)) == len(names)
    assert {"localhost", "127.0.0.1", "::1", *addresses(), *host_names()} <= set(names)
    assert set(addresses()) & set(names_of("10.1.2.3", [])) == set()
    assert names_of("10.1.2.3", [])[0] == "10.1.2.3"


def test_addresses_are_of_networks() -> None:
    assert not [address for address in addresses() if ipaddress.ip_address(address).is_loopback]
