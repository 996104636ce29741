"""What stands behind the cause of a ledger row: the event that told of it."""

from __future__ import annotations

from uuid import UUID

from hub.kernel.ids import derived


def adjustment_event(cause_id: UUID, sku: str, node_id: str, number: int = 0) -> UUID:
    """Id of the event that tells of an adjustment; `number` counts those of one cause at one place before it."""
    return derived(cause_id, "adjusted", sku, node_id, number)
