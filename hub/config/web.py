"""How the hub serves HTTP: where, for which pages of others, and how much of one connection it bears."""

from __future__ import annotations

from typing import Final

from msgspec import Struct

OFF: Final = "off"
"""The address that says that HTTP is not served."""


class WebSettings(Struct, frozen=True):
    """Settings of the HTTP port; `table` describes each.

    `address` is HOST:PORT, "off", or "" for the port after gRPC's on the loopback. `origins` are those whose pages may
    call, "*" for all. Times are in seconds.
    """

    address: str = ""
    origins: frozenset[str] = frozenset()
    connections: int = 1024
    head_bytes: int = 32_768
    head_seconds: int = 10
    write_seconds: int = 60
    keep_alive_seconds: int = 75

    def address_beside(self, grpc: str) -> str | None:
        """Return where HTTP is served beside gRPC's address; None where it is not."""
        return beside(grpc, self.address, 1)


def beside(grpc: str, address: str, distance: int) -> str | None:
    """Return an address that is stated, None where it is "off".

    Where it is "", return the port so far behind gRPC's, on the loopback: any free one where gRPC has none of its own.
    """
    if address:
        return None if address == OFF else address
    port = 0 if grpc.startswith("unix:") else int(grpc.rpartition(":")[2])
    return f"127.0.0.1:{port + distance if 0 < port <= 65_535 - distance else 0}"
