"""A receiver of webhooks on the loopback, which verifies with the library of Standard Webhooks."""

from __future__ import annotations

import asyncio
import json
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from standardwebhooks import Webhook as Verifier


@dataclass
class Receiver:
    """What came, in order. It answers `status`, or what `statuses` says for an order; `secret` verifies what comes."""

    url: str = ""
    secret: str = ""
    status: int = 200
    statuses: dict[str, int] = field(default_factory=dict)
    ids: list[str] = field(default_factory=list)
    bodies: list[dict[str, Any]] = field(default_factory=list)
    heads: list[dict[str, str]] = field(default_factory=list)
    attempts: int = 0

    def by_order(self) -> dict[str, list[int]]:
        """Positions of the events that were taken, by order, each once, as a receiver keeps them that knows ids."""
        taken: dict[str, list[int]] = defaultdict(list)
        seen: set[str] = set()
        for message_id, body in zip(self.ids, self.bodies, strict=True):
            if message_id not in seen and "event" in body:
                taken[body["event"]["orderId"]].append(int(body["event"]["position"]))
            seen.add(message_id)
        return taken

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Take one request."""
        _, *lines = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")[:-2]
        head = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
        content = await reader.readexactly(int(head["content-length"]))
        status = self._taken(head, content)
        writer.write(f"HTTP/1.1 {status} -\r\ncontent-length: 0\r\nconnection: close\r\n\r\n".encode())
        await writer.drain()
        writer.close()

    def _taken(self, head: dict[str, str], content: bytes) -> int:
        self.attempts += 1
        body = json.loads(content)
        if self.secret:
            Verifier(self.secret).verify(content, head)
        status = self.statuses.get(body.get("event", {}).get("orderId", ""), self.status)
        if 200 <= status < 300:
            self.ids.append(head["webhook-id"])
            self.bodies.append(body)
            self.heads.append(head)
        return status


@asynccontextmanager
async def receiving() -> AsyncIterator[Receiver]:
    """Serve a receiver."""
    receiver = Receiver()
    async with await asyncio.start_server(receiver.serve, "127.0.0.1", 0) as server:
        receiver.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/hooks"
        yield receiver
