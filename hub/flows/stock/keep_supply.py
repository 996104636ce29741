"""Keeps dated supply: announced, slipped, received, canceled. What is received is stock at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeVar

from hub.cases.context import FlowContext
from hub.cases.stock.received_supply import receive_stock, settle_supplies
from hub.catalog import operations as catalog
from hub.catalog.errors import UnknownSku
from hub.inventory.model.supply import Cancellation, Receipt, Slip, Supply, SupplyDecision, SupplyDraft, SupplyKey
from hub.inventory.operations import supplies
from hub.kernel.errors import Refusal
from hub.network.errors import UnknownNode
from hub.transfers.errors import SupplyOfTransfer
from hub.transfers.policy import SOURCE

C = TypeVar("C", SupplyDraft, Slip, Receipt, Cancellation)


async def put_supply(flow: FlowContext, drafts: Sequence[SupplyDraft]) -> list[Supply | Refusal]:
    """Creates or replaces supplies, each alone; answers them as they stand after it.

    Refuses UNKNOWN_SKU, UNKNOWN_NODE, SUPPLY_CLAIMED, SUPPLY_BELOW_RECEIVED, SUPPLY_OF_TRANSFER.
    """
    known = await catalog.load(flow.tx, sorted({draft.sku for draft in drafts}))
    refusals = [_refusal(flow, draft, known) for draft in drafts]
    decided = await supplies.put(flow.tx, flow.scope, _allowed(drafts, refusals), at=flow.at)
    return await settle_supplies(flow, _in_order(refusals, decided))


async def slip_supply(flow: FlowContext, slips: Sequence[Slip]) -> list[Supply | Refusal]:
    """Moves expected dates, each alone. Refuses SUPPLY_NOT_FOUND, SUPPLY_ENDED, SUPPLY_OF_TRANSFER."""
    refusals = [_of_transfer(one.key) for one in slips]
    decided = await supplies.slip(flow.tx, flow.scope, _allowed(slips, refusals), at=flow.at)
    return await settle_supplies(flow, _in_order(refusals, decided))


async def cancel_supply(flow: FlowContext, cancellations: Sequence[Cancellation]) -> list[Supply | Refusal]:
    """Cancels what has not come, each alone. Refuses SUPPLY_NOT_FOUND, SUPPLY_ENDED, SUPPLY_OF_TRANSFER."""
    refusals = [_of_transfer(one.key) for one in cancellations]
    decided = await supplies.cancel(flow.tx, flow.scope, _allowed(cancellations, refusals), at=flow.at)
    return await settle_supplies(flow, _in_order(refusals, decided))


async def receive_supply(flow: FlowContext, receipts: Sequence[Receipt]) -> list[Supply | Refusal]:
    """Takes in units, each receipt once: they are on hand at once, in the condition said, and waiting orders are tried.

    More than expected is taken too, and named in an exception. Refuses SUPPLY_NOT_FOUND, RECEIPT_TAKEN,
    SUPPLY_OF_TRANSFER.
    """
    refusals = [_of_transfer(one.key) for one in receipts]
    decided = await supplies.receive(flow.tx, flow.scope, _allowed(receipts, refusals), at=flow.at)
    return await receive_stock(flow, _in_order(refusals, decided))


def _allowed(commands: Sequence[C], refusals: Sequence[Refusal | None]) -> list[C]:
    return [command for command, refusal in zip(commands, refusals, strict=True) if refusal is None]


def _in_order(
    refusals: Sequence[Refusal | None], decided: Sequence[SupplyDecision | Refusal]
) -> list[SupplyDecision | Refusal]:
    """The answers to all commands, of which those without a refusal were decided."""
    rest = iter(decided)
    return [refusal or next(rest) for refusal in refusals]


def _of_transfer(key: SupplyKey) -> SupplyOfTransfer | None:
    if key.source != SOURCE:
        return None
    return SupplyOfTransfer(
        f"{key.reference} is the id of a transfer, whose units in transit follow it; report what happened to the"
        " transfer with ShipTransfers, ReceiveTransfers or CancelTransfers.",
        transfer_id=key.reference,
    )


def _refusal(flow: FlowContext, draft: SupplyDraft, known: Mapping[str, object]) -> Refusal | None:
    if refused := _of_transfer(draft.key):
        return refused
    if draft.sku not in known:
        return UnknownSku(f"{draft.sku} is not in the catalog; create the item with PutItems first.", sku=draft.sku)
    if draft.node_id not in flow.network.nodes or not flow.scope.sees(node_id=draft.node_id):
        return UnknownNode(f"{draft.node_id} is not a node that you may announce supply for.", node_id=draft.node_id)
    return None
