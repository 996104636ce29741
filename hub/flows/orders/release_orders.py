"""Releases orders: chooses nodes for units that have none, and hands all units over to their nodes.

The same flow serves units that had no stock when the order was confirmed, units that were short or rejected, and
backordered units when stock comes. An order of which every unit is reserved is handed over as it is confirmed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import groupby
from uuid import UUID

from msgspec.structs import replace

from hub.cases.case import Case, at_node
from hub.cases.context import FlowContext, PlanStale
from hub.cases.fulfillment.hand_over import hand_over
from hub.cases.intake.customs import check_customs, clear_customs, held_for_customs_alone
from hub.cases.intake.free_stock import FreeStock
from hub.cases.intake.limits import limits_of
from hub.cases.intake.planning import Routes
from hub.cases.intake.promises import arrival, change_promises, promise_after_hold
from hub.cases.intake.to_store.choosing import StoreTransfer
from hub.cases.intake.waiting import Planned, held, in_turn, learn_items, name_waiting, planned, waiting_for
from hub.cases.places import places_of
from hub.cases.screening import of_rule, restrictions_of, take_hits
from hub.cases.stock import stock
from hub.cases.stock.transfers import claim, requested, save_transfers
from hub.cases.store import Loaded, load, read, save
from hub.exceptions.model import ExceptionReason
from hub.kernel.errors import Refusal
from hub.kernel.ids import derived
from hub.kernel.instant import Instant
from hub.messages.events.orders import LinesBackordered, LinesReserved, UnitsSentToStore
from hub.orders import operations as orders
from hub.orders.errors import OrderNotFound
from hub.orders.lifecycle import OrderState
from hub.orders.policy import too_early
from hub.promising import operations as promising
from hub.slices.lifecycle import WAITING, SliceAction
from hub.slices.policy import of_line
from hub.sourcing import operations as sourcing
from hub.sourcing.model import Decision, Plan
from hub.sourcing.policy.plans import policy_version
from hub.transfers.model import Transfer, TransferDraft
from hub.transfers.policy import OF_ORDER

FLOW = "release_orders"


async def plan(flow: FlowContext, order_ids: Sequence[UUID]) -> list[Planned | Refusal]:
    """Chooses nodes for waiting units of orders from what is read; claims nothing. Refuses ORDER_NOT_FOUND.

    Who is served first chooses first, in whatever order the orders are named.
    """
    cases = await read(flow.tx, flow.scope, order_ids)
    skus = {slice_.sku for case in cases.values() for slice_ in case.slices if slice_.state in WAITING}
    free = await FreeStock.read(flow.tx, skus)
    places = await promising.places(flow.tx, flow.network, flow.at)
    routes = Routes(flow.network, flow.at, places=places, limits=await limits_of(flow, skus), values=flow.stock_values)
    ahead = await waiting_for(flow, free, besides=cases)
    waiting = in_turn(flow.network, [*cases.values(), *ahead])
    await learn_items(flow, routes, waiting)
    plans = {case.order_id: planned(routes, case, free) for case in waiting}
    checks = await check_customs(flow, [(case, plans[order_id].plan) for order_id, case in cases.items()])
    plans |= {order_id: replace(plans[order_id], customs=check) for order_id, check in checks.items()}
    rules = await restrictions_of(flow, [(case, plans[order_id].plan) for order_id, case in cases.items()])
    plans |= {order_id: replace(plans[order_id], restrictions=hits) for order_id, hits in rules.items()}
    return [plans.get(order_id) or _unknown(order_id) for order_id in order_ids]


async def release_orders(flow: FlowContext, plans: Sequence[Planned]) -> list[Case | Refusal]:
    """Releases what may be released; orders not confirmed or on hold stay as they are.

    Answers PlanStale where the order or its stock changed meanwhile.
    """
    loaded = await load(flow, FLOW, [one.order_id for one in plans])
    decisions: list[Decision] = []
    brought: list[Transfer] = []
    stale: set[UUID] = set()
    await _take_restrictions(flow, loaded, plans)
    for one in plans:
        case = loaded.cases.get(one.order_id)
        if case is None or case.order.state is not OrderState.CONFIRMED:
            continue
        if held(case) and not held_for_customs_alone(case):
            continue
        if case.order.version != one.version:
            stale.add(one.order_id)
            continue
        if not _cleared(flow, case, one):
            continue
        case.effects.floors = one.floors
        if one.ship_days:
            standing = dict(places_of(case))
            case.order = replace(case.order, ship_days={**one.ship_days, **standing})
        decisions += _released(flow, case, one)
        brought += _bring_to_store(flow, case, one.transfers)
    moved = [case for case in loaded.cases.values() if case.effects.moves or case.effects.stock]
    shortages = await stock.claim(flow, moved)
    stale |= {case.order_id for case, short in zip(moved, shortages, strict=True) if short is not None}
    kept = {order_id: case for order_id, case in loaded.cases.items() if order_id not in stale}
    await sourcing.record(flow.tx, [decision for decision in decisions if decision.order_id in kept])
    completed = {one.order_id for one in plans if one.customs is not None and one.customs.completed}
    await orders.save_lines(flow.tx, [case.order for order_id, case in kept.items() if order_id in completed])
    await save(flow, FLOW, Loaded(kept, loaded.before))
    await save_transfers(flow, {}, [one for one in brought if one.order_id in kept])
    return [_answer(one.order_id, loaded.cases, stale) for one in plans]


async def _take_restrictions(flow: FlowContext, loaded: Loaded, plans: Sequence[Planned]) -> None:
    """Holds orders whose goods or lanes are restricted, unless a person cleared that."""
    await take_hits(
        flow,
        [
            (case, one.restrictions, of_rule)
            for one in plans
            if one.restrictions is not None
            and (case := loaded.cases.get(one.order_id)) is not None
            and case.order.state is OrderState.CONFIRMED
            and case.order.version == one.version
            and not (held(case) and not held_for_customs_alone(case))
        ],
    )


def _cleared(flow: FlowContext, case: Case, plan: Planned) -> bool:
    """Whether customs data keeps nothing of an order back; what the catalog knows of it is taken over first."""
    if plan.customs is not None:
        case.order = plan.customs.complete(case.order)
    return clear_customs(case, flow.network.channel(case.order.channel_id), plan.customs, flow.at)


def _answer(order_id: UUID, cases: Mapping[UUID, Case], stale: set[UUID]) -> Case | Refusal:
    if order_id in stale:
        return PlanStale("The order or its stock changed while its release was planned; plan again.", order_id=order_id)
    return cases.get(order_id) or _unknown(order_id)


def _unknown(order_id: UUID) -> OrderNotFound:
    return OrderNotFound(f"There is no order {order_id}.", order_id=order_id)


def _released(flow: FlowContext, case: Case, planned: Planned) -> list[Decision]:
    decisions, chosen = [], planned.plan
    if chosen is not None:
        brought = sum(one.quantity for one in planned.transfers) + (planned.on_the_way or 0)
        _source(flow, case, chosen, brought, named=planned.on_the_way is not None)
        identity = derived(case.order_id, "decision", case.order.version)
        decisions.append(Decision(identity, case.order_id, flow.at, policy_version(flow.network), chosen))
    promise_after_hold(flow, case)
    hand_over(flow, case)
    return decisions


def _source(flow: FlowContext, case: Case, chosen: Plan, brought: int, *, named: bool) -> None:
    """Reserves what a plan found; the rest waits.

    `brought` are units that transfers bring to where they are collected. `named`: what still waits is named again, for
    transfers were to bring it before.
    """
    covered = [assignment for assignment in chosen.assignments if assignment.node_id]
    if covered:
        nodes: Counter[str] = Counter()
        for one in covered:
            nodes[one.node_id or ""] += one.quantity
        cause = case.happened(LinesReserved(nodes=dict(sorted(nodes.items())), why=chosen.explanation), flow.at)
        for one in covered:
            takings = case.taking(SliceAction.RESERVE, one.quantity, where=of_line(one.line_number))
            case.move(takings, SliceAction.RESERVE, cause, flow.at, at_node(one.node_id))
            _promise(flow, case, one.line_number, one.node_id or "")
    missing = case.taking(
        SliceAction.BACKORDER, where=lambda slice_: not too_early(case.order, slice_.line_number, flow.at)
    )
    if missing:
        quantity = sum(units for _, units in missing)
        cause = case.happened(LinesBackordered(quantity=quantity), flow.at)
        case.move(missing, SliceAction.BACKORDER, cause, flow.at)
    if chosen.uncovered and chosen.uncovered <= brought:
        case.resolve_exception(ExceptionReason.STOCK_SHORT, str(case.order_id))
    elif missing or brought or (named and chosen.uncovered):
        name_waiting(flow, case, chosen.uncovered - brought, limited_by=chosen.limited_by)


def _promise(flow: FlowContext, case: Case, line_number: int, node_id: str) -> None:
    day, known = arrival(flow, case, line_number, node_id), case.order.promises.get(line_number)
    if day is not None and known is None:
        case.order = replace(case.order, promises={**case.order.promises, line_number: day})
    elif day is not None and known is not None and day > known:
        change_promises(flow, case, {line_number: day}, f"{node_id} cannot ship it sooner")


def _bring_to_store(flow: FlowContext, case: Case, planned: Sequence[StoreTransfer]) -> list[Transfer]:
    """Requests what nodes are to send for an order, one transfer for each: claims, events and promises of its case.

    The transfers are to be saved with the case.
    """
    made = []
    for node_id, group in groupby(sorted(planned, key=lambda one: one.from_node_id), lambda one: one.from_node_id):
        units = list(group)
        transfer = requested(
            flow,
            TransferDraft(
                reference=f"{OF_ORDER}{case.order_id}/{case.order.version}/{node_id}"[:80],
                from_node_id=node_id,
                to_node_id=units[0].to_node_id,
                units=tuple((one.sku, one.quantity) for one in units),
                service_code=units[0].service_code,
                order_id=case.order_id,
            ),
        )
        by_sku = {one.sku: one.floor for one in units}
        case.effects.stock += [change for line in transfer.lines for change in claim(transfer, line, by_sku[line.sku])]
        case.happened(
            UnitsSentToStore(
                transfer_id=transfer.transfer_id,
                from_node_id=node_id,
                to_node_id=transfer.to_node_id,
                quantity=sum(one.quantity for one in units),
                ready_time=max(one.ready_at for one in units),
            ),
            flow.at,
        )
        made.append(transfer)
    _promise_sent(flow, case, planned)
    return made


def _promise_sent(flow: FlowContext, case: Case, planned: Sequence[StoreTransfer]) -> None:
    """Promises lines by when what is sent can be collected, where they were promised sooner or not at all."""
    later: dict[int, Instant | None] = {}
    for one in planned:
        routes, order = Routes(flow.network, one.ready_at), case.order
        date = routes.soonest(None, one.to_node_id, order.destination, order.service_code)
        numbers = {slice_.line_number for slice_ in case.slices if slice_.sku == one.sku and slice_.state in WAITING}
        for number in numbers if date else ():
            known = later.get(number) or order.promises.get(number)
            if date is not None and (known is None or date.deliver_by > known):
                later[number] = date.deliver_by
    changed = {number: day for number, day in later.items() if number in case.order.promises}
    new = {number: day for number, day in later.items() if day is not None and number not in case.order.promises}
    if new:
        case.order = replace(case.order, promises={**case.order.promises, **new})
    if changed:
        change_promises(flow, case, changed, "units come to the store from another node")
