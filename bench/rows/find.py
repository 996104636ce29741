"""Orders found beside 1,000,000 old ones, 5,000,000 with --full, against a bare handler that asks PostgreSQL the same.

Five requests by turns: GetOrder, and ListOrders by e-mail address, SKU, tracking number and reference, 20 orders a
page. The handler runs the very statements that the hub runs to find and load the orders, prepared, and answers the
bytes that the hub answered before.
"""

from __future__ import annotations

import pickle
from collections.abc import AsyncIterator, Awaitable, Iterator, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from itertools import cycle
from typing import Any, ClassVar, Final
from uuid import UUID

from msgspec import Struct
from psycopg import AsyncRawCursor

from bench.ageing import grow_old
from bench.lifetimes import lives_on
from bench.looking import LookUp
from bench.ratio import Row, Sides
from bench.rows.capture_grpc import Requests
from bench.rows.growth import make_sure_of_room
from bench.scene import database_on, postgres, sku
from bench.serving import Served, child_served, hub_served
from bench.windows import Work, called
from crossdock.common.v1.refusal_pb2 import PageRequest
from crossdock.orders.v1 import order_service_pb2 as pb
from crossdock.orders.v1 import order_service_pb2_grpc
from hub.cases.store import read
from hub.database.arrays import Array
from hub.database.pool import Database
from hub.kernel.scope import HUB
from hub.orders import operations as orders
from hub.wire.orders.orders import filter_from_pb

ORDERS: Final = 1_000_000
FULL: Final = 5_000_000
CALLERS: Final = 16
ASKED: Final = 100
"""Requests of each kind."""
PAGE_SIZE: Final = 20
_SHIPPED: Final = "SELECT tracking_number FROM shipment WHERE tracking_number <> '' ORDER BY random() LIMIT %(limit)s"
_INDEX: Final = """
SELECT party.email_index FROM party JOIN orders ON orders.customer_party_id = party.party_id
WHERE orders.order_id = %(order_id)s
"""

Request = pb.GetOrderRequest | pb.ListOrdersRequest


@asynccontextmanager
async def prepared(old: int) -> AsyncIterator[Sides]:
    """Make the old orders, place those that are looked for, and start both servers."""
    make_sure_of_room(old, "/tmp")  # noqa: S108 (where the server's data lie)
    async with AsyncExitStack() as stack:
        server = stack.enter_context(postgres())
        url = await database_on(server, "find")
        async with lives_on(url, series="F") as lives:
            await grow_old(lives, url, old)
        hub = await stack.enter_async_context(hub_served(url))
        watched = await stack.enter_async_context(Database(url, max_connections=1, cursor_factory=NotingCursor))
        placed = [await _placed(hub, number) for number in range(ASKED)]
        requests = await _requests(watched, placed)
        look_ups = {
            request.SerializeToString(): LookUp(await _statements(watched, request, index), await _answer(hub, request))
            for request, index in requests
        }
        bare = await stack.enter_async_context(child_served(("-m", "bench.looking", url), {}, pickle.dumps(look_ups)))
        yield Sides(called(CALLERS, _asking(hub, requests)), called(CALLERS, _asking(bare, requests)))


class Placed(Struct, frozen=True):
    """An order that is looked for."""

    order_id: UUID
    email: str
    reference: str


class NotingCursor(AsyncRawCursor[Any]):
    """Notes what is asked of the server, as it is sent; what is asked has parameters."""

    noted: ClassVar[list[tuple[Any, Sequence[Any]]]] = []

    async def execute(self, query: Any, params: Any = None, **options: Any) -> Any:
        """Run a statement."""
        if params:
            self.noted.append((query, [_plain(one) for one in params]))
        return await super().execute(query, params, **options)


def _plain(parameter: Any) -> Any:
    """Return a parameter as the other process can take it: a packed column of ids as a list of them."""
    if not isinstance(parameter, Array):
        return parameter
    return [UUID(bytes=parameter[start : start + 16]) for start in range(24, len(parameter), 20)]


async def _placed(hub: Served, number: int) -> Placed:
    request = _REQUESTS.next()
    request.order.customer.email = f"visser-{number}@example.com"
    stub = order_service_pb2_grpc.OrderServiceStub(hub.channel)
    answer = await stub.PlaceOrder(request, metadata=hub.metadata)
    return Placed(UUID(answer.order.order_id), request.order.customer.email, request.order.channel_reference)


async def _requests(database: Database, placed: Sequence[Placed]) -> list[tuple[Request, bytes]]:
    """Requests of the five kinds by turns, each with the index of the e-mail address that it names."""
    async with database.reading() as tx:
        shipped = [row["tracking_number"] for row in await tx.fetch(_SHIPPED, {"limit": ASKED})]
        indexes = [(await tx.fetch(_INDEX, {"order_id": one.order_id}))[0]["email_index"] for one in placed]
    requests: list[tuple[Request, bytes]] = []
    for number, (one, index) in enumerate(zip(placed, indexes, strict=True)):
        requests += [
            (pb.GetOrderRequest(order_id=str(one.order_id)), b""),
            (_listing(email=one.email), bytes(index)),
            (_listing(sku=sku(number + 1)), b""),
            (_listing(tracking_number=shipped[number % len(shipped)]), b""),
            (_listing(channel_reference=one.reference), b""),
        ]
    return requests


def _listing(**wanted: str) -> pb.ListOrdersRequest:
    return pb.ListOrdersRequest(page=PageRequest(page_size=PAGE_SIZE), **wanted)  # type: ignore[arg-type]


async def _statements(database: Database, request: Request, index: bytes) -> list[tuple[Any, Sequence[Any]]]:
    """Find and load orders as the hub does for a request; return what it asked of the database."""
    NotingCursor.noted.clear()
    async with database.reading() as tx:
        if isinstance(request, pb.GetOrderRequest):
            found = [UUID(request.order_id)]
        else:
            found = await orders.find(tx, HUB, filter_from_pb(request, index), after=None, size=PAGE_SIZE + 1)
        await read(tx, HUB, found)
    return list(NotingCursor.noted)


def _asking(served: Served, requests: Sequence[tuple[Request, bytes]]) -> Work:
    turns: Iterator[Request] = cycle([request for request, _ in requests])

    async def ask() -> int:
        await _call(served, next(turns))
        return 1

    return ask


async def _answer(served: Served, request: Request) -> bytes:
    answer = await _call(served, request)
    return bytes(answer.SerializeToString())


def _call(served: Served, request: Request) -> Awaitable[Any]:
    stub: Any = order_service_pb2_grpc.OrderServiceStub(served.channel)
    rpc = stub.GetOrder if isinstance(request, pb.GetOrderRequest) else stub.ListOrders
    answer: Awaitable[Any] = rpc(request, metadata=served.metadata)
    return answer


_REQUESTS: Final = Requests()


def quick() -> AbstractAsyncContextManager[Sides]:
    """As many old orders as a quick run has time for."""
    return prepared(ORDERS)


def full() -> AbstractAsyncContextManager[Sides]:
    """As many as a year of a large retailer."""
    return prepared(FULL)


ROW: Final = Row(
    name="find",
    says=f"orders found by id, e-mail, SKU, tracking and reference beside {ORDERS:,}, against the look-up alone",
    bar=0.4,
    aim=0.6,
    prepare=quick,
    full=full,
    seconds=(360.0, 6.5),
)
