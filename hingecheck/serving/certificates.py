"""Make the certificates of a shared server: an authority of one's own, once, and a certificate of the server by it.

A phone trusts the authority after it was installed there. So that whoever gets hold of its key could not stand for any
other site, the authority says in itself that it is good for private addresses and this computer's names alone.
"""

from __future__ import annotations

import ipaddress
import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from hingecheck.serving.own_addresses import is_address
from language.translate import _
from pose.atomic_file import atomic_replace

#: Phones refuse certificates of a server that are valid for longer than 398 days.
_AUTHORITY_DAYS, _SERVER_DAYS, _RENEW_DAYS = 3650, 397, 30
#: A phone's clock may be behind.
_BACKDATED = timedelta(days=1)
_PRIVATE = ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "100.64.0.0/10", "127.0.0.0/8",
            "fc00::/7", "fe80::/10", "::1/128")
_AUTHORITY, _AUTHORITY_KEY, _SERVER, _SERVER_KEY = "authority.crt", "authority.key", "server.crt", "server.key"


class CertificateError(Exception):
    """A certificate cannot be made or read; the message says what to do."""


@dataclass(frozen=True)
class Certificates:
    """The files of a shared server.

    Attributes
    ----------
    certificate, key : Path
        Of the server, as PEM.
    authority : bytes
        The authority's certificate as DER, for phones; b"" where the person brings a certificate of their own.
    fingerprint : str
        SHA-256 of the authority, as phones show it; "" without one.
    """

    certificate: Path
    key: Path
    authority: bytes = b""
    fingerprint: str = ""


def given(certificate: Path, key: Path) -> Certificates:
    """Return a person's own certificate after checking that its key belongs to it.

    Raises
    ------
    CertificateError
        A file cannot be read, or they do not belong together.
    """
    for file in (certificate, key):
        if not file.is_file():
            raise CertificateError(_("{file} is no file. Give the certificate and its key as PEM.").format(file=file))
    try:
        public = x509.load_pem_x509_certificate(certificate.read_bytes()).public_key()
        private = serialization.load_pem_private_key(key.read_bytes(), None)
    except (OSError, ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise CertificateError(_("{certificate} and {key} cannot be read as PEM without a password ({error}).").format(
            certificate=certificate, key=key, error=error)) from None
    if _public_bytes(public) != _public_bytes(private.public_key()):
        raise CertificateError(_("the key {key} does not belong to the certificate {certificate}.").format(
            key=key, certificate=certificate))
    return Certificates(certificate, key)


def own(folder: Path, names: Iterable[str], now: datetime | None = None) -> Certificates:
    """Return certificates by an authority of one's own; make what is missing, outdated or for other names.

    Parameters
    ----------
    folder : Path
        Where they lie; created, and readable by this person alone.
    names : iterable of str
        Names and addresses of the server.
    now : datetime, optional
        For tests.

    Raises
    ------
    CertificateError
        The folder cannot be written, or an authority in it cannot be read.
    """
    now = now or datetime.now(timezone.utc)
    names = tuple(dict.fromkeys(names))
    try:
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o700)
        authority, key = _authority(folder, names, now)
        if not _is_good(folder, authority, names, now):
            _make_server(folder, authority, key, names, now)
    except OSError as error:
        raise CertificateError(_("the certificates cannot be written to {folder}: {problem}. Choose another data "
                                 "folder with HINGECHECK_DATA_DIR.").format(
            folder=folder, problem=error.strerror or error)) from error
    except (ValueError, UnsupportedAlgorithm) as error:
        raise CertificateError(_("the certificates in {folder} cannot be read ({error}). Move the folder away, start "
                                 "again, and install the new authority on the phones.").format(
            folder=folder, error=error)) from error
    return Certificates(folder / _SERVER, folder / _SERVER_KEY, authority.public_bytes(serialization.Encoding.DER),
                        authority.fingerprint(hashes.SHA256()).hex(":").upper())


def _authority(folder: Path, names: tuple[str, ...],
               now: datetime) -> tuple[x509.Certificate, ec.EllipticCurvePrivateKey]:
    """Return the authority, a new one only where there is none or it has ended or does not cover the names."""
    certificate_file, key_file = folder / _AUTHORITY, folder / _AUTHORITY_KEY
    if certificate_file.is_file() and key_file.is_file():
        certificate = x509.load_pem_x509_certificate(certificate_file.read_bytes())
        key = serialization.load_pem_private_key(key_file.read_bytes(), None)
        if not isinstance(key, ec.EllipticCurvePrivateKey):
            raise ValueError(_("its key is of another kind"))
        if certificate.not_valid_after_utc > now + timedelta(days=_SERVER_DAYS) and _covers(certificate, names):
            return certificate, key
    key = ec.generate_private_key(ec.SECP256R1())
    certificate = _sign_authority(key, names, now)
    _write(key_file, _private_bytes(key), secret=True)
    _write(certificate_file, certificate.public_bytes(serialization.Encoding.PEM))
    return certificate, key


def _sign_authority(key: ec.EllipticCurvePrivateKey, names: tuple[str, ...], now: datetime) -> x509.Certificate:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"HingeCheck on this network, {now:%Y-%m-%d}")])
    return (_builder(name, name, key, now, _AUTHORITY_DAYS)
            .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
            .add_extension(_usage(signs_certificates=True), critical=True)
            .add_extension(x509.NameConstraints(_permitted(names), None), critical=True)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
            .sign(key, hashes.SHA256()))


def _make_server(folder: Path, authority: x509.Certificate, authority_key: ec.EllipticCurvePrivateKey,
                 names: tuple[str, ...], now: datetime) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "HingeCheck")])
    certificate = (
        _builder(subject, authority.subject, key, now, _SERVER_DAYS)
        .add_extension(x509.SubjectAlternativeName(_alternatives(names)), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs_certificates=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(authority_key.public_key()), critical=False)
        .sign(authority_key, hashes.SHA256()))
    _write(folder / _SERVER_KEY, _private_bytes(key), secret=True)
    _write(folder / _SERVER, certificate.public_bytes(serialization.Encoding.PEM)
           + authority.public_bytes(serialization.Encoding.PEM))


def _builder(subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePrivateKey, now: datetime,
             days: int) -> x509.CertificateBuilder:
    return (x509.CertificateBuilder().subject_name(subject).issuer_name(issuer).public_key(key.public_key())
            .serial_number(x509.random_serial_number()).not_valid_before(now - _BACKDATED)
            .not_valid_after(now - _BACKDATED + timedelta(days=days)))


def _is_good(folder: Path, authority: x509.Certificate, names: tuple[str, ...], now: datetime) -> bool:
    """Whether there is a certificate of the server by this authority, for just these names, for another while."""
    file = folder / _SERVER
    if not file.is_file() or not (folder / _SERVER_KEY).is_file():
        return False
    certificate = x509.load_pem_x509_certificate(file.read_bytes())
    try:
        certificate.verify_directly_issued_by(authority)
    except (ValueError, TypeError, InvalidSignature):
        return False
    its_names = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    return list(its_names) == _alternatives(names) and \
        certificate.not_valid_after_utc > now + timedelta(days=_RENEW_DAYS)


def _alternatives(names: Iterable[str]) -> list[x509.GeneralName]:
    return [x509.IPAddress(ipaddress.ip_address(name)) if is_address(name) else x509.DNSName(name) for name in names]


def _permitted(names: Iterable[str]) -> list[x509.GeneralName]:
    """Return what the authority is good for: private networks, and these names of the server."""
    own_names = [name for name in names if not is_address(name)]
    public = [ipaddress.ip_network(name) for name in names if is_address(name) and not _is_covered(name)]
    return [*(x509.IPAddress(ipaddress.ip_network(network)) for network in _PRIVATE),
            *(x509.IPAddress(network) for network in public), *(x509.DNSName(name) for name in own_names)]


def _is_covered(address: str) -> bool:
    ip = ipaddress.ip_address(address)
    return any(ip in ipaddress.ip_network(network) for network in _PRIVATE)


def _covers(authority: x509.Certificate, names: tuple[str, ...]) -> bool:
    permitted = authority.extensions.get_extension_for_class(x509.NameConstraints).value.permitted_subtrees or []
    networks = [one.value for one in permitted
                if isinstance(one.value, (ipaddress.IPv4Network, ipaddress.IPv6Network))]
    own_names = {one.value for one in permitted if isinstance(one, x509.DNSName)}
    return all(any(ipaddress.ip_address(name) in network for network in networks) if is_address(name)
               else name in own_names for name in names)


def _usage(signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates, key_cert_sign=signs_certificates, crl_sign=signs_certificates,
        content_commitment=False, key_encipherment=False, data_encipherment=False, key_agreement=False,
        encipher_only=False, decipher_only=False)


def _private_bytes(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8,
                             serialization.NoEncryption())


def _public_bytes(key: object) -> bytes:
    return key.public_bytes(serialization.Encoding.DER,  # type: ignore[attr-defined, no-any-return]
                            serialization.PublicFormat.SubjectPublicKeyInfo)


def _write(file: Path, data: bytes, secret: bool = False) -> None:
    """Write a file whole or not at all; a secret one is this person's alone from its first byte on."""
    with atomic_replace(file) as part:
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600 if secret else 0o644)
        with open(handle, "wb") as stream:
            stream.write(data)
