"""What is told of dated supply, by whatever flow announces or receives it."""

from __future__ import annotations

from collections.abc import Mapping

from hub.inventory.lifecycle import SupplyAction
from hub.inventory.model.supply import Supply, SupplyMove
from hub.kernel.instant import iso
from hub.outbox.model import Event

_EVENTS: Mapping[SupplyAction, str] = {
    SupplyAction.PUT: "SupplyPut",
    SupplyAction.SLIP: "SupplySlipped",
    SupplyAction.RECEIVE: "SupplyReceived",
    SupplyAction.COMPLETE: "SupplyCompleted",
    SupplyAction.CANCEL: "SupplyCanceled",
}


def supply_event(supply: Supply, move: SupplyMove) -> Event:
    """The event of something that happened to a supply."""
    facts = {
        "supply_id": str(supply.supply_id),
        "source": supply.key.source,
        "reference": supply.key.reference,
        "line": supply.key.line,
        "kind": supply.kind.value,
        "sku": supply.sku,
        "node_id": supply.node_id,
        "quantity": supply.quantity,
        "received": supply.received,
        "came": move.received,
        "expected_at": iso(move.expected_at) if move.expected_at else "",
        "state": supply.state.value,
        "reason": move.reason,
    }
    return Event(move.change_id, _EVENTS[move.action], move.at, facts, node_id=supply.node_id)
