"""What a shared server consists of: names, certificates, logins; and what is printed when it starts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from hingecheck.serving import certificates, own_addresses, qr
from hingecheck.serving.certificates import Certificates
from hingecheck.serving.guard import HOME_NAMES, Policy
from hingecheck.serving.logins import Logins
from language.translate import _

#: Values of the listening address that mean every network of this computer.
ALL_NETWORKS = ("0.0.0.0", "::")


@dataclass(frozen=True)
class SharedServer:
    """A server for phones and computers of the same network.

    Attributes
    ----------
    names : tuple of str
        Names and addresses under which it answers; the first is the one to give to a phone.
    port : int
    certificates : Certificates
    logins : Logins
    """

    names: tuple[str, ...]
    port: int
    certificates: Certificates
    logins: Logins

    @property
    def address(self) -> str:
        """Where a phone finds it."""
        return f"https://{self.names[0]}:{self.port}"

    def policy(self, scripts: Iterable[str]) -> Policy:
        """Return to whom it answers."""
        return Policy(names=frozenset(self.names), is_https=True, is_shared=True, scripts=tuple(scripts))

    def announcement(self, encoding: str | None) -> str:
        """Return what is printed when it starts.

        Parameters
        ----------
        encoding : str or None
            Of the terminal.
        """
        others = [f"https://{name}:{self.port}" for name in self.names[1:] if name not in HOME_NAMES]
        lines = [_("HingeCheck is open at {address}. Ctrl-C stops it.").format(address=self.address),
                 qr.on_terminal(self.address, encoding)]
        if others:
            lines.append(_("Also at {addresses}.").format(addresses=", ".join(others)))
        if self.certificates.fingerprint:
            lines.append(_("A phone has to trust this server once: open {address} on it.").format(
                address=f"{self.address}/trust"))
            lines.append(_("SHA-256 of the certificate that it installs: {fingerprint}").format(
                fingerprint=self.certificates.fingerprint))
        return "\n".join(line for line in lines if line)


def names_of(address: str, more: Iterable[str]) -> tuple[str, ...]:
    """Return the names of a server.

    Parameters
    ----------
    address : str
        That it listens on.
    more : iterable of str
        Names that the person gives, which come first.
    """
    here = own_addresses.addresses() if address in ALL_NETWORKS else (address,)
    return tuple(dict.fromkeys((*(name.casefold().rstrip(".") for name in more), *here, *own_addresses.host_names(),
                                *sorted(HOME_NAMES))))


def certificates_of(folder: Path, names: tuple[str, ...], certificate: Path | None, key: Path | None) -> Certificates:
    """Return the person's own certificate, or one by an authority in the data folder.

    Raises
    ------
    CertificateError
        It cannot be read, written or made.
    """
    if certificate is not None and key is not None:
        return certificates.given(certificate, key)
    return certificates.own(folder / "certificates", names)
