"""A gRPC server over a whole hub in one test, and callers with the tokens of several principals."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final
from uuid import uuid4

import grpc
from google.protobuf.message_factory import GetMessageClass
from google.rpc import error_details_pb2, status_pb2
from google.type import money_pb2

from crossdock.orders.v1 import order_service_pb2, orders_pb2
from hub.api.deps import ServiceDeps
from hub.api.edge.access import Access, Grant, token_sha256
from hub.api.edge.refusals import DETAILS_KEY
from hub.api.servicers import SERVICES, Rpcs, rpcs_served
from hub.app.runtime.availability_follower import Follower
from hub.app.runtime.clock import SystemMachine
from hub.app.runtime.commit_wakeups import News
from hub.app.runtime.connections import OPTIONS
from hub.app.runtime.networks import NetworkInForce
from hub.kernel.scope import Role, Scope
from hub.wire.stock.availability import piece
from hub.work.advance import Advanced, advance
from tests.support.machine import WorkingMachine
from tests.support.world import SETTINGS, World

ROLES: Final = {role.value: Scope(role.value, frozenset({role})) for role in Role}
PRINCIPALS: Final[Mapping[str, Scope]] = ROLES | {
    "other-shop": Scope("other-shop", frozenset({Role.CHANNEL}), channels=frozenset({"WEB-DE"})),
    "other-node": Scope("other-node", frozenset({Role.WAREHOUSE}), nodes=frozenset({"ST-LON"})),
    "stranger": Scope(
        "stranger",
        frozenset(Role),
        channels=frozenset({"WEB-DE"}),
        nodes=frozenset({"ST-LON"}),
        sellers=frozenset({"X"}),
    ),
    "shop-page": Scope("shop-page", frozenset({Role.CUSTOMER}), channels=frozenset({"WEB-NL"})),
    "counting": Scope("counting", frozenset({Role.ADMIN})),
    "other-seller": Scope("other-seller", frozenset(Role), sellers=frozenset({"X"})),
    "adapter:double_channel": Scope(
        "adapter:double_channel",
        frozenset({Role.ADAPTER}),
        channels=frozenset(),
        nodes=frozenset(),
        accounts=frozenset({"webshop"}),
    ),
    "provider": Scope(
        "provider", frozenset({Role.ADAPTER}), channels=frozenset(), nodes=frozenset(), accounts=frozenset({"cards"})
    ),
}
"""Principal -> scope; its token is its own name."""


@dataclass
class Served:
    """The server's channel, the address that it leads to, and its rpcs to serve over HTTP too."""

    channel: grpc.aio.Channel
    world: World
    rpcs: Rpcs
    address: str

    def rpc(self, name: str, principal: str = "admin", **metadata: str) -> Any:
        """The call of `Service.Rpc` as a principal."""
        service, method = name.split(".")
        descriptor = SERVICES[service].methods_by_name[method]
        kind = f"{_kind(descriptor.client_streaming)}_{_kind(descriptor.server_streaming)}"
        call = getattr(self.channel, kind)(
            f"/{SERVICES[service].full_name}/{method}",
            request_serializer=GetMessageClass(descriptor.input_type).SerializeToString,
            response_deserializer=GetMessageClass(descriptor.output_type).FromString,
        )
        headers = (("authorization", f"Bearer {principal}"), *metadata.items())
        return lambda *requests, **options: call(*requests, metadata=headers, **options)

    async def place(self, **changes: Any) -> orders_pb2.Order:
        """Places an order as the channel."""
        answer = await self.rpc("OrderService.PlaceOrder", "channel")(placing(**changes))
        order: orders_pb2.Order = answer.order
        return order

    async def position(self) -> int:
        """A position at which everything done so far is shown."""
        (row,) = await self.world.rows("SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint - 1 AS last")
        position: int = row["last"]
        return position


def _kind(streaming: bool) -> str:  # noqa: FBT001
    return "stream" if streaming else "unary"


@asynccontextmanager
async def serving(
    world: World, *, machine_now: Callable[[], datetime] = lambda: datetime(2026, 3, 3, tzinfo=UTC)
) -> AsyncIterator[Served]:
    """Serves a world at a port of its own; `machine_now` is the machine's clock."""

    async def move(span: timedelta) -> Advanced:
        return await advance(
            world.database, span, machine=WorkingMachine(world.machine, world.settle), settings=SETTINGS
        )

    news = News()
    memory = Follower(world.database.url, NetworkInForce(world.database), piece, SystemMachine())
    deps = ServiceDeps(
        database=world.database,
        gate=world.gate,
        surroundings=world.surroundings,
        news=news,
        machine_now=machine_now,
        advance=move,
        version="0",
        availability=memory,
        new_id=world.surroundings.new_id,
        person_keys=world.surroundings.secrets.people,
        webhooks=world.poster,
    )
    server = grpc.aio.server(options=OPTIONS)
    grants = {token_sha256(name): Grant(scope) for name, scope in PRINCIPALS.items()}
    rpcs = rpcs_served(deps, Access(grants, session_tokens=world.surroundings.secrets.session_tokens))
    server.add_generic_rpc_handlers((rpcs,))
    address = f"127.0.0.1:{server.add_insecure_port('127.0.0.1:0')}"
    await server.start()
    async with (
        news.listening(world.database.url, SystemMachine()),
        memory.following(),
        grpc.aio.insecure_channel(address, options=OPTIONS) as channel,
    ):
        yield Served(channel, world, rpcs, address)
    await server.stop(None)


def euros(units: int, nanos: int = 0) -> money_pb2.Money:
    """An amount in euros."""
    return money_pb2.Money(currency_code="EUR", units=units, nanos=nanos)


def placing(
    reference: str = "1001", sku: str = "SHIRT", quantity: int = 2, **changes: Any
) -> order_service_pb2.PlaceOrderRequest:
    """A request to place an order of one line at 50.00 and 5.00 of shipping, paid by card."""
    request = order_service_pb2.PlaceOrderRequest(request_id=changes.pop("request_id", str(uuid4())))
    order = request.order
    order.channel_id, order.channel_reference, order.currency_code = "WEB-NL", reference, "EUR"
    order.lines.add(sku=sku, quantity=quantity, unit_price=euros(50))
    order.charges.add(code="SHIPPING", amount=euros(5))
    order.instruments.add(holder=orders_pb2.INSTRUMENT_HOLDER_HUB, kind="CARD", token="tok_visa")
    order.customer.name, order.customer.email = "Ada Visser", "ada@example.com"
    address = order.customer.address
    address.city, address.postal_code, address.country_code = "Amsterdam", "1015 AA", "NL"
    address.street_lines.append("Keizersgracht 1")
    for name, value in changes.items():
        setattr(order, name, value)
    return request


def refusal(error: grpc.aio.AioRpcError) -> tuple[grpc.StatusCode, str, list[str]]:
    """Status, reason and violated fields of a refused call."""
    trailers: Any = error.trailing_metadata()
    status = status_pb2.Status.FromString(dict(trailers)[DETAILS_KEY])
    info, bad = error_details_pb2.ErrorInfo(), error_details_pb2.BadRequest()
    for detail in status.details:
        detail.Unpack(info)
        detail.Unpack(bad)
    return error.code(), info.reason, [one.field for one in bad.field_violations]
