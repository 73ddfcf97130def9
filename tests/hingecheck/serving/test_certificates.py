"""Certificates that programs trust for this server, and for nothing else."""

from __future__ import annotations

import socket
import ssl
import stat
import threading
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization

from hingecheck.serving import certificates
from hingecheck.serving.certificates import CertificateError, Certificates

NAMES = ("192.168.1.20", "clinic.local", "clinic", "127.0.0.1", "::1", "localhost")


def handshake(files: Certificates, trusted: Path, name: str) -> str:
    """Connect to a server with this certificate under a name; return what the client says, "" when it trusts it."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(files.certificate, files.key)
    ours, theirs = socket.socketpair()

    def answer() -> None:
        try:
            context.wrap_socket(theirs, server_side=True).close()
        except OSError:
            theirs.close()

    thread = threading.Thread(target=answer)
    thread.start()
    try:
        ssl.create_default_context(cafile=str(trusted)).wrap_socket(ours, server_hostname=name).close()
    except ssl.SSLError as error:
        return str(error)
    finally:
        ours.close()
        thread.join()
    return ""


@pytest.mark.parametrize("name", NAMES)
def test_a_phone_with_the_authority_trusts_the_server_by_each_name(tmp_path: Path, name: str) -> None:
    files = certificates.own(tmp_path, NAMES)
    assert handshake(files, tmp_path / "authority.crt", name) == ""


@pytest.mark.parametrize("name", ["192.168.1.21", "example.org", "clinic.example.org"])
def test_it_is_trusted_by_no_other_name(tmp_path: Path, name: str) -> None:
    files = certificates.own(tmp_path, NAMES)
    assert "not valid for" in handshake(files, tmp_path / "authority.crt", name)


@pytest.mark.parametrize("name", ["example.org", "8.8.8.8", "other.local"])
def test_the_authority_is_good_for_no_other_site(tmp_path: Path, name: str) -> None:
    """Whoever has the authority's key cannot make a certificate that a phone with it trusts for another site."""
    files = certificates.own(tmp_path, NAMES)
    authority = x509.load_pem_x509_certificate((tmp_path / "authority.crt").read_bytes())
    key = certificates.serialization.load_pem_private_key((tmp_path / "authority.key").read_bytes(), None)
    certificates._make_server(tmp_path, authority, key, (name,), datetime.now(timezone.utc))
    assert "permitted subtree violation" in handshake(files, tmp_path / "authority.crt", name)


def test_both_stay_as_they_are_while_they_fit(tmp_path: Path) -> None:
    certificates.own(tmp_path, NAMES)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    certificates.own(tmp_path, NAMES)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


@pytest.mark.parametrize(("names", "days", "same_authority"), [
    (("192.168.7.7", *NAMES[1:]), 0, True), (NAMES, 380, True), ((*NAMES, "other.local"), 0, False),
    (NAMES, 3400, False)])
def test_the_server_gets_a_new_one_for_other_names_and_before_it_ends(
        tmp_path: Path, names: tuple[str, ...], days: int, same_authority: bool) -> None:
    first = certificates.own(tmp_path, NAMES)
    old = first.certificate.read_bytes()
    now = datetime.now(timezone.utc) + timedelta(days=days)
    second = certificates.own(tmp_path, names, now)
    assert second.certificate.read_bytes() != old
    assert (second.authority == first.authority) == same_authority
    certificate = x509.load_pem_x509_certificate(second.certificate.read_bytes())
    assert certificate.not_valid_before_utc < now < certificate.not_valid_after_utc
    # iPhones refuse more.
    assert certificate.not_valid_after_utc - certificate.not_valid_before_utc <= timedelta(days=398)


def test_keys_are_for_this_person_alone(tmp_path: Path) -> None:
    certificates.own(tmp_path / "new", NAMES)
    for path in (tmp_path / "new").glob("*.key"):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o700


def test_a_persons_own_certificate_is_checked(tmp_path: Path) -> None:
    one, two = certificates.own(tmp_path / "1", NAMES), certificates.own(tmp_path / "2", NAMES)
    assert certificates.given(one.certificate, one.key).authority == b""
    with pytest.raises(CertificateError, match="does not belong"):
        certificates.given(one.certificate, two.key)
    with pytest.raises(CertificateError, match="is no file"):
        certificates.given(one.certificate, tmp_path / "none")
    (tmp_path / "text").write_text("no certificate")
    with pytest.raises(CertificateError, match="cannot be read"):
        certificates.given(tmp_path / "text", one.key)


def with_unknown_curve(certificate: Path) -> None:
    """Change the number of the key's curve to one that nobody has given out."""
    data = x509.load_pem_x509_certificate(certificate.read_bytes()).public_bytes(serialization.Encoding.DER)
    curve = bytes.fromhex("06082a8648ce3d030107")
    assert curve in data
    certificate.write_text(ssl.DER_cert_to_PEM_cert(data.replace(curve, curve[:-1] + b"\x3d")))


def test_a_key_of_an_unknown_kind_is_reported(tmp_path: Path) -> None:
    files = certificates.own(tmp_path, NAMES)
    with_unknown_curve(files.certificate)
    with pytest.raises(CertificateError, match="cannot be read as PEM"):
        certificates.given(files.certificate, files.key)
    with_unknown_curve(tmp_path / "authority.crt")
    with pytest.raises(CertificateError, match="Move the folder away"):
        certificates.own(tmp_path, NAMES)


def test_a_damaged_authority_is_reported(tmp_path: Path) -> None:
    certificates.own(tmp_path, NAMES)
    (tmp_path / "authority.crt").write_bytes(b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")
    with pytest.raises(CertificateError, match="Move the folder away"):
        certificates.own(tmp_path, NAMES)
