"""Places orders: nothing -> PLACED, stock RESERVED or BACKORDERED, money asked for, fraud and tax asked.

What the channel states is taken as stated; prices are computed only when absent; an order whose totals do not add up is
taken with a MANUAL hold that names the difference, and one whose source states what nobody acts on with an UNREAD_FACT
hold that names it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from typing import Final
from uuid import UUID

from hub.cases.case import Case
from hub.cases.context import FlowContext, PlanStale
from hub.cases.holds import hold, hold_for_unread
from hub.cases.intake.drafts import (
    Pays,
    balances_of,
    content_hash_of,
    destination_of,
    instruments_of,
    order_of,
    pays_of,
    record_people,
    slot_of,
    total_of,
)
from hub.cases.intake.plan_orders import Planned, may_wait, plan, shortage_of, without_stock
from hub.cases.intake.reservations import consume
from hub.cases.intake.waiting import name_waiting
from hub.cases.money.money import open_instruments
from hub.cases.places import take_places
from hub.cases.stock import stock
from hub.cases.store import Loaded, read, save
from hub.cases.vat_numbers import first_checks, is_reverse_charged
from hub.holds.model import HoldType
from hub.kernel.errors import Refusal
from hub.kernel.ids import derived
from hub.kernel.instant import Instant
from hub.kernel.money import Money
from hub.kernel.trace import TraceContext, trace_of
from hub.messages.events.orders import LinesBackordered, OrderPlaced
from hub.messages.fraud import ScreenOrder
from hub.messages.tasks import ConfirmOrder, ScreenParties
from hub.messages.tax import DetermineTax, StatedTax, TaxLine
from hub.messages.timers import LinesExpire, PromiseDue
from hub.network.model import Channel
from hub.orders import operations as orders
from hub.orders.errors import ChannelReferenceTaken
from hub.orders.lifecycle import OrderState
from hub.orders.model import Check, CheckState, Draft, Existing, Order, OrderLine
from hub.orders.policy import differences, expiry_of, on_sale, sale_tax
from hub.payments.model import Holder, Payments
from hub.payments.policy import paid_by
from hub.promising import operations as promising
from hub.promising.errors import QuoteTaken
from hub.slices.policy import born
from hub.sourcing import operations as sourcing
from hub.sourcing.model import Decision
from hub.sourcing.policy.plans import policy_version
from hub.trade import operations as trade

__all__ = ["place_optimistically", "place_orders", "plan", "plan_optimistically"]

FLOW = "place_orders"

AUTHORIZED_BEFORE_RELEASE: Final = timedelta(days=5)
"""An order of which nothing is released so soon is not authorized when it is placed."""


async def place_orders(flow: FlowContext, planned: Sequence[Planned]) -> list[Case | Refusal]:
    """Places planned drafts: a case each, or why not. A repeat of the same content under the same reference answers the
    order as it stands; other content is CHANNEL_REFERENCE_TAKEN. A quote that another
    order has is QUOTE_TAKEN. Answers PlanStale where stock went meanwhile.
    """
    drafted = [_case(flow, one) for one in planned]
    added = await orders.add(flow.tx, [case.order for case in drafted])
    new = [index for index, one in enumerate(added) if isinstance(one, Order)]
    late = await _take_quotes(flow, [drafted[index].order for index in new])
    new = [index for index in new if drafted[index].order_id not in late]
    shortages = await stock.claim(flow, [drafted[index] for index in new])
    lacking = {index for index, shortage in zip(new, shortages, strict=True) if shortage is not None}
    backordered = {
        index for index in lacking if flow.last and may_wait(planned[index]) and not _bound_to(planned[index])
    }
    for index in backordered:
        drafted[index] = _case(flow, without_stock(planned[index]), drafted[index].order_id)
    await orders.save(flow.tx, [drafted[index].order for index in sorted(backordered)])
    removed = [drafted[index].order_id for index in sorted(lacking - backordered)]
    await _give_quotes_back(flow, [drafted[index].order for index in sorted(lacking - backordered)])
    await orders.remove(flow.tx, [*removed, *late])
    kept = [index for index in new if index not in lacking - backordered]
    await _record(flow, [(planned[index], drafted[index]) for index in kept])
    await take_places(flow, [drafted[index] for index in kept])
    standing = await read(flow.tx, flow.scope, [one.order_id for one in added if isinstance(one, Existing)])
    return [
        drafted[index]
        if index in kept
        else _standing(drafted[index].order, one, standing)
        if isinstance(one, Existing) and one.order_id not in removed
        else late.get(drafted[index].order_id) or _out_of_stock(flow, planned[index])
        for index, one in enumerate(added)
    ]


async def plan_optimistically(flow: FlowContext, drafts: Sequence[Draft]) -> list[Planned | Refusal | None]:
    """The same plans for orders that need no look as long as their references are new and their stock is there; None
    for those that take reservations or a quote.
    """
    return [None if isinstance(one, Planned) and _bound_to(one) else one for one in await plan(flow, drafts)]


async def place_optimistically(flow: FlowContext, planned: Sequence[Planned]) -> list[Case]:
    """Places all, with their stock claimed last: who wants the same SKUs does not wait until the rest was written."""
    cases = [_case(flow, one) for one in planned]
    await orders.add_new(flow.tx, [case.order for case in cases])
    await _record(flow, list(zip(planned, cases, strict=True)))
    await stock.claim_optimistically(flow, cases)
    await take_places(flow, cases)
    return cases


def _bound_to(planned: Planned) -> bool:
    """Whether an order takes what was kept for it: it is placed as that says, or not at all."""
    return bool(planned.reservations) or planned.draft.promise is not None


async def _take_quotes(flow: FlowContext, placed: Sequence[Order]) -> dict[UUID, QuoteTaken]:
    """Gives the quotes that orders name to them; returns why not, by order, for those that come too late."""
    first: dict[UUID, UUID] = {}
    for order in placed:
        if order.promise is not None:
            first.setdefault(order.promise.quote_id, order.order_id)
    taken = await promising.take(flow.tx, first) if first else set()
    return {
        order.order_id: QuoteTaken("Another order took the quote; freeze another.", quote_id=quote_id)
        for order in placed
        if order.promise is not None
        and ((quote_id := order.promise.quote_id) in taken or first[quote_id] != order.order_id)
    }


async def _give_quotes_back(flow: FlowContext, removed: Sequence[Order]) -> None:
    given = {order.promise.quote_id: order.order_id for order in removed if order.promise is not None}
    if given:
        await promising.give_back(flow.tx, given)


def _out_of_stock(flow: FlowContext, planned: Planned) -> Refusal:
    stale = not flow.last or _bound_to(planned)
    return PlanStale("Stock changed while the order was planned; plan again.") if stale else shortage_of(planned)


def _standing(made: Order, existing: Existing, standing: Mapping[UUID, Case]) -> Case | Refusal:
    case = standing.get(existing.order_id)
    if case is not None and made.content_hash and existing.content_hash == made.content_hash:
        return case
    return ChannelReferenceTaken(
        f"{made.channel_id} already placed another order as {made.channel_reference}; give this its own reference,"
        " or change the order that stands.",
        channel_id=made.channel_id,
        channel_reference=made.channel_reference,
    )


def _case(flow: FlowContext, planned: Planned, order_id: UUID | None = None) -> Case:
    identity = order_id or flow.new_id()
    trace = trace_of(identity)
    pays = pays_of(planned.draft, total_of(planned.lines, planned.charges))
    order = _order(flow, planned, identity, trace, pays)
    balances = balances_of(flow.secrets, planned.channel, planned.draft)
    instruments = instruments_of(planned.channel, identity, pays, balances)
    case = Case(order=order, slices=(), payments=Payments(order.currency, instruments), trace=trace)
    total = Money(order.total_minor, order.currency)
    cause = case.happened(
        OrderPlaced(channel_id=order.channel_id, channel_reference=order.channel_reference, total=total), flow.at
    )
    ordered = [(line.line_number, line.sku, line.quantity) for line in order.lines]
    assigned = [
        (assignment.line_number, assignment.node_id, assignment.quantity) for assignment in planned.plan.assignments
    ]
    case.slices, moves = born(order.order_id, ordered, cause, flow.at, assigned=assigned)
    case.effects.moves += moves
    consume(case, planned.reservations)
    case.effects.floors = planned.floors
    _tell_waiting(flow, case, planned)
    _hold_back(case, planned, flow.at)
    open_instruments(case, flow.at, authorizes=not _leaves_late(planned, flow.at))
    _ask(case, planned.channel)
    if expiry := expiry_of(order.lines, flow.at):
        case.set_timer(LinesExpire(order.order_id, expiry))
    if planned.leaves_by is not None:
        case.set_timer(PromiseDue(order.order_id, planned.leaves_by))
    if not order.checks and not case.holds:
        case.task(ConfirmOrder(case.order_id))
    return case


def _leaves_late(planned: Planned, at: Instant) -> bool:
    """Whether nothing of an order leaves soon: all of it ships later, or is promised from supply to come.

    It is authorized when its units are released.
    """
    soon = at + AUTHORIZED_BEFORE_RELEASE
    supplied_late = planned.leaves_by is not None and planned.leaves_by > soon
    waiting = {one.line_number for one in planned.plan.assignments if one.node_id is None}
    ready = {one.line_number for one in planned.plan.assignments if one.node_id is not None}

    wished = planned.draft.wish is not None and planned.ship_days
    if wished and min(planned.ship_days.values()) > soon.date():
        return True

    def late(line: OrderLine) -> bool:
        dated = line.ship_not_before is not None and line.ship_not_before > soon
        return dated or (supplied_late and line.line_number in waiting - ready)

    return all(late(line) for line in planned.lines)


def _order(flow: FlowContext, planned: Planned, order_id: UUID, trace: TraceContext, pays: Pays) -> Order:
    asked = {
        Check.PAYMENT: any(one.holder is Holder.HUB and paid for one, paid in pays)
        and not _leaves_late(planned, flow.at),
        Check.FRAUD: bool(planned.channel.fraud_account_id),
        Check.TAX: bool(planned.channel.tax_account_id),
        Check.PARTIES: planned.channel.screening_terms is not None,
        Check.CREDIT: any(one.credit_account_id for one, _ in pays),
    }
    return order_of(
        planned.draft,
        planned.channel,
        planned.lines,
        planned.charges,
        to=destination_of(flow.network, planned.draft),
        order_id=order_id,
        trace=trace,
        state=OrderState.PLACED,
        at=flow.at,
        checks={check: CheckState.PENDING for check, wanted in asked.items() if wanted},
        promises=planned.promises,
        ship_days=planned.ship_days,
        content_hash=content_hash_of(flow, planned.draft),
        slot=slot_of(planned.draft, planned.channel),
    )


def _tell_waiting(flow: FlowContext, case: Case, planned: Planned) -> None:
    quantity, limited_by = planned.plan.uncovered, planned.plan.limited_by
    if not quantity:
        return
    case.happened(LinesBackordered(quantity=quantity), flow.at)
    name_waiting(flow, case, quantity, draft_skus=planned.draft_skus, limited_by=limited_by)


def _hold_back(case: Case, planned: Planned, at: Instant) -> None:
    found = [*differences(planned.draft, planned.lines, planned.charges), *planned.quote_differences]
    total, currency = case.order.total_minor, case.order.currency
    paid = paid_by(case.payments.instruments, total)
    if paid != total:
        found.append(f"instruments pay {Money(paid, currency)} of {Money(total, currency)}")
    if planned.held_by_rule:
        found.append(f"the hold rule of channel {planned.channel.channel_id} asks for a person")
    if found:
        hold(case, HoldType.MANUAL, "; ".join(found), at)
    if is_reverse_charged(case.order) and (taxed := sale_tax(case.order)):
        hold(case, HoldType.TAX, f"the payer owes the tax, and {Money(taxed, currency)} of tax is stated", at)
    hold_for_unread(case, planned.draft.unread_facts, at)


def _ask(case: Case, channel: Channel) -> None:
    order = case.order
    if channel.screening_terms is not None:
        case.task(ScreenParties(order.order_id))
    if channel.fraud_account_id:
        screening = ScreenOrder(
            order_id=order.order_id,
            currency=order.currency,
            amount_minor=order.total_minor,
            customer_party_id=order.customer_party_id,
            ship_to_party_id=order.ship_to_party_id,
        )
        _send(case, screening, channel.fraud_account_id)
    if channel.tax_account_id:
        lines = [
            TaxLine(
                line.line_number, line.sku, line.total_minor - line.import_minor, line.tax_minor - line.import_minor
            )
            for line in order.lines
        ]
        lines += [TaxLine(0, charge.code, charge.total_minor, charge.tax_minor) for charge in order.charges]
        determination = DetermineTax(
            order_id=order.order_id,
            currency=order.currency,
            to_country_code=order.ship_to_country,
            lines=tuple(lines),
            stated_taxes=tuple(_stated_taxes(order)),
        )
        _send(case, determination, channel.tax_account_id)


def _stated_taxes(order: Order) -> Iterator[StatedTax]:
    """Yield the taxes on the sale that the order states, each with the line or charge that it is on."""
    for line in order.lines:
        yield from (StatedTax(line.line_number, tax.amount_minor, tax.title, tax.rate) for tax in on_sale(line.taxes))
    for charge in order.charges:
        yield from (StatedTax(0, tax.amount_minor, tax.title, tax.rate, charge.code) for tax in on_sale(charge.taxes))
    yield from (StatedTax(0, tax.amount_minor, tax.title, tax.rate) for tax in on_sale(order.taxes))


def _send(case: Case, payload: ScreenOrder | DetermineTax, account_id: str) -> None:
    message_id, lane = derived(case.order_id, payload.KIND), f"{payload.KIND}:{account_id}:{case.order_id}"
    case.send(payload, lane, message_id, account_id=account_id, priority=4)


async def _record(flow: FlowContext, placed: Sequence[tuple[Planned, Case]]) -> None:
    await record_people(flow, [(planned.draft, case.order) for planned, case in placed])
    version = policy_version(flow.network)
    decisions = [
        Decision(derived(case.order_id, "decision", case.order.version), case.order_id, flow.at, version, planned.plan)
        for planned, case in placed
    ]
    await sourcing.record(flow.tx, decisions)
    await trade.save_vat_checks(flow.tx, first_checks(flow, [case for _, case in placed]))
    if landed := {case.order_id: planned.landed for planned, case in placed if planned.landed}:
        await trade.keep_landed(flow.tx, landed)
    await save(flow, FLOW, Loaded({case.order_id: case for _, case in placed}, {}))
