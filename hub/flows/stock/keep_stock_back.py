"""Keeps stock back: for a channel or a demand class from everybody else, and as safety stock from everybody."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hub.cases.context import FlowContext
from hub.cases.store import stock_changed
from hub.catalog import operations as catalog
from hub.catalog.errors import UnknownSku
from hub.inventory.model.supply import Protection, ProtectionChange, SafetyChange
from hub.inventory.operations import protections
from hub.kernel.errors import Refusal
from hub.messages.events.stock import ProtectionPut, SafetyStockSet
from hub.network.errors import UnknownChannel, UnknownNode
from hub.network.policy import channel_seen
from hub.outbox import operations as outbox
from hub.outbox.model import Event


async def put_protections(flow: FlowContext, changes: Sequence[ProtectionChange]) -> list[Protection | Refusal]:
    """Keeps units for holders, from the next claim on; claims that stand stay.

    Refuses UNKNOWN_SKU, UNKNOWN_NODE, UNKNOWN_CHANNEL.
    """
    known = await catalog.load(flow.tx, sorted({change.protection.sku for change in changes} - {""}))
    refusals = [_refusal(flow, change.protection.sku, change.protection, known) for change in changes]
    sound = [one for one, refusal in zip(changes, refusals, strict=True) if refusal is None]
    await protections.put(flow.tx, sound, at=flow.at)
    await outbox.emit(flow.tx, [_kept(flow, one) for one in sound])
    await stock_changed(flow, freed=bool(sound), claimed=bool(sound))
    return [refusal or one.protection for one, refusal in zip(changes, refusals, strict=True)]


async def set_safety_stock(flow: FlowContext, changes: Sequence[SafetyChange]) -> list[SafetyChange | Refusal]:
    """Keeps units back from everybody. Refuses UNKNOWN_SKU, UNKNOWN_NODE."""
    known = await catalog.load(flow.tx, sorted({change.sku for change in changes}))
    refusals = [_refusal(flow, change.sku, change, known) for change in changes]
    sound = [one for one, refusal in zip(changes, refusals, strict=True) if refusal is None]
    done = await protections.set_safety(flow.tx, sound, at=flow.at)
    await outbox.emit(flow.tx, [_set(flow, one) for one in done])
    await stock_changed(flow, freed=bool(done), claimed=bool(done))
    return [refusal or one for one, refusal in zip(changes, refusals, strict=True)]


def _refusal(
    flow: FlowContext, sku: str, about: Protection | SafetyChange, known: Mapping[str, object]
) -> Refusal | None:
    if sku and sku not in known:
        return UnknownSku(f"{sku} is not in the catalog; create the item with PutItems first.", sku=sku)
    if about.node_id not in flow.network.nodes or not flow.scope.sees(node_id=about.node_id):
        return UnknownNode(f"{about.node_id} is not a node that you may keep stock back at.", node_id=about.node_id)
    if isinstance(about, Protection) and about.channel_id:
        try:
            channel_seen(flow.network, flow.scope, about.channel_id, "keep stock for")
        except UnknownChannel as refusal:
            return refusal
    return None


def _kept(flow: FlowContext, change: ProtectionChange) -> Event:
    kept = change.protection
    facts = ProtectionPut(
        sku=kept.sku,
        node_id=kept.node_id,
        channel_id=kept.channel_id,
        demand_class=kept.demand_class,
        quantity=kept.units,
    )
    return Event(change.change_id, facts, flow.at, node_id=kept.node_id)


def _set(flow: FlowContext, change: SafetyChange) -> Event:
    facts = SafetyStockSet(sku=change.sku, node_id=change.node_id, quantity=change.units)
    return Event(change.change_id, facts, flow.at, node_id=change.node_id)
