"""Orders placed over gRPC with TLS against the same in plain text, one by one, at two hubs on one database.

Callers keep their connection, as channels do: the row shows what encryption costs, not what a handshake costs.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from bench.ratio import Row, Sides
from bench.rows.capture_grpc import CALLERS, Requests, placing
from bench.scene import database_on, postgres
from bench.serving import hub_served_both_ways
from bench.windows import called


@asynccontextmanager
async def prepare() -> AsyncIterator[Sides]:
    """Start both hubs."""
    with postgres() as server:
        url = await database_on(server, "ours")
        requests = Requests()
        async with hub_served_both_ways(url) as (secret, plain):
            yield Sides(called(CALLERS, placing(secret, requests)), called(CALLERS, placing(plain, requests)))


ROW: Final = Row(
    name="tls",
    says="orders/s of 64 callers at a hub over gRPC with TLS, against in plain text",
    bar=0.75,
    aim=0.85,
    prepare=prepare,
)
