"""What histories ask of a hub, as messages: its set-up, orders, amounts."""

from __future__ import annotations

from typing import Final
from uuid import uuid4

from google.type import money_pb2

from crossdock.network.v1 import network_pb2
from crossdock.orders.v1 import order_service_pb2
from crossdock.returns.v1 import returns_pb2
from tests.model.model import DIGITS, NODES, Draft
from tests.unit.api.serving import Served

_NEVER_MINUTES: Final = 10**6


async def prepare(hub: Served) -> None:
    """Has nodes only answer requests to cancel, each in its manner, and shipping refunded with the last unit."""
    network = (await hub.rpc("NetworkService.GetNetwork")(network_pb2.GetNetworkRequest())).network
    for node_id, (minutes, accepts) in NODES.items():
        node = next(one for one in network.nodes if one.node_id == node_id)
        node.warehouse_account_id = f"wms-{node_id}"
        answer = "accept" if accepts else "reject"
        manner = f"later:{minutes}:{answer}" if minutes else answer
        steps = ", ".join(
            f'"{name}_after_minutes": {_NEVER_MINUTES}' for name in ("acknowledge", "pick", "pack", "ship")
        )
        account = network.accounts.add(
            account_id=node.warehouse_account_id,
            kind=network_pb2.PARTNER_KIND_WAREHOUSE,
            adapter="double_warehouse",
            profile_json=f'{{{steps}, "cancel": "{manner}"}}',
        )
        account.poll_interval.seconds = 900
    kept = [node for node in network.nodes if node.node_id in NODES]
    del network.nodes[:]
    network.nodes.extend(kept)
    lanes = [lane for lane in network.lanes if lane.from_node_id in NODES]
    del network.lanes[:]
    network.lanes.extend(lanes)
    for channel in network.channels:
        channel.shortage_policy = network_pb2.SHORTAGE_POLICY_BACKORDER
    network.version = 0
    await hub.rpc("NetworkService.PutNetwork")(network_pb2.PutNetworkRequest(request_id=new_id(), network=network))
    policy = returns_pb2.ReturnPolicy(
        policy_id="usual",
        window_days=30,
        return_days=30,
        shipping=returns_pb2.SHIPPING_REFUND_WHEN_ALL_RETURNED,
    )
    request = returns_pb2.PutReturnPoliciesRequest(request_id=new_id(), policies=[policy])
    await hub.rpc("ReturnService.PutReturnPolicies")(request)


def placing(draft: Draft, reference: str) -> order_service_pb2.PlaceOrderRequest:
    """The request that places an order."""
    request = order_service_pb2.PlaceOrderRequest(request_id=new_id())
    order, code = request.order, draft.currency
    order.channel_id, order.channel_reference, order.currency_code = "WEB-NL", reference, code
    for line in draft.lines:
        units, nanos = divmod(line.price_nanos, 10**9)
        price = money_pb2.Money(currency_code=code, units=units, nanos=nanos)
        made = order.lines.add(sku=line.sku, quantity=line.quantity, unit_price=price)
        if line.discount:
            made.discounts.add(amount=money(line.discount, code))
    if draft.charge:
        order.charges.add(code="SHIPPING", amount=money(draft.charge, code))
    if draft.discount:
        order.discounts.add(amount=money(draft.discount, code))
    if draft.tax:
        order.taxes.add(amount=money(draft.tax, code))
    for holder, most in draft.tenders:
        order.instruments.add(
            holder=f"INSTRUMENT_HOLDER_{holder}",
            kind="CARD" if holder == "HUB" else holder,
            token="tok_visa" if holder == "HUB" else "",
            amount=None if most is None else money(most, code),
        )
    order.customer.name, order.customer.email = "Ada Visser", "ada@example.com"
    address = order.customer.address
    address.city, address.postal_code, address.country_code = "Amsterdam", "1015 AA", "NL"
    address.street_lines.append("Keizersgracht 1")
    return request


def money(amount: int, currency: str) -> money_pb2.Money:
    """Minor units as a message."""
    scale = 10 ** DIGITS[currency]
    return money_pb2.Money(currency_code=currency, units=amount // scale, nanos=amount % scale * 10**9 // scale)


def minor(message: money_pb2.Money, digits: int) -> int:
    """A message as minor units."""
    whole: int = message.units * 10**digits + message.nanos // 10 ** (9 - digits)
    return whole


def new_id() -> str:
    """An id for a request."""
    return str(uuid4())
