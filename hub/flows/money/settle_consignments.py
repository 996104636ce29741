"""Settles the imports of orders that were quoted a landed cost: the buyer pays what was quoted, whatever is owed.

What a parcel owes is computed from what really left, by the rules in force on that day; the difference is booked.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from uuid import UUID

from hub.cases.case import Case
from hub.cases.context import FlowContext
from hub.cases.store import load, save
from hub.fulfillment.model import Shipment
from hub.kernel.errors import Refusal
from hub.kernel.money import Money, first_units
from hub.ledger.model import Account
from hub.messages.events.money import ConsignmentSettled
from hub.orders.model import OrderLine
from hub.promising.policy.dates import local_day
from hub.trade import operations as trade
from hub.trade.model.landed_cost import Consignment, Goods, Landed, Settlement
from hub.trade.model.rules import TradeRules
from hub.trade.policy.landed_costs import landed_costs

FLOW = "settle_consignments"


async def settle_consignments(flow: FlowContext, parcels: Sequence[tuple[UUID, UUID]]) -> list[Refusal | None]:
    """Settles parcels (order id, shipment id) once each; one that is settled stays as it is.

    Refuses what `landed_costs` refuses, for example TRADE_RULE_MISSING.
    """
    loaded = await load(flow, FLOW, [order_id for order_id, _ in parcels])
    quoted = await trade.landed_of(flow.tx, loaded.cases)
    known = {order_id: list(of_order) for order_id, of_order in (await trade.settlements(flow.tx, quoted)).items()}
    rules = await flow.trade_rules.load(flow.tx, flow.trade_version)
    new: list[Settlement] = []
    answers: list[Refusal | None] = []
    for order_id, shipment_id in parcels:
        before = known.setdefault(order_id, [])
        if order_id not in quoted or any(one.shipment_id == shipment_id for one in before):
            answers.append(None)
            continue
        try:
            settlement = _settlement(flow, loaded.cases[order_id], shipment_id, quoted[order_id], before, rules)
        except Refusal as refusal:
            answers.append(refusal)
            continue
        _book(flow, loaded.cases[order_id], settlement)
        before.append(settlement)
        new.append(settlement)
        answers.append(None)
    await trade.add_settlements(flow.tx, new, at=flow.at)
    await save(flow, FLOW, loaded)
    return answers


def _book(flow: FlowContext, case: Case, settlement: Settlement) -> None:
    variance = settlement.variance.minor
    entries = (Account.IMPORT_VARIANCE, variance), (Account.CUSTOMS, -variance)
    case.post("import variance", settlement.shipment_id, flow.at, *entries)
    case.happened(
        ConsignmentSettled(
            owed=settlement.owed,
            charged=settlement.charged,
            shipment_id=settlement.shipment_id,
            territory=settlement.landed.cost.territory,
        ),
        flow.at,
    )


def _settlement(
    flow: FlowContext,
    case: Case,
    shipment_id: UUID,
    quoted: Sequence[Landed],
    before: Sequence[Settlement],
    rules: TradeRules,
) -> Settlement:
    """Return what a parcel owes and what its buyer is charged, its units counted on from those settled before."""
    shipment = next(one for one in case.shipments if one.shipment_id == shipment_id)
    gone = sum((Counter(one.units) for one in before), Counter[int]())
    units = Counter[int]()
    for line in shipment.lines:
        units[line.line_number] += line.quantity
    consignment = _consignment(flow, case, shipment, quoted[0].consignment, gone, units)
    (cost,) = landed_costs([consignment], rules)
    charged = sum(_part(line, line.import_minor, gone, units) for line in case.order.lines)
    return Settlement(
        shipment_id=shipment_id,
        order_id=case.order_id,
        landed=Landed(consignment, cost),
        units=dict(units),
        charged=Money(charged, case.order.currency),
    )


def _consignment(
    flow: FlowContext,
    case: Case,
    shipment: Shipment,
    quoted: Consignment,
    gone: Counter[int],
    units: Counter[int],
) -> Consignment:
    """Return what left as customs sees it; it passes customs as it was quoted to."""
    order, node = case.order, flow.network.node(shipment.node_id)
    left = [line for line in order.lines if units[line.line_number]]
    goods = tuple(
        Goods(
            reference=str(line.line_number),
            value=Money(_part(line, _value(line), gone, units), order.currency),
            hs_code=line.hs_code,
            origin=line.origin_country,
            weight_grams=line.weight_grams * units[line.line_number],
        )
        for line in left
    )
    return Consignment(
        consignment_id=str(shipment.shipment_id),
        from_country=node.address.country_code,
        to_country=order.ship_to_country,
        import_day=local_day(node, shipment.shipped_at),
        flow=quoted.flow,
        goods=goods,
        freight=Money(_freight(case, gone, units), order.currency),
        insurance=Money.zero(order.currency),
        incoterm=quoted.incoterm,
        declaration=quoted.declaration,
    )


def _value(line: OrderLine) -> int:
    """What all units of a line cost without tax."""
    return line.total_minor - line.tax_minor


def _part(line: OrderLine, amount: int, gone: Counter[int], units: Counter[int]) -> int:
    """The part of an amount of a line that its units have, counted on from those that are gone."""
    before = gone[line.line_number]
    until = before + units[line.line_number]
    return first_units(amount, line.quantity, until) - first_units(amount, line.quantity, before)


def _freight(case: Case, gone: Counter[int], units: Counter[int]) -> int:
    """The part of the charges, without tax, that the goods have by value, counted on from those that are gone."""
    charges = sum(charge.total_minor - charge.tax_minor for charge in case.order.charges)
    whole = sum(_value(line) for line in case.order.lines)
    if not whole:
        return 0
    before = sum(first_units(_value(line), line.quantity, gone[line.line_number]) for line in case.order.lines)
    left = sum(_part(line, _value(line), gone, units) for line in case.order.lines)
    return first_units(charges, whole, before + left) - first_units(charges, whole, before)
