"""How fields of the network are obeyed: what a change of one changes in the answer of an rpc."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final
from uuid import UUID, uuid4

from google.type import money_pb2

from crossdock.inventory.v1 import inventory_pb2, reservations_pb2, supply_pb2
from crossdock.network.v1 import carriers_pb2
from crossdock.network.v1 import network_pb2 as pb
from crossdock.orders.v1 import orders_pb2
from crossdock.promising.v1 import promising_pb2
from crossdock.returns.v1 import returns_pb2, routing_pb2
from crossdock.sourcing.v1 import sourcing_pb2
from crossdock.trade.v1 import trade_pb2
from hub.api.setup.setup_changes import PUT_ITEMS
from hub.api.setup.trade import LOAD_RULES, RuleSet
from hub.api.stock.changes import ADJUST_STOCK
from hub.inventory.model import StockChange
from hub.trade import operations as trade
from tests.support.drafts import item
from tests.support.world import TUESDAY
from tests.unit.api.serving import Served

Change = Callable[[pb.Network], object]
Probe = Callable[[Served], Awaitable[object]]


@dataclass(frozen=True)
class Obeyed:
    """How a field is obeyed: `probe` returns something else in a network with `changed`; both networks have `given`."""

    probe: Probe
    changed: Change
    given: Change = lambda network: None


async def promised(hub: Served) -> object:
    """Return what is promised of a shirt to the Netherlands."""
    request = promising_pb2.QuotePromisesRequest(channel_id="WEB-NL", to_country_code="NL")
    request.lines.add(sku="SHIRT", quantity=1)
    return (await hub.rpc("PromisingService.QuotePromises")(request)).quotes


async def collectable(hub: Served) -> object:
    """Return what is promised of a shirt that is collected at a store which has none."""
    request = promising_pb2.QuotePromisesRequest(channel_id="WEB-NL", to_country_code="DE")
    request.pickup_node_ids.append("ST-BER")
    request.lines.add(sku="SHIRT", quantity=1)
    return (await hub.rpc("PromisingService.QuotePromises")(request)).quotes


async def supplied(hub: Served) -> object:
    """Return when what is expected of a supplier can be sold."""
    key = supply_pb2.SupplyKey(source="erp", reference=str(uuid4()))
    due = supply_pb2.SupplyDraft(key=key, kind=supply_pb2.SUPPLY_KIND_ON_ORDER, sku="SHIRT", node_id="DC-NL")
    due.quantity = 1
    due.expect_time.FromDatetime(TUESDAY + timedelta(days=7))
    request = supply_pb2.PutSupplyRequest(request_id=str(uuid4()), supplies=[due])
    return (await hub.rpc("SupplyService.PutSupply")(request)).results[0].supply.sellable_time


async def collected(hub: Served) -> object:
    """Return how many shirts customers can collect."""
    request = inventory_pb2.GetAvailabilityRequest(skus=["SHIRT"], channel_id="WEB-NL")
    request.delivery_method, request.min_position = orders_pb2.DELIVERY_METHOD_PICKUP, await hub.position()
    return (await hub.rpc("InventoryService.GetAvailability")(request, timeout=10)).availability[0].available


async def routed(hub: Served) -> object:
    """Return what each node yields to which the units of a return could go."""
    (rma,) = (await hub.rpc("ReturnService.ListReturns")(returns_pb2.ListReturnsRequest())).returns
    asked = routing_pb2.PreviewRoutesRequest()
    asked.questions.add(return_id=rma.return_id)
    (preview,) = (await hub.rpc("ReturnRoutingService.PreviewRoutes")(asked)).results
    return [(place.node_id, place.outcome, place.not_chosen_because) for place in preview.routes.routes[0].places]


async def reserved(hub: Served, **facts: Any) -> object:
    """Return how long two reservations live that one client asks for, or why it gets none."""
    request = reservations_pb2.ReserveStockRequest(request_id=str(uuid4()))
    for _ in range(2):
        request.reservations.add(channel_id="WEB-NL", **facts).lines.add(sku="SHIRT", quantity=1)
    results = (await hub.rpc("ReservationService.ReserveStock")(request)).results
    made = [result.reservation for result in results]
    lives = [one.expire_time.ToDatetime() - one.create_time.ToDatetime() for one in made]
    for reservation_id in filter(None, (one.reservation_id for one in made)):
        release = reservations_pb2.ReleaseReservationRequest(request_id=str(uuid4()), reservation_id=reservation_id)
        await hub.rpc("ReservationService.ReleaseReservation")(release)
    return lives, [result.refusal.reason for result in results]


async def reserved_for_long(hub: Served) -> object:
    """Return how long a reservation lives that asks for ten minutes."""
    return await reserved(hub, ttl={"seconds": 600})


async def extended(hub: Served) -> object:
    """Return when a reservation ends that is extended after five minutes by ten."""
    request = reservations_pb2.ReserveStockRequest(request_id=str(uuid4()))
    request.reservations.add(channel_id="WEB-NL", ttl={"seconds": 600}).lines.add(sku="SHIRT", quantity=1)
    (made,) = (await hub.rpc("ReservationService.ReserveStock")(request)).results
    await hub.world.advance(timedelta(minutes=5))
    more = reservations_pb2.ExtendReservationRequest(request_id=str(uuid4()))
    more.reservation_id, more.ttl.seconds = made.reservation.reservation_id, 600
    end = (await hub.rpc("ReservationService.ExtendReservation")(more)).reservation.expire_time
    return end.seconds - made.reservation.create_time.seconds


async def sourced(hub: Served) -> object:
    """Return why three heavy units ship from two nodes that have two each, and how many from which."""
    sku = f"ANVIL-{uuid4()}"
    for node_id in ("DC-NL", "ST-BER"):
        await hub.world.stock(sku, node_id, 2)
    await hub.world.items(item(sku, weight_grams=2_500, version=1))
    order = await hub.place(reference=sku, sku=sku, quantity=3, shortage_policy=pb.SHORTAGE_POLICY_BACKORDER)
    request = sourcing_pb2.ListDecisionsRequest(order_id=order.order_id)
    decision = (await hub.rpc("SourcingService.ListDecisions")(request)).decisions[0]
    return decision.explanation, [(one.node_id, one.quantity) for one in decision.assignments]


async def imported(hub: Served) -> object:
    """Return why a shirt ships to the Netherlands from the United Kingdom, with what that costs."""
    sku = f"TEE-{uuid4()}"
    await hub.world.ask(LOAD_RULES, RuleSet(trade.default_files()))
    await hub.world.stock(sku, "DC-UK", 1)
    await hub.world.ask(PUT_ITEMS, item(sku, hs_code="610910", origin_country="CN"))
    order = await hub.place(reference=sku, sku=sku, quantity=1)
    request = sourcing_pb2.ListDecisionsRequest(order_id=order.order_id)
    return (await hub.rpc("SourcingService.ListDecisions")(request)).decisions[0].explanation.replace(sku, "TEE")


async def released(hub: Served) -> object:
    """Return where units of an order that is confirmed wait: at their node until its cool-down ends, or not at all."""
    sku = f"CUP-{uuid4()}"
    await hub.world.stock(sku, "DC-NL", 1)
    order = await hub.place(reference=sku, sku=sku, quantity=1)
    await hub.world.settle()
    return [one.state for one in (await hub.world.case(UUID(order.order_id))).slices]


async def valued(hub: Served) -> object:
    """Return about what three lamps are worth where they lie: two are left at each of two nodes, many are wanted."""
    sku = f"LAMP-{uuid4()}"
    for node_id, units in (("DC-NL", 42), ("ST-AMS", 4)):
        await hub.world.stock(sku, node_id, units)
    await hub.world.items(item(sku, version=1))
    await hub.world.ask(ADJUST_STOCK, StockChange(sku, "ST-AMS", "SALE", uuid4(), on_hand=-2))
    await hub.place(reference=f"{sku}-1", sku=sku, quantity=40)
    await hub.world.advance(timedelta(hours=6))
    await hub.world.surroundings.stock_values.refresh(hub.world.database)
    order = await hub.place(reference=sku, sku=sku, quantity=3)
    request = sourcing_pb2.ListDecisionsRequest(order_id=order.order_id)
    decision = (await hub.rpc("SourcingService.ListDecisions")(request)).decisions[0]
    return [round(term.amount.units / 20) for term in decision.terms if term.name == "opportunity"]


async def nothing(hub: Served) -> object:
    """Return the same in each network that is put in force."""
    return ""


def _node(network: pb.Network) -> pb.Node:
    return next(node for node in network.nodes if node.node_id == "DC-NL")


def _store(network: pb.Network) -> pb.Node:
    return next(node for node in network.nodes if node.node_id == "ST-BER")


def _lane(network: pb.Network) -> carriers_pb2.Lane:
    return next(lane for lane in network.lanes if (lane.from_node_id, lane.to_country_code) == ("DC-NL", "NL"))


def _limits(network: pb.Network) -> pb.ReservationLimits:
    return network.channels[0].reservation_limits


def _terms(network: pb.Network) -> pb.PromiseTerms:
    return network.channels[0].promise_terms


def _fee(network: pb.Network) -> pb.DeliveryFee:
    fee = _terms(network).delivery_fees.add(service_code="STANDARD")
    fee.amount.currency_code, fee.amount.units = "EUR", 4
    return fee


def _sourcing(network: pb.Network) -> pb.SourcingPolicy:
    return network.channels[0].sourcing_policy


def _costs(name: str) -> Change:
    """Return what lets a term of the sourcing policy cost 5 euros."""
    return lambda network: getattr(_sourcing(network), name).CopyFrom(money_pb2.Money(currency_code="EUR", units=5))


def _imports(network: pb.Network) -> None:
    _sourcing(network).import_flow = trade_pb2.TRADE_FLOW_EXPRESS


def _only_centers(network: pb.Network) -> None:
    rules = _sourcing(network).rules
    rules.add(rule_id="CENTERS", when="basket.unit_count > 0", nodes="node.kind == 'DISTRIBUTION_CENTER'")


def _rule(network: pb.Network) -> pb.SourcingRule:
    return _sourcing(network).rules[0]


def _emitting(network: pb.Network) -> None:
    for lane in network.lanes:
        lane.carbon_grams_per_parcel, lane.carbon_grams_per_kg = 500, 200


def _marked_down(network: pb.Network) -> None:
    markdown = _sourcing(network).markdowns.add(node_id="DC-NL")
    markdown.amount.currency_code, markdown.amount.units = "EUR", 2


def _valuing(network: pb.Network) -> None:
    policy = _sourcing(network)
    policy.split_cost.currency_code, policy.opportunity_permille = "EUR", 1000
    policy.lost_order_cost.CopyFrom(money_pb2.Money(currency_code="EUR", units=50))
    policy.lost_buyer_cost.CopyFrom(money_pb2.Money(currency_code="EUR", units=100))


def _account(network: pb.Network) -> pb.PartnerAccount:
    return next(account for account in network.accounts if account.account_id == "carrier")


def _days_off(network: pb.Network) -> None:
    for calendar in network.calendars:
        calendar.holidays.append("2026-11-20")


def _weekend(network: pb.Network) -> None:
    for calendar in network.calendars:
        calendar.working_weekdays[:] = [6, 7]


def _taking_returns(network: pb.Network) -> None:
    _node(network).returns.sell_through = "0.8"


def _handling_returns(network: pb.Network) -> None:
    _taking_returns(network)
    _node(network).returns.handling_cost.CopyFrom(money_pb2.Money(currency_code="EUR", units=2))


def _short(network: pb.Network) -> None:
    _limits(network).default_ttl.seconds = 300


def _short_all(network: pb.Network) -> None:
    _short(network)
    _limits(network).longest_ttl.seconds = 700


OBEYED: Final[Mapping[str, Obeyed]] = {
    "network.v1.Calendar.holidays": Obeyed(promised, _days_off),
    "network.v1.Calendar.working_weekdays": Obeyed(promised, _weekend),
    "network.v1.Lane.service_code": Obeyed(
        promised, lambda network: setattr(_lane(network), "service_code", "EXPRESS")
    ),
    "network.v1.Lane.to_country_code": Obeyed(
        promised, lambda network: setattr(_lane(network), "to_country_code", "BE")
    ),
    "network.v1.Channel.default_service_code": Obeyed(
        promised, lambda network: setattr(network.channels[0], "default_service_code", "EXPRESS")
    ),
    "network.v1.Node.inbound_processing_days": Obeyed(
        supplied, lambda network: setattr(_node(network), "inbound_processing_days", 2)
    ),
    "network.v1.Node.transfer_service_code": Obeyed(
        collectable, lambda network: setattr(_store(network), "transfer_service_code", "STANDARD")
    ),
    "network.v1.Node.kind": Obeyed(collected, lambda network: setattr(_node(network), "kind", pb.NODE_KIND_STORE)),
    "network.v1.PartnerAccount.kind": Obeyed(
        nothing, lambda network: setattr(_account(network), "kind", pb.PARTNER_KIND_TAX)
    ),
    "network.v1.PartnerAccount.account_id": Obeyed(
        nothing, lambda network: setattr(_account(network), "account_id", "nobody")
    ),
    "network.v1.ReturnTerms.currency_code": Obeyed(
        routed, lambda network: setattr(_node(network).returns, "currency_code", "GBP"), _taking_returns
    ),
    "network.v1.ReturnTerms.sell_through": Obeyed(
        routed, lambda network: setattr(_node(network).returns, "sell_through", "0.2"), _taking_returns
    ),
    "network.v1.PromiseTerms.validity": Obeyed(
        promised, lambda network: setattr(_terms(network).validity, "seconds", 60)
    ),
    "network.v1.DeliveryFee.amount": Obeyed(
        promised, lambda network: setattr(_terms(network).delivery_fees[0].amount, "units", 5), _fee
    ),
    "network.v1.DeliveryFee.service_code": Obeyed(
        promised, lambda network: setattr(_terms(network).delivery_fees[0], "service_code", "EXPRESS"), _fee
    ),
    **{
        f"network.v1.SourcingPolicy.{name}": Obeyed(sourced, _costs(name))
        for name in ("split_cost", "pick_cost", "pack_cost", "freight_per_kg", "late_day_cost")
    },
    "network.v1.SourcingPolicy.carbon_cost_per_kg": Obeyed(sourced, _costs("carbon_cost_per_kg"), _emitting),
    "network.v1.Markdown.node_id": Obeyed(
        sourced, lambda network: setattr(_sourcing(network).markdowns[0], "node_id", "ST-LON"), _marked_down
    ),
    "network.v1.Markdown.item_class": Obeyed(
        sourced, lambda network: setattr(_sourcing(network).markdowns[0], "item_class", "SHOES"), _marked_down
    ),
    "network.v1.Markdown.amount": Obeyed(
        sourced, lambda network: setattr(_sourcing(network).markdowns[0].amount, "units", 1), _marked_down
    ),
    "network.v1.SourcingPolicy.returned_permille": Obeyed(
        sourced, lambda network: setattr(_sourcing(network), "returned_permille", 500), _handling_returns
    ),
    "network.v1.SourcingPolicy.most_parcels": Obeyed(
        sourced, lambda network: setattr(_sourcing(network), "most_parcels", 1)
    ),
    "network.v1.SourcingPolicy.import_flow": Obeyed(imported, _imports),
    "network.v1.SourcingPolicy.without_import_tax": Obeyed(
        imported, lambda network: setattr(_sourcing(network), "without_import_tax", True), _imports
    ),
    "network.v1.SourcingPolicy.cool_down": Obeyed(
        released, lambda network: setattr(_sourcing(network).cool_down, "seconds", 300)
    ),
    "network.v1.SourcingPolicy.opportunity_permille": Obeyed(
        valued, lambda network: setattr(_sourcing(network), "opportunity_permille", 500), _valuing
    ),
    "network.v1.SourcingPolicy.lost_order_cost": Obeyed(
        valued, lambda network: setattr(_sourcing(network).lost_order_cost, "units", 90), _valuing
    ),
    "network.v1.SourcingPolicy.lost_buyer_cost": Obeyed(
        valued, lambda network: setattr(_sourcing(network).lost_buyer_cost, "units", 200), _valuing
    ),
    "network.v1.SourcingPolicy.stock_days": Obeyed(
        valued, lambda network: setattr(_sourcing(network), "stock_days", 28), _valuing
    ),
    "network.v1.SourcingRule.rule_id": Obeyed(
        sourced, lambda network: setattr(_rule(network), "rule_id", "NO-STORES"), _only_centers
    ),
    "network.v1.SourcingRule.when": Obeyed(
        sourced, lambda network: setattr(_rule(network), "when", "basket.unit_count > 99"), _only_centers
    ),
    "network.v1.SourcingRule.nodes": Obeyed(
        sourced, lambda network: setattr(_rule(network), "nodes", "node.kind == 'STORE'"), _only_centers
    ),
    "network.v1.ReservationLimits.default_ttl": Obeyed(reserved, _short),
    "network.v1.ReservationLimits.longest_ttl": Obeyed(
        reserved_for_long, lambda network: setattr(_limits(network).longest_ttl, "seconds", 500), _short
    ),
    "network.v1.ReservationLimits.longest_life": Obeyed(
        extended,
        lambda network: setattr(_limits(network).longest_life, "seconds", 700),
        _short_all,
    ),
    "network.v1.ReservationLimits.reservations_per_client": Obeyed(
        reserved, lambda network: setattr(_limits(network), "reservations_per_client", 1)
    ),
}
"""Field -> how it is obeyed."""
