"""What is told of dated supply, by whatever flow announces or receives it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from hub.inventory.lifecycle import SupplyAction
from hub.inventory.model.supply import Supply, SupplyMove
from hub.messages.events.stock import (
    SupplyCanceled,
    SupplyCompleted,
    SupplyFacts,
    SupplyPut,
    SupplyReceived,
    SupplySlipped,
)
from hub.outbox.model import Event

_EVENTS: Final[Mapping[SupplyAction, type[SupplyFacts]]] = {
    SupplyAction.PUT: SupplyPut,
    SupplyAction.SLIP: SupplySlipped,
    SupplyAction.RECEIVE: SupplyReceived,
    SupplyAction.COMPLETE: SupplyCompleted,
    SupplyAction.CANCEL: SupplyCanceled,
}


def supply_event(supply: Supply, move: SupplyMove) -> Event:
    """The event of something that happened to a supply."""
    facts = _EVENTS[move.action](
        supply_id=supply.supply_id,
        source=supply.key.source,
        reference=supply.key.reference,
        line=supply.key.line,
        kind=supply.kind.value,
        sku=supply.sku,
        node_id=supply.node_id,
        quantity=supply.quantity,
        received=supply.received,
        state=supply.state.value,
        expect_time=move.expected_at,
        came=move.received,
        reason=move.reason,
    )
    return Event(move.change_id, facts, move.at, node_id=supply.node_id)
