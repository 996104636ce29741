"""Keeps stock back: for a channel or a demand class from everybody else, and as safety stock from everybody."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hub.cases.context import Unit
from hub.cases.store import stock_changed
from hub.catalog import operations as catalog
from hub.catalog.errors import UnknownSku
from hub.inventory.model.supply import Protection, ProtectionChange, SafetyChange
from hub.inventory.operations import protections
from hub.kernel.errors import Refusal
from hub.network.errors import UnknownChannel, UnknownNode
from hub.outbox import operations as outbox
from hub.outbox.model import Event


async def put_protections(unit: Unit, changes: Sequence[ProtectionChange]) -> list[Protection | Refusal]:
    """Keeps units for holders, from the next claim on; claims that stand stay.

    Refuses UNKNOWN_SKU, UNKNOWN_NODE, UNKNOWN_CHANNEL.
    """
    known = await catalog.load(unit.tx, sorted({one.protection.sku for one in changes} - {""}))
    refusals = [_refusal(unit, one.protection.sku, one.protection, known) for one in changes]
    sound = [one for one, refusal in zip(changes, refusals, strict=True) if refusal is None]
    await protections.put(unit.tx, sound, at=unit.at)
    await outbox.emit(unit.tx, [_kept(unit, one) for one in sound])
    await stock_changed(unit, freed=bool(sound), claimed=bool(sound))
    return [refusal or one.protection for one, refusal in zip(changes, refusals, strict=True)]


async def set_safety_stock(unit: Unit, changes: Sequence[SafetyChange]) -> list[SafetyChange | Refusal]:
    """Keeps units back from everybody. Refuses UNKNOWN_SKU, UNKNOWN_NODE."""
    known = await catalog.load(unit.tx, sorted({one.sku for one in changes}))
    refusals = [_refusal(unit, one.sku, one, known) for one in changes]
    sound = [one for one, refusal in zip(changes, refusals, strict=True) if refusal is None]
    done = await protections.set_safety(unit.tx, sound, at=unit.at)
    await outbox.emit(unit.tx, [_set(unit, one) for one in done])
    await stock_changed(unit, freed=bool(done), claimed=bool(done))
    return [refusal or one for one, refusal in zip(changes, refusals, strict=True)]


def _refusal(unit: Unit, sku: str, about: Protection | SafetyChange, known: Mapping[str, object]) -> Refusal | None:
    if sku and sku not in known:
        return UnknownSku(f"{sku} is not in the catalog; put the item first.", sku=sku)
    if about.node_id not in unit.network.nodes or not unit.scope.sees(node_id=about.node_id):
        return UnknownNode(f"{about.node_id} is not a node you may keep stock back at.", node_id=about.node_id)
    if isinstance(about, Protection) and about.channel_id:
        channel = unit.network.channels.get(about.channel_id)
        seller_id = channel.seller_id if channel else None
        if channel is None or not unit.scope.sees(channel_id=about.channel_id, seller_id=seller_id):
            return UnknownChannel(
                f"{about.channel_id} is not a channel you may keep stock for.", channel_id=about.channel_id
            )
    return None


def _kept(unit: Unit, change: ProtectionChange) -> Event:
    kept = change.protection
    facts = {
        "sku": kept.sku,
        "node_id": kept.node_id,
        "channel_id": kept.channel_id,
        "demand_class": kept.demand_class,
        "quantity": kept.units,
    }
    return Event(change.change_id, "ProtectionPut", unit.at, facts, node_id=kept.node_id)


def _set(unit: Unit, change: SafetyChange) -> Event:
    facts = {"sku": change.sku, "node_id": change.node_id, "quantity": change.units}
    return Event(change.change_id, "SafetyStockSet", unit.at, facts, node_id=change.node_id)
