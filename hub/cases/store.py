"""Loads and saves cases: a constant number of statements for any number of orders, in the lock order of the house."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import copy
from datetime import timedelta
from typing import TypeVar
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from hub.cases.awaited import fulfillment_key, order_key, parcel_key, payment_key, wake
from hub.cases.case import Case
from hub.cases.context import FlowContext, TouchedCase
from hub.cases.credit import follow_credit
from hub.cases.places import move_places
from hub.database.tx import Tx
from hub.exceptions import operations as exceptions
from hub.fulfillment import operations as fulfillment
from hub.holds import operations as holds
from hub.kernel.ids import derived
from hub.kernel.instant import EPOCH
from hub.kernel.scope import Scope
from hub.kernel.trace import TraceContext, from_traceparent
from hub.ledger import operations as ledger
from hub.messages.timers import PostStockDue, PublishStockDue, RetryWaiting
from hub.orders import operations as orders
from hub.orders.model import Order
from hub.outbox import operations as outbox
from hub.outbox.model import Timer
from hub.payments import operations as payments
from hub.slices import operations as slices
from hub.slices.lifecycle import ALLOCATING, GONE, LEAVING, RESERVING, WAITING, SliceState
from hub.slices.model import Move
from hub.trade import operations as trade

R = TypeVar("R")

PUBLISH_INTERVAL = timedelta(minutes=15)
"""How long stock changes are gathered, in business time, before channels are told."""


class Loaded(Struct, frozen=True):
    """Cases as a flow changes them, and as they were, so that saving writes what differs."""

    cases: dict[UUID, Case]
    before: Mapping[UUID, Case]


async def read(tx: Tx, scope: Scope, order_ids: Sequence[UUID]) -> dict[UUID, Case]:
    """Cases to look at, without locks; orders out of scope are absent."""
    return await _load(tx, scope, order_ids, lock=False)


async def load(flow: FlowContext, flow_name: str, order_ids: Iterable[UUID]) -> Loaded:
    """Cases to change: their orders are locked in the order of their ids; orders out of scope are absent."""
    cases = await _load(flow.tx, flow.scope, sorted(set(order_ids)), lock=True)
    for case in cases.values():
        case.trace = _span(flow, flow_name, case.order)
    return Loaded(cases, {order_id: copy(case) for order_id, case in cases.items()})


async def save(flow: FlowContext, flow_name: str, loaded: Loaded) -> None:
    """Writes what changed in the cases, and what follows from it; a case that `before` does not know is new."""
    changed = [case for case in loaded.cases.values() if case.changed]
    if not changed:
        return
    await follow_credit(flow, changed)
    known = [case for case in changed if case.order_id in loaded.before]
    for case in known:
        case.order = replace(case.order, updated_at=flow.at)
    await orders.save(flow.tx, [case.order for case in known])
    was = [slice_ for case in known for slice_ in loaded.before[case.order_id].slices]
    await slices.save(flow.tx, was, [slice_ for case in changed for slice_ in case.slices])
    await slices.record_moves(flow.tx, [move for case in changed for move in case.effects.moves])
    await fulfillment.save(flow.tx, _differing(loaded.before, changed, lambda case: case.fulfillment_orders))
    await fulfillment.save_shipments(flow.tx, _differing(loaded.before, changed, lambda case: case.shipments))
    await payments.save(
        flow.tx,
        _differing(loaded.before, changed, lambda case: case.payments.instruments),
        _differing(loaded.before, changed, lambda case: case.payments.transactions),
        new=not loaded.before,
    )
    await holds.save(flow.tx, _differing(loaded.before, changed, lambda case: case.holds))
    await move_places(flow, loaded.before, known)
    await wake(flow, _appeared(loaded.before, known))
    await _save_effects(
        flow, changed, freed=any(_held_while_waiting(loaded.before[one.order_id], one) for one in known)
    )
    flow.touched.extend(_touched(flow, flow_name, case) for case in changed)


def _differing(before: Mapping[UUID, Case], changed: Sequence[Case], rows: Callable[[Case], tuple[R, ...]]) -> list[R]:
    known = {id(row) for case in before.values() for row in rows(case)}
    return [row for case in changed for row in rows(case) if id(row) not in known]


def _appeared(before: Mapping[UUID, Case], changed: Sequence[Case]) -> list[str]:
    """What is there now that events may wait for: fulfillment orders, parcels, transactions of orders known before."""
    keys: list[str] = []
    for case in changed:
        was = before[case.order_id]
        released = {fulfillment_order.fulfillment_order_id for fulfillment_order in was.fulfillment_orders}
        new = [
            fulfillment_order
            for fulfillment_order in case.fulfillment_orders
            if fulfillment_order.fulfillment_order_id not in released
        ]
        keys += [fulfillment_key(one.fulfillment_order_id) for one in new]
        keys += [order_key(case.order.channel_id, case.order.channel_reference)] if new else []
        numbers = {shipment.tracking_number for shipment in was.shipments} | {""}
        keys += [
            parcel_key(shipment.tracking_number)
            for shipment in case.shipments
            if shipment.tracking_number not in numbers
        ]
        asked = {transaction.transaction_id for transaction in was.payments.transactions}
        keys += [
            payment_key(transaction.transaction_id)
            for transaction in case.payments.transactions
            if transaction.transaction_id not in asked
        ]
    return keys


async def _save_effects(flow: FlowContext, changed: Sequence[Case], *, freed: bool) -> None:
    effects = [case.effects for case in changed]
    await trade.record_tax(flow.tx, [tax for effect in effects for tax in effect.taxes])
    await trade.add_intercompany(flow.tx, [entry for effect in effects for entry in effect.intercompany])
    await ledger.post(flow.tx, [posting for effect in effects for posting in effect.postings])
    await exceptions.resolve(flow.tx, [one for effect in effects for one in effect.resolved], at=flow.at)
    await exceptions.open_all(flow.tx, [exception for effect in effects for exception in effect.exceptions])
    await outbox.emit(flow.tx, [event for effect in effects for event in effect.events])
    await outbox.clear_timers(flow.tx, [cleared_timer for effect in effects for cleared_timer in effect.cleared_timers])
    await outbox.set_timers(flow.tx, [timer for effect in effects for timer in effect.timers])
    await outbox.append(flow.tx, [message for effect in effects for message in effect.messages], at=flow.at)
    moves = [move for effect in effects for move in effect.moves]
    await stock_changed(
        flow,
        freed=freed or any(_frees(move) for move in moves) or any(effect.consumptions for effect in effects),
        claimed=any(_claims(move) for move in moves),
        moved=any(move.to_state in LEAVING for move in moves) or any(effect.stock for effect in effects),
        beside=[timer for effect in effects for timer in effect.shared_timers],
    )


async def stock_changed(
    flow: FlowContext, *, freed: bool, claimed: bool, moved: bool = True, beside: Sequence[Timer] = ()
) -> None:
    """Has channels told of stock within the publish interval, and waiting orders tried again when some came free.

    `moved`: goods came to a shelf or left it, and the ERPs of nodes are posted it. A timer that stands is left alone,
    so that many transactions may ask at once; so are those set `beside`.
    """
    due_at = EPOCH + ((flow.at - EPOCH) // PUBLISH_INTERVAL + 1) * PUBLISH_INTERVAL
    timers = list(beside)
    if moved:
        booked = sorted(node.node_id for node in flow.network.nodes.values() if node.erp_account_id)
        timers += [Timer(PostStockDue(node_id, due_at)) for node_id in booked]
    if freed:
        timers.append(Timer(RetryWaiting(due_at=flow.at)))
    if freed or claimed:
        told = sorted(channel.channel_id for channel in flow.network.channels.values() if channel.channel_account_id)
        timers += [Timer(PublishStockDue(channel_id, due_at)) for channel_id in told]
    await outbox.ensure_timers(flow.tx, timers)


_CLAIMING = RESERVING | ALLOCATING


def _claims(move: Move) -> bool:
    return move.from_state not in _CLAIMING and move.to_state in _CLAIMING


def _frees(move: Move) -> bool:
    """Whether others may have units after a move: claimed ones, or free ones that were set aside for who waited."""
    given_back = move.from_state in _CLAIMING and move.to_state not in _CLAIMING | GONE
    return given_back or (move.from_state in WAITING and move.to_state is SliceState.CANCELED)


def _held_while_waiting(before: Case, after: Case) -> bool:
    """Whether holds changed of an order that waits: under a hold it leaves to others what was set aside for it."""
    return before.holds != after.holds and any(slice_.state in WAITING for slice_ in after.slices)


async def _load(tx: Tx, scope: Scope, order_ids: Sequence[UUID], *, lock: bool) -> dict[UUID, Case]:
    found = await orders.load(tx, scope, order_ids, lock=lock)
    ids = list(found)
    if not ids:
        return {}
    slices_of = await slices.load(tx, ids)
    fulfillment_orders = await fulfillment.load(tx, ids)
    shipments = await fulfillment.load_shipments(tx, ids)
    money = await payments.load(tx, {order_id: order.currency for order_id, order in found.items()})
    held = await holds.load(tx, ids)
    return {
        order_id: Case(
            order=order,
            slices=slices_of.get(order_id, ()),
            payments=money[order_id],
            holds=held.get(order_id, ()),
            fulfillment_orders=fulfillment_orders.get(order_id, ()),
            shipments=shipments.get(order_id, ()),
        )
        for order_id, order in found.items()
    }


def _span(flow: FlowContext, flow_name: str, order: Order) -> TraceContext | None:
    root = from_traceparent(order.traceparent)
    if root is None:
        return None
    span_id = derived(order.order_id, "span", flow_name, order.version).hex[-16:]
    return TraceContext(root.trace_id, span_id)


def _touched(flow: FlowContext, flow_name: str, case: Case) -> TouchedCase:
    root = from_traceparent(case.order.traceparent)
    cause = flow.causes.get(case.order_id)
    trace = case.trace or root
    if trace is None or root is None:
        return TouchedCase("", "", "", flow_name, case.order_id, promises=tuple(case.effects.promises))
    caller = cause if cause is not None and cause.trace_id != trace.trace_id else None
    parent = root if cause is None or caller is not None else cause
    within = "" if trace == root else parent.span_id
    promises = tuple(case.effects.promises)
    return TouchedCase(trace.trace_id, trace.span_id, within, flow_name, case.order_id, caller, promises)
