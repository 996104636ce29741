"""`crossdock rehearse`: how orders of the last days would have shipped under another policy, or on invented demand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer
from google.protobuf.timestamp_pb2 import Timestamp

from crossdock.admin.v1 import admin_pb2
from crossdock.network.v1 import network_pb2
from crossdock.orders.v1 import order_service_pb2
from crossdock.sourcing.v1 import sourcing_pb2 as pb
from hub.app.cli.orders.simulating import simulated
from hub.app.cli.output import Output
from hub.app.cli.paging import Limit, all_of
from hub.app.cli.session import AsJson, session_of
from hub.app.client import HubClient
from hub.app.files import read_sourcing_policy
from hub.kernel.money import Money
from hub.wire.money import money_from_pb

_DAY_SECONDS = 86_400


@dataclass
class Shipped:
    """What orders shipped, and what that cost in minor units: parcels alone, and all terms of the policy."""

    parcels: int = 0
    split_orders: int = 0
    waiting_units: int = 0
    parcel_cost: int = 0
    cost: int = 0
    currency: str = ""

    def add(self, decision: pb.Decision) -> None:
        """Adds what an order shipped by a decision."""
        nodes = {one.node_id for one in decision.assignments if one.node_id}
        self.parcels += len(nodes)
        self.split_orders += len(nodes) > 1
        self.waiting_units += sum(one.quantity for one in decision.assignments if not one.node_id)
        for one in decision.candidates:
            if one.node_id in nodes:
                self.parcel_cost += money_from_pb(one.cost, field="cost").minor
        if decision.HasField("cost"):
            cost = money_from_pb(decision.cost, field="cost")
            self.cost, self.currency = self.cost + cost.minor, cost.currency

    def row(self) -> tuple[object, ...]:
        """Returns it as a row of the table."""
        costs = [str(Money(minor, self.currency)) if self.currency else "" for minor in (self.parcel_cost, self.cost)]
        return (self.parcels, self.split_orders, self.waiting_units, *costs)


def add_to(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("rehearse")(rehearse)


def rehearse(
    context: typer.Context,
    *,
    policy: Annotated[
        Path | None, typer.Argument(metavar="[POLICY]", help="JSON of a SourcingPolicy of the contract.")
    ] = None,
    channel: Annotated[str, typer.Option(help="Orders of this channel.")] = "",
    days: Annotated[int, typer.Option(min=1, max=366, help="Orders placed in the last so many days.")] = 7,
    limit: Limit = 1000,
    simulate: Annotated[bool, typer.Option("--simulate", help="On invented demand; needs no hub.")] = False,
    seed: Annotated[int, typer.Option(min=0, help="With --simulate: seed of the demand.")] = 1,
    stock: Annotated[
        float, typer.Option(min=0.1, max=10, help="With --simulate: units of stock for each unit of known demand.")
    ] = 1.0,
    share: Annotated[float, typer.Option(min=0.01, max=10, help="With --simulate: scale of demand and stock.")] = 1.0,
    as_json: AsJson = False,
) -> None:
    """Compare a sourcing policy with what was decided for the orders of the last days, or ways to source in general."""
    session = session_of(context, as_json=as_json)
    if simulate:
        simulated(session.output, seed, stock, share)
        return
    if policy is None:
        raise typer.BadParameter("say what to rehearse: a file with a policy, or --simulate", param_hint="POLICY")
    candidate = read_sourcing_policy(policy)
    with session.hub() as hub:
        order_ids = _orders(hub, channel, days, limit)
        with session.output.progress("rehearsing", len(order_ids)) as step:
            decided, assumed = Shipped(), Shipped()
            for answer in _answers(hub, order_ids, candidate):
                step.on(1)
                if answer.HasField("decision"):
                    decided.add(answer.decision)
                    assumed.add(answer.assumed)
    _tell(session.output, len(order_ids), decided, assumed)


def _orders(hub: HubClient, channel: str, days: int, limit: int) -> list[str]:
    now = hub.call(hub.admin.GetStatus, admin_pb2.GetStatusRequest()).business_time
    request = order_service_pb2.ListOrdersRequest(
        channel_id=channel, placed_since_time=Timestamp(seconds=now.seconds - days * _DAY_SECONDS)
    )
    return [order.order_id for order in all_of(hub, hub.orders.ListOrders, request, "orders", limit)]


def _answers(
    hub: HubClient, order_ids: Iterable[str], candidate: network_pb2.SourcingPolicy
) -> Iterable[pb.ExplainDecisionResponse]:
    for order_id in order_ids:
        yield hub.call(hub.sourcing.ExplainDecision, pb.ExplainDecisionRequest(order_id=order_id, policy=candidate))


def _tell(output: Output, orders: int, decided: Shipped, assumed: Shipped) -> None:
    if output.as_json:
        output.json({"orders": orders, "decided": vars(decided), "rehearsed": vars(assumed)})
        return
    rows = [("as decided", *decided.row()), ("rehearsed", *assumed.row())]
    columns = ("POLICY", "PARCELS#", "SPLIT ORDERS#", "WAITING UNITS#", "PARCEL COST#", "COST BY IT#")
    output.table(columns, rows, empty="")
    output.say(f"{orders} orders were rehearsed, each by its last decision. Nothing was changed.")
