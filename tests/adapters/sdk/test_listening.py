"""Where a host listens, and what it refuses to listen on."""

from __future__ import annotations

import socket
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import grpc
import pytest

from adapters.sdk.listening import CannotListen, listen


@pytest.fixture
def path() -> Iterator[Path]:
    with TemporaryDirectory(prefix="xd") as folder:
        yield Path(folder) / "socket"


@pytest.fixture
async def server() -> AsyncIterator[grpc.aio.Server]:
    server = grpc.aio.server(options=[("grpc.so_reuseport", 0)])
    yield server
    await server.stop(None)


async def test_port_nought_is_any_free_port(server: grpc.aio.Server) -> None:
    address = listen(server, "127.0.0.1:0")

    assert address.startswith("127.0.0.1:")
    assert not address.endswith(":0")


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("nowhere", "neither unix:PATH nor HOST:PORT"),
        ("127.0.0.1:http", "neither unix:PATH nor HOST:PORT"),
        ("0.0.0.0:0", "or pass --allow-remote"),
        ("unix:/tmp/" + "x" * 103, "longer than the 107 bytes"),
        ("unix:/tmp", "is no socket"),
    ],
)
async def test_an_address_that_cannot_be_meant_is_refused(server: grpc.aio.Server, address: str, why: str) -> None:
    with pytest.raises(CannotListen, match=why):
        listen(server, address)


async def test_other_machines_are_let_in_only_when_asked_for(server: grpc.aio.Server) -> None:
    assert listen(server, "0.0.0.0:0", allow_remote=True).startswith("0.0.0.0:")


async def test_a_socket_or_port_that_is_served_is_not_taken_over(server: grpc.aio.Server, path: Path) -> None:
    addresses = [listen(server, f"unix:{path}"), listen(server, "127.0.0.1:0")]
    await server.start()
    second = grpc.aio.server(options=[("grpc.so_reuseport", 0)])

    for address in addresses:
        with pytest.raises(CannotListen):
            listen(second, address)


async def test_a_socket_left_behind_by_a_killed_process_is_taken_over(server: grpc.aio.Server, path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as left:
        left.bind(str(path))

    assert listen(server, f"unix:{path}") == f"unix:{path}"
