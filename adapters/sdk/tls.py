"""TLS between a host and the hub: certificates in files named by the environment, the same names as the hub's.

CROSSDOCK_TLS_CERTIFICATE and CROSSDOCK_TLS_KEY: with these the host serves. CROSSDOCK_TLS_CLIENT_CA: whoever calls
shows a certificate of this CA. CROSSDOCK_TRUST: the CA by which the hub at grpcs://HOST:PORT is known; without it,
those of the machine. CROSSDOCK_OWN_CERTIFICATE and CROSSDOCK_OWN_KEY: shown to a hub that asks for a certificate.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import grpc

_TLS: Final = "grpcs://"
_SYSTEM: Final = "system"


class TlsUnusable(Exception):
    """A file that the environment names cannot be read; the message names it."""


def server_credentials(environment: Mapping[str, str] = os.environ) -> grpc.ServerCredentials | None:
    """Return what a host serves with, None where no certificate is named. Files are read again at each handshake.

    Raises TlsUnusable.
    """
    certificate, key = (_path(environment, f"CROSSDOCK_TLS_{name}") for name in ("CERTIFICATE", "KEY"))
    if certificate is None or key is None:
        return None
    client_ca = _path(environment, "CROSSDOCK_TLS_CLIENT_CA")

    def configuration() -> grpc.ServerCertificateConfiguration:
        ca = _read(client_ca) if client_ca else None
        return grpc.ssl_server_certificate_configuration([(_read(key), _read(certificate))], root_certificates=ca)

    return grpc.dynamic_ssl_server_credentials(
        configuration(), configuration, require_client_authentication=client_ca is not None
    )


def knows_callers(environment: Mapping[str, str] = os.environ) -> bool:
    """Whether callers must show a certificate of a CA that is named."""
    return bool(environment.get("CROSSDOCK_TLS_CLIENT_CA"))


def hub_channel(address: str, environment: Mapping[str, str] = os.environ) -> grpc.aio.Channel:
    """Return a channel to the hub at unix:PATH, HOST:PORT or grpcs://HOST:PORT. Raises TlsUnusable."""
    if not address.startswith(_TLS):
        return grpc.aio.insecure_channel(address)
    ca = environment.get("CROSSDOCK_TRUST", _SYSTEM)
    certificate, key = (_path(environment, f"CROSSDOCK_OWN_{name}") for name in ("CERTIFICATE", "KEY"))
    credentials = grpc.ssl_channel_credentials(
        None if ca == _SYSTEM else _read(Path(ca)),
        _read(key) if key else None,
        _read(certificate) if certificate else None,
    )
    return grpc.aio.secure_channel(address.removeprefix(_TLS), credentials)


def _path(environment: Mapping[str, str], name: str) -> Path | None:
    return Path(environment[name]) if environment.get(name) else None


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise TlsUnusable(f"{path} cannot be read: {error.strerror}") from error
