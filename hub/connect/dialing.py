"""Channels of gRPC: what an address means, and how whoever is there is known."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from ipaddress import ip_address
from pathlib import Path
from typing import Any, Final

import grpc
from msgspec import Struct

SYSTEM: Final = "system"
"""Trust in the certificate authorities of this machine."""
_PLAIN: Final = "grpc://"
_TLS: Final = "grpcs://"

Options = Sequence[tuple[str, Any]]


class Trust(Struct, frozen=True):
    """By which CA servers are known (PEM; None for those of this machine), and what is shown to those who ask.

    `certificate` and `key` are PEM, both or neither.
    """

    ca: bytes | None = None
    certificate: bytes | None = None
    key: bytes | None = None

    def credentials(self) -> grpc.ChannelCredentials:
        """Return credentials for a channel."""
        return grpc.ssl_channel_credentials(self.ca, self.key, self.certificate)


def trust(ca: str | None, certificate: Path | None, key: Path | None) -> Trust:
    """Return the trust that settings state; `ca` is a file, or `system`. Raises OSError."""
    return Trust(
        ca=None if ca in {None, SYSTEM} else Path(str(ca)).expanduser().read_bytes(),
        certificate=certificate.read_bytes() if certificate else None,
        key=key.read_bytes() if key else None,
    )


def target_of(address: str) -> str | None:
    """Return what gRPC calls `unix:PATH`, `HOST:PORT`, `grpc://HOST:PORT` or `grpcs://HOST:PORT`; None for the rest."""
    if address.startswith("unix:"):
        return address
    host_port = address.removeprefix(_PLAIN).removeprefix(_TLS)
    host, _, port = host_port.rpartition(":")
    return host_port if host and port.isdecimal() else None


def on_this_machine(address: str) -> bool:
    """Whether only this machine reaches an address; a name other than localhost may mean any machine."""
    host = (target_of(address) or "").rpartition(":")[0].strip("[]")
    if address.startswith("unix:") or host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def may_dial(address: str, elsewhere: Collection[str]) -> bool:
    """Whether an adapter may be called at an address: on this machine, or at one of those HOST:PORT elsewhere."""
    return on_this_machine(address) or target_of(address) in elsewhere


def channel(address: str, trusted: Trust, options: Options = ()) -> grpc.Channel:
    """Return a channel that waits. Raises ValueError for what is no address."""
    target = _target(address)
    if address.startswith(_TLS):
        return grpc.secure_channel(target, trusted.credentials(), options=options)
    return grpc.insecure_channel(target, options=options)


def aio_channel(address: str, trusted: Trust, options: Options = ()) -> grpc.aio.Channel:
    """Return a channel for a loop. Raises ValueError for what is no address."""
    target = _target(address)
    if address.startswith(_TLS):
        return grpc.aio.secure_channel(target, trusted.credentials(), options=options)
    return grpc.aio.insecure_channel(target, options=options)


def _target(address: str) -> str:
    target = target_of(address)
    if target is None:
        raise ValueError(f"{address!r} is none of unix:PATH, HOST:PORT, grpc://HOST:PORT, grpcs://HOST:PORT")
    return target
