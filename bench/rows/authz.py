"""What it costs the processor to know who calls and what they may, as a share of an order placed over gRPC.

Our side asks the hub's own code for the scope of a signed token that it has seen before, for the rpc's permission, and
for a place among the principal's calls. The other side is the hub's whole process: its processor time for each order.
"""

from __future__ import annotations

import json
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any, Final

import jwt
import psutil
from cryptography.hazmat.primitives.asymmetric import ec

from bench.ratio import Row, Sides, Window
from bench.rows.capture_grpc import Requests, placing
from bench.scene import CHANNEL, database_on, postgres
from bench.serving import Served, hub_served
from bench.windows import Work, called
from hub.api.edge.access import access_of, permit
from hub.api.edge.bearer import Identity, Verifier
from hub.api.edge.principals import Principal
from hub.api.edge.rpcs import RPCS
from hub.api.edge.shares import MOST_STREAMS, Shares
from hub.api.edge.shedding import MOST_CALLS
from hub.kernel.scope import Role

CALLERS: Final = 16
RPC: Final = "OrderService.PlaceOrder"
ISSUER: Final = "https://id.example"
AUDIENCE: Final = "crossdock"
_PIECE: Final = 1000


@asynccontextmanager
async def prepare() -> AsyncIterator[Sides]:
    """Start a hub, and make a principal with a signed token."""
    with postgres() as server:
        async with hub_served(await database_on(server, "ours")) as hub:
            yield Sides(_each(identifying()), _of_process(hub, placing(hub, Requests())))


def identifying() -> Callable[[], None]:
    """Return what lets a call of one principal in and out again."""
    key = ec.generate_private_key(ec.SECP256R1())
    published: dict[str, Any] = json.loads(jwt.algorithms.ECAlgorithm.to_jwk(key.public_key()))
    verifier = Verifier(ISSUER, AUDIENCE, now=time.time)
    verifier.set_keys({"keys": [published | {"kid": "bench", "alg": "ES256"}]})
    shop = Principal(
        "shop", frozenset({Role.CHANNEL}), identities=(Identity(ISSUER, "shop"),), channels=frozenset({CHANNEL})
    )
    access = access_of([shop], verifier=verifier)
    claims = {"iss": ISSUER, "aud": AUDIENCE, "sub": "shop", "exp": time.time() + 24 * 3600}
    header = f"Bearer {jwt.encode(claims, key, 'ES256', headers={'kid': 'bench'})}"
    shares = Shares(calls=MOST_CALLS, streams=MOST_STREAMS)

    def let_in() -> None:
        known = access.scope_of(header)
        permit(known, RPC, RPCS[RPC])
        with shares.call(known):
            pass

    return let_in


def _each(work: Callable[[], None]) -> Window:
    """Processor seconds of this thread for each piece of work."""

    async def window(seconds: float) -> float:
        until, began, done = time.perf_counter() + seconds, time.thread_time(), 0
        while time.perf_counter() < until:
            for _ in range(_PIECE):
                work()
            done += _PIECE
        return (time.thread_time() - began) / done

    return window


def _of_process(hub: Served, place: Work) -> Window:
    """Processor seconds of the hub's process for each order that callers place."""
    process = psutil.Process(hub.pid)
    placed = called(CALLERS, place)

    async def window(seconds: float) -> float:
        before, began = process.cpu_times(), time.perf_counter()
        rate = await placed(seconds)
        after, passed = process.cpu_times(), time.perf_counter() - began
        return (after.user + after.system - before.user - before.system) / (rate * passed)

    return window


ROW: Final = Row(
    name="authz",
    says="processor time of knowing who calls and what they may, with a signed token, as a share of a placed order",
    bar=0.05,
    aim=0.02,
    at_most=True,
    prepare=prepare,
)
