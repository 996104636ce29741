"""Servers of gRPC: what one connection may take, how long it lives, and where a server listens."""

from __future__ import annotations

from typing import Any, Final

import grpc

from hub.app.runtime.tls import Certificate
from hub.config.connections import ConnectionSettings
from hub.config.settings import Settings

LARGEST_MESSAGE_BYTES: Final = 36 * 1024 * 1024
"""A document of 32 MiB and what is around it."""
LARGEST_METADATA_BYTES: Final = 16 * 1024
BEGIN_SECONDS: Final = 10
"""How long a connection may take to begin: the handshake of TLS, and the first words of HTTP/2."""
_SOME_WAITING: Final = 4096
"""Calls that wait for the loop to begin them; of more, gRPC cancels some by chance, whoever makes them."""
_MOST_WAITING: Final = 8192
_MS: Final = 1000

Options = tuple[tuple[str, Any], ...]


def options(settings: ConnectionSettings) -> Options:
    """Return the options of a server of gRPC.

    What comes beyond the most connections is closed at once. A connection whose peer is silent, or which nobody uses,
    is closed. An old one takes no more calls, and its streams have a grace to end: so callers spread anew over
    processes.
    """
    return (
        ("grpc.max_receive_message_length", LARGEST_MESSAGE_BYTES),
        ("grpc.max_send_message_length", LARGEST_MESSAGE_BYTES),
        ("grpc.max_metadata_size", LARGEST_METADATA_BYTES),
        ("grpc.max_allowed_incoming_connections", settings.most),
        ("grpc.max_concurrent_streams", settings.streams),
        ("grpc.server.max_pending_requests", _SOME_WAITING),
        ("grpc.server.max_pending_requests_hard_limit", _MOST_WAITING),
        ("grpc.server_handshake_timeout_ms", BEGIN_SECONDS * _MS),
        ("grpc.http2.settings_timeout", BEGIN_SECONDS * _MS),
        ("grpc.keepalive_time_ms", 60 * _MS),
        ("grpc.keepalive_timeout_ms", 20 * _MS),
        ("grpc.max_connection_idle_ms", settings.idle_seconds * _MS),
        ("grpc.max_connection_age_ms", settings.age_seconds * _MS),
        ("grpc.max_connection_age_grace_ms", settings.grace_seconds * _MS),
    )


OPTIONS: Final = options(ConnectionSettings())
"""The options that hold unless settings say otherwise."""


def public_server(settings: Settings) -> grpc.aio.Server:
    """Return a server for everybody.

    Its own limit of calls, for streams and floods, comes after the call wrapper's and states no time to retry.
    """
    shared = ("grpc.so_reuseport", int(settings.shared))
    return grpc.aio.server(options=(*options(settings.connections), shared), maximum_concurrent_rpcs=2 * settings.calls)


def bind(server: grpc.aio.Server, address: str, certificate: Certificate | None) -> str:
    """Bind a server; return the address to connect to, with the port that was taken. Raises RuntimeError."""
    if certificate is None:
        port = server.add_insecure_port(address)
    else:
        port = server.add_secure_port(address, certificate.credentials())
    return address if address.startswith("unix:") else f"{address.rpartition(':')[0]}:{port}"
