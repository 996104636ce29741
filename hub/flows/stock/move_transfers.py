"""Moves goods between nodes: transfers are requested, shipped, received in parts or whole, canceled, watched.

Reports of warehouses may repeat and may overtake each other: `transfers.policy` says what each makes of a transfer.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import timedelta
from typing import TypeVar
from uuid import UUID

from msgspec import Struct

from hub.cases.context import FlowContext
from hub.cases.plausibility import LAG, refuse_before, refuse_outside
from hub.cases.stock.transfers import claim_units, expected_at, late, requested, save_transfers
from hub.cases.store import read, stock_changed
from hub.catalog import operations as catalog
from hub.catalog.errors import UnknownSku
from hub.exceptions import operations as exceptions
from hub.kernel.errors import InvalidField, Refusal
from hub.kernel.scope import HUB
from hub.messages.timers import TransferDue
from hub.network.errors import UnknownNode
from hub.outbox import operations as outbox
from hub.outbox.model import Timer
from hub.slices.lifecycle import WAITING
from hub.transfers import operations as transfers
from hub.transfers.errors import TransferNotFound
from hub.transfers.lifecycle import TransferState
from hub.transfers.model import Transfer, TransferDraft, TransferReceipt, TransferShipment
from hub.transfers.policy import OF_ORDER, canceled, received, refuse_other, shipped


class TransferCancellation(Struct, frozen=True):
    """A transfer that is not to leave."""

    transfer_id: UUID


C = TypeVar("C", TransferShipment, TransferReceipt, TransferCancellation)


async def request_transfers(flow: FlowContext, drafts: Sequence[TransferDraft]) -> list[Transfer | Refusal]:
    """Requests transfers and claims their units at the origins, each whole or not at all.

    A known reference is a repeat.
    Refuses UNKNOWN_NODE, UNKNOWN_SKU, INSUFFICIENT_STOCK, REFERENCE_REUSED.
    """
    known_ids = await transfers.announce(flow.tx, [draft.reference for draft in drafts])
    standing = await transfers.load(flow.tx, HUB, known_ids.values(), lock=False)
    known = {one.reference: one for one in standing.values()}
    items = await catalog.load(flow.tx, sorted({sku for draft in drafts for sku, _ in draft.units}))
    answers: list[Transfer | Refusal] = []
    new: list[Transfer] = []
    for draft in drafts:
        try:
            _refuse_unknown(flow, draft, items.keys())
            if draft.reference in known:
                refuse_other(known[draft.reference], draft)
            else:
                known[draft.reference] = requested(flow, draft)
                new.append(known[draft.reference])
            answers.append(known[draft.reference])
        except Refusal as refusal:
            answers.append(refusal)
    refused = {
        one.transfer_id: short
        for one, short in zip(new, await claim_units(flow, new) if new else (), strict=True)
        if short
    }
    made = [one for one in new if one.transfer_id not in refused]
    await save_transfers(flow, {}, made)
    await stock_changed(flow, freed=False, claimed=bool(made), moved=False)
    return [refused.get(one.transfer_id, one) if isinstance(one, Transfer) else one for one in answers]


async def ship_transfers(flow: FlowContext, shipments: Sequence[TransferShipment]) -> list[Transfer | Refusal]:
    """Takes what left from the origins; it is supply in transit at the destinations from then on.

    Refuses TRANSFER_NOT_FOUND, UNKNOWN_NODE, TRANSFER_ACTION_NOT_ALLOWED, TRANSFER_UNITS_EXCEEDED, INSTANT_IMPLAUSIBLE.
    """

    def ship(transfer: Transfer, shipment: TransferShipment) -> Transfer:
        _require(flow, transfer.from_node_id)
        refuse_outside(shipment.occurred_at, transfer.requested_at - LAG, "long before it was requested", flow.at)
        expected = shipment.expected_at or expected_at(flow, transfer, shipment.occurred_at)
        return shipped(transfer, shipment, expected, flow.at)

    return await _each(flow, shipments, ship)


async def receive_transfers(flow: FlowContext, receipts: Sequence[TransferReceipt]) -> list[Transfer | Refusal]:
    """Takes in what came, sound or damaged; with the last receipt what is missing is named.

    Refuses TRANSFER_NOT_FOUND, UNKNOWN_NODE, TRANSFER_ACTION_NOT_ALLOWED, TRANSFER_UNITS_EXCEEDED, REFERENCE_REUSED,
    INSTANT_IMPLAUSIBLE.
    """

    def receive(transfer: Transfer, receipt: TransferReceipt) -> Transfer:
        _require(flow, transfer.to_node_id)
        refuse_outside(receipt.occurred_at, transfer.requested_at - LAG, "long before it was requested", flow.at)
        refuse_before(receipt.occurred_at, [transfer.shipped_at] if transfer.shipped_at else [], "the transfer left")
        return received(transfer, receipt, flow.at)

    return await _each(flow, receipts, receive)


async def cancel_transfers(flow: FlowContext, asked: Sequence[TransferCancellation]) -> list[Transfer | Refusal]:
    """Cancels transfers of which nothing has left.

    Refuses TRANSFER_NOT_FOUND, UNKNOWN_NODE, TRANSFER_ACTION_NOT_ALLOWED.
    """

    def cancel(transfer: Transfer, _: TransferCancellation) -> Transfer:
        _require(flow, transfer.from_node_id)
        return canceled(transfer, flow.at)

    return await _each(flow, asked, cancel)


async def recall_transfers(flow: FlowContext) -> int:
    """Cancels transfers for orders that need none of their units any more; returns how many.

    What left already goes on, and is free where it comes.
    """
    asked = await transfers.to_ship_for_orders(flow.tx)
    if not asked:
        return 0
    cases = await read(flow.tx, HUB, sorted(set(asked.values())))
    waiting = {order_id: {one.sku for one in case.slices if one.state in WAITING} for order_id, case in cases.items()}
    before = await transfers.load(flow.tx, HUB, asked, lock=True)
    over = [
        canceled(one, flow.at)
        for one in before.values()
        if one.state is TransferState.REQUESTED
        and not {line.sku for line in one.lines} & waiting.get(asked[one.transfer_id], set())
    ]
    await save_transfers(flow, before, over)
    return len(over)


async def watch_transfers(flow: FlowContext, transfer_ids: Sequence[UUID]) -> int:
    """Names transfers that are late in an exception, and again each day while they are; returns how many."""
    found = await transfers.load(flow.tx, HUB, transfer_ids, lock=True)
    records = [record for one in found.values() if (record := late(flow, one))]
    await exceptions.open_all(flow.tx, records)
    again = flow.at + timedelta(days=1)
    await outbox.set_timers(flow.tx, [Timer(TransferDue(UUID(record.subject), again)) for record in records])
    return len(records)


async def _each(
    flow: FlowContext, commands: Sequence[C], change: Callable[[Transfer, C], Transfer]
) -> list[Transfer | Refusal]:
    """Changes transfers in the order of the commands, each alone, and writes what became of them."""
    before = await transfers.load(flow.tx, flow.scope, {one.transfer_id for one in commands}, lock=True)
    after = dict(before)
    answers: list[Transfer | Refusal] = []
    for command in commands:
        try:
            known = after.get(command.transfer_id)
            if known is None:
                raise _unknown(command.transfer_id)
            after[command.transfer_id] = change(known, command)
            answers.append(after[command.transfer_id])
        except Refusal as refusal:
            answers.append(refusal)
    await save_transfers(flow, before, list(after.values()))
    return answers


def _refuse_unknown(flow: FlowContext, draft: TransferDraft, skus: Collection[str]) -> None:
    if draft.from_node_id == draft.to_node_id:
        raise InvalidField("A transfer goes to another node; name it in to_node_id.", to_node_id="the origin")
    if draft.reference.startswith(OF_ORDER):
        raise InvalidField(f"References that begin with {OF_ORDER} are the hub's own.", reference=draft.reference)
    _require(flow, draft.from_node_id)
    if draft.to_node_id not in flow.network.nodes:
        raise UnknownNode(f"{draft.to_node_id} is not a node of the network.", node_id=draft.to_node_id)
    for sku, _ in draft.units:
        if sku not in skus:
            raise UnknownSku(f"{sku} is not in the catalog; create the item with PutItems first.", sku=sku)


def _require(flow: FlowContext, node_id: str) -> None:
    if node_id not in flow.network.nodes or not flow.scope.sees(node_id=node_id):
        raise UnknownNode(f"{node_id} is not a node that you work at.", node_id=node_id)


def _unknown(transfer_id: UUID) -> TransferNotFound:
    return TransferNotFound(
        f"There is no transfer {transfer_id} from or to your nodes; crossdock transfer list names them.",
        transfer_id=transfer_id,
    )
