"""Places orders: nothing -> PLACED, stock RESERVED or BACKORDERED, money asked for, fraud and tax asked.

What the channel states is taken as stated; prices are computed only when absent; an order whose totals do not add up is
taken with a MANUAL hold that names the difference.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from hub.cases import stock
from hub.cases.case import Case, at_node
from hub.cases.holding import hold
from hub.cases.money import open_instruments
from hub.cases.planning import FreeStock, plan_demands, policy_version, promised
from hub.cases.store import Loaded, read, save
from hub.cases.unit import PlanStale, Unit
from hub.catalog import operations as catalog
from hub.catalog.errors import UnknownSku
from hub.catalog.model import Item, ItemState
from hub.exceptions.model import ExceptionReason
from hub.holds.model import HoldType
from hub.inventory.errors import InsufficientStock
from hub.kernel.errors import Refusal
from hub.kernel.ids import derived
from hub.kernel.instant import Instant
from hub.kernel.money import Money
from hub.kernel.trace import TraceContext
from hub.network.errors import UnknownChannel
from hub.network.model import Channel, ShortagePolicy
from hub.orders import operations as orders
from hub.orders.errors import ChannelReferenceTaken
from hub.orders.lifecycle import OrderState
from hub.orders.model import Charge, Check, CheckState, Draft, Existing, InstrumentDraft, Order, OrderLine
from hub.orders.policy import EXPIRY_TIMER, charges_of, differences, expiry_of, lines_of
from hub.parties import operations as parties
from hub.parties.model import Party
from hub.payments.model import Holder, Instrument, Payments
from hub.payments.policy import amounts
from hub.slices.lifecycle import SliceAction
from hub.slices.policy import born, of_line
from hub.sourcing import operations as sourcing
from hub.sourcing.model import Decision, Demand, Plan

FLOW = "place_orders"


@dataclass(frozen=True, slots=True)
class Planned:
    """A draft with all that was worked out before the transaction."""

    draft: Draft
    channel: Channel
    lines: tuple[OrderLine, ...]
    charges: tuple[Charge, ...]
    plan: Plan
    promises: Mapping[int, Instant]
    draft_skus: tuple[str, ...]
    held_by_rule: bool = False


async def plan(unit: Unit, drafts: Sequence[Draft]) -> list[Planned | Refusal]:
    """Works out lines, amounts, nodes and dates of drafts from what is read; claims nothing.

    A repeat of an order that stands, or comes before it in the batch, needs no stock: that order has it.
    Refuses UNKNOWN_CHANNEL, UNKNOWN_SKU, UNKNOWN_NODE, PRICE_MISSING, INSUFFICIENT_STOCK.
    """
    items = await catalog.load(unit.tx, sorted({line.sku for draft in drafts for line in draft.lines}))
    parts = {part.sku for item in items.values() for part in item.components}
    items = {**items, **await catalog.load(unit.tx, sorted(parts - items.keys()))}
    free = await FreeStock.read(unit.tx, items)
    answers = [_planned(unit, draft, items, free) for draft in drafts]
    refused = [_reference(draft) for draft, one in zip(drafts, answers, strict=True) if _lacks_stock(one)]
    known = {_reference(one.draft) for one in answers if isinstance(one, Planned)}
    known |= (await orders.find_by_reference(unit.tx, unit.scope, refused)).keys()
    return [
        _planned(unit, draft, items, free, repeat=True) if _lacks_stock(one) and _reference(draft) in known else one
        for draft, one in zip(drafts, answers, strict=True)
    ]


async def place_orders(unit: Unit, planned: Sequence[Planned]) -> list[Case | Refusal]:
    """Places planned drafts: a case each, or why not. A repeat of the same content under the same reference answers the
    order as it stands; other content is CHANNEL_REFERENCE_TAKEN. Answers PlanStale where stock went meanwhile.
    """
    drafted = [_case(unit, one) for one in planned]
    added = await orders.add(unit.tx, [case.order for case in drafted])
    new = [index for index, one in enumerate(added) if isinstance(one, Order)]
    shortages = await stock.claim(unit, [drafted[index] for index in new])
    lacking = {index for index, shortage in zip(new, shortages, strict=True) if shortage is not None}
    backordered = {index for index in lacking if unit.last and _may_wait(planned[index])}
    for index in backordered:
        drafted[index] = _case(unit, _without_stock(planned[index]), drafted[index].order_id)
    await orders.save(unit.tx, [drafted[index].order for index in sorted(backordered)])
    removed = [drafted[index].order_id for index in sorted(lacking - backordered)]
    await orders.remove(unit.tx, removed)
    kept = [index for index in new if index not in lacking - backordered]
    await _record(unit, [(planned[index], drafted[index]) for index in kept])
    standing = await read(unit.tx, unit.scope, [one.order_id for one in added if isinstance(one, Existing)])
    return [
        drafted[index]
        if index in kept
        else _standing(planned[index].draft, one, standing)
        if isinstance(one, Existing) and one.order_id not in removed
        else _out_of_stock(unit, planned[index])
        for index, one in enumerate(added)
    ]


def _planned(
    unit: Unit, draft: Draft, items: Mapping[str, Item], free: FreeStock, *, repeat: bool = False
) -> Planned | Refusal:
    try:
        if not unit.scope.sees(channel_id=draft.channel_id):
            raise UnknownChannel(
                f"{draft.channel_id} is not a channel you may place orders in.", channel_id=draft.channel_id
            )
        channel = unit.network.channel(draft.channel_id)
        if draft.pickup_node_id:
            unit.network.node(draft.pickup_node_id)
        for line in draft.lines:
            if line.sku not in items:
                raise UnknownSku(f"{line.sku} is not in the catalog; put the item first.", sku=line.sku)
        lines = lines_of(draft, items)
        return _sourced(unit, draft, channel, lines, items, free, repeat=repeat)
    except Refusal as refusal:
        return refusal


def _sourced(
    unit: Unit,
    draft: Draft,
    channel: Channel,
    lines: tuple[OrderLine, ...],
    items: Mapping[str, Item],
    free: FreeStock,
    *,
    repeat: bool,
) -> Planned:
    service_code = draft.service_code or channel.default_service_code
    country = _country(draft)
    demands = [Demand(line.line_number, line.sku, line.quantity) for line in lines]
    plan = plan_demands(
        unit.network,
        channel,
        country=country,
        service_code=service_code,
        demands=demands,
        free=free,
        excluded={},
        only_node=draft.pickup_node_id,
    )
    dates = {node_id: promised(unit.network, node_id, country, service_code, unit.at) for node_id in plan.node_ids}
    promises: dict[int, Instant] = {}
    for one in plan.assignments:
        date = dates.get(one.node_id or "")
        if date is not None:
            promises[one.line_number] = max(date.deliver_by, promises.get(one.line_number, date.deliver_by))
    drafts = tuple(line.sku for line in lines if items[line.sku].state is ItemState.DRAFT)
    charges = charges_of(draft.charges)
    held = _held_by_rule(unit, draft, channel, lines, charges)
    result = Planned(draft, channel, lines, charges, plan, promises, drafts, held)
    if plan.uncovered and not _may_wait(result):
        if repeat:
            return _without_stock(result)
        raise _shortage(result)
    free.take(plan, demands)
    return result


def _held_by_rule(
    unit: Unit, draft: Draft, channel: Channel, lines: Sequence[OrderLine], charges: Sequence[Charge]
) -> bool:
    if not channel.hold_rule or unit.rules is None:
        return False
    facts: dict[str, object] = {
        "channel_id": draft.channel_id,
        "currency_code": draft.currency,
        "grand_total_minor": sum(one.total_minor for one in lines) + sum(one.total_minor for one in charges),
        "unit_count": sum(line.quantity for line in lines),
        "line_count": len(lines),
        "ship_to_country_code": _country(draft),
        "skus": [line.sku for line in lines],
        "demand_class": draft.demand_class,
        "attributes": dict(draft.attributes),
    }
    return unit.rules.compile(channel.hold_rule).evaluate(facts, undecided=True)


def _reference(draft: Draft) -> tuple[str, str]:
    return draft.channel_id, draft.channel_reference


def _lacks_stock(planned: Planned | Refusal) -> bool:
    return isinstance(planned, InsufficientStock)


def _may_wait(planned: Planned) -> bool:
    policy = planned.draft.shortage_policy or planned.channel.shortage_policy
    return policy is ShortagePolicy.BACKORDER or bool(planned.draft_skus)


def _shortage(planned: Planned) -> InsufficientStock:
    skus = sorted({line.sku for line in planned.lines})
    return InsufficientStock(
        f"No combination of nodes has the units of {', '.join(skus)} free; order fewer, or let the order wait by"
        " shortage_policy BACKORDER.",
        skus=",".join(skus),
        missing=planned.plan.uncovered,
    )


def _out_of_stock(unit: Unit, planned: Planned) -> Refusal:
    return _shortage(planned) if unit.last else PlanStale("Stock changed while the order was planned; plan again.")


def _without_stock(planned: Planned) -> Planned:
    assignments = tuple(replace(one, node_id=None) for one in planned.plan.assignments)
    emptied = Plan(assignments, None, "Stock went while the order was placed; it waits.", planned.plan.looked_at)
    return replace(planned, plan=emptied, promises={})


def _standing(draft: Draft, existing: Existing, standing: Mapping[UUID, Case]) -> Case | Refusal:
    case = standing.get(existing.order_id)
    if case is not None and draft.content_hash and existing.content_hash == draft.content_hash:
        return case
    return ChannelReferenceTaken(
        f"{draft.channel_id} already placed another order as {draft.channel_reference}; give this its own reference,"
        " or change the order that stands.",
        channel_id=draft.channel_id,
        channel_reference=draft.channel_reference,
    )


def _country(draft: Draft) -> str:
    address = (draft.ship_to or draft.customer).address
    return address.country_code if address else ""


def _case(unit: Unit, planned: Planned, order_id: UUID | None = None) -> Case:
    identity = order_id or unit.new_id()
    trace = TraceContext(identity.hex, derived(identity, "root").hex[-16:])
    order = _order(unit, planned, identity, trace)
    case = Case(order=order, slices=(), payments=Payments(order.currency, _instruments(planned, order)), trace=trace)
    total = Money(order.total_minor, order.currency)
    cause = case.happened(
        "OrderPlaced", unit.at, channel_id=order.channel_id, channel_reference=order.channel_reference, total=str(total)
    )
    ordered = [(one.line_number, one.sku, one.quantity) for one in order.lines]
    case.slices, births = born(order.order_id, ordered, cause, unit.at)
    case.effects.moves += births
    _claim_units(case, planned, cause, unit.at)
    _hold_back(case, planned, unit.at)
    open_instruments(case, unit.at)
    _ask(case, planned.channel)
    if expiry := expiry_of(order.lines, unit.at):
        case.set_timer(str(order.order_id), EXPIRY_TIMER, expiry, {"order_id": str(order.order_id)})
    if not order.checks and not case.holds:
        case.task("order.confirm")
    return case


def _order(unit: Unit, planned: Planned, order_id: UUID, trace: TraceContext) -> Order:
    draft, channel = planned.draft, planned.channel
    customer = derived(order_id, "customer")
    pays = _pays(planned)
    held_by_hub = any(one.holder is Holder.HUB and paid for one, paid in pays)
    asked = {
        Check.PAYMENT: held_by_hub,
        Check.FRAUD: bool(channel.fraud_account_id),
        Check.TAX: bool(channel.tax_account_id),
    }
    return Order(
        order_id=order_id,
        channel_id=draft.channel_id,
        channel_reference=draft.channel_reference,
        seller_id=channel.seller_id,
        state=OrderState.PLACED,
        version=0,
        currency=draft.currency,
        lines=planned.lines,
        charges=planned.charges,
        customer_party_id=customer,
        ship_to_party_id=derived(order_id, "ship_to") if draft.ship_to else customer,
        bill_to_party_id=derived(order_id, "bill_to") if draft.bill_to else customer,
        ship_to_country=_country(draft),
        placed_at=draft.placed_at or unit.at,
        traceparent=trace.traceparent(),
        delivery_method=draft.delivery_method,
        pickup_node_id=draft.pickup_node_id,
        service_code=draft.service_code or channel.default_service_code,
        shortage_policy=draft.shortage_policy or channel.shortage_policy,
        language_code=draft.language_code,
        incoterm=draft.incoterm,
        demand_class=draft.demand_class,
        attributes=draft.attributes,
        content_hash=draft.content_hash,
        checks={check: CheckState.PENDING for check, wanted in asked.items() if wanted},
        promises=planned.promises,
    )


def _instruments(planned: Planned, order: Order) -> tuple[Instrument, ...]:
    return tuple(
        Instrument(
            instrument_id=derived(order.order_id, "instrument", rank),
            order_id=order.order_id,
            rank=rank,
            holder=one.holder,
            kind=one.kind,
            amount_minor=paid,
            account_id=planned.channel.payment_account_id if one.holder is Holder.HUB else None,
            token=one.token,
            reference=one.reference,
        )
        for rank, (one, paid) in enumerate(_pays(planned), 1)
    )


def _pays(planned: Planned) -> list[tuple[InstrumentDraft, int]]:
    total = sum(one.total_minor for one in planned.lines) + sum(one.total_minor for one in planned.charges)
    stated = planned.draft.instruments or (InstrumentDraft(Holder.TERMS, "INVOICE"),)
    return list(zip(stated, amounts([one.amount_minor for one in stated], total), strict=True))


def _claim_units(case: Case, planned: Planned, cause: UUID, at: Instant) -> None:
    for one in planned.plan.assignments:
        action = SliceAction.RESERVE if one.node_id else SliceAction.BACKORDER
        takings = case.taking(action, one.quantity, where=of_line(one.line_number))
        case.move(takings, action, cause, at, at_node(one.node_id))
    if not planned.plan.uncovered:
        return
    case.happened("LinesBackordered", at, quantity=planned.plan.uncovered)
    reason = ExceptionReason.UNKNOWN_ITEM if planned.draft_skus else ExceptionReason.STOCK_SHORT
    detail = f"{planned.plan.uncovered} units wait for stock."
    if planned.draft_skus:
        detail += f" Complete the draft items {', '.join(sorted(set(planned.draft_skus)))}."
    case.open_exception(reason, str(case.order_id), detail, "crossdock import stock FILE", at)


def _hold_back(case: Case, planned: Planned, at: Instant) -> None:
    found = differences(planned.draft, planned.lines, planned.charges)
    paid = sum(one.amount_minor for one in case.payments.instruments)
    if paid != case.order.total_minor:
        total, currency = case.order.total_minor, case.order.currency
        found.append(f"instruments pay {Money(paid, currency)} of {Money(total, currency)}")
    if planned.held_by_rule:
        found.append(f"the hold rule of channel {planned.channel.channel_id} asks for a person")
    if found:
        hold(case, HoldType.MANUAL, "; ".join(found), at)


def _ask(case: Case, channel: Channel) -> None:
    order = case.order
    common = {"order_id": str(order.order_id), "currency": order.currency}
    if channel.fraud_account_id:
        payload = {
            **common,
            "amount_minor": order.total_minor,
            "customer_party_id": str(order.customer_party_id),
            "ship_to_party_id": str(order.ship_to_party_id),
        }
        _send(case, "fraud.screen", channel.fraud_account_id, payload)
    if channel.tax_account_id:
        lines = [(one.line_number, one.sku, one.total_minor, one.tax_minor) for one in order.lines]
        lines += [(0, one.code, one.total_minor, one.tax_minor) for one in order.charges]
        names = ("line_number", "sku", "amount_minor", "stated_tax_minor")
        payload = {
            **common,
            "to_country_code": order.ship_to_country,
            "lines": [dict(zip(names, line, strict=True)) for line in lines],
        }
        _send(case, "tax.determine", channel.tax_account_id, payload)


def _send(case: Case, kind: str, account_id: str, payload: Mapping[str, object]) -> None:
    message_id = derived(case.order_id, kind)
    case.send(kind, f"{kind}:{account_id}:{case.order_id}", message_id, payload, account_id=account_id, priority=4)


async def _record(unit: Unit, placed: Sequence[tuple[Planned, Case]]) -> None:
    kept = [
        Party(party_id, contact)
        for planned, case in placed
        for party_id, contact in {
            case.order.customer_party_id: planned.draft.customer,
            case.order.ship_to_party_id: planned.draft.ship_to or planned.draft.customer,
            case.order.bill_to_party_id: planned.draft.bill_to or planned.draft.customer,
        }.items()
    ]
    await parties.record(unit.tx, kept, key=unit.secrets.blind_index)
    version = policy_version(unit.network)
    decisions = [
        Decision(derived(case.order_id, "decision", case.order.version), case.order_id, unit.at, version, planned.plan)
        for planned, case in placed
    ]
    await sourcing.record(unit.tx, decisions)
    await save(unit, FLOW, Loaded({case.order_id: case for _, case in placed}, {}))
