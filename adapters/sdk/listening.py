"""Where a host listens: a Unix socket only its user can enter, or a port of this machine."""

from __future__ import annotations

import os
import socket
import stat
from pathlib import Path
from typing import Final

import grpc

LONGEST_SOCKET_PATH: Final = 107
_LOOPBACK: Final = ("127.0.0.1", "localhost", "[::1]")


class CannotListen(Exception):
    """The address cannot be listened on; the message says why and what to do."""


def listen(
    server: grpc.aio.Server,
    address: str,
    *,
    credentials: grpc.ServerCredentials | None = None,
    allow_remote: bool = False,
) -> str:
    """Binds the server to unix:PATH or HOST:PORT (port 0: any free one); answers the address to connect to.

    A port is served with TLS where there are credentials. Raises CannotListen when the address is malformed, taken, too
    long, or open to others with neither `credentials` nor `allow_remote`.
    """
    if address.startswith("unix:"):
        return _listen_on_socket(server, Path(address.removeprefix("unix:")))
    host, _, port = address.rpartition(":")
    if not host or not port.isdecimal():
        raise CannotListen(f"{address!r} is neither unix:PATH nor HOST:PORT")
    refuse_plain_remote(host, encrypted=credentials is not None, allow_remote=allow_remote)
    return f"{host}:{_bind(server, address, credentials)}"


def refuse_plain_remote(host: str, *, encrypted: bool, allow_remote: bool) -> None:
    """Raise CannotListen for a host that is open to other machines without TLS, unless that is meant."""
    if host not in _LOOPBACK and not encrypted and not allow_remote:
        raise CannotListen(
            f"{host} is open to other machines and calls are not encrypted: state CROSSDOCK_TLS_CERTIFICATE and"
            " CROSSDOCK_TLS_KEY, or pass --allow-remote to mean it"
        )


def refuse_open_port(address: str) -> None:
    """Raise CannotListen for a port that any process could call; a socket is entered by its user alone."""
    if not address.startswith("unix:"):
        raise CannotListen(
            f"anybody could call {address}: name with CROSSDOCK_HOST_TOKEN_FILE the file of the token that the hub"
            " shows, or with CROSSDOCK_TLS_CLIENT_CA the CA of its certificate"
        )


def _listen_on_socket(server: grpc.aio.Server, path: Path) -> str:
    if len(os.fsencode(path)) > LONGEST_SOCKET_PATH:
        raise CannotListen(f"{path} is longer than the {LONGEST_SOCKET_PATH} bytes a socket path may have")
    if path.exists() and not stat.S_ISSOCK(path.stat().st_mode):
        raise CannotListen(f"{path} is there and is no socket")
    if _is_served(path):
        raise CannotListen(f"another process serves {path}")
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    before = os.umask(0o077)
    try:
        _bind(server, f"unix:{path}")
    finally:
        os.umask(before)
    return f"unix:{path}"


def _bind(server: grpc.aio.Server, address: str, credentials: grpc.ServerCredentials | None = None) -> int:
    try:
        if credentials is not None:
            return server.add_secure_port(address, credentials)
        return server.add_insecure_port(address)
    except RuntimeError as error:
        raise CannotListen(f"{address} cannot be listened on: is it taken?") from error


def _is_served(path: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as probe:
        try:
            probe.connect(str(path))
        except OSError:
            return False
        return True
