"""What histories ask of a hub, as messages: its set-up, orders, amounts."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final
from uuid import uuid4

from google.type import money_pb2

from crossdock.fulfillment.v1 import fulfillment_pb2
from crossdock.network.v1 import network_pb2
from crossdock.orders.v1 import order_service_pb2, orders_pb2
from crossdock.returns.v1 import returns_pb2
from tests.model.given import DIGITS, NODES, ROUND, SHOPS, Draft, LineDraft
from tests.unit.api.serving import Served

_NEVER_MINUTES: Final = 10**6
_LONGEST_AUTHORIZATION_DAYS: Final = 365
"""Longer than any history: what ends sooner is renewed, which journeys show."""
_LONGEST_TRANSIT_DAYS: Final = 120


async def prepare(hub: Served) -> None:
    """Has nodes only answer requests to cancel, each in its manner, and parcels arrive by no carrier's word.

    The shops have their return policies, and no partners but those that hold money.
    """
    network = (await hub.rpc("NetworkService.GetNetwork")(network_pb2.GetNetworkRequest())).network
    kept = [node for node in network.nodes if node.node_id in NODES]
    for node in kept:
        node.warehouse_account_id = f"wms-{node.node_id}"
        account = _added(network, node.warehouse_account_id, "WAREHOUSE", _warehouse_profile(*NODES[node.node_id]))
        account.poll_interval.FromTimedelta(ROUND)
    _keep(network.nodes, kept)
    _keep(network.lanes, [lane for lane in network.lanes if lane.from_node_id in NODES])
    for lane in network.lanes:
        lane.transit_days = _LONGEST_TRANSIT_DAYS
    (channel,) = network.channels
    channel.shortage_policy = network_pb2.SHORTAGE_POLICY_BACKORDER
    for partner in ("fraud", "tax", "erp", "notice"):
        channel.ClearField(f"{partner}_account_id")
    channels = []
    for channel_id in SHOPS:
        added = network_pb2.Channel()
        added.CopyFrom(channel)
        added.channel_id, added.payment_account_id = channel_id, f"cards-{channel_id}"
        profile = {"authorization_days": _LONGEST_AUTHORIZATION_DAYS}
        _added(network, added.payment_account_id, "PAYMENT", profile)
        channels.append(added)
    _keep(network.channels, channels)
    carrier = next(account for account in network.accounts if account.kind == network_pb2.PARTNER_KIND_TRANSPORT)
    carrier.profile_json = json.dumps({"in_transit_after_hours": _LONGEST_TRANSIT_DAYS * 24})
    network.version = 0
    await hub.rpc("NetworkService.PutNetwork")(network_pb2.PutNetworkRequest(request_id=new_id(), network=network))
    request = returns_pb2.PutReturnPoliciesRequest(request_id=new_id(), policies=[_policy(shop) for shop in SHOPS])
    await hub.rpc("ReturnService.PutReturnPolicies")(request)


def _added(
    network: network_pb2.Network, account_id: str, kind: str, profile: Mapping[str, object]
) -> network_pb2.PartnerAccount:
    """An account at the stand-in of a kind of partner."""
    return network.accounts.add(
        account_id=account_id,
        kind=f"PARTNER_KIND_{kind}",
        adapter=f"double_{kind.lower()}",
        profile_json=json.dumps(profile),
    )


def _warehouse_profile(minutes: int, accepts: bool) -> dict[str, object]:  # noqa: FBT001
    answer = "accept" if accepts else "reject"
    steps = {f"{name}_after_minutes": _NEVER_MINUTES for name in ("acknowledge", "pick", "pack", "ship")}
    return {**steps, "cancel": f"later:{minutes}:{answer}" if minutes else answer}


def _keep(field: Any, elements: Iterable[object]) -> None:
    kept = list(elements)
    del field[:]
    field.extend(kept)


def _policy(channel_id: str) -> returns_pb2.ReturnPolicy:
    shop = SHOPS[channel_id]
    return returns_pb2.ReturnPolicy(
        policy_id=channel_id,
        channel_ids=[channel_id],
        window_days=30,
        return_days=30,
        promotions=f"PROMOTION_POLICY_{'CLAW_BACK' if shop.claws_back else 'PROPORTIONAL'}",
        shipping=f"SHIPPING_REFUND_{'WHEN_ALL_RETURNED' if shop.gives_charge_back else 'NEVER'}",
        fees=[money(shop.fee, currency) for currency in DIGITS if shop.fee],
    )


def placing(draft: Draft, reference: str, sku: Callable[[str], str]) -> order_service_pb2.PlaceOrderRequest:
    """The request that places an order; `sku` says under which name the hub knows a SKU of the draft."""
    request = order_service_pb2.PlaceOrderRequest(request_id=new_id())
    order, code = request.order, draft.currency
    order.channel_id, order.channel_reference, order.currency_code = draft.channel, reference, code
    order.lines.extend(line_drafts(draft.lines, code, sku))
    if draft.charge:
        order.charges.add(code="SHIPPING", amount=money(draft.charge, code))
    if draft.discount:
        order.discounts.add(amount=money(draft.discount, code))
    if draft.tax:
        order.taxes.add(amount=money(draft.tax, code))
    for tender in draft.tenders:
        by_hub = tender.holder == "HUB"
        order.instruments.add(
            holder=f"INSTRUMENT_HOLDER_{tender.holder}",
            kind="CARD" if by_hub else tender.holder,
            token="" if not by_hub else "tok_declined" if tender.declined else "tok_visa",
            amount=None if tender.most is None else money(tender.most, code),
        )
    order.customer.name, order.customer.email = "Ada Visser", "ada@example.com"
    address = order.customer.address
    address.city, address.postal_code, address.country_code = "Amsterdam", "1015 AA", "NL"
    address.street_lines.append("Keizersgracht 1")
    return request


def line_drafts(lines: Iterable[LineDraft], code: str, sku: Callable[[str], str]) -> list[orders_pb2.OrderLineDraft]:
    """Lines of an order to be placed."""
    drafts = []
    for line in lines:
        units, nanos = divmod(line.price_nanos, 10**9)
        price = money_pb2.Money(currency_code=code, units=units, nanos=nanos)
        draft = orders_pb2.OrderLineDraft(sku=sku(line.sku), quantity=line.quantity, unit_price=price)
        if line.discount:
            draft.discounts.add(amount=money(line.discount, code), units_needed=line.needed)
        drafts.append(draft)
    return drafts


def fulfillment_lines(units: Mapping[int, int]) -> list[fulfillment_pb2.FulfillmentLine]:
    """Units by line number."""
    return [fulfillment_pb2.FulfillmentLine(line_number=number, quantity=count) for number, count in units.items()]


def money(amount: int, currency: str) -> money_pb2.Money:
    """Minor units as a message."""
    scale = 10 ** DIGITS[currency]
    return money_pb2.Money(currency_code=currency, units=amount // scale, nanos=amount % scale * 10**9 // scale)


def minor(message: money_pb2.Money, currency: str) -> int:
    """A message as minor units."""
    digits = DIGITS[currency]
    whole: int = message.units * 10**digits + message.nanos // 10 ** (9 - digits)
    return whole


def new_id() -> str:
    """An id for a request."""
    return str(uuid4())
