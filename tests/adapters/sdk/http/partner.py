"""A partner on a loopback port that answers with the bytes it is told, and keeps what it received."""

from __future__ import annotations

import asyncio
import json
import socket
import struct
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Final

RESET: Final = b"reset"
"""The partner reads the request and resets the connection."""


@dataclass
class Partner:
    """What is played, in order, and what came: each request whole."""

    answers: list[bytes]
    url: str = ""
    requests: list[bytes] = field(default_factory=list)


def answer(status: int, body: object = None, *, headers: Mapping[str, str] | None = None, cut: int = 0) -> bytes:
    """An answer of HTTP; without its last `cut` bytes, it breaks off."""
    content = json.dumps(body if body is not None else {}).encode()
    fields = {"content-type": "application/json", "content-length": str(len(content)), **(headers or {})}
    head = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
    whole = f"HTTP/1.1 {status} Said\r\n{head}\r\n".encode() + content
    return whole[: len(whole) - cut]


@asynccontextmanager
async def playing(*answers: bytes) -> AsyncIterator[Partner]:
    """Serves one answer a connection until the block ends."""
    partner = Partner(list(answers))
    connections: set[asyncio.StreamWriter] = set()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connections.add(writer)
        partner.requests.append(await _request(reader))
        said = partner.answers.pop(0)
        if said == RESET:
            linger = struct.pack("ii", 1, 0)
            writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        else:
            writer.write(said)
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    partner.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    try:
        yield partner
    finally:
        server.close()
        for writer in connections:
            writer.close()


async def _request(reader: asyncio.StreamReader) -> bytes:
    head = await reader.readuntil(b"\r\n\r\n")
    lengths: Sequence[bytes] = [
        line.split(b":")[1] for line in head.lower().split(b"\r\n") if line.startswith(b"content-length")
    ]
    return head + await reader.readexactly(int(lengths[0]) if lengths else 0)
