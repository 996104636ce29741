"""What follows when transfers change: stock at both ends, supply in transit, events, deadlines, exceptions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Final
from uuid import UUID

from msgspec.structs import replace

from hub.cases.context import FlowContext
from hub.cases.deadlines import TRANSFER
from hub.cases.stock.received_supply import receive_stock, settle_supplies
from hub.cases.stock.stock import StockDrifted
from hub.cases.store import stock_changed
from hub.exceptions import operations as exceptions
from hub.exceptions.model import ExceptionReason, ExceptionRecord
from hub.exceptions.policy import raised
from hub.inventory import operations as inventory
from hub.inventory.errors import InsufficientStock
from hub.inventory.model import Condition, StockChange
from hub.inventory.model.supply import (
    ANYBODY,
    Cancellation,
    Protection,
    Receipt,
    SupplyDecision,
    SupplyDraft,
    SupplyKey,
    SupplyKind,
)
from hub.inventory.operations import protections, supplies
from hub.inventory.policy.protection import floors
from hub.kernel.errors import Refusal
from hub.kernel.ids import derived
from hub.kernel.instant import Instant, iso
from hub.kernel.scope import HUB
from hub.messages.events.stock import TransferCanceled, TransferReceived, TransferRequested, TransferShipped
from hub.messages.tasks import ReleaseOrder
from hub.messages.timers import TransferDue
from hub.outbox import operations as outbox
from hub.outbox.model import Event, Message, Timer
from hub.promising.model import PromisedDate
from hub.promising.policy.dates import earliest_delivery
from hub.transfers import operations as transfers
from hub.transfers.lifecycle import TransferState
from hub.transfers.model import Received, Transfer, TransferDraft, TransferLine
from hub.transfers.policy import SOURCE

WITHOUT_LANE: Final = timedelta(days=7)
"""How long units travel between nodes where no lane says it."""

BROUGHT_ANEW: Final = timedelta(minutes=1)
"""What a transfer does not bring is brought from elsewhere first, and only then the promises that rest on it change."""

REQUEST: Final = "transfer"
"""Cause of the ledger's rows by which units are claimed for a transfer, or given back."""
SHIP: Final = "transfer_ship"
"""Cause of the ledger's rows by which units of a transfer leave their origin."""

_OPEN: Final = frozenset({TransferState.REQUESTED, TransferState.IN_TRANSIT})
Known = Mapping[UUID, Transfer]


def journey(flow: FlowContext, from_node_id: str, to_node_id: str, service_code: str) -> PromisedDate | None:
    """When goods that are asked for now leave a node and arrive at another; None where no lane of the service does."""
    network = flow.network
    lane = network.lane(from_node_id, network.place_of(network.node(to_node_id)), service_code)
    return earliest_delivery(network, from_node_id, lane, flow.at) if lane else None


def expected_at(flow: FlowContext, transfer: Transfer, left_at: Instant) -> Instant:
    """When units that left at an instant are expected at the destination."""
    known = journey(flow, transfer.from_node_id, transfer.to_node_id, transfer.service_code)
    return known.deliver_by if known else left_at + WITHOUT_LANE


def requested(flow: FlowContext, draft: TransferDraft) -> Transfer:
    """A new transfer, with when it leaves and arrives."""
    known = journey(flow, draft.from_node_id, draft.to_node_id, draft.service_code)
    ship_by = draft.ship_by or (known.ship_at if known else flow.at + TRANSFER.span)
    return Transfer(
        transfer_id=flow.new_id(),
        reference=draft.reference,
        from_node_id=draft.from_node_id,
        to_node_id=draft.to_node_id,
        state=TransferState.REQUESTED,
        lines=tuple(TransferLine(sku, quantity) for sku, quantity in sorted(draft.units)),
        requested_at=flow.at,
        ship_by=ship_by,
        expected_at=known.deliver_by if known else ship_by + WITHOUT_LANE,
        service_code=draft.service_code,
        order_id=draft.order_id,
    )


async def claim_units(flow: FlowContext, requested: Sequence[Transfer]) -> list[InsufficientStock | None]:
    """Allocates the units of new transfers at their origins, each whole or not at all, in order.

    Safety stock stays there, and what is kept for a channel or a class of demand.
    """
    kept = await protections.of_skus(flow.tx, sorted({line.sku for one in requested for line in one.lines}))
    elements = [
        [change for line in one.lines for change in claim(one, line, _floor(kept, line.sku, one.from_node_id))]
        for one in requested
    ]
    shortages = await inventory.change(flow.tx, elements, at=flow.at)
    return [
        InsufficientStock(
            f"{short.available} units of {short.sku} are free at {short.node_id}, {short.wanted} are asked for; ask for"
            " fewer, or of another node.",
            sku=short.sku,
            node_id=short.node_id,
            available=short.available,
        )
        if short
        else None
        for short in shortages
    ]


def _floor(kept: Sequence[Protection], sku: str, node_id: str) -> int:
    """Units kept there for somebody."""
    return floors(kept, [(sku, node_id)], ANYBODY).get((sku, node_id), 0)


def claim(transfer: Transfer, line: TransferLine, floor: int) -> list[StockChange]:
    """The claim of a line at the origin, which leaves `floor` units for others, and its binding to the transfer."""
    bound = StockChange(
        line.sku, transfer.from_node_id, REQUEST, transfer.transfer_id, reserved=line.quantity, floor=floor
    )
    return [bound, replace(bound, reserved=-line.quantity, allocated=line.quantity, floor=0)]


async def save_transfers(flow: FlowContext, before: Known, after: Sequence[Transfer]) -> None:
    """Writes transfers whose units are claimed or given back, in transit or received, and all that follows.

    New ones are absent from `before`; their units were claimed. The transfers are locked.
    """
    changed = [one for one in after if before.get(one.transfer_id) != one]
    if not changed:
        return
    await transfers.save(flow.tx, before, changed)
    moved = [(before[one.transfer_id], one) for one in changed if one.transfer_id in before]
    await _leave(flow, moved)
    await _announce(flow, before, changed)
    await _arrive(flow, moved)
    await outbox.emit(flow.tx, [event for one in changed for event in _events(before.get(one.transfer_id), one, flow)])
    await _watch(flow, before, changed)
    waiting = sorted({now.order_id for _, now in moved if now.order_id is not None})
    await outbox.append(flow.tx, [_look_again(flow, order_id) for order_id in waiting], at=flow.at)


def _look_again(flow: FlowContext, order_id: UUID) -> Message[ReleaseOrder]:
    """Has the order that waits for a transfer released, or its units brought from elsewhere."""
    return Message(
        message_id=derived(flow.new_id(), "task", str(order_id)),
        lane=f"task:{order_id}",
        payload=ReleaseOrder(order_id),
        order_id=order_id,
    )


async def _leave(flow: FlowContext, moved: Sequence[tuple[Transfer, Transfer]]) -> None:
    """Takes what left from the origin's shelf, and gives back what does not leave."""
    changes = [change for was, now in moved for change in _at_origin(was, now)]
    shortages = await inventory.change(flow.tx, [[one] for one in changes], at=flow.at)
    if lacking := [short for short in shortages if short is not None]:
        raise StockDrifted(str(lacking))
    freed = any(one.allocated < one.on_hand for one in changes)
    if changes:
        await stock_changed(flow, freed=freed, claimed=False, moved=any(one.on_hand for one in changes))


def _at_origin(was: Transfer, now: Transfer) -> list[StockChange]:
    found = []
    for line in now.lines:
        known = _line(was, line)
        left, given_up = line.shipped - known.shipped, was.claimed(known) - now.claimed(line)
        if left or given_up:
            found.append(
                StockChange(
                    line.sku,
                    now.from_node_id,
                    SHIP if left else REQUEST,
                    now.transfer_id,
                    on_hand=-left,
                    allocated=-given_up,
                    occurred_at=now.shipped_at if left else None,
                )
            )
    return found


async def _announce(flow: FlowContext, before: Known, changed: Sequence[Transfer]) -> None:
    """Keeps the supply that a transfer is at its destination: ON_ORDER until it leaves, IN_TRANSIT from then on."""
    drafts: list[SupplyDraft] = []
    ended: list[Cancellation] = []
    for now in changed:
        was = before.get(now.transfer_id)
        for line in now.lines:
            stood, stands = _supply(was, line.sku), _supply(now, line.sku)
            change_id = derived(now.transfer_id, "coming", line.sku, str(stands))
            if stands[0] and stood != stands:
                units, kind, expected = stands
                drafts.append(
                    SupplyDraft(change_id, _key(now, line.sku), kind, line.sku, now.to_node_id, units, expected)
                )
            elif stood[0] and not stands[0]:
                ended.append(Cancellation(change_id, _key(now, line.sku), "it does not leave"))
    put = _decided(await supplies.put(flow.tx, HUB, drafts, at=flow.at))
    await settle_supplies(flow, put, promises_after=BROUGHT_ANEW)
    canceled = _decided(await supplies.cancel(flow.tx, HUB, ended, at=flow.at))
    await settle_supplies(flow, canceled, promises_after=BROUGHT_ANEW)


def _supply(transfer: Transfer | None, sku: str) -> tuple[int, SupplyKind, Instant | None]:
    """Units of the supply that a SKU of a transfer is, its kind, and when it is expected; no units where it is none."""
    line = transfer.line(sku) if transfer else None
    if transfer is None or line is None:
        return 0, SupplyKind.ON_ORDER, None
    kind = SupplyKind.ON_ORDER if transfer.shipped_at is None else SupplyKind.IN_TRANSIT
    return transfer.coming(line), kind, transfer.expected_at


async def _arrive(flow: FlowContext, moved: Sequence[tuple[Transfer, Transfer]]) -> None:
    """Puts what came on the destination's shelves, and ends the supply of which no more will come."""
    receipts = [receipt for was, now in moved for receipt in _receipts(was, now)]
    if receipts:
        came = _decided(await supplies.receive(flow.tx, HUB, receipts, at=flow.at))
        await receive_stock(flow, came, promises_after=BROUGHT_ANEW)


def _receipts(was: Transfer, now: Transfer) -> list[Receipt]:
    found = []
    for record in now.receipts[len(was.receipts) :]:
        for condition, units in ((Condition.SELLABLE, record.quantity), (Condition.DAMAGED, record.damaged)):
            if units:
                name = f"{record.reference}/{condition.value}"
                change_id = derived(now.transfer_id, "came", record.sku, name)
                found.append(Receipt(change_id, _key(now, record.sku), name, units, condition))
    for line in now.lines:
        if line.missing > _line(was, line).missing:
            change_id = derived(now.transfer_id, "missing", line.sku, line.missing, len(now.receipts))
            found.append(Receipt(change_id, _key(now, line.sku), f"missing/{change_id}", 0, final=True))
    return found


def _decided(decided: Iterable[SupplyDecision | Refusal]) -> list[SupplyDecision | Refusal]:
    """The decisions; raises what was refused, for the supply of a transfer is its own."""
    found = list(decided)
    for one in found:
        if isinstance(one, Refusal):
            raise one
    return found


def _events(was: Transfer | None, now: Transfer, flow: FlowContext) -> list[Event]:
    if was is None:
        units = {line.sku: line.quantity for line in now.lines}
        requested = TransferRequested(
            transfer_id=now.transfer_id,
            reference=now.reference,
            from_node_id=now.from_node_id,
            to_node_id=now.to_node_id,
            quantity=sum(units.values()),
            units_by_sku=units,
            ship_by_time=now.ship_by,
        )
        return [Event(derived(now.transfer_id, "requested"), requested, flow.at, node_id=now.from_node_id)]
    if now.state is TransferState.CANCELED:
        canceled = TransferCanceled(
            transfer_id=now.transfer_id,
            reference=now.reference,
            from_node_id=now.from_node_id,
            to_node_id=now.to_node_id,
        )
        return [Event(derived(now.transfer_id, "canceled"), canceled, flow.at, node_id=now.from_node_id)]
    left = [_left(now, now.shipped_at)] if was.shipped_at is None and now.shipped_at is not None else []
    records = now.receipts[len(was.receipts) :]
    references = dict.fromkeys(one.reference for one in records)
    return [*left, *(_came(now, [one for one in records if one.reference == known]) for known in references)]


def _left(now: Transfer, shipped_at: Instant) -> Event:
    units = {line.sku: line.shipped for line in now.lines if line.shipped}
    facts = TransferShipped(
        transfer_id=now.transfer_id,
        reference=now.reference,
        from_node_id=now.from_node_id,
        to_node_id=now.to_node_id,
        quantity=sum(units.values()),
        units_by_sku=units,
        expect_time=now.expected_at,
        tracking_number=now.tracking_number,
    )
    return Event(derived(now.transfer_id, "shipped"), facts, shipped_at, node_id=now.to_node_id)


def _came(now: Transfer, records: Sequence[Received]) -> Event:
    facts = TransferReceived(
        transfer_id=now.transfer_id,
        reference=now.reference,
        from_node_id=now.from_node_id,
        to_node_id=now.to_node_id,
        receipt_reference=records[0].reference,
        quantity=sum(one.quantity for one in records),
        damaged_quantity=sum(one.damaged for one in records),
        in_transit_quantity=sum(line.in_transit for line in now.lines),
        missing_quantity=sum(line.missing for line in now.lines),
    )
    identity = derived(now.transfer_id, "received", records[0].reference)
    return Event(identity, facts, records[0].at, node_id=now.to_node_id)


async def _watch(flow: FlowContext, before: Known, changed: Sequence[Transfer]) -> None:
    """Sets the deadlines of transfers that go on, ends those of others, and names what differs."""
    waiting = [one for one in changed if one.state in _OPEN]
    await outbox.set_timers(flow.tx, [Timer(TransferDue(one.transfer_id, _due(one))) for one in waiting])
    ended = [one for one in changed if one.state not in _OPEN]
    await outbox.clear_timers(flow.tx, [(TransferDue, str(one.transfer_id)) for one in ended])
    left = [one for one in changed if one.shipped_at and not getattr(before.get(one.transfer_id), "shipped_at", None)]
    late = {one.transfer_id for one in (*ended, *left)}
    await exceptions.resolve(flow.tx, [(ExceptionReason.TRANSFER_LATE, str(one)) for one in sorted(late)], at=flow.at)
    settled = [one for one in changed if not one.varies]
    await exceptions.resolve(
        flow.tx, [(ExceptionReason.TRANSFER_VARIANCE, str(one.transfer_id)) for one in settled], at=flow.at
    )
    await exceptions.open_all(flow.tx, [_variance(flow, one) for one in changed if one.varies])


def _due(transfer: Transfer) -> Instant:
    """By when the next report of a transfer is due."""
    return transfer.ship_by if transfer.shipped_at is None else transfer.expected_at


def late(flow: FlowContext, transfer: Transfer) -> ExceptionRecord | None:
    """The exception of a transfer that is late; None where it goes on in time, or has ended."""
    if transfer.state not in _OPEN or _due(transfer) > flow.at:
        return None
    if transfer.shipped_at is None:
        detail = (
            f"{transfer.from_node_id} was to ship transfer {transfer.reference} by {iso(transfer.ship_by)}. Have it"
        )
        detail += " ship, and report that; or cancel the transfer: crossdock transfer cancel."
        command = f"crossdock transfer ship {transfer.transfer_id}"
    else:
        units = sum(line.in_transit for line in transfer.lines)
        detail = f"{units} units of transfer {transfer.reference} were expected at {transfer.to_node_id} by"
        detail += f" {iso(_due(transfer))}. Ask the carrier; when no more will come, say so."
        command = f"crossdock transfer receive {transfer.transfer_id} --final"
    return raised(
        exception_id=flow.new_id(),
        reason=ExceptionReason.TRANSFER_LATE,
        subject=str(transfer.transfer_id),
        detail=detail,
        suggested_command=command,
        at=flow.at,
        order_id=transfer.order_id,
    )


def _variance(flow: FlowContext, transfer: Transfer) -> ExceptionRecord:
    differing = [
        f"{line.sku}: {line.missing} missing, {line.damaged} damaged, {line.excess} too many"
        for line in transfer.lines
        if line.missing or line.damaged or line.excess
    ]
    return raised(
        exception_id=flow.new_id(),
        reason=ExceptionReason.TRANSFER_VARIANCE,
        subject=str(transfer.transfer_id),
        detail=f"Transfer {transfer.reference} from {transfer.from_node_id} to {transfer.to_node_id},"
        f" tracking number {transfer.tracking_number or 'unknown'}, came otherwise than it left:"
        f" {'; '.join(differing)}. Claim missing and damaged units from the carrier, count the origin for what is too"
        " many, and then end this record.",
        suggested_command=None,
        at=flow.at,
        order_id=transfer.order_id,
    )


def _key(transfer: Transfer, sku: str) -> SupplyKey:
    return SupplyKey(SOURCE, str(transfer.transfer_id), sku)


def _line(transfer: Transfer, line: TransferLine) -> TransferLine:
    return transfer.line(line.sku) or TransferLine(line.sku, line.quantity)
